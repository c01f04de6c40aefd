// The yardstick: Pagefind over the same pages and the same hundred questions. Ours must find at
// least as much on every one; what each loads for a first question is reported.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';

import { httpAddress, launch, watchedPage } from './lib/browser.mjs';
import { built, root, temporaryFolder } from './lib/paths.mjs';
import { findAll, numbers, openSearch, visibleLines } from './lib/search.mjs';
import { serve } from './lib/server.mjs';

const SITE = path.join(built, 'intranet');
const QUESTIONS = 100;

/** Asked in other words than the page's: the pages that answer. */
const BY_HAND = [
  // Width, long marks, spelling.
  ['ＵＳＢメモリ', ['assets/media']],
  ['USBﾒﾓﾘ', ['assets/media']],
  ['usbメモリー', ['assets/media']],
  ['ＩＣカード', ['people/password']],
  ['ICｶｰﾄﾞ', ['people/password']],
  ['パスワ－ド', ['people/password']],
  ['Ｗｅｂ会議', ['work/telework']],
  ['テレワ―ク', ['work/telework']],
  ['ウィルス', ['tech/malware']],
  ['ｳｲﾙｽ対策', ['tech/malware']],
  ['サーバー室', ['physical/server-room']],
  ['コンピューター', ['glossary']],
  // Readings.
  ['ひょうてきがた', ['tech/mail-web']],
  ['たようそにんしょう', ['people/password', 'work/cloud']],
  ['まるうぇあ', ['glossary']],
  ['じょうほうしさん', ['assets/classification']],
  ['ふぃっしんぐ', ['tech/mail-web']],
  ['こじんじょうほう', ['assets/personal-info']],
  ['ぜいじゃくせい', ['glossary']],
  ['がいぶきおくばいたい', ['assets/media']],
  // Other words for a term.
  ['二要素認証', ['people/password', 'work/cloud']],
  ['2要素認証', ['people/password', 'work/cloud']],
  ['MFA', ['people/password', 'work/cloud']],
  ['アンチウイルス', ['tech/malware']],
  // Words with particles between.
  ['記録媒体の廃棄', ['assets/media']],
  ['パスワードの使い回し', ['people/password']],
  ['メールの誤送信', ['incident/report']],
  ['USB メモリ', ['assets/media']],
  ['離席 ロック', ['physical/office']],
  ['クラウドの申請', ['work/cloud']],
];

let browser;
let server;
let folder;
before(async () => {
  browser = await launch();
  folder = temporaryFolder('pagefind');
  server = await serve(folder);
});
after(async () => {
  await browser?.close();
  await server?.close();
});

test('at least the recall of Pagefind on each of a hundred questions', async (t) => {
  const { page } = await openSearch(t, browser, SITE);
  const ids = await page.evaluate(() => window.siteSearch.data.pages.map(({ id }) => id));
  const lines = await visibleLines(t, browser, SITE, ids.map((id) => `${id}.html`));
  const yardstick = await pagefind(t, ids);
  const asked = [...BY_HAND, ...(await drawn(page, lines, QUESTIONS - BY_HAND.length))];
  assert.equal(asked.length, QUESTIONS);
  const ours = await findAll(page, asked.map(([query]) => query));
  const theirs = await yardstick(asked.map(([query]) => query));
  const recall = (found, wanted) => wanted.filter((id) => found.includes(id)).length / wanted.length;
  const rows = asked.map(([query, wanted], nth) => ({
    query,
    ours: recall(ours[nth].pages, wanted),
    theirs: recall(theirs[nth], wanted),
  }));
  const mean = (of) => rows.reduce((sum, row) => sum + row[of], 0) / rows.length;
  t.diagnostic(`mean recall: ours ${mean('ours').toFixed(3)}, Pagefind ${mean('theirs').toFixed(3)}`);
  t.diagnostic(`Pagefind below 1: ${rows.filter((row) => row.theirs < 1).map((row) => `${row.query} ${row.theirs.toFixed(2)}`).join('、')}`);
  assert.deepEqual(rows.filter((row) => row.ours < row.theirs || row.ours < 1), []);
});

test('what a first question loads', async (t) => {
  const script = readFileSync(path.join(SITE, 'assets', readdirSync(path.join(SITE, 'assets')).find((name) => /^search-[0-9a-f]+\.js$/.test(name))));
  const index = readFileSync(path.join(SITE, 'search', 'ja.js'));
  const ours = gzipSync(script).length + gzipSync(index).length;
  server.log.length = 0;
  const yardstick = await pagefind(t, null);
  await yardstick(['パスワードの使い回し'], 5);
  const loaded = [...new Set(server.log.map(({ path: name }) => name))].filter((name) => name.startsWith('/pagefind/'));
  const theirs = loaded.reduce((sum, name) => sum + wire(path.join(folder, name)), 0);
  const all = walk(path.join(folder, 'pagefind')).filter((file) => /pf_(index|fragment|meta)$/.test(file));
  const whole = all.reduce((sum, file) => sum + statSync(file).size, 0);
  t.diagnostic(`ours: ${ours} bytes in 2 files, all there is (gzip); Pagefind: ${theirs} bytes in ${loaded.length} files, index and fragments ${whole} in ${all.length}`);
  assert.ok(ours < 400_000);
});

/** Bytes on the wire: Pagefind's own files are compressed already. */
function wire(file) {
  const bytes = readFileSync(file);
  return /\.(js|json)$/.test(file) ? gzipSync(bytes).length : bytes.length;
}

function walk(from) {
  return readdirSync(from, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath ?? entry.path, entry.name));
}

/** Parts of lines, and the pages that say them, whatever the spelling. */
async function drawn(page, lines, count) {
  const random = numbers(42);
  const long = [...lines.values()].flat().filter((line) => line.length > 12);
  const parts = new Set();
  while (parts.size < count) {
    const line = long[random(long.length)];
    const start = random(line.length - 10);
    const part = line.slice(start, start + 3 + random(7));
    if (/^[\p{L}\p{N}ー]+$/u.test(part)) parts.add(part);
  }
  const fold = (list, script) =>
    page.evaluate(([all, kept]) => all.map((text) => window.siteSearch.fold(text, kept)), [list, script]);
  const texts = [...lines.values()].map((all) => all.join('\n'));
  const loose = { pages: await fold(texts, false), parts: await fold([...parts], false) };
  const strict = { pages: await fold(texts, true), parts: await fold([...parts], true) };
  const ids = [...lines.keys()];
  return [...parts].map((part, nth) => {
    const by = /[ァ-ヶ]/.test(part) ? strict : loose;
    return [part, ids.filter((_, at) => by.pages[at].includes(by.parts[nth]))];
  });
}

/** Builds Pagefind's index over the same pages, once, and returns a search by it. */
async function pagefind(t, ids) {
  if (ids) {
    for (const id of ids) {
      const to = path.join(folder, `${id}.html`);
      mkdirSync(path.dirname(to), { recursive: true });
      copyFileSync(path.join(SITE, `${id}.html`), to);
    }
    const program = path.join(root, 'tests', 'browser', 'node_modules', '@pagefind', 'linux-x64', 'bin', 'pagefind_extended');
    const leftOut = 'nav, button, .page-tools, .heading-link, .backlink, rt, rp';
    execFileSync(program, ['--site', folder, '--root-selector', 'article', '--exclude-selectors', leftOut], { stdio: 'pipe' });
    writeFileSync(path.join(folder, 'yardstick.html'), '<!doctype html><html lang="ja"><title>Pagefind</title></html>');
  }
  const { page } = await watchedPage(t, browser);
  await page.goto(httpAddress(server, 'yardstick.html'));
  return (queries, first = Infinity) => page.evaluate(async ([list, most]) => {
    const search = await import('/pagefind/pagefind.js');
    const answers = [];
    for (const query of list) {
      const { results } = await search.search(query);
      const data = await Promise.all(results.slice(0, most ?? undefined).map((result) => result.data()));
      answers.push(data.map(({ url }) => url.replace(/^\//, '').replace(/\.html.*$/, '')));
    }
    return answers;
  }, [queries, first === Infinity ? null : first]);
}
