// Paper: the slip (修了票) and the form for those without a browser that can show the check.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';

import { assertClean, fileAddress, httpAddress, launch, watchedPage } from './lib/browser.mjs';
import { built, outFile } from './lib/paths.mjs';
import { acknowledge, answerAll, begin, DAY, download, ready, sign } from './lib/self-check.mjs';
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

/** Prints; the number of sheets, and the texts that are seen on them. */
async function printed(page, name) {
  const pdf = await page.pdf({ path: outFile(`${name}.pdf`), format: 'A4', preferCSSPageSize: true });
  const raw = pdf.toString('latin1');
  const boxes = [...raw.matchAll(/\/MediaBox \[([\d. ]+)\]/g)].map((match) => match[1].split(' ').map(Number));
  for (const [, , width, height] of boxes) {
    assert.deepEqual([Math.round(width), Math.round(height)], [595, 842], 'A4, upright');
  }
  await page.emulateMedia({ media: 'print' });
  const text = await page.locator('body').innerText();
  await page.emulateMedia({ media: null });
  return { sheets: raw.match(/\/Type\s*\/Page\b/g).length, text };
}

test('the slip: one sheet, with all that it takes to find the file again, and what it proves', async (t) => {
  const watched = await watchedPage(t, browser);
  const { page } = watched;
  const [person] = office.people;
  await page.clock.setFixedTime(DAY);
  await page.goto(httpAddress(server, PAGE));
  await ready(page);
  await begin(page, person);
  await answerAll(page);
  await acknowledge(page);
  await sign(page);
  const file = outFile('slip.selfcheck.json');
  const name = await download(page, file);
  const { sheets, text } = await printed(page, 'slip');
  assert.equal(sheets, 1);
  const payload = Buffer.from(JSON.parse(readFileSync(file, 'utf8')).payload, 'base64url');
  const { jti, sub } = JSON.parse(payload);
  const set = JSON.parse(await page.locator('#set-general').textContent());
  const digest = createHash('sha256').update(payload).digest();
  const close = text.replace(/\s/g, '');
  for (const part of [person.number, sub, name, jti, set.campaign.title, ...set.categories.map(({ title }) => title)]) {
    assert.ok(close.includes(part.replace(/\s/g, '')), `the slip says ${part}`);
  }
  assert.ok([digest.toString('hex'), digest.toString('base64url')].some((written) => close.includes(written)), close);
  assert.match(close, /結果ファイルが示すのは、.*だれが操作したか、.*は示しません/, 'what it proves and what not');
  for (const other of ['この端末から消す', '結果ファイルを確かめる', '修了票を印刷']) {
    assert.ok(!close.includes(other), `${other} stays off the paper`);
  }
  assertClean(watched);
});

test('the paper form: every question with its id, whole on one sheet, and boxes to tick', async (t) => {
  const watched = await watchedPage(t, browser, { javaScriptEnabled: false });
  const { page } = watched;
  await page.goto(httpAddress(server, PAGE));
  const { sheets, text } = await printed(page, 'paper-form');
  const { questions } = JSON.parse(await page.locator('#set-general').textContent());
  for (const { id, prompt, choices } of questions) {
    assert.ok(text.includes(id) && text.includes(prompt), id);
    for (const choice of choices) assert.ok(text.includes(`□ ${choice.id}　${choice.text}`), `${id} ${choice.id}`);
  }
  assert.match(text, /職員番号：＿/);
  assert.doesNotMatch(text, /画面で答える準備/, 'what is for the screen stays there');
  assert.ok(sheets <= 14, `${sheets} sheets`);
  assertClean(watched);
});

test('a browser that works prints the same form: from the link, and back again', async (t) => {
  const plain = await watchedPage(t, browser, { javaScriptEnabled: false });
  const watched = await watchedPage(t, browser);
  const { page } = watched;
  const pages = [
    [PAGE, '紙の用紙を開く', '画面での点検に戻る', '点検を始める'],
    ['intranet/check/self-check.en.html', 'Open the sheet for paper', 'Back to the check on screen', 'Begin the check'],
    ['public/public/self-check.html', '紙の用紙を開く', '画面での点検に戻る', '点検を始める'],
    ['public/public/self-check.en.html', 'Open the sheet for paper', 'Back to the check on screen', 'Begin the check'],
  ];
  for (const [name, open, back, begin] of pages) {
    for (const address of [httpAddress(server, name), fileAddress(built, name)]) {
      await page.clock.setFixedTime(DAY);
      await page.goto(address);
      await page.getByRole('button', { name: begin }).waitFor();
      await page.getByRole('link', { name: open }).click();
      await page.getByRole('link', { name: back }).waitFor();
      assert.equal(await page.locator('.paper-form__notice').count(), 0, 'nothing is being made ready');
      await plain.page.goto(address);
      const [asked, without] = [await printed(page, 'paper-asked'), await printed(plain.page, 'paper-plain')];
      assert.equal(form(asked.text), form(without.text), name);
      for (const each of [page, plain.page]) {
        await each.emulateMedia({ media: 'print' });
        assert.equal(await each.locator('[data-paper-link]').isVisible(), false, 'no link on paper');
        await each.emulateMedia({ media: null });
      }
      assert.equal(asked.sheets, without.sheets);
      await page.getByRole('link', { name: back }).click();
      await page.getByRole('button', { name: begin }).waitFor();
    }
  }
  assertClean(watched);
});

/** From the first box to the end, without the day of printing, which only a script knows. */
function form(text) {
  assert.ok(text.includes('□'));
  return text.slice(text.indexOf('□')).replace(/　(印刷日：|Printed: ).*/g, '');
}

test('on the paper form no box is parted from its words, and the policies are named as on screen', async (t) => {
  const watched = await watchedPage(t, browser, { javaScriptEnabled: false });
  const { page } = watched;
  await page.emulateMedia({ media: 'print' });
  // The width of A4 between its margins, and narrower.
  for (const width of [680, 500, 320]) {
    await page.setViewportSize({ width, height: 900 });
    await page.goto(httpAddress(server, PAGE));
    await page.getByRole('heading', { name: '方針の確認', exact: true }).waitFor();
    const parted = await page.locator('.paper-form').evaluate((paper) => {
      const found = [];
      const walker = document.createTreeWalker(paper, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        for (const { index } of node.data.matchAll(/□/g)) {
          const range = document.createRange();
          const top = (at) => {
            range.setStart(node, at);
            range.setEnd(node, at + 1);
            return range.getBoundingClientRect().top;
          };
          // The box is followed by a space and the first letter of its words.
          if (Math.abs(top(index) - top(index + 2)) > 4) found.push(node.data.slice(index, index + 10));
        }
      }
      return found;
    });
    assert.deepEqual(parted, [], `${width} px`);
  }
  for (const label of ['同意する', '同意しない', '質問がある']) {
    assert.equal(await page.getByText(`□ ${label}`, { exact: true }).count(), 2, label);
  }
  assertClean(watched);
});
