// Budgets of DESIGN §13 that are sizes: they are the same on every machine.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

import { built, pagesOf, siteNames, widget } from './lib/paths.mjs';

const KB = 1000;

/** The budget of DESIGN §13; `widget/SIZE.md` tells what costs how much. */
const WIDGET_LIMIT = 115 * KB;

test('Wasm and glue of the self-check: at most 115 KB', () => {
  const sizes = ['widget_bg.wasm', 'widget.js'].map((name) => gzipped(path.join(widget, name)));
  const sum = sizes[0] + sizes[1];
  assert.ok(sum <= WIDGET_LIMIT, `${sum} bytes (${sizes.join(' + ')})`);
});

for (const site of siteNames()) {
  test(`reading pages: at most 60 KB in all, 8 KB of script with that of the search: ${site}`, () => {
    const large = [];
    for (const name of pagesOf(site)) {
      // All rules on one page are for paper, and asked for by name.
      if (name === 'print.html') continue;
      const file = path.join(built, site, name);
      const html = readFileSync(file, 'utf8');
      if (html.includes('id="self-check"')) continue;
      const beside = (pattern) =>
        [...html.matchAll(pattern)].map((match) => path.join(path.dirname(file), match[1]));
      // The second comes when somebody turns to the search box, and counts all the same.
      const loaded = beside(/<script[^>]* src="([^"]+)"/g);
      const later = beside(/<form[^>]* data-script="([^"]+)"/g);
      assert.equal(later.length, 1, `${name}: every page can be searched from`);
      const scripts = total([...loaded, ...later]);
      const all = gzipped(file) + scripts + total(beside(/<link rel="(?:stylesheet|icon)" href="([^"]+)"/g));
      if (all > 60 * KB || scripts > 8 * KB) large.push(`${name}: ${all}, scripts ${scripts}`);
    }
    assert.deepEqual(large, []);
  });
}

for (const site of siteNames()) {
  test(`search: 4.3 KB of script, loaded with the index when somebody turns to the box: ${site}`, () => {
    const folder = path.join(built, site);
    const scripts = readdirSync(path.join(folder, 'assets')).filter((name) => /^search-[0-9a-f]+\.js$/.test(name));
    assert.equal(scripts.length, 1);
    const script = gzipped(path.join(folder, 'assets', scripts[0]));
    assert.ok(script <= 4.3 * KB, `${script} bytes`);
    // A site of a hundred pages is searched whole; the next step, 1 MB, brings pieces.
    const index = total(readdirSync(path.join(folder, 'search')).map((name) => path.join(folder, 'search', name)));
    assert.ok(script + index <= 400 * KB, `${script} + ${index} bytes`);
  });
}

function total(files) {
  return files.reduce((sum, file) => sum + gzipped(file), 0);
}

function gzipped(file) {
  return gzipSync(readFileSync(file), { level: 9 }).length;
}
