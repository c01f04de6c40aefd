// The page of components shows every class of the style sheet.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { classesOf, COMPONENTS, sheets } from './lib/components.mjs';

test('docs/components.html shows every class of the style sheet', () => {
  const page = readFileSync(COMPONENTS, 'utf8');
  const shown = new Set([...page.matchAll(/<code>\.([^<]+)<\/code>/g)].map(([, name]) => name));
  const styled = new Set(sheets().flatMap(({ css }) => classesOf(css)));
  const missing = [...styled].filter((name) => !shown.has(name));
  const gone = [...shown].filter((name) => !styled.has(name));
  const remedy = 'write it anew: `cargo xtask build && node tests/browser/components.mjs`';
  assert.deepEqual({ missing, gone }, { missing: [], gone: [] }, remedy);
});
