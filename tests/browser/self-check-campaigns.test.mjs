// Another campaign than the one of our content: another id, other dates, another set of questions,
// from data alone. What the browser keeps of two campaigns does not mix.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cpSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { assertClean, httpAddress, launch, watchedPage } from './lib/browser.mjs';
import { built, buildSites, content, outFile, run, temporaryFolder } from './lib/paths.mjs';
import { acknowledge, answerAll, answerOne, begin, DAY, download, goOn, ready, sign } from './lib/self-check.mjs';
import { serve } from './lib/server.mjs';
import { enrolOffice } from './lib/tally.mjs';

const PAGE = 'intranet/check/self-check.html';
/** Open on `DAY` too, so that both campaigns' answers may lie in one browser. */
const CAMPAIGN = `id = "autumn-26"
title = "もう一つの自己点検"
nonce = "AAECAwQFBgcICQoLDA0ODw"
fiscal_year = 2027
opens = 2026-11-18
closes = 2026-11-26
grace_days = 3
sets = ["staff", "leaders", "next"]

[bands]
good = 90
review = 50

[[acknowledgements]]
page = "policy/basic"
statement = "基本方針を読みました。"
`;

let browser;
let office;
before(async () => {
  browser = await launch();
  office = await enrolOffice(browser);
});
after(async () => {
  await browser?.close();
});

/** Our content with the campaign beside the other, frozen and built by the real program. */
function anotherCampaign(folder) {
  const copy = path.join(folder, 'content');
  cpSync(content, copy, { recursive: true });
  writeFileSync(path.join(copy, 'campaigns', 'autumn-26.toml'), CAMPAIGN);
  const frozen = run('site-gen', ['freeze', 'autumn-26', '--content', copy, '--today', '2026-11-10']);
  assert.equal(frozen.status, 0, frozen.stderr);
  const sites = path.join(folder, 'sites');
  const told = buildSites(copy, sites);
  assert.equal(told.status, 0, told.stderr);
  return { sites, archive: path.join(copy, 'archive') };
}

test('a second campaign: asked as its data say, kept apart, and its own id in the file', async (t) => {
  const folder = temporaryFolder('campaigns');
  const other = anotherCampaign(folder);
  // One server, as seen by the browser, whose files are exchanged.
  const served = path.join(folder, 'served');
  symlinkSync(built, served);
  const server = await serve(served);
  t.after(() => server.close());
  const exchange = (sites) => {
    symlinkSync(sites, path.join(folder, 'next'));
    renameSync(path.join(folder, 'next'), served);
  };
  const watched = await watchedPage(t, browser);
  const { page } = watched;
  const [person] = office.people;
  const start = async () => {
    await page.clock.setFixedTime(DAY);
    await page.goto(httpAddress(server, PAGE));
    await ready(page);
    const set = JSON.parse(await page.locator('#set-general').textContent());
    const facts = await page.locator('#self-check').innerText();
    await begin(page, person);
    return { set, facts };
  };
  const kept = () => page.evaluate(() => Object.entries(localStorage).sort());
  const offer = page.getByRole('heading', { name: '前回の続きがあります' });
  const question = page.locator('[data-question]');
  const answer = async () => {
    await answerOne(page);
    await goOn(page);
  };

  const first = await start();
  assert.equal(first.set.campaign.id, 'r8');
  await question.waitFor();
  await answer();
  await answer();
  const [ours] = await kept();

  exchange(other.sites);
  const second = await start();
  assert.equal(second.set.campaign.id, 'autumn-26');
  assert.ok(second.set.questions.length > first.set.questions.length, 'the other set has more questions');
  assert.match(second.facts, /もう一つの自己点検/);
  assert.match(second.facts, /令和8年11月18日（水）.*令和8年11月26日（木）/s);
  await offer.or(question).waitFor();
  assert.equal(await offer.count(), 0, 'answers of one campaign are not offered in the other');
  await answer();
  const both = await kept();
  assert.equal(both.length, 2);
  assert.deepEqual(both.find(([name]) => name === ours[0]), ours, "the first campaign's record is as it was");

  await start();
  await offer.waitFor();
  await page.getByText('うち1問に回答済み').waitFor();
  await page.getByRole('button', { name: '最初からやり直す' }).click();
  assert.equal(await answerAll(page), second.set.questions.length);
  assert.equal(await page.locator('[data-policy]').count(), 1);
  await page.getByText('基本方針を読みました。').waitFor();
  await acknowledge(page);
  await sign(page);
  await page.getByText('90').first().waitFor();
  const file = outFile('autumn.selfcheck.json');
  assert.match(await download(page, file), /^autumn-26-[\w-]{8}\.selfcheck\.json$/);
  const payload = JSON.parse(Buffer.from(JSON.parse(readFileSync(file, 'utf8')).payload, 'base64url'));
  assert.deepEqual(payload.campaign, { id: 'autumn-26', nonce: 'AAECAwQFBgcICQoLDA0ODw' });
  const frozen = readFileSync(path.join(other.archive, 'autumn-26', 'set-general.json'));
  assert.equal(payload.set.sha256, createHash('sha256').update(frozen).digest('hex'));
  assert.deepEqual(payload.answers.map(({ q }) => q), second.set.questions.map(({ id }) => id));
  const judged = run('tally', ['verify', '--roster', office.roster, '--archive', other.archive, file]);
  assert.equal(judged.status, 0, judged.stdout + judged.stderr);
  await page.getByRole('button', { name: '保存を確認したので、この端末の回答を消す' }).click();
  await page.getByText('もう一度保存できます').waitFor();
  assert.deepEqual(await kept(), [ours], "only this campaign's answers are removed");

  exchange(built);
  await start();
  await offer.waitFor();
  await page.getByText('うち2問に回答済み').waitFor();
  assertClean(watched);
});

test('a campaign that has closed asks nothing and forgets what was kept', async (t) => {
  const folder = temporaryFolder('closed');
  const { sites } = anotherCampaign(folder);
  const server = await serve(sites);
  t.after(() => server.close());
  const watched = await watchedPage(t, browser);
  const { page } = watched;
  const on = async (day) => {
    await page.clock.setFixedTime(day);
    await page.goto(httpAddress(server, PAGE));
    await page.getByRole('button', { name: '番号なしで試す' }).waitFor();
  };
  const form = page.getByRole('textbox', { name: '職員番号' });
  await on('2026-11-17T23:59:59+09:00');
  assert.equal(await form.count(), 0, 'not yet open, while the campaign of our content is');
  await on('2026-11-29T23:59:59+09:00');
  await begin(page, office.people[1]);
  await page.locator('[data-question] input').first().check();
  await page.waitForFunction(() => localStorage.length === 1);
  await on('2026-11-30T00:00:00+09:00');
  assert.equal(await form.count(), 0, 'its own days of grace are over');
  // Who has answered late finds the answers as many days longer.
  assert.equal(await page.evaluate(() => localStorage.length), 1);
  await on('2026-12-03T00:00:00+09:00');
  assert.equal(await page.evaluate(() => localStorage.length), 0);
  assertClean(watched);
});
