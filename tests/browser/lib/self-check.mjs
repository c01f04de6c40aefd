// Goes through the self-check as a person would: by labels, buttons and headings.

import assert from 'node:assert/strict';

/** A day on which the campaign is open, by this PC's clock. */
export const DAY = '2026-11-20T09:30:00+09:00';

/** Waits until the widget has taken the place of the plain HTML. */
export async function ready(page) {
  await page.getByRole('button', { name: '点検を始める' }).waitFor();
  await page.waitForLoadState('networkidle');
}

/** The start screen: role, number, code. */
export async function begin(page, { role = '一般職員', number, code }) {
  await page.getByLabel(role, { exact: true }).check();
  await page.getByRole('textbox', { name: '職員番号' }).fill(number);
  await page.getByRole('textbox', { name: '登録コード' }).fill(code);
  await page.getByRole('button', { name: '点検を始める' }).click();
}

/**
 * Waits until the focus has gone where a new screen (`heading`) or an answer (`feedback`) moves it:
 * then the page scrolls no more, under a mouse that is pressed.
 */
export async function settled(page, where, old = null) {
  await page.waitForFunction(([id, before]) =>
    document.activeElement?.id === id && (!before || document.querySelector('[data-question]')?.dataset.question !== before),
  [`self-check-${where}`, old]);
}

/** Answers the question on screen by its first choice; returns its id once the answer is explained. */
export async function answerOne(page) {
  const question = page.locator('[data-question]');
  await question.locator('input').first().check();
  await question.getByRole('button', { name: '回答する' }).click();
  await settled(page, 'feedback');
  return question.getAttribute('data-question');
}

/** From an answered question to the next. */
export async function goOn(page) {
  const question = page.locator('[data-question]');
  const id = await question.getAttribute('data-question');
  await question.getByRole('button', { name: '次の問へ' }).click();
  await settled(page, 'heading', id);
}

/**
 * Answers every question, honestly and not too well: among the answers are right, wrong and
 * partly right ones, 「はい」, 「いいえ」 and 「わからない」. For everybody's set of questions;
 * returns how many there were.
 */
export async function answerAll(page, onAnswered = async () => {}) {
  const first = await page.locator('[data-question]').getAttribute('data-question');
  const total = JSON.parse(await page.locator('#set-general').textContent()).questions.length;
  const seen = new Set();
  for (let index = 0; index < total; index += 1) {
    const question = page.locator('[data-question]');
    const id = await question.getAttribute('data-question');
    assert.ok(!seen.has(id), `question ${id} comes once`);
    seen.add(id);
    await answer(question, index);
    await question.getByRole('button', { name: '回答する' }).click();
    await settled(page, 'feedback');
    await onAnswered();
    const forward = question.getByRole('button', { name: /^(次の問へ|方針の確認へ|回答の確認へ)$/ });
    await forward.click();
    await settled(page, 'heading', id);
  }
  assert.ok(seen.has(first));
  return total;
}

async function answer(question, index) {
  const boxes = question.getByRole('checkbox');
  if ((await boxes.count()) > 0) {
    await boxes.nth(0).check();
    if (index % 2 === 0) await boxes.nth(1).check();
    return;
  }
  const radios = question.getByRole('radio');
  await radios.nth(index % Math.min(await radios.count(), 3)).check();
}

/** Accepts every policy and goes on to the list of answers. */
export async function acknowledge(page) {
  const policies = page.locator('[data-policy]');
  for (let index = 0; index < (await policies.count()); index += 1) {
    await policies.nth(index).getByLabel('同意する').check();
  }
  await page.getByRole('button', { name: '回答の確認へ' }).click();
}

/** Signs and waits for the result. */
export async function sign(page) {
  await page.getByRole('button', { name: '署名して結果を見る' }).click();
  await page.getByRole('heading', { name: '点検の結果' }).waitFor();
}

/** Saves the result file; returns its suggested name. */
export async function download(page, to) {
  const started = page.waitForEvent('download');
  await page.getByRole('button', { name: '結果ファイルを保存する' }).click();
  const file = await started;
  await file.saveAs(to);
  return file.suggestedFilename();
}
