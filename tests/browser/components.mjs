// Writes `docs/components.html`, the page that shows every component of the style sheet as the
// sites really use it: `node tests/browser/components.mjs` after `cargo xtask build`. A class of
// the style sheet that no page uses is a fault: the sheet carries dead weight.

import { cpSync, mkdirSync, rmSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { fileAddress, launch } from './lib/browser.mjs';
import { classesOf, COMPONENTS, sheets } from './lib/components.mjs';
import { buildSites, content, documentsOf, root, temporaryFolder } from './lib/paths.mjs';
import { acknowledge, answerAll, begin, DAY, download, ready, sign } from './lib/self-check.mjs';
import { enrolOffice } from './lib/tally.mjs';

/** What the dialect can and our own pages need not. */
const SPECIMEN = `+++
title = "部品の見本"
summary = "文章の書き方でできる部品の見本です。"
owner = "IT推進課 情報セキュリティ委員会事務局"
layer = "解説"
review_due = 2027-03-31
established = 2026-11-24
+++

${['NOTE', 'TIP', 'IMPORTANT', 'WARNING', 'CAUTION'].map((kind) => `> [!${kind}]\n> 囲みの中の文です。`).join('\n\n')}

注のある文です[^1]。

[^1]: 注の文です。

- [x] 済んだこと
- [ ] これからのこと
`;
/** What `tally report` writes for the results figure. */
const RESULTS = `[[results]]
file = "r8.json"
received = 2027-01-20
`;
const BANNER = `
[sites.banner]
title = "庁内ネットワークの障害"
text = "復旧の見込みは、分かりしだいここに書きます。"
date = 2026-11-24
`;

const wanted = new Set(sheets().flatMap(({ css }) => classesOf(css)));
const samples = new Map();
const browser = await launch();
const sites = builtWithBanner();
await readingPages();
await selfCheck();
await browser.close();
rmSync(path.dirname(sites), { recursive: true });

const dead = [...wanted].filter((name) => !samples.has(name));
if (dead.length > 0) {
  console.error(`no page uses these classes of the style sheet: ${dead.join(' ')}`);
  process.exitCode = 1;
} else {
  writeFileSync(COMPONENTS, document());
  console.log(`${COMPONENTS}: ${samples.size} classes`);
}

/** All sites, with an emergency banner on one of them. */
function builtWithBanner() {
  const folder = temporaryFolder('components');
  const copy = path.join(folder, 'content');
  cpSync(content, copy, { recursive: true });
  const file = path.join(copy, 'site.toml');
  const text = readFileSync(file, 'utf8');
  const at = text.lastIndexOf('\n[[sites]]');
  writeFileSync(file, `${text.slice(0, at)}${BANNER}${text.slice(at)}`);
  writeFileSync(path.join(copy, 'pages', 'specimen.md'), SPECIMEN);
  mkdirSync(path.join(copy, 'data', 'results'), { recursive: true });
  cpSync(path.join(root, 'tests', 'fixtures', 'summary.json'), path.join(copy, 'data', 'results', 'r8.json'));
  writeFileSync(path.join(copy, 'data', 'results.toml'), RESULTS);
  const to = path.join(folder, 'dist');
  const built = buildSites(copy, to);
  if (built.status !== 0) throw new Error(built.stderr);
  return to;
}

async function readingPages() {
  const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
  await page.clock.setFixedTime('2028-01-01T09:00:00+09:00'); // reviews are overdue by then
  for (const site of ['intranet', 'public', 'restricted']) {
    for (const name of documentsOf(site)) {
      await page.goto(fileAddress(sites, `${site}/${name}`));
      await collect(page);
    }
  }
  await page.goto(fileAddress(sites, 'intranet/people/password.html'));
  await page.locator('main a.term').first().hover();
  await page.locator('.term-popover').waitFor({ state: 'visible' });
  await page.locator('.heading-link').first().click();
  await page.locator('.copy-status:not(:empty)').waitFor();
  await collect(page);
  await page.goto(fileAddress(sites, 'intranet/specimen.html'));
  await collect(page);
  for (const query of ['二要素認証', 'パスワード', '記録媒体の廃棄', 'qqqqqq']) {
    await page.goto(`${fileAddress(sites, 'intranet/search.html')}?q=${encodeURIComponent(query)}`);
    await page.waitForTimeout(800);
    await collect(page);
  }
  const bare = await browser.newPage({ javaScriptEnabled: false });
  for (const name of ['search.html', 'check/self-check.html']) {
    await bare.goto(fileAddress(sites, `intranet/${name}`));
    await collect(bare);
  }
  await bare.close();
  await page.goto(fileAddress(sites, 'intranet/people/password.html'));
  await page.getByRole('searchbox').first().fill('パスワード');
  await page.waitForTimeout(800);
  await collect(page);
  await page.close();
}

/** The self-check as a person goes through it, looked at on every screen. */
async function selfCheck() {
  const office = await enrolOffice(browser);
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 } });
  const page = await context.newPage();
  await page.clock.setFixedTime(DAY);
  const open = () => page.goto(fileAddress(sites, 'intranet/check/self-check.html'));
  await open();
  await ready(page);
  await collect(page);
  await begin(page, { ...office.people[0], code: '0000' });
  await page.waitForTimeout(300);
  await collect(page);
  await open();
  await ready(page);
  await begin(page, office.people[0]);
  const question = page.locator('[data-question]');
  await question.getByRole('radio').first().check();
  await question.getByRole('button', { name: '回答する' }).click();
  await question.locator('.feedback').waitFor();
  // Interrupted: the same person comes back and is offered the kept answers.
  await open();
  await ready(page);
  await begin(page, office.people[0]);
  await page.waitForTimeout(500);
  await collect(page);
  await page.getByRole('button', { name: /最初から|はじめから/ }).click();
  await question.waitFor();
  await answerAll(page, () => collect(page));
  await collect(page);
  await acknowledge(page);
  await collect(page);
  await sign(page);
  await collect(page);
  const file = path.join(path.dirname(sites), 'result.selfcheck.json');
  await download(page, file);
  await page.getByLabel('結果ファイル', { exact: true }).setInputFiles(file);
  await page.waitForTimeout(500);
  await collect(page);
  for (const name of ['この端末から消す']) {
    const button = page.getByRole('button', { name }).first();
    if (await button.isVisible()) await button.click();
    await page.waitForTimeout(300);
    await collect(page);
  }
  // Resumed after a reload in the middle, and late.
  for (const day of [DAY, '2026-12-10T09:00:00+09:00', '2027-02-01T09:00:00+09:00']) {
    await page.clock.setFixedTime(day);
    await open();
    await page.waitForTimeout(1000);
    await collect(page);
  }
  await context.close();
}

/** Takes the smallest sample of each class that stands in the page now. */
async function collect(page) {
  const found = await page.evaluate((names) => {
    const clean = (root) => {
      const copy = root.cloneNode(true);
      for (const element of [copy, ...copy.querySelectorAll('*')]) {
        for (const name of ['id', 'for', 'name', 'aria-labelledby', 'aria-describedby', 'aria-controls', 'popover', 'style']) {
          if (name !== 'id' || element.closest('svg') === null) element.removeAttribute(name);
        }
        if (element.hasAttribute('href')) element.setAttribute('href', '#');
        if (/^(script|img|link)$/.test(element.localName)) element.remove();
      }
      return copy.outerHTML.replace(/\s+/g, ' ');
    };
    const out = {};
    for (const name of names) {
      const block = name.split(/__|--/)[0];
      for (const element of [...document.getElementsByClassName(name)].slice(0, 40)) {
        const root = name === block ? element : element.closest(`.${block}`) ?? element;
        if (/^(html|body)$/.test(root.localName)) {
          out[name] ??= `<p>${name}: the whole page</p>`;
          continue;
        }
        if (out[name] && root.outerHTML.length >= out[name].length) continue;
        const html = clean(root);
        out[name] = html.length > 6000 ? `${html.slice(0, 0)}<p>${name}: a whole part of the page</p>` : html;
      }
    }
    return out;
  }, [...wanted]);
  for (const [name, html] of Object.entries(found)) {
    const known = samples.get(name);
    const better = !known || known.includes(': a whole part') || html.length < known.length;
    if (better && !(known && html.includes(': a whole part'))) samples.set(name, html);
  }
}

function document() {
  const links = sheets().map(({ name }) => `<link rel="stylesheet" href="../public/style/${name}">`);
  const parts = sheets().map(({ name, css }) => {
    const shown = new Set();
    const items = classesOf(css).map((label) => {
      const html = samples.get(label);
      const again = shown.has(html);
      shown.add(html);
      return `<h3><code>.${label}</code></h3>\n${again ? '' : `<div class="prose">${html}</div>`}`;
    });
    return items.length === 0 ? '' : `<h2>${name}</h2>\n${items.join('\n')}`;
  });
  return `<!DOCTYPE html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>部品の一覧</title>
${links.join('\n')}
</head>
<body>
<main class="main">
<h1>部品の一覧</h1>
<p>スタイルシートのすべてのクラスを、サイトで実際に使われている形で並べたものです。
<code>node tests/browser/components.mjs</code> が書きます。手では直しません。</p>
${parts.filter(Boolean).join('\n')}
</main>
</body>
</html>
`;
}
