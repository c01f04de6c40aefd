// The accessibility statement tells what these tests do: its tools are the ones installed here,
// and its pages are those that were built.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { fileAddress, launch, watchedPage } from './lib/browser.mjs';
import { built, pagesOf, root, siteNames } from './lib/paths.mjs';

const PAGE = 'accessibility.html';
const PACKAGES = {
  'axe-core': 'axe-core',
  HTML_CodeSniffer: 'html_codesniffer',
  'html-validate': 'html-validate',
  'Nu Html Checker': 'vnu-jar',
  Lighthouse: 'lighthouse',
};

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

for (const site of siteNames()) {
  test(`the statement names the tools and the pages of the test: ${site}`, async (t) => {
    const { page } = await watchedPage(t, browser);
    await page.goto(fileAddress(built, `${site}/${PAGE}`));
    const installed = JSON.parse(readFileSync(path.join(root, 'tests', 'browser', 'package.json'), 'utf8'));
    for (const [name, npm] of Object.entries(PACKAGES)) {
      const row = page.getByRole('row', { name: new RegExp(`^${name}`) });
      assert.match(await row.innerText(), new RegExp(installed.devDependencies[npm].replaceAll('.', '\\.')));
    }
    const criteria = page.getByRole('table', { name: '達成基準ごとの結果', exact: true }).locator('tbody tr');
    assert.equal(await criteria.count(), 38, 'level A and AA of the standard');
    const added = page.getByRole('table', { name: '後から加わった達成基準ごとの結果' }).locator('tbody tr');
    assert.equal(await added.count(), 18, 'level A and AA of WCAG 2.1 and 2.2');
    const facts = await page.locator('main .facts').allInnerTexts();
    assert.ok(facts.some((text) => text.includes('全ページ')), facts.join());
    assert.ok(pagesOf(site).includes(PAGE));
  });

  test(`the English statement tells the same in English: ${site}`, async (t) => {
    const { page } = await watchedPage(t, browser);
    await page.goto(fileAddress(built, `${site}/accessibility.en.html`));
    const criteria = page.getByRole('table', { name: 'Result by success criterion', exact: true });
    assert.equal(await criteria.locator('tbody tr').count(), 38);
    const added = page.getByRole('table', { name: 'Result by success criterion added later' });
    assert.equal(await added.locator('tbody tr').count(), 18);
    const japanese = page.locator('main :is(table, .facts) [lang=ja]');
    assert.deepEqual(await japanese.allInnerTexts(), [], 'every word of the data has its English one');
  });
}
