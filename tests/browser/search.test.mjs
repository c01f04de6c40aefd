// The search box and the page of results, as people use them: by keyboard, with an input method,
// from a link, on a phone, from a shared folder, without script.

import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';

import axe from 'axe-core';

import { assertClean, assertSameOrigin, fileAddress, httpAddress, launch, watchedPage } from './lib/browser.mjs';
import { built } from './lib/paths.mjs';
import { openSearch } from './lib/search.mjs';
import { serve } from './lib/server.mjs';

const SITE = 'intranet';
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

let browser;
let server;
before(async () => {
  browser = await launch();
  server = await serve(built);
});
after(async () => {
  await browser?.close();
  await server?.close();
});

const box = (page) => page.getByRole('searchbox', { name: 'サイト内を検索' });
const said = (page) => page.locator('form.site-search [role=status], #search-results [role=status]');
const results = (page) => page.locator('.search-results ol > li');

/** A page of the site with `query` typed into its box, and the answer there. */
async function asked(t, address, query, options = {}) {
  const watched = await watchedPage(t, browser, options);
  await watched.page.goto(address);
  await box(watched.page).click();
  await watched.page.keyboard.type(query);
  await said(watched.page).getByText(query.trim()).waitFor();
  return watched;
}

for (const [how, address] of [
  ['a server', (page) => httpAddress(server, `${SITE}/${page}`)],
  ['a shared folder', (page) => fileAddress(built, `${SITE}/${page}`)],
]) {
  test(`by keyboard, from ${how}: type, walk to a result, go there, come back`, async (t) => {
    const watched = await watchedPage(t, browser);
    const { page } = watched;
    await page.goto(address('people/password.html'));
    assert.equal(await page.locator('script[src*="/search"]').count(), 0, 'nothing is loaded before it is used');
    for (let step = 0; step < 10; step += 1) {
      await page.keyboard.press('Tab');
      if (await box(page).evaluate((input) => input === document.activeElement)) break;
    }
    await page.keyboard.type('席を離れる');
    await said(page).getByText('「席を離れる」は').waitFor();
    assert.match(await said(page).innerText(), /\d+ ページ/, 'the count is said');
    await page.keyboard.press('ArrowDown');
    const link = page.locator(':focus');
    const to = await link.getAttribute('href');
    assert.match(to, /\.html#[a-z]/, 'a result leads to a section');
    assert.ok((await page.locator('.search-results mark').first().innerText()).includes('席を離れる'));
    await page.keyboard.press('ArrowUp');
    assert.ok(await box(page).evaluate((input) => input === document.activeElement));
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(to);
    assert.ok(await page.locator(new URL(to).hash).isVisible());
    await page.goBack();
    await box(page).waitFor();
    assert.ok(page.url().endsWith('people/password.html'));
    assertClean(watched);
    assertSameOrigin(watched, address(''));
  });

  test(`Enter leads to all results, from ${how}`, async (t) => {
    const watched = await asked(t, address('org/chart.html'), 'ウィルス');
    const { page } = watched;
    await page.keyboard.press('Enter');
    await page.waitForURL(/search\.html\?q=/);
    await said(page).getByText('「ウィルス」は').waitFor();
    assert.ok((await results(page).count()) > 5, 'more than the box shows');
    assert.equal(await box(page).inputValue(), 'ウィルス');
    assert.match(await page.title(), /^ウィルス｜検索｜/);
    await page.goBack();
    assert.ok(page.url().endsWith('org/chart.html'));
    assertClean(watched);
  });

  test(`a link with a question, from ${how}`, async (t) => {
    const watched = await watchedPage(t, browser);
    const { page } = watched;
    await page.goto(`${address('search.html')}?q=${encodeURIComponent('２要素認証')}`);
    await said(page).getByText('用語集の「多要素認証」に当たります').waitFor();
    assert.equal(await page.locator('.search-results__term a').first().innerText(), '多要素認証');
    assert.match(await results(page).allInnerTexts().then((texts) => texts.join()), /ルール8/);
    await box(page).fill('離席');
    await said(page).getByText('「離席」は').waitFor();
    assert.equal(new URL(page.url()).searchParams.get('q'), '離席', 'the address follows');
    await page.reload();
    await said(page).getByText('「離席」は').waitFor();
    assertClean(watched);
  });
}

test('every step of the ladder says what it did', async (t) => {
  const watched = await openSearch(t, browser, path.join(built, SITE));
  const { page } = watched;
  const answer = async (query) => {
    await box(page).fill('');
    await said(page).filter({ hasText: /^$/ }).waitFor({ state: 'attached' });
    await box(page).fill(query);
    await said(page).filter({ hasText: /./ }).waitFor();
    const first = results(page).first();
    return { said: await said(page).innerText(), first: (await first.count()) ? await first.innerText() : '' };
  };
  // As written, whatever the width and the long marks.
  for (const query of ['ＵＳＢメモリ', 'usbメモリー', 'ＵＳＢ ﾒﾓﾘ']) {
    const { said: text, first } = await answer(query);
    assert.ok(text.startsWith(`「${query}」は `), text);
    assert.match(first, /USBメモリ/);
  }
  // メール is not the める of 確かめる, and めーる is メール.
  for (const query of ['メール', 'めーる']) {
    await answer(query);
    const marked = await page.locator('.search-results mark').allInnerTexts();
    assert.ok(marked.includes('メール'), query);
    if (query === 'メール') assert.deepEqual([...new Set(marked)], ['メール']);
  }
  // Another word for a term, and how a term is read.
  assert.match((await answer('二要素認証')).said, /「二要素認証」は、用語集の「多要素認証」に当たります/);
  const reading = await answer('ひょうてきがた');
  assert.match(reading.said, /用語集の「標的型攻撃メール」に当たります/);
  assert.match(await page.locator('.search-results__term').first().innerText(), /標的型攻撃メール\n+特定の組織を/);
  // All words, without particles.
  const every = await answer('記録媒体の廃棄');
  assert.equal(every.said.replace(/\d+/, 'N'), '「記録」「媒体」「廃棄」のすべてがあるページは N ページです。');
  assert.match(every.first, /外部記憶媒体・持出し・廃棄/);
  // Some words, nearest first.
  const some = await answer('ランサムウェア 火星探査');
  assert.match(some.said, /すべてがあるページはありません。どれかがある \d+ ページを、近い順に並べました。/);
  assert.match(some.first, /ランサムウェア/);
  // Nothing: the nearest terms; the lists stand below.
  const none = await answer('マルウエラ');
  assert.match(none.said, /「マルウエラ」は見つかりません。/);
  assert.match(await page.locator('.search-results').innerText(), /近い用語：\n+用語 マルウェア/);
  assert.ok(await page.getByRole('heading', { name: '五十音から用語を探す' }).isVisible());
  assertClean(watched);
});

for (const late of [false, true]) {
  const when = late ? 'the script comes during the conversion' : 'the script is there';
  test(`an input method: nothing is searched before the conversion ends; ${when}`, async (t) => {
    const watched = await watchedPage(t, browser);
    const { page } = watched;
    const address = httpAddress(server, `${SITE}/home.html`);
    let letGo;
    const held = new Promise((resolve) => { letGo = resolve; });
    await page.route('**/assets/search-*.js', async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(address);
    const input = await page.context().newCDPSession(page);
    const arrived = async () => {
      letGo();
      await page.waitForFunction(() => window.siteSearch);
    };
    await box(page).click();
    if (!late) await arrived();
    const composed = (text) => input.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
    await composed('ぱす');
    if (late) await arrived();
    await page.waitForTimeout(600);
    assert.equal(await said(page).innerText(), '', 'in the middle of the word');
    await composed('ぱすわーど');
    const enter = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13, text: '\r' };
    await input.send('Input.dispatchKeyEvent', { type: 'keyDown', ...enter });
    await input.send('Input.dispatchKeyEvent', { type: 'keyUp', ...enter });
    await page.waitForTimeout(600);
    assert.equal(page.url(), address, 'Enter ends the conversion and nothing else');
    assert.equal(await said(page).innerText(), '');
    await composed('パスワード');
    await input.send('Input.insertText', { text: 'パスワード' });
    await said(page).getByText('「パスワード」は').waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(/search\.html\?q=/);
    assertClean(watched);
  });
}

test('Escape puts the results away and keeps the words; a click elsewhere does, too', async (t) => {
  const watched = await asked(t, httpAddress(server, `${SITE}/home.html`), 'サーバー');
  const { page } = watched;
  const first = results(page).first();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Escape');
  assert.ok(await first.isHidden());
  assert.equal(await said(page).innerText(), '');
  assert.equal(await box(page).inputValue(), 'サーバー');
  assert.ok(await box(page).evaluate((input) => input === document.activeElement));
  await page.keyboard.press('ArrowDown');
  await first.waitFor();
  await page.mouse.click(5, 400);
  assert.ok(await first.isHidden());
  await box(page).click();
  await first.waitFor();
  // Tab walks through the results and out of them.
  for (let step = 0; step < 40 && (await first.isVisible()); step += 1) await page.keyboard.press('Tab');
  assert.ok(await first.isHidden(), 'left behind, the results do not cover the page');
  assertClean(watched);
});

test('the last question wins', async (t) => {
  const watched = await watchedPage(t, browser);
  const { page } = watched;
  await page.goto(httpAddress(server, `${SITE}/home.html`));
  await box(page).click();
  await page.keyboard.type('パスワ');
  await page.keyboard.type('ード');
  await box(page).fill('離席');
  await said(page).getByText('「離席」は').waitFor();
  await page.waitForTimeout(500);
  assert.match(await said(page).innerText(), /^「離席」は/);
  await box(page).fill('');
  await results(page).first().waitFor({ state: 'hidden' });
  assert.equal(await said(page).innerText(), '');
});

test('more results, step by step', async (t) => {
  const watched = await openSearch(t, browser, path.join(built, SITE));
  const { page } = watched;
  await page.goto(`${page.url()}?q=${encodeURIComponent('情報')}`);
  await results(page).first().waitFor();
  const total = Number((await said(page).innerText()).match(/は (\d+) ページ/)[1]);
  assert.ok(total > 20, 'the word is common');
  assert.equal(await results(page).count(), 20);
  await page.getByRole('button', { name: '続きを見る' }).click();
  await results(page).nth(20).waitFor();
  assert.equal(await results(page).count(), Math.min(total, 40));
  assert.ok(await results(page).nth(20).locator('a').first().evaluate((link) => link === document.activeElement));
});

test('without script the box leads to the 五十音 and the list of pages', async (t) => {
  for (const address of [httpAddress(server, `${SITE}/home.html`), fileAddress(built, `${SITE}/home.html`)]) {
    const watched = await watchedPage(t, browser, { javaScriptEnabled: false });
    const { page } = watched;
    await page.goto(address);
    await box(page).fill('パスワード');
    await page.getByRole('button', { name: '検索' }).click();
    await page.waitForURL(/search\.html\?q=/);
    assert.match(await page.locator('.search-results__hint').innerText(), /スクリプトが動かないため/);
    await page.getByRole('link', { name: 'ID・パスワード・ICカード' }).last().click();
    await page.waitForURL(/people\/password\.html$/);
    await page.goBack();
    await page.locator('.search-index').getByRole('link', { name: '多要素認証' }).click();
    await page.waitForURL(/glossary\.html#t-mfa$/);
    assert.deepEqual(watched.problems, []);
  }
});

test('an index that does not come: the way to the lists', async (t) => {
  const { page } = await watchedPage(t, browser);
  await page.route('**/search/ja.js', (route) => route.abort());
  await page.goto(httpAddress(server, `${SITE}/home.html`));
  await box(page).click();
  await page.keyboard.type('離席');
  await page.getByRole('link', { name: '検索を準備できませんでした。五十音とページの一覧から探してください。' }).waitFor();
  await page.unroute('**/search/ja.js');
  await box(page).fill('パスワード');
  await said(page).getByText('「パスワード」は').waitFor();
});

test('every language has its own search', async (t) => {
  const watched = await watchedPage(t, browser);
  const { page } = watched;
  await page.goto(httpAddress(server, 'public/public/three-principles.en.html'));
  await page.getByRole('searchbox', { name: 'Search the English pages' }).fill('PASSWORD');
  await page.locator('[role=status]').getByText('“PASSWORD” is on').waitFor();
  for (const address of await results(page).locator('a').evaluateAll((links) => links.map((link) => link.href))) {
    assert.match(address, /\.en\.html/);
  }
  await page.keyboard.press('Enter');
  await page.waitForURL(/search\.en\.html\?q=PASSWORD/);
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  assertClean(watched);
});

for (const colorScheme of ['light', 'dark']) {
  test(`axe finds nothing in open results: ${colorScheme}`, async (t) => {
    for (const [name, part] of [['home.html', '.site-header'], ['search.html', 'main']]) {
      const watched = await asked(t, httpAddress(server, `${SITE}/${name}`), 'ウイルス', { colorScheme });
      const { page } = watched;
      await results(page).first().waitFor();
      await page.evaluate(axe.source);
      const found = await page.evaluate(async ([values, within]) => {
        const { violations } = await window.axe.run(within, { runOnly: { type: 'tag', values }, resultTypes: ['violations'] });
        return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join('; ')}`);
      }, [TAGS, part]);
      assert.deepEqual(found, [], name);
    }
  });
}

test('at 320 px nothing sticks out, and targets are large enough', async (t) => {
  for (const name of ['home.html', 'search.html']) {
    const watched = await asked(t, httpAddress(server, `${SITE}/${name}`), '情報セキュリティ', { viewport: { width: 320, height: 640 } });
    const { page } = watched;
    await results(page).first().waitFor();
    const wide = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      const out = [...document.querySelectorAll('.search-results *, .site-search *')].filter(
        (element) => element.getBoundingClientRect().right > clientWidth + 1,
      );
      return scrollWidth > clientWidth ? `${scrollWidth}` : out.map((element) => element.outerHTML)[0] ?? null;
    });
    assert.equal(wide, null, name);
    const small = await page.evaluate(() =>
      [...document.querySelectorAll('.search-results a, .site-search > button')]
        .filter((element) => element.getBoundingClientRect().height < 24).map((element) => element.textContent));
    assert.deepEqual(small, [], name);
  }
});
