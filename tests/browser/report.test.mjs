// From signed files to the committee's report and to the page of the site: a made-up year is
// reported on by `tally`, the report is read and printed in the browser, and the data file it
// writes is built into a copy of the content by the generator.

import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { assertClean, fileAddress, launch, watchedPage } from './lib/browser.mjs';
import { axeFindings, snifferFindings } from './lib/judges.mjs';
import { buildSites, content, run, temporaryFolder } from './lib/paths.mjs';

const folder = temporaryFolder('report');
const within = (...names) => path.join(folder, ...names);
let browser;

before(async () => {
  browser = await launch();
  const archive = path.join(content, 'archive');
  const size = ['--sections', '14', '--people', '150', '--years', '2'];
  const made = run('year', ['--seed', '8', ...size, '--archive', archive, '--out', within('year')]);
  assert.equal(made.status, 0, made.stderr);
  // A line a campaign: `r7 150 people, 131 results, 1 lost`.
  const lost = Object.fromEntries([...made.stdout.matchAll(/^(\S+) .* (\d+) lost$/gm)].map(([, id, count]) => [id, count]));
  report('r7', '--missing', lost.r7);
  report('r8', '--missing', lost.r8, '--previous', within('reports', 'r7'));
});
after(() => browser?.close());

function report(campaign, ...more) {
  const of = (name) => within('year', campaign, name);
  const inputs = ['--ledger', of('ledger.jsonl'), '--roster', of('roster.json'), '--files', of('inbox')];
  const where = ['--archive', within('year', 'archive'), '--content', content];
  const out = ['--out', within('reports', campaign)];
  const ran = run('tally', ['report', ...inputs, ...where, ...out, ...more]);
  // 1: there are rejected files, which is what they were planted for.
  assert.equal(ran.status, 1, ran.stderr);
}

test('the report can be read by everybody, loads nothing and runs nothing', async (t) => {
  const watched = await watchedPage(t, browser);
  const address = fileAddress(within('reports', 'r8', 'committee'), 'report.html');
  await watched.page.goto(address);
  assert.deepEqual(await axeFindings(watched.page), []);
  assert.deepEqual(await snifferFindings(watched.page), [], 'HTML_CodeSniffer');
  assertClean(watched);
  assert.deepEqual(watched.requests(), [address]);
  for (const figure of await watched.page.locator('svg').all()) {
    const named = await figure.evaluate((svg) => svg.getAttribute('aria-labelledby').split(' ')
      .every((id) => document.getElementById(id)?.textContent.length > 3));
    assert.ok(named, 'a figure has a title and its content as text');
  }
});

test('printed, the digest is one page and nothing is cut off at the side', async (t) => {
  const { page } = await watchedPage(t, browser);
  await page.goto(fileAddress(within('reports', 'r8', 'committee'), 'report.html'));
  await page.emulateMedia({ media: 'print' });
  // A4 less the margins of the style sheet, in CSS pixels.
  const [wide, tall] = [(210 - 30) * 96 / 25.4, (297 - 34) * 96 / 25.4];
  await page.setViewportSize({ width: Math.floor(wide), height: Math.floor(tall) });
  const digest = await page.locator('.digest').boundingBox();
  assert.ok(digest.height <= tall, `${digest.height} px of ${tall}`);
  const tooWide = await page.evaluate(() => [...document.querySelectorAll('section:not(.wide) table, svg')]
    .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
    .map((one) => one.getAttribute('class')));
  assert.deepEqual(tooWide, []);
  const pdf = await page.pdf({ preferCSSPageSize: true });
  const boxes = [...pdf.toString('latin1').matchAll(/\/MediaBox \[([\d. ]+)\]/g)].map((match) => match[1]);
  const isWide = (box) => { const [, , width, height] = box.split(' ').map(Number); return width > height; };
  assert.ok(boxes.some(isWide) && boxes.some((box) => !isWide(box)), 'wide tables lie on wide pages');
});

test('the results reach the page they are for, and only on the sites that may show them', async (t) => {
  const list = readFileSync(within('reports', 'r8', 'site', 'results.toml'), 'utf8');
  const summary = readFileSync(within('reports', 'r8', 'site', 'results', 'r8.json'), 'utf8');
  assert.equal(summary, readFileSync(within('reports', 'r8', 'committee', 'summary.json'), 'utf8'));
  const { score } = JSON.parse(summary).categories.find((one) => one.title === 'インシデント報告');
  const permille = Math.floor((1000 * score.points) / score.max);
  const shown = `${Math.floor(permille / 10)}.${permille % 10}%`;
  cpSync(content, within('content'), { recursive: true });
  cpSync(within('reports', 'r8', 'site'), within('content', 'data'), { recursive: true });
  const build = (text) => {
    writeFileSync(within('content', 'data', 'results.toml'), text);
    const built = buildSites(within('content'), within('dist'));
    assert.notEqual(built.status, 2, built.stderr);
    assert.doesNotMatch(built.stderr, /エラー/);
    const page = (site) => readFileSync(within('dist', site, 'check', 'results.html'), 'utf8');
    return { staff: page('intranet'), committee: page('restricted') };
  };
  // As `tally` wrote it: for the committee's site alone.
  const written = build(list);
  assert.match(written.staff, /集計した結果はまだありません/);
  assert.ok(!written.staff.includes(shown), 'not a number for staff yet');
  for (const wanted of ['令和8年度', '令和7年度', 'インシデント報告', shown]) {
    assert.ok(written.committee.includes(wanted), wanted);
  }
  const watched = await watchedPage(t, browser);
  await watched.page.goto(fileAddress(within('dist', 'restricted'), 'check/results.html'));
  assert.deepEqual(await axeFindings(watched.page), []);
  assert.deepEqual(await snifferFindings(watched.page), [], 'HTML_CodeSniffer');
  // Once the committee has received this year's, for staff too; the year before stays with it.
  const received = build(list.replace('visibility = "restricted"', 'visibility = "intranet"'));
  assert.ok(received.staff.includes(shown));
  assert.ok(!received.staff.includes('令和7年度の自己点検'));
});
