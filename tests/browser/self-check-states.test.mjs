// States of the self-check that come of the date or of who asks, and of how people see: axe in
// light and dark, forced colours, reduced motion, 400 % zoom; the residents' check from end to end.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { assertClean, fileAddress, httpAddress, launch, watchedPage } from './lib/browser.mjs';
import { built, outFile } from './lib/paths.mjs';
import { answerOne, begin, DAY, goOn, ready, settled } from './lib/self-check.mjs';
import { serve } from './lib/server.mjs';
import { judgeState } from './lib/states.mjs';
import { enrolOffice } from './lib/tally.mjs';

const STAFF = 'intranet/check/self-check.html';
const RESIDENTS = 'public/public/self-check.html';
const NARROW = { viewport: { width: 320, height: 640 } };

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

async function opened(t, { day = DAY, page = STAFF, context = {} } = {}) {
  const watched = await watchedPage(t, browser, context);
  await watched.page.clock.setFixedTime(day);
  await watched.page.goto(httpAddress(server, page));
  return watched;
}

for (const [state, day, said] of [
  ['before', '2026-11-15T23:59:59+09:00', 'まだ実施期間に入っていません'],
  ['late', '2026-12-05T00:00:00+09:00', '令和8年12月18日（金）まで'],
  ['closed', '2026-12-19T00:00:00+09:00', '受付終了'],
]) {
  test(`by date: ${state}`, async (t) => {
    const watched = await opened(t, { day, context: NARROW });
    await watched.page.getByText(said).first().waitFor();
    await judgeState(watched.page, state);
    assertClean(watched);
  });
}

// WCAG 3.3.8: nobody has to copy the code letter by letter who keeps it somewhere.
test('number and code can be pasted', async (t) => {
  const watched = await opened(t);
  const { page } = watched;
  const [person] = office.people;
  await ready(page);
  const note = page.getByRole('searchbox');
  for (const [name, text] of [['職員番号', person.number], ['登録コード', person.code]]) {
    await note.fill(text);
    for (const key of ['Control+A', 'Control+X']) await note.press(key);
    await page.getByRole('textbox', { name }).press('Control+V');
  }
  await page.getByLabel('一般職員', { exact: true }).check();
  await page.getByRole('button', { name: '点検を始める' }).click();
  await page.locator('[data-question]').waitFor();
  assertClean(watched);
});

test('the offer of kept answers, and the troubles of two tabs', async (t) => {
  const watched = await opened(t, { context: NARROW });
  const { page } = watched;
  const [person] = office.people;
  await ready(page);
  await begin(page, person);
  await answerOne(page);
  const tab = await page.context().newPage();
  await tab.clock.setFixedTime(DAY);
  await tab.goto(httpAddress(server, STAFF));
  await ready(tab);
  await begin(tab, person);
  await tab.getByRole('heading', { name: '前回の続きがあります' }).waitFor();
  await judgeState(tab, 'offer');
  await tab.getByRole('button', { name: '続きから始める' }).click();
  await answerOne(tab);
  await page.getByText('別のタブでも進められています').waitFor();
  await judgeState(page, 'other-tab');
  assertClean(watched);
});

for (const [way, address] of [
  ['http', () => httpAddress(server, RESIDENTS)],
  ['file', () => fileAddress(built, RESIDENTS)],
]) {
  test(`residents, from end to end, without number, code, file or any request: ${way}`, async (t) => {
    const watched = await watchedPage(t, browser, NARROW);
    const { page } = watched;
    const saved = [];
    page.on('download', (file) => saved.push(file.suggestedFilename()));
    await page.goto(address());
    await ready(page);
    const loaded = watched.requests().length;
    const served = server.log.length;
    const check = page.locator('#self-check');
    const nothingAsked = async () => {
      assert.equal(await check.locator('input:not([type=radio], [type=checkbox]), textarea, select').count(), 0);
      assert.doesNotMatch(await check.innerText(), /職員番号|登録コード|結果ファイル|修了票/);
    };
    await nothingAsked();
    if (way === 'http') await judgeState(page, 'residents-start');
    await page.getByRole('button', { name: '点検を始める' }).click();
    const { questions } = JSON.parse(await page.locator('#set-residents').textContent());
    for (const [index, { id }] of questions.entries()) {
      await page.locator(`[data-question="${id}"]`).waitFor();
      await nothingAsked();
      if (way === 'http' && index === 0) await judgeState(page, 'residents-question');
      await answerOne(page);
      if (way === 'http' && index === 0) await judgeState(page, 'residents-answered');
      await page.getByRole('button', { name: /^(次の問へ|回答の確認へ)$/ }).click();
    }
    await page.getByRole('button', { name: '結果を見る' }).click();
    await page.getByRole('heading', { name: '点検の結果' }).waitFor();
    await nothingAsked();
    if (way === 'http') await judgeState(page, 'residents-result');
    assert.equal(await page.locator('.score tbody tr').count(), new Set(questions.map(({ category }) => category)).size);
    assert.deepEqual(await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie]), [0, 0, '']);
    assert.deepEqual(saved, []);
    assert.deepEqual(watched.requests().slice(loaded), [], 'no request after loading');
    assert.equal(server.log.length, served, 'the server saw none either');
    assertClean(watched);
  });
}

test('forced colours: edges, the choice and the focus can be seen', async (t) => {
  const watched = await opened(t);
  const { page } = watched;
  await ready(page);
  await page.emulateMedia({ forcedColors: 'active' });
  await page.getByRole('button', { name: '番号なしで試す' }).click();
  const rows = page.locator('[data-question] .choice');
  const look = (row) => row.evaluate((element) => {
    const { borderTopStyle, borderTopWidth, borderTopColor, outlineStyle, outlineWidth, outlineColor } =
      getComputedStyle(element);
    return {
      border: borderTopStyle === 'none' ? '' : `${borderTopWidth} ${borderTopColor}`,
      outline: outlineStyle === 'none' ? '' : `${outlineWidth} ${outlineColor}`,
      back: getComputedStyle(document.body).backgroundColor,
    };
  });
  const open = await look(rows.nth(0));
  assert.ok(open.border && !open.border.includes(open.back), `an edge: ${JSON.stringify(open)}`);
  assert.equal(open.outline, '');
  await rows.nth(0).locator('input').check();
  await page.locator('#self-check-heading').evaluate((heading) => heading.focus());
  const chosen = await look(rows.nth(0));
  assert.notDeepEqual(chosen, open, 'a chosen row differs by more than its colour');
  assert.ok(chosen.outline && !chosen.outline.includes(open.back), JSON.stringify(chosen));
  assert.equal((await look(rows.nth(1))).outline, '');
  await page.screenshot({ path: outFile('forced-chosen.png'), fullPage: true });

  const reached = [];
  const named = page.locator(':focus');
  for (let step = 0; step < 4; step += 1) {
    await page.keyboard.press('Tab');
    if (!(await named.evaluate((element) => Boolean(element.closest('#self-check'))))) break;
    const ring = await named.evaluate((element) => {
      const seen = element.closest('.choice') ?? element;
      const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(seen);
      return { what: seen.textContent.slice(0, 12), outlineStyle, width: parseFloat(outlineWidth), outlineColor };
    });
    assert.ok(ring.outlineStyle !== 'none' && ring.width >= 2, JSON.stringify(ring));
    assert.notEqual(ring.outlineColor, open.back, JSON.stringify(ring));
    reached.push(ring.what);
  }
  assert.ok(reached.length >= 3, reached.join());
  await page.getByRole('button', { name: '回答する' }).click();
  await settled(page, 'feedback');
  const marks = page.locator('.choices--locked .badge');
  assert.ok((await marks.count()) > 0);
  for (const mark of await marks.all()) {
    assert.notEqual(await mark.evaluate((element) => getComputedStyle(element).borderTopStyle), 'none');
  }
  await page.screenshot({ path: outFile('forced-answered.png'), fullPage: true });
  assertClean(watched);
});

test('reduced motion: nothing moves, on any screen', async (t) => {
  const watched = await watchedPage(t, browser, { ...NARROW, reducedMotion: 'reduce' });
  const { page } = watched;
  await page.addInitScript(() => {
    window.moved = [];
    const names = () => document.getAnimations().map(({ animationName, transitionProperty, effect: { target } }) =>
      `${animationName ?? transitionProperty} of ${target.localName}.${target.className}`);
    window.animated = names;
    window.waiting = null;
    new MutationObserver((_, observer) => {
      if (!document.querySelector('.site-nav__menu[data-ready]')) return;
      observer.disconnect();
      window.waiting = names();
    }).observe(document, { subtree: true, childList: true, attributes: true });
    for (const name of ['transitionrun', 'animationstart']) {
      document.addEventListener(name, ({ target, animationName, propertyName }) => {
        window.moved.push(`${target.className} ${animationName ?? propertyName}`);
      }, true);
    }
  });
  // The menu of a phone is hidden by an animation until the script has come; here it comes late, so
  // that this has begun for certain.
  const hidden = page.waitForFunction(() => document.getAnimations().length > 0);
  await page.route('**/page-*.js', async (route) => {
    await hidden;
    await route.continue();
  });
  await page.clock.setFixedTime(DAY);
  await page.goto(httpAddress(server, STAFF));
  await ready(page);
  assert.deepEqual(await page.evaluate(() => window.waiting), [], 'nothing waits for the script that has come');
  await page.evaluate(() => { window.moved = []; });
  assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior), 'auto');
  await page.getByRole('button', { name: '点検を始める' }).click();
  await page.getByRole('button', { name: 'この端末から消す' }).click();
  await page.getByRole('button', { name: 'やめる' }).click();
  await page.getByRole('button', { name: '番号なしで試す' }).click();
  for (let index = 0; index < 3; index += 1) {
    await page.locator('[data-question] .choice').first().hover();
    await answerOne(page);
    await goOn(page);
  }
  const still = await page.evaluate(() => [window.moved, window.animated()]);
  assert.deepEqual(still, [[], []]);

  // The same means do see something that moves.
  await page.evaluate(() => {
    document.querySelector('#self-check').animate([{ opacity: 0 }, { opacity: 1 }], 1000);
  });
  assert.equal(await page.evaluate(() => document.getAnimations().length), 1);
  assertClean(watched);
});

test('400 % zoom: a window of 1280 × 1024 px is one of 320 × 256 px with four times the pixels', async (t) => {
  const watched = await opened(t, {
    context: { viewport: { width: 320, height: 256 }, deviceScaleFactor: 4, reducedMotion: 'reduce' },
  });
  const { page } = watched;
  await ready(page);
  await begin(page, office.people[1]);
  const fits = async (what) => {
    const found = await page.evaluate(() => {
      const focused = document.activeElement;
      const { left, top, width } = focused.getBoundingClientRect();
      const point = document.elementFromPoint(left + Math.min(width, 40) / 2, Math.max(top, 0) + 8);
      return {
        beyond: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        focused: focused.id,
        visible: top >= 0 && top < innerHeight && Boolean(point) && (focused.contains(point) || point.contains(focused)),
      };
    });
    assert.equal(found.beyond, 0, `${what}: to be scrolled in one direction only`);
    assert.ok(found.visible, `${what}: what has the focus is in sight: ${JSON.stringify(found)}`);
    await page.screenshot({ path: outFile(`zoom-${what}.png`) });
  };
  for (let index = 0; index < 2; index += 1) {
    await fits(`question-${index}`);
    await answerOne(page);
    await fits(`answered-${index}`);
    await goOn(page);
  }
  assertClean(watched);
});

for (const [page, notice] of [
  ['intranet/check/self-check.en.html', /print the sheet below \(in Japanese\)/],
  ['public/public/self-check.en.html', /read the questions below \(in Japanese\)/],
]) {
  test(`without script the English page says so in English, and its form is marked as Japanese: ${page}`, async (t) => {
    const watched = await opened(t, { page, context: { javaScriptEnabled: false } });
    const form = watched.page.locator('.paper-form');
    assert.match(await form.locator('.paper-form__notice').innerText(), notice);
    const spoken = await form.evaluate((element) => {
      const found = new Map();
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const { parentElement, data } = walker.currentNode;
        const japanese = /[\u3040-\u30ff\u4e00-\u9fff]/.test(data);
        if (japanese) found.set(parentElement.closest('[lang]').lang, data);
      }
      return [...found.keys()];
    });
    assert.deepEqual(spoken, ['ja']);
  });
}
