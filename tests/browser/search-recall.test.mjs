// Whatever a page says, a search for it finds the page: parts of every line of every page of every
// site, with the script and the index that are published.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { assertClean, launch } from './lib/browser.mjs';
import { built, pagesOf, root, siteNames } from './lib/paths.mjs';
import { findAll, openSearch, visibleLines } from './lib/search.mjs';

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

test('folding in the page agrees with the shared vectors', async (t) => {
  const file = path.join(root, 'tests', 'browser', 'search-vectors.json');
  const vectors = JSON.parse(readFileSync(file, 'utf8'));
  const { page } = await openSearch(t, browser, path.join(built, siteNames()[0]));
  const folded = await page.evaluate((texts) => texts.map(window.siteSearch.fold), vectors.map(([text]) => text));
  assert.deepEqual(folded, vectors.map(([, fold]) => fold));
});

for (const site of siteNames()) {
  test(`every part of every line finds its page: ${site}`, async (t) => {
    const folder = path.join(built, site);
    const names = pagesOf(site);
    const watched = await openSearch(t, browser, folder);
    const languages = await languagesOf(watched.page, folder, t);
    for (const { page, ids } of languages) {
      const lines = await visibleLines(t, browser, folder, names.filter((name) => ids.has(name.replace(/\.html$/, ''))));
      assert.equal(lines.size, ids.size, 'every page of the index is a page of the site');
      const asked = parts(lines);
      const queries = [...asked.keys()];
      const missed = [];
      for (let at = 0; at < queries.length; at += 500) {
        const some = queries.slice(at, at + 500);
        const answers = await findAll(page, some);
        some.forEach((query, nth) => {
          const { rung, pages } = answers[nth];
          // What has no blank in it is found as it is written, not by its words.
          const asWritten = /\s/.test(query) || rung === 'exact' || rung === 'term';
          for (const id of asked.get(query)) {
            if (!asWritten || !pages.includes(id)) missed.push(`${id}: ${query} (${rung})`);
          }
        });
      }
      t.diagnostic(`${queries.length} queries over ${lines.size} pages`);
      assert.deepEqual(missed.slice(0, 20), [], `${missed.length} missed`);
    }
    assertClean(watched);
  });
}

/** One search a language, with the ids of the pages it finds. */
async function languagesOf(japanese, folder, t) {
  const ids = (page) => page.evaluate(() => window.siteSearch.data.pages.map(({ id }) => id));
  const found = [{ page: japanese, ids: new Set(await ids(japanese)) }];
  const english = pagesOf(path.basename(folder)).find((name) => name === 'search.en.html');
  if (english) {
    const { page } = await openSearch(t, browser, folder, english);
    found.push({ page, ids: new Set(await ids(page)) });
  }
  return found;
}

/** Every pair of letters that stand side by side, and from every fifth place a longer part. */
function parts(lines) {
  const lengths = [3, 4, 6, 9, 14, 22, 35];
  const asked = new Map();
  const add = (part, id) => {
    const query = part.trim();
    if ([...query].length < 2) return;
    if (!asked.has(query)) asked.set(query, new Set());
    asked.get(query).add(id);
  };
  let place = 0;
  for (const [id, texts] of lines) {
    for (const text of texts) {
      const letters = [...text];
      for (let at = 0; at + 1 < letters.length; at += 1) {
        add(letters.slice(at, at + 2).join(''), id);
        place += 1;
        if (place % 5 === 0) add(letters.slice(at, at + lengths[(place / 5) % lengths.length]).join(''), id);
      }
    }
  }
  return asked;
}
