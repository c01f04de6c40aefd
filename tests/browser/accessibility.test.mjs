// axe on every page of every built site, in light and in dark.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import axe from 'axe-core';

import { assertClean, assertSameOrigin, httpAddress, launch, watchedPage } from './lib/browser.mjs';
import { built, pagesOf, siteNames } from './lib/paths.mjs';
import { serve } from './lib/server.mjs';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

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
  // One tab for the whole site: a new one for each page costs more than axe itself.
  test(`axe finds nothing: ${site}`, async (t) => {
    const watched = await watchedPage(t, browser);
    for (const name of pagesOf(site)) {
      await t.test(name, async () => {
        await watched.page.emulateMedia({ colorScheme: 'light' });
        await watched.page.goto(httpAddress(server, `${site}/${name}`));
        await watched.page.evaluate(axe.source);
        assert.deepEqual(await violations(watched.page, { type: 'tag', values: TAGS }), []);
        // Dark changes colours and nothing else.
        await watched.page.emulateMedia({ colorScheme: 'dark' });
        const colours = { type: 'rule', values: ['color-contrast'] };
        assert.deepEqual(await violations(watched.page, colours), [], 'dark');
      });
    }
    assertClean(watched);
    assertSameOrigin(watched, httpAddress(server, site));
  });
}

/** What axe objects to, a line each. */
function violations(page, runOnly) {
  return page.evaluate(async (only) => {
    const { violations: found } = await window.axe.run(document, { runOnly: only, resultTypes: ['violations'] });
    return found.map((violation) => {
      const places = violation.nodes.map((node) => node.target.join(' '));
      return `${violation.id}: ${violation.help} (${places.join('; ')})`;
    });
  }, runOnly);
}
