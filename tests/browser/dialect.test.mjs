// One page with everything the Markdown dialect can do, as its readers meet it: valid, accessible,
// found again under its old address, broken between phrases on a phone. The ※ glossary's points 9,
// 11, 14 and 25 that need a browser are here by number.

import assert from 'node:assert/strict';
import { cpSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { assertClean, fileAddress, httpAddress, launch, watchedPage } from './lib/browser.mjs';
import { axeFindings, snifferFindings } from './lib/judges.mjs';
import { markupFindings } from './lib/markup.mjs';
import { buildSites, root, temporaryFolder } from './lib/paths.mjs';
import { serve } from './lib/server.mjs';

const PAGE = `+++
title = "標的型攻撃メールを受け取ったときの最初の対応"
summary = "方言のすべて。"
owner = "総務課 情報セキュリティ委員会事務局"
layer = "解説"
review_due = 2027-03-31
aliases = ["mail/old-name"]
+++

**「重要」**な{脆弱性|ぜいじゃくせい}とマルウェア※の話です[^a]。マルウェア※は二度目、ウイルス※は一度目です。

## 標的型攻撃メールを受け取ったときに最初にすること {#first alias=beginning}

- [x] 手を止めた
- [ ] 電話した

> [!TIP]
> 令和8年4月1日（水）から、~~旧規定。~~新しい決まりです[^b]。

理由
: 弱い所を{突|つ}かれます。

| 語 | 読み |
| --- | --- |
| {機密性|きみつせい} | ウイルス※から守る |

<https://example.jp/>

[^a]: 注の**文**です。

[^b]: 二つ目の注です[^a]。
`;

let browser;
let content;
let sites;
let server;
before(async () => {
  content = temporaryFolder('dialect-content');
  sites = temporaryFolder('dialect-sites');
  cpSync(path.join(root, 'tests', 'mini', 'content'), content, { recursive: true });
  writeFileSync(path.join(content, 'pages', 'dialect.md'), PAGE);
  const answer = buildSites(content, sites);
  assert.equal(answer.status, 0, answer.stderr);
  browser = await launch();
  server = await serve(sites);
});
after(async () => {
  await browser?.close();
  await server?.close();
  for (const folder of [content, sites]) rmSync(folder, { recursive: true, force: true });
});

const open = async (t, options = {}) => {
  const watched = await watchedPage(t, browser, options);
  await watched.page.goto(httpAddress(server, 'intranet/dialect.html'));
  return watched;
};

test('point 25: a page with everything is valid and accessible', async (t) => {
  for (const name of ['intranet/dialect.html', 'intranet/glossary.html', 'intranet/mail/old-name.html']) {
    assert.deepEqual(await markupFindings(path.join(sites, name)), [], name);
  }
  const watched = await open(t);
  assert.deepEqual(await axeFindings(watched.page), []);
  assert.deepEqual(await snifferFindings(watched.page), []);
  await watched.page.goto(httpAddress(server, 'intranet/glossary.html'));
  assert.deepEqual(await axeFindings(watched.page), []);
  assertClean(watched);
});

test('point 25: every fragment on the page leads somewhere', async (t) => {
  const watched = await open(t);
  const dead = await watched.page.evaluate(() =>
    [...document.querySelectorAll('a[href^="#"]')]
      .map((link) => link.getAttribute('href').slice(1))
      .filter((id) => !document.getElementById(id)),
  );
  assert.deepEqual(dead, []);
});

test('notes: to the note and back, by their names', async (t) => {
  const { page } = await open(t);
  const references = page.locator('[role=doc-noteref]');
  assert.deepEqual(await references.allInnerTexts(), ['注1', '注2', '注1']);
  await references.first().click();
  assert.match(page.url(), /#fn-1$/);
  await page.getByLabel('注1の本文の位置へ戻る（1）').click();
  assert.match(page.url(), /#fnref-1-1$/);
});

test('tasks: a word for each sign, and nothing to press', async (t) => {
  const { page } = await open(t);
  assert.deepEqual(await page.locator('.task .visually-hidden').allTextContents(), ['済み：', 'まだ：']);
  assert.equal(await page.locator('.prose input').count(), 0);
});

test('headings break between phrases on a phone', async (t) => {
  const { page } = await open(t, { viewport: { width: 320, height: 640 } });
  for (const selector of ['h1', '#first']) {
    const { lines, phrases } = await page.locator(selector).evaluate((heading) => {
      const found = { lines: [''], phrases: [''] };
      let top = null;
      const walk = (node) => {
        if (node.localName === 'wbr') found.phrases.push('');
        if (node.className === 'heading-link' || node.className === 'rule-number') return;
        if (node.nodeType !== Node.TEXT_NODE) return node.childNodes.forEach(walk);
        for (let at = 0; at < node.length; at += 1) {
          const range = document.createRange();
          range.setStart(node, at);
          range.setEnd(node, at + 1);
          const box = range.getBoundingClientRect();
          if (!node.data[at].trim()) continue;
          if (top !== null && box.top > top + box.height / 2) found.lines.push('');
          top = box.top;
          found.lines[found.lines.length - 1] += node.data[at];
          found.phrases[found.phrases.length - 1] += node.data[at];
        }
      };
      walk(heading);
      return found;
    });
    assert.ok(lines.length > 1, `${selector} takes several lines: ${lines}`);
    const ends = new Set();
    phrases.reduce((text, phrase) => (ends.add(text + phrase), text + phrase), '');
    lines.reduce((text, line) => {
      assert.ok(ends.has(text + line), `${selector}: 「${line}」 ends within a phrase (${phrases.join('｜')})`);
      return text + line;
    }, '');
  }
});

test('an old address leads on, and the clause goes along', async (t) => {
  const old = 'intranet/mail/old-name.html';
  for (const address of [httpAddress(server, old), fileAddress(sites, old)]) {
    const watched = await watchedPage(t, browser);
    await watched.page.goto(`${address}#beginning`);
    await watched.page.waitForURL(/dialect\.html/);
    assert.match(watched.page.url(), /intranet\/dialect\.html#beginning$/);
    const heading = watched.page.locator('h2#first');
    assert.ok(await heading.evaluate((h2) => h2.getBoundingClientRect().top < innerHeight), 'in sight');
    assertClean(watched);
  }
  const bare = await watchedPage(t, browser, { javaScriptEnabled: false });
  await bare.page.goto(`${httpAddress(server, old)}#beginning`);
  await bare.page.waitForURL(/dialect\.html/);
});

test('point 09: hover and focus show the short form; Escape hides it and keeps the focus', async (t) => {
  const { page } = await open(t);
  const term = page.locator('a.term').first();
  const popover = page.locator('.term-popover');
  await term.hover();
  await popover.waitFor({ state: 'visible' });
  assert.match(await popover.innerText(), /害を与えるために作られたプログラム/);
  // It can be entered without vanishing (WCAG 1.4.13).
  await popover.hover();
  await page.waitForTimeout(500);
  assert.ok(await popover.isVisible());
  await page.keyboard.press('Escape');
  await popover.waitFor({ state: 'hidden' });
  await page.mouse.move(0, 0);
  await page.keyboard.press('Tab');
  await term.focus();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Tab');
  await popover.waitFor({ state: 'visible' });
  await page.keyboard.press('Escape');
  await popover.waitFor({ state: 'hidden' });
  assert.ok(await term.evaluate((link) => link === document.activeElement));
});

test('point 06 and 08: the name of a use is the term alone', async (t) => {
  const { page } = await open(t);
  const name = await page.locator('a.term').first().ariaSnapshot();
  assert.ok(name.includes('マルウェア') && !name.includes('※'), name);
  assert.equal(await page.getByText('※印の語').count(), 1);
});

test('point 11: a use is told by a dotted line, not by colour or the mark', async (t) => {
  const { page } = await open(t);
  const look = await page.locator('a.term').first().evaluate((link) => {
    const style = getComputedStyle(link);
    const around = getComputedStyle(link.parentElement);
    return { line: style.textDecorationLine, kind: style.textDecorationStyle, same: style.color === around.color };
  });
  assert.deepEqual(look, { line: 'underline', kind: 'dotted', same: true });
});

test('point 14: on paper the terms stay and the ways back go', async (t) => {
  const { page } = await open(t);
  await page.emulateMedia({ media: 'print' });
  assert.ok(await page.locator('.page-terms dt').first().isVisible());
  for (const link of await page.locator('[role=doc-backlink]').all()) {
    assert.ok(!(await link.isVisible()));
  }
});
