// Tools that judge a page in the browser, and what they object to as lines to read.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import axe from 'axe-core';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const WCAG = { type: 'tag', values: TAGS };

/** HTML_CodeSniffer as a script for a page. */
export const sniffer = readFileSync(
  createRequire(import.meta.url).resolve('html_codesniffer/build/HTMLCS.js'),
  'utf8',
);

/** What axe objects to in the page as it stands now, a line each. */
export async function axeFindings(page, runOnly = WCAG) {
  await page.evaluate(axe.source);
  return page.evaluate(async (only) => {
    const { violations } = await window.axe.run(document, { runOnly: only, resultTypes: ['violations'] });
    return violations.map((violation) => {
      const places = violation.nodes.map((node) => node.target.join(' '));
      return `${violation.id}: ${violation.help} (${places.join('; ')})`;
    });
  }, runOnly);
}

/** The errors of HTML_CodeSniffer (WCAG 2 AA) in the page as it stands now, a line each. */
export async function snifferFindings(page) {
  await page.evaluate(sniffer);
  return page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const { HTMLCS } = window;
        const describe = ({ code, msg, element }) =>
          `${code}: ${msg} (${element.outerHTML?.slice(0, 120)})`;
        HTMLCS.process(
          'WCAG2AA',
          document,
          () => resolve(HTMLCS.getMessages().filter(({ type }) => type === HTMLCS.ERROR).map(describe)),
          () => reject(new Error('HTML_CodeSniffer could not judge the page')),
        );
      }),
  );
}
