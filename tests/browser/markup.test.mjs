// html-validate on every document of every built site.

import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';

import { FileSystemConfigLoader, HtmlValidate } from 'html-validate';

import { built, documentsOf, siteNames } from './lib/paths.mjs';

const validator = new HtmlValidate(
  new FileSystemConfigLoader({
    root: true,
    extends: ['html-validate:standard', 'html-validate:a11y'],
    rules: {
      // Page titles carry the name of the site; search results need both.
      'long-title': 'off',
      // Machine-written HTML: spaces at line ends are nobody's concern.
      'no-trailing-whitespace': 'off',
    },
  }),
);

for (const site of siteNames()) {
  for (const name of documentsOf(site)) {
    test(`valid HTML: ${site}/${name}`, async () => {
      const report = await validator.validateFile(path.join(built, site, name));
      const found = report.results.flatMap((result) => result.messages).map(summary);
      assert.deepEqual(found, []);
    });
  }
}

function summary(message) {
  return `${message.line}:${message.column} ${message.ruleId}: ${message.message}`;
}
