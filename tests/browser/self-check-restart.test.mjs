// Answers outlive the browser: closed and opened again, killed in the middle, its page crashed; and
// a set of questions that has changed meanwhile.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { chromium } from 'playwright-core';

import { ARGUMENTS, assertClean, findChromium, httpAddress, launch, watchedPage } from './lib/browser.mjs';
import { built, buildSites, content, outFile, run, temporaryFolder } from './lib/paths.mjs';
import { answerOne, begin, DAY, goOn, ready } from './lib/self-check.mjs';
import { serve } from './lib/server.mjs';
import { judgeState } from './lib/states.mjs';
import { enrolOffice } from './lib/tally.mjs';

const PAGE = 'intranet/check/self-check.html';

let browser;
let office;
let server;
before(async () => {
  browser = await launch();
  office = await enrolOffice(browser);
  server = await serve(built);
});
after(async () => {
  await browser?.close();
  await server?.close();
});

async function started(page, person, at = server) {
  page.setDefaultTimeout(20_000);
  await page.clock.setFixedTime(DAY);
  await page.goto(httpAddress(at, PAGE));
  await ready(page);
  await begin(page, person);
}

/** Answers the question on screen and goes on; returns its id. */
async function answer(page) {
  const id = await answerOne(page);
  await goOn(page);
  return id;
}

/** Takes the kept answers up; they are these, and the next question is the one after them. */
async function resumed(page, person, answered) {
  await started(page, person);
  await page.getByRole('heading', { name: '前回の続きがあります' }).waitFor();
  await page.getByText('設問は前回と同じです').waitFor();
  await page.getByText(`うち${answered.length}問に回答済み`).waitFor();
  await page.getByRole('button', { name: '続きから始める' }).click();
  const { questions } = JSON.parse(await page.locator('#set-general').textContent());
  await page.locator(`[data-question="${questions[answered.length].id}"]`).waitFor();
  for (let index = answered.length - 1; index >= 0; index -= 1) {
    await page.getByRole('button', { name: '前へ' }).click();
    const question = page.locator(`[data-question="${answered[index]}"]`);
    await question.locator('.feedback').waitFor();
  }
}

test('the browser is closed and opened again', async (t) => {
  const profile = temporaryFolder('profile');
  const open = () => chromium.launchPersistentContext(profile, {
    executablePath: findChromium(),
    args: ARGUMENTS,
    locale: 'ja-JP',
    timezoneId: 'Asia/Tokyo',
  });
  const [person] = office.people;
  const first = await open();
  t.after(() => first.close());
  const [page] = first.pages();
  await started(page, person);
  const answered = [await answer(page), await answer(page), await answer(page)];
  await first.close();

  const second = await open();
  t.after(() => second.close());
  await resumed(second.pages()[0], person, answered);
});

test('the browser is killed', async (t) => {
  const profile = temporaryFolder('profile');
  const [, person] = office.people;
  const first = await ownBrowser(t, profile);
  await started(first.page, person);
  const answered = [await answer(first.page), await answer(first.page)];
  const [[, record]] = await first.page.evaluate(() => Object.entries(localStorage));
  // Browsers write what pages keep to the disk a few seconds later; what is there, stays.
  await onDisk(profile, record);
  first.kill();
  await first.ended;

  const second = await ownBrowser(t, profile);
  await resumed(second.page, person, answered);
});

test('the page crashes', async (t) => {
  const watched = await watchedPage(t, browser);
  const { page } = watched;
  const [, , person] = office.people;
  await started(page, person);
  const context = page.context();
  const answered = [await answer(page), await answer(page)];
  const crashed = page.waitForEvent('crash');
  page.goto('chrome://crash').catch(() => {});
  await crashed;
  await page.close();
  const fresh = await context.newPage();
  await resumed(fresh, person, answered);
});

test('the questions have changed: said plainly, and what still fits is kept', async (t) => {
  const folder = temporaryFolder('changed');
  const changed = changedSites(folder);
  // One server, as seen by the browser, whose files are exchanged.
  const served = path.join(folder, 'served');
  symlinkSync(built, served);
  const office1 = await serve(served);
  t.after(() => office1.close());
  const watched = await watchedPage(t, browser, { viewport: { width: 320, height: 640 } });
  const { page } = watched;
  const [person] = office.people;
  await started(page, person, office1);
  const answered = [await answer(page), await answer(page), await answer(page)];
  assert.equal(answered[1], 'pw2');

  symlinkSync(changed, path.join(folder, 'next'));
  renameSync(path.join(folder, 'next'), served);
  await started(page, person, office1);
  await page.getByRole('heading', { name: '前回の続きがあります' }).waitFor();
  const said = await page.locator('.offer').innerText();
  assert.match(said, /前回から設問か役割が変わっています/);
  assert.match(said, /引き継げない回答：1問/);
  await judgeState(page, 'offer-changed');
  await page.getByRole('button', { name: '続きから始める' }).click();
  // The changed question is asked anew, in its new words; the others keep their answers.
  const question = page.locator('[data-question="pw2"]');
  await question.getByText('改めた設問').waitFor();
  assert.equal(await question.locator('input:checked').count(), 0);
  await page.getByRole('button', { name: '前へ' }).click();
  await page.locator(`[data-question="${answered[0]}"] .feedback`).waitFor();
  assertClean(watched);
});

/** The example with one question in new words, frozen and built by the real program. */
function changedSites(folder) {
  const copy = path.join(folder, 'content');
  cpSync(content, copy, { recursive: true });
  const file = path.join(copy, 'checks', 'staff.toml');
  const old = readFileSync(file, 'utf8');
  const text = old.replace(/(id = "pw2"\n)rev = (\d+)([\s\S]*?prompt = ")/, (_, id, rev, rest) =>
    `${id}rev = ${Number(rev) + 1}${rest}改めた設問：`);
  assert.notEqual(text, old);
  writeFileSync(file, text);
  const frozen = run('site-gen', ['freeze', 'r8', '--content', copy, '--today', '2026-11-10']);
  assert.equal(frozen.status, 0, frozen.stderr);
  const sites = path.join(folder, 'sites');
  const told = buildSites(copy, sites);
  assert.equal(told.status, 0, told.stderr);
  return sites;
}

/** A Chromium of our own, so that it can be killed like a PC whose plug is pulled. */
async function ownBrowser(t, profile) {
  const args = [...ARGUMENTS, '--headless', '--remote-debugging-port=0', `--user-data-dir=${profile}`, 'about:blank'];
  const child = spawn(findChromium(), args, { detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = new Promise((resolve) => { child.once('exit', resolve); });
  const kill = () => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid, 'SIGKILL');
  };
  t.after(kill);
  const address = await new Promise((resolve, reject) => {
    let told = '';
    child.stderr.on('data', (bytes) => {
      told += bytes;
      const found = told.match(/DevTools listening on (\S+)/);
      if (found) resolve(found[1]);
    });
    child.once('exit', () => reject(new Error(told)));
  });
  const connected = await chromium.connectOverCDP(address);
  const [context] = connected.contexts();
  return { page: await context.newPage(), kill, ended };
}

/** Waits until a record stands in the files of the profile. */
async function onDisk(profile, record) {
  const folder = path.join(profile, 'Default', 'Local Storage', 'leveldb');
  // A piece is enough, and long records are written in pieces.
  const pieces = [record.slice(-40), record.slice(-140, -100)];
  for (let tries = 0; tries < 300; tries += 1) {
    const texts = readdirSync(folder).map((name) => {
      try {
        return readFileSync(path.join(folder, name), 'latin1');
      } catch {
        return ''; // taken away meanwhile
      }
    });
    if (pieces.some((piece) => texts.some((text) => text.includes(piece)))) return;
    await new Promise((resolve) => { setTimeout(resolve, 200); });
  }
  assert.fail('the browser has not written the record within a minute');
}
