// Figures come from data: whoever changes the data sees figure and text change.

import assert from 'node:assert/strict';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { assertClean, fileAddress, launch, watchedPage } from './lib/browser.mjs';
import { buildSites, content, outFile, temporaryFolder } from './lib/paths.mjs';

let browser;
let folder;
before(async () => {
  browser = await launch();
  folder = temporaryFolder('figures');
  const changed = path.join(folder, 'content');
  cpSync(content, changed, { recursive: true });
  edit(path.join(changed, 'data', 'organization.toml'), 'holder = "副市長"', 'holder = "試験の市長"');
  edit(path.join(changed, 'data', 'schedule.toml'), '2024 = "実施"', '2024 = "試験で中止"');
  const built = buildSites(changed, path.join(folder, 'dist'));
  assert.equal(built.status, 0, built.stdout + built.stderr);
});
after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

test('organisation chart: picture and text follow the data', async (t) => {
  const watched = await open(t, 'intranet/org/chart.html');
  const figure = watched.page.locator('figure').filter({ has: watched.page.locator('svg') });
  const picture = await figure.first().locator('svg').evaluate((svg) => svg.textContent);
  assert.match(picture, /試験の市長/);
  assert.doesNotMatch(picture, /副市長/);
  const text = figure.first().locator('details');
  await text.evaluate((details) => { details.open = true; });
  assert.match(await text.innerText(), /試験の市長/);
  await figure.first().screenshot({ path: outFile('org-chart.png') });
  assertClean(watched);
});

test('schedule: the table follows the data', async (t) => {
  const watched = await open(t, 'intranet/plan/measure-7.html');
  const row = watched.page.getByRole('row', { name: /研修などの実施/ });
  assert.match(await row.innerText(), /試験で中止/);
  assertClean(watched);
});

async function open(t, page) {
  const watched = await watchedPage(t, browser);
  await watched.page.goto(fileAddress(path.join(folder, 'dist'), page));
  return watched;
}

/** Replaces the first place; the data must have it. */
function edit(file, from, to) {
  const text = readFileSync(file, 'utf8');
  assert.ok(text.includes(from), `${file} has ${from}`);
  writeFileSync(file, text.replace(from, to));
}
