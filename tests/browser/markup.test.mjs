// html-validate on every document of every built site.

import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';

import { markupFindings } from './lib/markup.mjs';
import { built, documentsOf, siteNames } from './lib/paths.mjs';

for (const site of siteNames()) {
  for (const name of documentsOf(site)) {
    test(`valid HTML: ${site}/${name}`, async () => {
      assert.deepEqual(await markupFindings(path.join(built, site, name)), []);
    });
  }
}
