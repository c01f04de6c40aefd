// The ways through the self-check that are not straight on: back to the review, a mouse that clicks
// twice, another role than last time, a trial in a role.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';

import { assertClean, httpAddress, launch, watchedPage } from './lib/browser.mjs';
import { built, outFile } from './lib/paths.mjs';
import {
  acknowledge, answerAll, answerOne, begin, DAY, download, goOn, ready, settled, sign,
} from './lib/self-check.mjs';
import { serve } from './lib/server.mjs';
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

async function opened(t, viewport) {
  const watched = await watchedPage(t, browser, viewport ? { viewport } : {});
  await watched.page.clock.setFixedTime(DAY);
  await watched.page.goto(httpAddress(server, PAGE));
  await ready(watched.page);
  return watched;
}

/** The names of the buttons that leave the question on screen. */
function steps(page) {
  return page.locator('.self-check__steps button').allInnerTexts();
}

test('what is opened from the review leads back to it', async (t) => {
  const watched = await opened(t);
  const { page } = watched;
  await page.getByRole('button', { name: '番号なしで試す' }).click();
  const skipped = await page.locator('[data-question]').getAttribute('data-question');
  await page.getByRole('button', { name: '後で答える' }).click();
  await settled(page, 'heading', skipped);
  while (await page.locator('[data-question]').count()) {
    const id = await answerOne(page);
    await page.locator('.self-check__steps button:last-child').click();
    await page.locator(`[data-question="${id}"]`).waitFor({ state: 'detached' });
  }
  await acknowledge(page);
  const review = page.getByRole('heading', { name: '回答の確認' });
  await review.waitFor();
  // The one that was left out.
  await page.getByRole('button', { name: '回答する' }).click();
  await page.locator(`[data-question="${skipped}"]`).waitFor();
  assert.deepEqual(await steps(page), ['回答の確認へ'], 'also without an answer');
  await answerOne(page);
  await page.getByRole('button', { name: '回答の確認へ' }).click();
  await review.waitFor();
  // One that may be changed.
  await page.getByRole('button', { name: '変更する' }).first().click();
  await page.locator('[data-question] input').last().check();
  assert.deepEqual(await steps(page), ['前へ', '回答の確認へ']);
  await page.getByRole('button', { name: '回答の確認へ' }).click();
  await review.waitFor();
  await page.getByRole('button', { name: '結果を見る' }).waitFor();
  assertClean(watched);
});

test('the second click of a double click skips no question; single presses and keys count', async (t) => {
  const watched = await opened(t);
  const { page } = watched;
  await page.getByRole('button', { name: '番号なしで試す' }).click();
  const { questions } = JSON.parse(await page.locator('#set-general').textContent());
  const forward = page.locator('.self-check__steps button:last-child');
  const at = (index) => page.locator(`[data-question="${questions[index].id}"]`).waitFor();
  /** A click on the button that leads on, told by the browser as the first or second of two. */
  const click = async (clickCount) => {
    await forward.scrollIntoViewIfNeeded();
    const box = await forward.boundingBox();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down({ clickCount });
    await page.mouse.up({ clickCount });
  };
  await at(0);
  await answerOne(page);
  await click(1);
  await at(1);
  await settled(page, 'heading');
  await click(2);
  // Time enough to see the next question, if the click had been taken.
  await page.waitForTimeout(500);
  await at(1);
  await click(1);
  await at(2);
  for (const index of [3, 4]) {
    await forward.focus();
    await page.keyboard.press('Enter');
    await at(index);
  }
  assertClean(watched);
});

test('a signed file outlives that its owner comes back in another role', async (t) => {
  const watched = await opened(t);
  const { page } = watched;
  const [person] = office.people;
  await begin(page, person);
  await answerAll(page);
  await acknowledge(page);
  await sign(page);
  const first = outFile('role-first.selfcheck.json');
  await download(page, first);

  const comeBack = async () => {
    await page.reload();
    await ready(page);
    await begin(page, { role: '情報セキュリティ担当者', ...person });
    await page.getByRole('heading', { name: '前回の続きがあります' }).waitFor();
  };
  await comeBack();
  const said = await page.locator('.offer').innerText();
  assert.match(said, /役割「一般職員」で、署名まで済んでいます/);
  assert.match(said, /残っている回答と、署名した結果ファイルは、この端末から消えます/);
  await page.getByRole('button', { name: '続きから始める' }).click();
  await page.getByRole('heading', { name: '点検の結果' }).waitFor();
  const again = outFile('role-again.selfcheck.json');
  await download(page, again);
  assert.deepEqual(readFileSync(again), readFileSync(first));

  // Only when it is asked for, the other role takes its place.
  await comeBack();
  await page.getByRole('button', { name: '最初からやり直す' }).click();
  const { questions } = JSON.parse(await page.locator('#set-contact').textContent());
  await page.getByText(`全${questions.length}問`).first().waitFor();
  assertClean(watched);
});

test('a trial asks the questions of the chosen role', async (t) => {
  const watched = await opened(t);
  const { page } = watched;
  await page.getByLabel('管理者と担当者の両方', { exact: true }).check();
  await page.getByRole('button', { name: '番号なしで試す' }).click();
  const { questions } = JSON.parse(await page.locator('#set-manager-contact').textContent());
  await page.getByText(`全${questions.length}問`).first().waitFor();
  assert.deepEqual(await page.evaluate(() => localStorage.length), 0);
  assertClean(watched);
});

test('an answer brings its explanation into view', async (t) => {
  const watched = await opened(t, { width: 1024, height: 768 });
  const { page } = watched;
  await page.getByRole('button', { name: '番号なしで試す' }).click();
  for (let index = 0; index < 5; index += 1) {
    await answerOne(page);
    // The page scrolls smoothly, and takes a moment.
    await page.waitForFunction(() => {
      const { bottom } = document.querySelector('.feedback > p').getBoundingClientRect();
      return bottom <= window.innerHeight;
    });
    await goOn(page);
  }
  assertClean(watched);
});
