// What the small script adds, used as readers use it: by mouse, by finger, by keyboard; and the
// same needs met without any script.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { assertClean, assertSameOrigin, fileAddress, httpAddress, launch, watchedPage } from './lib/browser.mjs';
import { built } from './lib/paths.mjs';
import { serve } from './lib/server.mjs';

const PAGE = 'intranet/people/password.html';
const CALM = { reducedMotion: 'reduce' };
const PHONE = { ...CALM, viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

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

async function open(t, page = PAGE, options = CALM) {
  const watched = await watchedPage(t, browser, options);
  await watched.page.goto(httpAddress(server, page));
  return watched;
}

function parts(page) {
  const term = page.locator('main a.term').first();
  return { term, popover: page.locator('.term-popover') };
}

test('popover: the mouse shows it, may enter it, and leaving hides it', async (t) => {
  const watched = await open(t);
  const { term, popover } = parts(watched.page);
  await term.scrollIntoViewIfNeeded();
  await term.hover();
  await popover.waitFor({ state: 'visible' });
  const short = await popover.innerText();
  assert.ok(short.length > 10, short);
  await popover.hover();
  await watched.page.waitForTimeout(500);
  assert.ok(await popover.isVisible(), 'it stays while the pointer is over it');
  await watched.page.mouse.move(2, 2);
  await popover.waitFor({ state: 'hidden' });
  assertClean(watched);
});

test('popover: keyboard focus shows it, Escape hides it and keeps the focus', async (t) => {
  const watched = await open(t);
  const { term, popover } = parts(watched.page);
  await reachByTab(watched.page, term);
  await popover.waitFor({ state: 'visible' });
  await watched.page.keyboard.press('Escape');
  await popover.waitFor({ state: 'hidden' });
  assert.ok(await term.evaluate((link) => link === document.activeElement));
  assertClean(watched);
});

test('term: Enter leads to the definition on this page, Back to the word', async (t) => {
  const watched = await open(t);
  const { page } = watched;
  const { term } = parts(page);
  await reachByTab(page, term);
  const target = await term.getAttribute('href');
  await page.keyboard.press('Enter');
  await page.waitForFunction((hash) => location.hash === hash, target);
  const entry = page.locator(`[id="${target.slice(1)}"]`);
  assert.ok(await isInSight(entry), 'the definition is in sight');
  const id = await term.getAttribute('id');
  await page.locator(`.backlink[href="#${id}"]`).click();
  assert.ok(await isInSight(term), 'the word is in sight again');
  assertClean(watched);
});

test('term: a finger follows the link, no popover gets in the way', async (t) => {
  const watched = await open(t, PAGE, PHONE);
  const { term, popover } = parts(watched.page);
  await term.tap();
  await watched.page.waitForFunction(() => location.hash.startsWith('#t-'));
  assert.equal(await popover.isVisible(), false);
  assertClean(watched);
});

test('phone menu: closed at first, opens and closes by finger and by key', async (t) => {
  const watched = await open(t, PAGE, PHONE);
  const { page } = watched;
  const menu = page.locator('.site-nav__menu');
  const link = menu.getByRole('link', { name: 'ソフトウェア更新・資産管理' });
  await link.waitFor({ state: 'hidden' });
  await menu.locator('summary').tap();
  await link.waitFor({ state: 'visible' });
  await menu.locator('summary').press('Enter');
  await link.waitFor({ state: 'hidden' });
  await menu.locator('summary').tap();
  await link.tap();
  await page.waitForURL(/tech\/update\.html$/);
  assertClean(watched);
});

test('a clause can be linked to: a click copies its address, on plain http too', async (t) => {
  const watched = await open(t);
  const { page } = watched;
  const link = page.locator('#rule-3 .heading-link, .heading-link[href="#rule-3"]').first();
  await link.click();
  await page.getByRole('status').filter({ hasText: 'コピーしました' }).waitFor();
  assert.ok(await isInSight(page.locator('#rule-3')));
  await page.evaluate(() => {
    const field = document.createElement('textarea');
    field.id = 'paste-here';
    document.body.append(field);
    field.focus();
  });
  await page.keyboard.press('Control+V');
  const pasted = await page.locator('#paste-here').inputValue();
  assert.equal(pasted, `${httpAddress(server, PAGE)}#rule-3`);
  assertClean(watched);
});

test('printed: the text, its address and its terms; no menus', async (t) => {
  const watched = await open(t);
  const { page } = watched;
  await page.emulateMedia({ media: 'print' });
  for (const gone of ['.site-nav', '.breadcrumbs', '.pager', '.skip-link']) {
    assert.equal(await page.locator(gone).first().isVisible(), false, gone);
  }
  assert.ok(await page.locator('h1').isVisible());
  assert.ok(await page.locator('.page-terms').isVisible());
  assert.match(await page.locator('footer').innerText(), /people\/password/);
  assertClean(watched);
});

test('an overdue review is told, by the day in Japan', async (t) => {
  const watched = await watchedPage(t, browser);
  // 23:30 on the last day in UTC is the day after in Japan.
  for (const [now, overdue] of [['2027-03-31T14:30:00Z', 0], ['2027-03-31T15:30:00Z', 1]]) {
    await watched.page.clock.setFixedTime(now);
    await watched.page.goto(httpAddress(server, PAGE));
    assert.equal(await watched.page.locator('.overdue').count(), overdue, now);
  }
  assertClean(watched);
});

test('skip link: the first Tab stop, leads to the text', async (t) => {
  const watched = await open(t);
  const { page } = watched;
  await page.keyboard.press('Tab');
  const skip = page.locator('.skip-link');
  assert.ok(await skip.evaluate((link) => link === document.activeElement));
  assert.ok(await isInSight(skip));
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'main');
  assertClean(watched);
});

test('without script: terms, menu, clause links and print still serve', async (t) => {
  const watched = await open(t, PAGE, { ...CALM, javaScriptEnabled: false });
  const { page } = watched;
  const { term } = parts(page);
  const target = await term.getAttribute('href');
  await term.click();
  assert.ok(page.url().endsWith(target));
  await page.locator('.heading-link').first().click();
  assert.match(page.url(), /#[a-z][a-z0-9-]*$/);
  const phone = await open(t, PAGE, { ...PHONE, javaScriptEnabled: false });
  await phone.page.getByRole('link', { name: 'ソフトウェア更新・資産管理' }).first().waitFor({ state: 'visible' });
  await page.emulateMedia({ media: 'print' });
  assert.ok(await page.locator('.page-terms').isVisible());
});

test('from a shared folder: popover and copy work as well', async (t) => {
  const watched = await watchedPage(t, browser);
  const address = fileAddress(built, PAGE);
  await watched.page.goto(address);
  const { term, popover } = parts(watched.page);
  await term.scrollIntoViewIfNeeded();
  await term.hover();
  await popover.waitFor({ state: 'visible' });
  await watched.page.locator('.heading-link[href="#rule-1"]').click();
  await watched.page.getByRole('status').filter({ hasText: 'コピー' }).waitFor();
  assertClean(watched);
  assertSameOrigin(watched, address);
});

async function reachByTab(page, wanted) {
  await wanted.evaluate((element) => {
    // Begin just before it: a person would have tabbed through all that stands above.
    const all = [...document.querySelectorAll('a[href], button, summary, input')].filter((e) => e.checkVisibility());
    all[all.indexOf(element) - 1].focus();
  });
  await page.keyboard.press('Tab');
  assert.ok(await wanted.evaluate((element) => element === document.activeElement), 'Tab reaches it');
}

function isInSight(locator) {
  return locator.evaluate(async (element) => {
    for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
    const { top, bottom } = element.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  });
}

for (const page of ['home.html', 'people/password.html', 'org/chart.html', 'glossary.html']) {
  test(`nothing moves when the script comes late, on a phone: ${page}`, async (t) => {
    const watched = await watchedPage(t, browser, PHONE);
    const phone = watched.page;
    await phone.addInitScript(() => {
      window.moved = [];
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) window.moved.push(...entry.sources.map(({ node }) => `${node?.nodeName}.${node?.className}`));
      }).observe({ type: 'layout-shift', buffered: true });
    });
    // Held back until the page has been drawn; the menu waits for it a second and a half, and
    // longer here, since a busy machine may take that long.
    const session = await phone.context().newCDPSession(phone);
    await session.send('Animation.enable');
    await session.send('Animation.setPlaybackRate', { playbackRate: 0.01 });
    let letGo;
    const held = new Promise((resolve) => { letGo = resolve; });
    await phone.route('**/assets/page-*.js', async (route) => {
      await held;
      await route.continue();
    });
    await phone.goto(httpAddress(server, `intranet/${page}`), { waitUntil: 'commit' });
    await phone.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0);
    letGo();
    await phone.locator('.site-nav__menu[data-ready]').waitFor();
    await phone.waitForTimeout(300);
    assert.deepEqual(await phone.evaluate(() => window.moved), []);
    assertClean(watched);
  });
}
