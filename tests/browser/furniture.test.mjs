// What the small script adds around a text: readings, the present section, the clause one came
// for, what is late, and what paper says.

import assert from 'node:assert/strict';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { assertClean, fileAddress, httpAddress, launch, watchedPage } from './lib/browser.mjs';
import { buildSites, content, temporaryFolder } from './lib/paths.mjs';
import { serve } from './lib/server.mjs';

let browser;
let folder;
let server;
before(async () => {
  browser = await launch();
  folder = temporaryFolder('furniture');
  const changed = path.join(folder, 'content');
  cpSync(content, changed, { recursive: true });
  const contacts = path.join(changed, 'data', 'contacts.toml');
  writeFileSync(contacts, readFileSync(contacts, 'utf8').replace('[[feedback]]', '[[feedback]]\nmail = "it@example.jp"'));
  const improvement = '\n[[improvements]]\nsection = "市民課"\nitem = "離席"\nmeasure = "閉じる。"\nowner = "管理者"\ndue = 2026-10-31\nstate = ';
  const improvements = path.join(changed, 'data', 'improvements.toml');
  writeFileSync(improvements, `${readFileSync(improvements, 'utf8')}${improvement}"実施中"\n${improvement}"完了"\n`);
  const built = buildSites(changed, path.join(folder, 'dist'));
  assert.equal(built.status, 0, built.stdout + built.stderr);
  server = await serve(path.join(folder, 'dist'));
});
after(async () => {
  await browser?.close();
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});

test('readings above kanji can be put away, and stay away on the next page', async (t) => {
  const watched = await watchedPage(t, browser);
  const { page } = watched;
  await page.goto(httpAddress(server, 'public/public/home.html'));
  const reading = page.locator('main rt').first();
  const button = page.getByRole('button', { name: 'ふりがな' });
  assert.ok(await reading.isVisible());
  assert.equal(await button.getAttribute('aria-pressed'), 'true');
  await button.press('Enter');
  assert.equal(await button.getAttribute('aria-pressed'), 'false');
  assert.ok(await reading.isHidden());
  await page.reload();
  assert.ok(await reading.isHidden(), 'after a reload');
  await button.click();
  assert.ok(await reading.isVisible());
  assertClean(watched);
});

test('the contents say where the reader is', async (t) => {
  const watched = await watchedPage(t, browser, { viewport: { width: 1400, height: 700 } });
  const { page } = watched;
  await page.goto(httpAddress(server, 'intranet/people/password.html'));
  const current = page.locator('.toc [aria-current]');
  await page.locator('#rule-3').evaluate((heading) => heading.scrollIntoView());
  await page.waitForFunction(() => document.querySelector('.toc [aria-current]')?.hash === '#rule-3');
  assert.equal(await current.count(), 1);
  assertClean(watched);
});

test('a clause can be copied and told about', async (t) => {
  const watched = await watchedPage(t, browser, { permissions: [] });
  const { page } = watched;
  await page.goto(httpAddress(server, 'intranet/people/password.html'));
  const code = page.locator('[data-clause]');
  const mail = page.locator('[data-feedback]');
  assert.equal(await code.textContent(), 'people/password');
  await page.locator('#rule-2 .heading-link').click();
  await page.locator('.copy-status').filter({ hasText: /コピー/ }).waitFor();
  assert.equal(await code.textContent(), 'people/password#rule-2');
  const address = new URL(await mail.getAttribute('href'));
  assert.equal(address.pathname, 'it@example.jp');
  const body = new URLSearchParams(address.search).get('body');
  assert.match(body, /^ページ：.+（people\/password）\r\n/);
  assert.ok(body.endsWith('決まり：#rule-2'), body);
  assertClean(watched);
});

test('what is late is marked, what is done is not', async (t) => {
  const watched = await watchedPage(t, browser);
  const { page } = watched;
  await page.clock.setFixedTime(new Date('2026-11-24T09:00:00+09:00'));
  await page.goto(fileAddress(path.join(folder, 'dist'), 'intranet/check/results.html'));
  const rows = page.getByRole('row').filter({ hasText: '離席' });
  assert.match(await rows.nth(0).innerText(), /期限切れ/);
  assert.doesNotMatch(await rows.nth(1).innerText(), /期限切れ/);
  await page.clock.setFixedTime(new Date('2027-04-01T00:30:00+09:00'));
  await page.goto(fileAddress(path.join(folder, 'dist'), 'intranet/people/password.html'));
  assert.match(await page.locator('.facts').innerText(), /見直し期限切れ/);
  assertClean(watched);
});

test('the present fiscal year stands out, from April to March', async (t) => {
  const watched = await watchedPage(t, browser);
  const { page } = watched;
  for (const [now, year] of [['2026-03-31T23:30:00+09:00', 'R7年度'], ['2026-04-01T00:30:00+09:00', 'R8年度']]) {
    await page.clock.setFixedTime(new Date(now));
    await page.goto(fileAddress(path.join(folder, 'dist'), 'intranet/plan/measure-7.html'));
    assert.equal(await page.locator('.schedule [aria-current]').innerText(), year);
  }
  assertClean(watched);
});

test('paper says which text it is, and has no buttons', async (t) => {
  const watched = await watchedPage(t, browser);
  const { page } = watched;
  await page.clock.setFixedTime(new Date('2026-11-24T09:00:00+09:00'));
  await page.goto(fileAddress(path.join(folder, 'dist'), 'intranet/people/password.html'));
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await page.emulateMedia({ media: 'print' });
  const foot = await page.locator('.site-footer .print-only').innerText();
  assert.match(foot, /people\/password\.html/);
  assert.match(foot, /本文の版：[0-9a-f]{8}/);
  assert.match(foot, /印刷日：2026-11-24/);
  for (const gone of ['.page-tools', '.site-nav', '.toc', '.pager', '.page-feedback', '.heading-link']) {
    assert.ok(await page.locator(gone).first().isHidden(), gone);
  }
  assert.ok(await page.locator('.page-terms').isVisible(), 'the terms are an appendix');
  assertClean(watched);
});

test('the whole policy prints as a book', async (t) => {
  const watched = await watchedPage(t, browser);
  const { page } = watched;
  await page.goto(fileAddress(path.join(folder, 'dist'), 'intranet/print.html'));
  const chapters = await page.locator('.whole__chapter').count();
  assert.equal(await page.locator('.whole__contents li').count(), chapters);
  assert.ok(chapters > 10, `${chapters} chapters`);
  const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true });
  const sheets = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g).length;
  assert.ok(sheets > chapters, `${sheets} sheets: every chapter starts one`);
  assertClean(watched);
});

test('an English page speaks English', async (t) => {
  const watched = await watchedPage(t, browser);
  const { page } = watched;
  await page.clock.setFixedTime(new Date('2030-01-01T09:00:00+09:00'));
  await page.goto(httpAddress(server, 'public/public/report.html'));
  await page.getByRole('navigation', { name: 'このページの言語' }).getByRole('link', { name: 'English' }).click();
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  assert.match(await page.locator('.facts').innerText(), /\(overdue\)/);
  const languages = page.getByRole('navigation', { name: 'Languages of this page' });
  await languages.getByRole('link', { name: 'やさしい日本語' }).click();
  assert.match(page.url(), /report\.easy\.html$/);
  assertClean(watched);
});
