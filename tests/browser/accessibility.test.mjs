// axe on every page of every built site, in light and in dark.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { AxeBuilder } from '@axe-core/playwright';

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
  for (const name of pagesOf(site)) {
    test(`axe finds nothing: ${site}/${name}`, async () => {
      const watched = await watchedPage(browser);
      const address = httpAddress(server, `${site}/${name}`);
      await watched.page.goto(address);
      for (const colorScheme of ['light', 'dark']) {
        await watched.page.emulateMedia({ colorScheme });
        const { violations } = await new AxeBuilder({ page: watched.page }).withTags(TAGS).analyze();
        assert.deepEqual(violations.map(summary), [], colorScheme);
      }
      assertClean(watched);
      assertSameOrigin(watched, address);
      await watched.context.close();
    });
  }
}

function summary(violation) {
  const places = violation.nodes.map((node) => node.target.join(' '));
  return `${violation.id}: ${violation.help} (${places.join('; ')})`;
}
