// `node widget-bench.mjs SITE`: how soon the self-check can be used on a slow PC, whether the page
// ever hangs while somebody answers, and what Lighthouse says. Prints a line a figure, which
// `cargo xtask bench widget` reads. Number and code come from a printed letter.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

import { httpAddress, launch } from './lib/browser.mjs';
import { lighthouse, lighthouseBrowser } from './lib/lighthouse.mjs';
import { widget } from './lib/paths.mjs';
import { DAY } from './lib/self-check.mjs';
import { serve } from './lib/server.mjs';
import { enrolOffice } from './lib/tally.mjs';

const ROUNDS = 5;
const LIGHTHOUSE_ROUNDS = 3;
const SLOWER = 4;
const PAGE = 'intranet/check/self-check.html';
const SUBMIT = '#self-check form button[type=submit]';
const FORWARD = '.self-check__steps button:last-child';

const server = await serve(path.resolve(process.argv[2]));
const browser = await launch();
try {
  const { people } = await enrolOffice(browser);
  const starts = [];
  for (let round = 0; round < ROUNDS; round += 1) starts.push(await start());
  const slow = await check(SLOWER, people[0]);
  const plain = await check(1, people[1]);
  const points = await performancePoints();
  const told = {
    start_median_ms: middle(starts),
    start_slowest_ms: Math.max(...starts),
    steps: slow.steps,
    slow_click_ms: slow.longest,
    slow_long_tasks: slow.long.length,
    plain_click_ms: plain.longest,
    plain_long_tasks: plain.long.length,
    sign_ms: slow.sign,
    lighthouse: points,
    bytes: gzipped('widget_bg.wasm') + gzipped('widget.js'),
  };
  for (const [name, value] of Object.entries(told)) console.log(`${name} ${value}`);
  for (const { at, ms } of [...slow.long, ...plain.long]) console.log(`long ${at} ${ms}`);
} finally {
  await browser.close();
  await server.close();
}

/** The page in an empty profile on a processor `times` slower, on a day within the period. */
async function opened(times) {
  const context = await browser.newContext({
    locale: 'ja-JP',
    timezoneId: 'Asia/Tokyo',
    viewport: { width: 1280, height: 800 },
    // A page that still scrolls smoothly would move away from under the mouse.
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.addInitScript(watch, DAY);
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: times });
  await page.goto(httpAddress(server, PAGE));
  await page.waitForFunction(() => window.measured.usable !== null);
  return page;
}

/** Runs in the page before anything else. */
function watch(day) {
  // Only the date is made up; the clocks that measure stay as they are.
  const now = new Date(day).getTime();
  window.Date = class extends Date {
    constructor(...given) {
      super(...(given.length ? given : [now]));
    }

    static now() {
      return now;
    }
  };
  const measured = { usable: null, longest: 0, long: [] };
  window.measured = measured;
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) {
      measured.long.push({ at: Math.round(startTime), ms: duration });
    }
  }).observe({ type: 'longtask' });
  // From a click until the page is free for something else.
  const channel = new MessageChannel();
  let clicked = null;
  channel.port1.onmessage = () => {
    measured.longest = Math.max(measured.longest, performance.now() - clicked);
  };
  window.addEventListener('click', () => {
    clicked = performance.now();
    channel.port2.postMessage(null);
  }, true);
  // Usable: the button is there and the frame with it has been made.
  const seen = new MutationObserver(() => {
    if (!document.querySelector('#self-check form button[type=submit]')) return;
    seen.disconnect();
    requestAnimationFrame(() => setTimeout(() => { measured.usable = performance.now(); }));
  });
  seen.observe(document, { childList: true, subtree: true });
}

/** Milliseconds from the start of the navigation until the check can be begun. */
async function start() {
  const page = await opened(SLOWER);
  const { usable } = await page.evaluate(() => window.measured);
  await page.context().close();
  return usable;
}

/** A whole check with a real mouse and keyboard; what the page did while questions were answered. */
async function check(times, { number, code }) {
  const page = await opened(times);
  await click(page, '#role-general');
  await click(page, '#person-number');
  await page.keyboard.type(number);
  await click(page, '#enrolment-code');
  await page.keyboard.type(code);
  await click(page, SUBMIT);
  await there(page, '[data-question]');
  await quiet(page);
  await page.evaluate(() => Object.assign(window.measured, { longest: 0, long: [] }));
  let steps = 0;
  while (await page.evaluate(() => document.querySelector('[data-question]') !== null)) {
    const id = await page.evaluate(() => document.querySelector('[data-question]').dataset.question);
    await click(page, '[data-question] input');
    await click(page, SUBMIT);
    await there(page, '.feedback');
    await click(page, FORWARD);
    await there(page, `#self-check section[aria-labelledby]:not([data-question="${id}"]) h2`);
    steps += 3;
  }
  await quiet(page);
  const { longest, long } = await page.evaluate(() => window.measured);
  const policies = await page.evaluate(() => document.querySelectorAll('[data-policy]').length);
  for (let index = 0; index < policies; index += 1) await click(page, `input[name=policy-${index}]`);
  await click(page, FORWARD);
  await there(page, '.review');
  await page.evaluate(() => { window.measured.longest = 0; });
  await click(page, FORWARD);
  await there(page, '.result');
  await quiet(page);
  const { longest: sign } = await page.evaluate(() => window.measured);
  await page.context().close();
  return { steps, longest, long, sign };
}

/** By coordinates: what finds elements by label is itself a long task on a slow processor. */
async function click(page, selector) {
  const place = await page.evaluate((wanted) => {
    const element = document.querySelector(wanted);
    if (!element) return null;
    element.scrollIntoView({ block: 'center', behavior: 'instant' });
    const { left, top, width, height } = element.getBoundingClientRect();
    return { x: left + width / 2, y: top + height / 2 };
  }, selector);
  if (!place) throw new Error(`nothing to click at ${selector}`);
  await page.mouse.click(place.x, place.y);
}

async function there(page, selector) {
  await page.waitForFunction((wanted) => document.querySelector(wanted) !== null, selector);
}

/** Saving comes after the click, and observers are told later still. */
async function quiet(page) {
  await page.evaluate(() => new Promise((resolve) => { setTimeout(resolve, 500); }));
}

/** Sent compressed, as the settings for web servers that `site-gen` writes have it. */
async function performancePoints() {
  const chrome = await lighthouseBrowser();
  const compressed = await serve(path.resolve(process.argv[2]), { gzip: true });
  try {
    const points = [];
    for (let round = 0; round < LIGHTHOUSE_ROUNDS; round += 1) {
      const address = `http://127.0.0.1:${compressed.port}/${PAGE}`;
      points.push((await lighthouse(chrome, address, ['performance'])).scores.performance);
    }
    return middle(points);
  } finally {
    await compressed.close();
    await chrome.kill();
  }
}

function middle(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

function gzipped(name) {
  return gzipSync(readFileSync(path.join(widget, name)), { level: 9 }).length;
}
