// Lighthouse on one page; used by the tests and by the benchmarks.

import { launch } from 'chrome-launcher';
import runLighthouse from 'lighthouse';

import { ARGUMENTS, findChromium } from './browser.mjs';

/** Five kinds of page, one of each. */
export const KINDS = {
  'first page': 'intranet/home.html',
  'rule page': 'intranet/people/password.html',
  figure: 'intranet/org/chart.html',
  glossary: 'public/glossary.html',
  'self-check': 'intranet/check/self-check.html',
};

/** A Chromium that Lighthouse can talk to; the caller ends it with `kill()`. */
export function lighthouseBrowser() {
  return launch({ chromePath: findChromium(), chromeFlags: ['--headless', ...ARGUMENTS], logLevel: 'silent' });
}

/** Scores in percent by category, and the ids of what did not pass. */
export async function lighthouse(chrome, address, categories) {
  const flags = { port: chrome.port, onlyCategories: categories, locale: 'ja', logLevel: 'silent' };
  const { lhr } = await runLighthouse(address, flags);
  if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
  const scores = {};
  const faults = [];
  for (const [name, category] of Object.entries(lhr.categories)) {
    scores[name] = Math.round(category.score * 100);
    for (const { id, weight } of category.auditRefs) {
      const { score, title } = lhr.audits[id];
      if (weight > 0 && score !== null && score < 1) faults.push(`${id} (${title})`);
    }
  }
  return { scores, faults, lhr };
}
