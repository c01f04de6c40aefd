// A built site lies on a shared drive and is opened by file://: every link of every page leads to
// a page and a place on it, the search finds, definitions show, the self-check starts, and nothing
// is asked of any network.

import assert from 'node:assert/strict';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, test } from 'node:test';

import { assertClean, assertSameOrigin, fileAddress, launch, watchedPage } from './lib/browser.mjs';
import { built, documentsOf, siteNames, temporaryFolder } from './lib/paths.mjs';
import { DAY } from './lib/self-check.mjs';

let browser;
/** A copy elsewhere, under a name with a blank and Japanese letters, as shared folders have. */
let drive;
before(async () => {
  browser = await launch();
  drive = path.join(temporaryFolder('drive'), '共有 フォルダ');
  cpSync(built, drive, { recursive: true });
});
after(() => browser?.close());

for (const site of siteNames()) {
  test(`every link and file of every page is there: ${site}`, async (t) => {
    const watched = await watchedPage(t, browser, { javaScriptEnabled: false });
    const folder = path.join(drive, site);
    const ids = new Map();
    const idsOf = (file) => {
      if (!ids.has(file)) ids.set(file, new Set([...readFileSync(file, 'utf8').matchAll(/ id="([^"]+)"/g)].map((match) => match[1])));
      return ids.get(file);
    };
    const dead = [];
    let count = 0;
    for (const name of documentsOf(site)) {
      // Pages that only lead on have their own test, and would lead away from here.
      if (readFileSync(path.join(folder, name), 'utf8').includes('http-equiv="refresh"')) continue;
      await watched.page.goto(fileAddress(folder, name));
      const addresses = await watched.page.evaluate(() =>
        [...document.querySelectorAll('a[href], link[href], script[src], img[src], form[action]')]
          .map((element) => element.href || element.src || element.action));
      for (const address of new Set(addresses)) {
        const url = new URL(address);
        if (url.protocol !== 'file:') continue;
        count += 1;
        const file = fileURLToPath(url.href.split('#')[0]);
        const fragment = decodeURIComponent(url.hash.slice(1));
        if (!file.startsWith(folder + path.sep)) dead.push(`${name}: ${address} leaves the site`);
        else if (!existsSync(file)) dead.push(`${name}: ${address} is not there`);
        else if (fragment && file.endsWith('.html') && !idsOf(file).has(fragment)) dead.push(`${name}: ${address} has no such place`);
      }
    }
    assert.ok(count > 100);
    assert.deepEqual(dead, []);
    assertClean(watched);
  });
}

test('first page, search, a result, a definition, the way back', async (t) => {
  const watched = await watchedPage(t, browser, { reducedMotion: 'reduce' });
  const { page } = watched;
  const address = fileAddress(drive, 'intranet/index.html');
  await page.goto(address);
  await page.locator('h1').waitFor();
  await page.getByRole('searchbox').click();
  await page.keyboard.type('多要素認証を求める');
  // Results change while somebody types: a reader waits until the wanted one comes first.
  await page.locator('.search-results ol > li:first-child a[href$="people/password.html#rule-8"]').click();
  await page.waitForURL(/people\/password\.html#rule-8$/);
  const term = page.locator('main a.term').first();
  await term.hover();
  await page.locator('.term-popover').waitFor({ state: 'visible' });
  await page.goBack();
  await page.getByRole('searchbox').waitFor();
  assertClean(watched);
  assertSameOrigin(watched, address);
});

test('the self-check starts, for staff and for residents', async (t) => {
  for (const name of ['intranet/check/self-check.html', 'public/public/self-check.html']) {
    const watched = await watchedPage(t, browser);
    await watched.page.clock.setFixedTime(DAY);
    await watched.page.goto(fileAddress(drive, name));
    await watched.page.locator('#self-check button').first().waitFor();
    assert.equal(await watched.page.locator('.paper-form').count(), 0, 'the paper form has made room');
    assertClean(watched);
    assertSameOrigin(watched, fileAddress(drive, name));
  }
});
