// The search of a built site: its page of results with the real script and the real index, and
// what its pages show their readers.

import { fileAddress, watchedPage } from './browser.mjs';

/** What is no text of a page: ways about, controls, readings above words, the mark of a term. */
const NO_TEXT =
  'nav, button, .page-tools, .heading-link, .backlink, rt, rp, title, desc, span[aria-hidden="true"]';

/** The page of results of a site in `folder`, opened from disk and ready to search. */
export async function openSearch(t, browser, folder, name = 'search.html') {
  const watched = await watchedPage(t, browser);
  await watched.page.goto(fileAddress(folder, name));
  await watched.page.waitForFunction(() => window.siteSearch?.data);
  return watched;
}

/**
 * The lines of the articles of pages, by page id: as laid out by the browser, without any script
 * having changed them.
 */
export async function visibleLines(t, browser, folder, names) {
  const { page } = await watchedPage(t, browser, { javaScriptEnabled: false });
  const lines = new Map();
  for (const name of names) {
    await page.goto(fileAddress(folder, name));
    const text = await page.evaluate((selector) => {
      const article = document.querySelector('article');
      if (!article) return '';
      article.querySelectorAll(selector).forEach((element) => element.remove());
      return article.innerText;
    }, NO_TEXT);
    const found = text.split(/[\n\t]+/).map((line) => line.trim()).filter(Boolean);
    lines.set(name.replace(/\.html$/, ''), found);
  }
  return lines;
}

/** Runs each query to its end in the page; the ids of the pages found, and by which rung. */
export function findAll(page, queries) {
  return page.evaluate(async (asked) => {
    const answers = [];
    for (const query of asked) {
      const { rung, hits } = await window.siteSearch.find(query);
      answers.push({ rung, pages: hits.map((hit) => hit.page.id) });
    }
    return answers;
  }, queries);
}

/** Numbers that look like chance and are the same every time (xorshift). */
export function numbers(seed) {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}
