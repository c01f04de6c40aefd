// What is demanded of every state of the self-check, and what page translators do to one.

import assert from 'node:assert/strict';

import axe from 'axe-core';

import { cutOff, faintControls, widenSpacing } from './layout.mjs';
import { outFile } from './paths.mjs';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * axe finds nothing and controls stand out, in light and dark; nothing is wider than the page or
 * cut off by wide spacing; whatever is pressed is at least 24 px large. Leaves a picture of both in
 * `out/`.
 */
export async function judgeState(page, state) {
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    await page.evaluate(axe.source);
    const found = await page.evaluate(async (runOnly) => {
      const { violations } = await window.axe.run(document, { runOnly, resultTypes: ['violations'] });
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join('; ')}`);
    }, RULES);
    assert.deepEqual(found, [], `${state}, ${colorScheme}`);
    assert.deepEqual(await page.evaluate(faintControls), [], `${state}, ${colorScheme}`);
    await page.screenshot({ path: outFile(`state-${state}-${colorScheme}.png`), fullPage: true });
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.evaluate(widenSpacing);
  assert.deepEqual(await page.evaluate(cutOff), [], `${state}: wide spacing`);
  await page.evaluate(() => { document.adoptedStyleSheets = []; });
  const beyond = await page.evaluate(() => {
    const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    const inside = document.querySelector('#self-check');
    const small = [...inside.querySelectorAll('button, input, summary, a')]
      .map((element) => (element.labels?.[0] ?? element).getBoundingClientRect())
      .filter(({ width, height }) => width > 0 && height > 0 && (height < 24 || width < 24));
    return { wide, small: small.length };
  });
  assert.deepEqual(beyond, { wide: 0, small: 0 }, `${state}: overflow, small targets`);
}

/** Waits until what was pressed is shown: the check shows it in a task of its own, asked for before. */
export function shown(page) {
  return page.evaluate(() => new Promise((resolve) => { setTimeout(resolve); }));
}

/** Every text node of the check goes into an element of the translator's, or is replaced. */
export function translate(page) {
  return page.evaluate(() => {
    const walker = document.createTreeWalker(document.querySelector('#self-check'), NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) nodes.push(walker.currentNode);
    for (const node of nodes) {
      const font = document.createElement('font');
      font.textContent = `${node.data}*`;
      node.replaceWith(font);
    }
  });
}
