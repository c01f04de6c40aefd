// A site too large to be loaded whole: its index comes in pieces, and still nothing is missed.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';

import { assertClean, fileAddress, httpAddress, launch, watchedPage } from './lib/browser.mjs';
import { writeCorpus } from './lib/corpus.mjs';
import { buildSites, temporaryFolder } from './lib/paths.mjs';
import { findAll, numbers, openSearch, visibleLines } from './lib/search.mjs';
import { serve } from './lib/server.mjs';

const PAGES = 1735;
const FIRST_QUERY = 400_000;

let browser;
let server;
let folder;
before(async () => {
  const from = temporaryFolder('large');
  const dist = temporaryFolder('large-dist');
  writeCorpus(from, { pages: PAGES, letters: 4000 });
  const built = buildSites(from, dist);
  assert.equal(built.status, 0, built.stderr);
  folder = path.join(dist, 'intranet');
  browser = await launch();
  server = await serve(dist);
});
after(async () => {
  await browser?.close();
  await server?.close();
});

test('parts of pages find their pages, from a shared folder', async (t) => {
  const random = numbers(7);
  const names = Array.from({ length: 40 }, () => random(PAGES)).map((page) => `part-${Math.floor(page / 100)}/page-${page}.html`);
  const lines = await visibleLines(t, browser, folder, names);
  const asked = [];
  for (const [id, texts] of lines) {
    for (let nth = 0; nth < 25; nth += 1) {
      const letters = [...texts[random(texts.length)]];
      const length = 2 + random(14);
      const query = letters.slice(random(Math.max(1, letters.length - length))).slice(0, length).join('').trim();
      if ([...query].length > 1) asked.push({ id, query });
    }
  }
  assert.ok(asked.length > 800);
  const watched = await openSearch(t, browser, folder);
  const answers = await findAll(watched.page, asked.map(({ query }) => query));
  const missed = asked.filter(({ id }, nth) => !answers[nth].pages.includes(id));
  assert.deepEqual(missed, []);
  const inexact = asked.filter(({ query }, nth) => !/\s/.test(query) && answers[nth].rung !== 'exact');
  assert.deepEqual(inexact, []);
  assertClean(watched);
});

test('the rungs of the ladder', async (t) => {
  const watched = await openSearch(t, browser, folder);
  const heading = await watched.page.evaluate(async () => {
    const { hits } = await window.siteSearch.find('第1節', 1);
    return hits[0].page.sections[1].heading.split(' ')[1];
  });
  const [own, title, every, some, none, letter] = await findAll(watched.page, [
    heading, '通知第1234号', `${heading} 第1節`, `${heading} 火星探査機`, '火星探査機', heading[0],
  ]);
  assert.equal(own.rung, 'exact');
  assert.equal(own.pages.length, 1);
  assert.equal(title.pages[0], 'part-12/page-1234');
  assert.deepEqual([every.rung, every.pages], ['every', own.pages]);
  assert.deepEqual([some.rung, some.pages], ['some', own.pages]);
  assert.equal(none.rung, 'none');
  assert.ok(letter.pages.includes(own.pages[0]), 'one letter is enough');
  assertClean(watched);
});

test('a first query costs less than 400 KB', async (t) => {
  const sizes = [];
  for (const query of ['情報', 'パスワードを使い回さない', 'USBメモリ', '席を離れるとき', '火星探査機', '記録媒体の廃棄']) {
    const watched = await watchedPage(t, browser);
    const { page } = watched;
    await page.goto(httpAddress(server, 'intranet/home.html'));
    server.log.length = 0;
    await page.getByRole('searchbox').click();
    await page.keyboard.type(query);
    await page.locator('[role=status]').filter({ hasText: /./ }).waitFor();
    const files = server.log.filter(({ path: name }) => name.endsWith('.js')).map(({ path: name }) => name);
    const sum = files.reduce((bytes, name) => bytes + gzipSync(readFileSync(path.join(folder, '..', name))).length, 0);
    sizes.push([query, sum, files.length]);
    assertClean(watched);
  }
  t.diagnostic(sizes.map(([query, sum, files]) => `${query}: ${sum} bytes in ${files} files`).join('; '));
  assert.deepEqual(sizes.filter(([, sum]) => sum >= FIRST_QUERY), []);
});

test('the page of results goes on to pages that may match', async (t) => {
  const watched = await watchedPage(t, browser);
  const { page } = watched;
  await page.goto(`${fileAddress(folder, 'search.html')}?q=${encodeURIComponent('情報')}`);
  const results = page.locator('.search-results ol > li');
  await results.nth(19).waitFor();
  assert.match(await page.locator('[role=status]').innerText(), /ほかに、当たるかもしれないページが \d+ あります。/);
  await page.getByRole('button', { name: '続きを見る' }).click();
  await results.nth(39).waitFor();
  assertClean(watched);
});
