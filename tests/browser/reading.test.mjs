// Reading a page on a narrow screen, without any script, and from a shared folder.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { assertClean, fileAddress, httpAddress, launch, watchedPage } from './lib/browser.mjs';
import { built, pagesOf, signpostsOf, siteNames } from './lib/paths.mjs';
import { serve } from './lib/server.mjs';

let browser;
let server;
before(async () => {
  browser = await launch();
  server = await serve(built);
});
after(async () => {
  await browser?.close();
  await server?.close();
});

for (const site of siteNames()) {
  const pages = pagesOf(site);

  // WCAG 1.4.10: at 320 CSS pixels nothing but tables and figures, in boxes of their own,
  // scrolls sideways.
  test(`reflow at 320 px: ${site}`, async (t) => {
    const watched = await watchedPage(t, browser, { viewport: { width: 320, height: 640 } });
    const wide = [];
    for (const name of pages) {
      await watched.page.goto(httpAddress(server, `${site}/${name}`));
      const over = await watched.page.evaluate(widestOverflow);
      if (over) wide.push(`${name}: ${over}`);
    }
    assert.deepEqual(wide, []);
    assertClean(watched);
  });

  test(`readable without script: ${site}`, async (t) => {
    const watched = await watchedPage(t, browser, { javaScriptEnabled: false });
    const bare = [];
    for (const name of pages) {
      await watched.page.goto(httpAddress(server, `${site}/${name}`));
      const text = await watched.page.locator('main').innerText();
      const heading = await watched.page.locator('h1').count();
      if (text.length < 40 || heading !== 1) bare.push(`${name}: ${text.length} letters`);
    }
    assert.deepEqual(bare, []);
  });

  test(`readable from a shared folder: ${site}`, async (t) => {
    const watched = await watchedPage(t, browser);
    for (const name of pages) {
      await watched.page.goto(fileAddress(built, `${site}/${name}`));
      const styled = await watched.page.evaluate(() => {
        const rules = [...document.styleSheets].length;
        return rules > 0 && getComputedStyle(document.documentElement).lang !== null;
      });
      assert.ok(styled, `${name} has its style sheet`);
    }
    assertClean(watched);
  });
}

for (const site of siteNames()) {
  for (const name of signpostsOf(site)) {
    test(`leads on to a page: ${site}/${name}`, async (t) => {
      for (const address of [httpAddress(server, `${site}/${name}`), fileAddress(built, `${site}/${name}`)]) {
        const watched = await watchedPage(t, browser);
        await watched.page.goto(address);
        await watched.page.locator('h1').waitFor();
        assert.notEqual(watched.page.url(), address);
        assertClean(watched);
      }
    });
  }
}

/** Runs in the page: what sticks out, or nothing. */
function widestOverflow() {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return null;
  const culprits = [...document.body.querySelectorAll('*')].filter(
    (element) => element.getBoundingClientRect().right > root.clientWidth + 1,
  );
  const first = culprits.slice(0, 3).map((element) => `<${element.tagName.toLowerCase()} class="${element.className}">`);
  return `${root.scrollWidth} px wide, for example ${first.join(' ')}`;
}
