// axe and HTML_CodeSniffer on every page of every built site, in light and in dark.
// Each finds what the other does not; the third look, our own, is `reading-rules.test.mjs`.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { assertClean, assertSameOrigin, httpAddress, launch, watchedPage } from './lib/browser.mjs';
import { axeFindings, sniffer, snifferFindings } from './lib/judges.mjs';
import { built, pagesOf, siteNames } from './lib/paths.mjs';
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
  // One tab for the whole site: a new one for each page costs more than the judges themselves.
  test(`axe and HTML_CodeSniffer find nothing: ${site}`, async (t) => {
    const watched = await watchedPage(t, browser);
    for (const name of pagesOf(site)) {
      await t.test(name, async () => {
        await watched.page.emulateMedia({ colorScheme: 'light' });
        await watched.page.goto(httpAddress(server, `${site}/${name}`));
        assert.deepEqual(await axeFindings(watched.page), []);
        assert.deepEqual(await snifferFindings(watched.page), [], 'HTML_CodeSniffer');
        // Dark changes colours and nothing else.
        await watched.page.emulateMedia({ colorScheme: 'dark' });
        const colours = { type: 'rule', values: ['color-contrast'] };
        assert.deepEqual(await axeFindings(watched.page, colours), [], 'dark');
      });
    }
    assertClean(watched);
    assertSameOrigin(watched, httpAddress(server, site));
  });
}

test('both judges find planted faults', async (t) => {
  const watched = await watchedPage(t, browser);
  await watched.page.setContent('<html lang="ja"><title>t</title><main><h1>h</h1><img src="data:,"><a href="#nowhere">x</a></main>');
  assert.match((await axeFindings(watched.page)).join('\n'), /image-alt/);
  assert.match((await snifferFindings(watched.page)).join('\n'), /H37|NoSuchID/);
  assert.ok(sniffer.length > 0);
});
