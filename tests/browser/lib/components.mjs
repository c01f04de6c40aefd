// The classes of the style sheet, and the page that shows them all.

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { root } from './paths.mjs';

/** The page of all components. */
export const COMPONENTS = path.join(root, 'docs', 'components.html');

/** The parts of the style sheet in their order: `{ name, css }`. */
export function sheets() {
  const folder = path.join(root, 'public', 'style');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.css'))
    .sort()
    .map((name) => ({ name, css: readFileSync(path.join(folder, name), 'utf8') }));
}

/** The classes a sheet gives a look, each once, in order of appearance. */
export function classesOf(css) {
  const bare = css.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\{[^{}]*\}/g, ' ; ');
  return [...new Set([...bare.matchAll(/\.([a-z][a-zA-Z0-9_-]*)/g)].map(([, name]) => name))];
}
