// The self-check beyond its straight way: interrupted, shared, forbidden to keep, out of its period,
// in another language, by keyboard, under translators; and the box that looks at result files.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';

import { assertClean, fileAddress, httpAddress, launch, watchedPage } from './lib/browser.mjs';
import { built, outFile } from './lib/paths.mjs';
import { acknowledge, answerAll, answerOne, begin, DAY, download, ready, settled, sign } from './lib/self-check.mjs';
import { judgeState, shown, translate } from './lib/states.mjs';
import { serve } from './lib/server.mjs';
import { enrolOffice, publicKeyOf, verify } from './lib/tally.mjs';

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

async function opened(t, { day = DAY, page = PAGE, context = {}, prepare } = {}) {
  const watched = await watchedPage(t, browser, context);
  await watched.page.clock.setFixedTime(day);
  if (prepare) await prepare(watched.page);
  await watched.page.goto(httpAddress(server, page));
  return watched;
}

/** What the browser keeps, as whoever opens it sees it. */
function kept(page) {
  return page.evaluate(() => Object.entries(localStorage));
}

test('a reload in the middle loses nothing, and another person sees nothing of it', async (t) => {
  const { page, problems } = await opened(t);
  await ready(page);
  const [one, other] = office.people;
  await begin(page, one);
  const first = await answerOne(page);
  await page.getByRole('button', { name: '次の問へ' }).click();
  await page.locator('[data-question] input').first().check();
  const second = await page.locator('[data-question]').getAttribute('data-question');
  const chosen = await page.locator('[data-question] input:checked').getAttribute('id');
  const before = await kept(page);
  assert.equal(before.length, 1);
  const all = JSON.stringify(before);
  for (const secret of [one.number, one.code, one.code.replaceAll('-', ''), first, 'answers']) {
    assert.ok(!all.includes(secret), `the store does not hold ${secret}`);
  }

  await page.reload();
  await ready(page);
  await begin(page, other);
  await page.locator('[data-question]').waitFor();
  assert.equal(await page.getByText('前回の続きがあります').count(), 0);
  assert.equal(await page.locator('[data-question]').getAttribute('data-question'), first);
  await answerOne(page);
  assert.equal((await kept(page)).length, 2);

  await page.reload();
  await ready(page);
  await begin(page, one);
  await page.getByRole('heading', { name: '前回の続きがあります' }).waitFor();
  await page.getByText('設問は前回と同じです').waitFor();
  await page.getByRole('button', { name: '続きから始める' }).click();
  await page.locator(`[data-question="${second}"]`).waitFor();
  assert.equal(await page.locator('[data-question] input:checked').getAttribute('id'), chosen);

  await page.getByRole('button', { name: 'この端末から消す' }).click();
  await page.getByRole('button', { name: '消す', exact: true }).click();
  await page.getByText('保存されていた回答を消しました').waitFor();
  const left = await kept(page);
  assert.equal(left.length, 1, "the other person's answers stay");
  assert.ok(!before.some(([name]) => name === left[0][0]));
  assert.deepEqual(problems, []);
});

test('two tabs do not overwrite each other', async (t) => {
  const watched = await opened(t);
  const { page } = watched;
  const [person] = office.people;
  await ready(page);
  await begin(page, person);
  await answerOne(page);
  const tab = await page.context().newPage();
  await tab.clock.setFixedTime(DAY);
  await tab.goto(httpAddress(server, PAGE));
  await ready(tab);
  await begin(tab, person);
  await tab.getByRole('button', { name: '続きから始める' }).click();
  await tab.locator('[data-question]').waitFor();
  const newer = await answerOne(tab);
  await page.getByText('別のタブでも進められています').waitFor();
  const store = await kept(tab);
  await page.getByRole('button', { name: '次の問へ' }).click();
  await answerOne(page);
  assert.deepEqual(await kept(page), store, 'the older tab writes nothing');
  await page.getByRole('button', { name: '新しいほうの回答を開く' }).click();
  await page.waitForFunction(
    (id) => document.querySelector('[data-question]')?.dataset.question !== id,
    newer,
  );
  assert.equal(await page.getByText('別のタブでも進められています').count(), 0);
  assertClean(watched);
});

for (const [what, prepare] of [
  ['full', () => { Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); }; }],
  ['forbidden', () => { Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('', 'SecurityError'); } }); }],
]) {
  test(`a storage that is ${what} is said plainly, and the file is made all the same`, async (t) => {
    const watched = await opened(t, { prepare: (page) => page.addInitScript(prepare) });
    const { page } = watched;
    await ready(page);
    const [, , person] = office.people;
    await begin(page, person);
    await answerAll(page);
    await page.getByText('ブラウザーに回答を保存できません').waitFor();
    await acknowledge(page);
    await sign(page);
    const file = outFile(`storage-${what}.selfcheck.json`);
    await download(page, file);
    const judged = verify(office, file);
    assert.equal(judged.status, 0, judged.stdout + judged.stderr);
    assertClean(watched);
  });
}

test('the period: before, late, closed', async (t) => {
  for (const [day, said, form] of [
    ['2026-11-15T23:59:59+09:00', 'まだ実施期間に入っていません', 0],
    ['2026-12-05T00:00:00+09:00', '令和8年12月18日（金）まで', 1],
    ['2026-12-19T00:00:00+09:00', '受付終了', 0],
  ]) {
    const { page } = await opened(t, { day });
    await page.getByRole('button', { name: '番号なしで試す' }).waitFor();
    await page.getByText(said).first().waitFor();
    assert.equal(await page.getByRole('textbox', { name: '職員番号' }).count(), form, day);
  }
});

test('every role gets its questions', async (t) => {
  const { page } = await opened(t);
  await ready(page);
  const ids = await page.evaluate(() =>
    ['general', 'manager', 'contact', 'manager-contact'].map((role) =>
      JSON.parse(document.getElementById(`set-${role}`).textContent).questions.length));
  const roles = ['一般職員', '情報セキュリティ管理者（所属長）', '情報セキュリティ担当者', '管理者と担当者の両方'];
  for (const [index, role] of roles.entries()) {
    await page.goto(httpAddress(server, PAGE));
    await ready(page);
    await begin(page, { role, ...office.people[0] });
    await page.locator('.progress__place').or(page.getByText('最初からやり直す')).first().waitFor();
    const over = page.getByRole('button', { name: '最初からやり直す' });
    if (await over.count()) await over.click();
    await page.getByText(`全${ids[index]}問`).first().waitFor();
  }
  const [general, manager, contact, both] = ids;
  assert.ok(general < manager && general < contact, 'managers and contacts have more');
  assert.ok(manager < both && contact < both, 'who is both has most');
});

test('a translator that changes text cannot make one question stand for another', async (t) => {
  const { page } = await opened(t);
  await ready(page);
  await page.getByRole('button', { name: '番号なしで試す' }).click();
  const shown = new Map();
  for (let index = 0; index < 4; index += 1) {
    const question = page.locator('[data-question]');
    const id = await question.getAttribute('data-question');
    await translate(page);
    shown.set(id, await question.locator('.question__prompt').innerText());
    await question.locator('input').first().check();
    await question.getByRole('button', { name: /回答する/ }).click();
    await settled(page, 'feedback');
    await page.getByRole('button', { name: /次の問へ/ }).click();
    await settled(page, 'heading', id);
    const fresh = page.locator('[data-question]');
    const prompt = await fresh.locator('.question__prompt').innerText();
    const expected = await page.evaluate((next) => {
      const { questions } = JSON.parse(document.getElementById('set-general').textContent);
      return questions.find((each) => each.id === next).prompt;
    }, await fresh.getAttribute('data-question'));
    assert.equal(prompt, expected, 'the question shown is the question recorded');
  }
  assert.equal(shown.size, 4);
  assert.equal(await page.locator('#self-check').getAttribute('translate'), 'no');
});

test('under a translator, a practice answer that is changed leaves no old verdict behind', async (t) => {
  const { page } = await opened(t);
  await ready(page);
  await page.getByRole('button', { name: '番号なしで試す' }).click();
  const { questions } = JSON.parse(await page.locator('#set-general').textContent());
  const at = questions.findIndex(({ kind }) => kind === 'practice');
  for (let index = 0; index < at; index += 1) {
    await page.getByRole('button', { name: '後で答える' }).click();
    await page.locator(`[data-question="${questions[index + 1].id}"]`).waitFor();
  }
  const choice = (value) => page.locator(`#${questions[at].id}-${value}`);
  await choice('yes').check();
  await page.getByRole('button', { name: '回答する' }).click();
  await page.locator('.feedback').waitFor();
  const said = new Map([['yes', await page.locator('.feedback__verdict').innerText()]]);
  for (const value of ['no', 'dk', 'yes', 'no']) {
    await translate(page);
    await choice(value).check();
    await shown(page);
    const verdict = (await page.locator('.feedback__verdict').innerText()).replaceAll('*', '');
    const live = (await page.locator('#self-check [role=status][aria-live]').textContent()).replaceAll('*', '');
    assert.equal(live, verdict, 'what is announced is what is shown');
    if (said.has(value)) assert.equal(verdict, said.get(value));
    else assert.ok(![...said.values()].includes(verdict), `${value}: ${verdict}`);
    said.set(value, verdict);
    assert.ok(await choice(value).evaluate((input) => input === document.activeElement), 'the focus stays');
  }
  assert.equal(said.size, 3);
});

test('under a translator, no error, note or finding of an earlier moment stays', async (t) => {
  const watched = await opened(t);
  const { page } = watched;
  await ready(page);
  const words = JSON.parse(await page.locator('#self-check-texts').textContent());
  const [person] = office.people;
  const begins = page.locator('#self-check form button[type=submit]');
  const says = async (selector, expected) => {
    await shown(page);
    // Words that have stayed bear the translator's mark.
    assert.equal((await page.locator(selector).innerText()).replaceAll('*', ''), expected, selector);
    await translate(page);
  };
  const [number, code] = ['#person-number', '#enrolment-code'].map((selector) => page.locator(selector));
  await begins.click();
  await says('#role-error', words.role_missing);
  await says('#person-number-error', words.number_error);
  await page.locator('#role-general').check();
  await number.fill(person.number);
  await code.fill('123');
  await begins.click();
  await says('#role-error', '');
  await says('#person-number-error', '');
  await says('#enrolment-code-error', words.code_length.replace('{}', '3'));
  await code.fill(person.code.replace(/.$/, (last) => (last === '0' ? '1' : '0')));
  await begins.click();
  await says('#enrolment-code-error', words.code_check);
  await code.fill(person.code);
  await begins.click();
  await page.locator('[data-question]').waitFor();

  await says('.self-check__kept', words.saved);
  await page.locator('[data-question] form button').click();
  await says('#question-error', words.nothing_picked);
  await page.evaluate(() => {
    window.setItem = Storage.prototype.setItem;
    Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); };
  });
  const picks = page.locator('[data-question] input');
  await picks.nth(0).check();
  await says('#question-error', '');
  await says('.self-check__kept', '');
  await says('.self-check__frame > [role=alert]', words.refused);
  await page.evaluate(() => { Storage.prototype.setItem = window.setItem; });
  await picks.nth(1).check();
  await says('.self-check__kept', words.saved);
  assert.equal(await page.locator('.self-check__frame > [role=alert]').count(), 0);

  await page.reload();
  await ready(page);
  await begin(page, person);
  await page.getByRole('button', { name: '最初からやり直す' }).click();
  await page.locator('[data-question]').waitFor();
  await answerAll(page);
  const forward = page.locator('.self-check__steps button').last();
  await forward.click();
  await says('#policies-error', words.policies_missing);
  for (const accept of await page.locator('[data-policy] input[id$="-0"]').all()) await accept.check();
  await says('#policies-error', '');
  await forward.click();
  await sign(page);
  const file = outFile('translated.selfcheck.json');
  await download(page, file);
  await says('.handover [role=status]', words.download_done);
  await page.locator('.handover button').last().click();
  await says('.handover [role=status]', words.confirmed);
  await says('.self-check__kept', '');

  const forged = outFile('translated-forged.selfcheck.json');
  const text = readFileSync(file, 'utf8');
  writeFileSync(forged, text.replace(/"signature":"./, (start) => `${start.slice(0, -1)}${start.endsWith('A') ? 'B' : 'A'}`));
  await page.locator('details', { has: page.locator('#result-file') }).evaluate((box) => { box.open = true; });
  const found = page.locator('.inspection');
  for (const [name, said, not] of [[file, words.inspect_good, words.inspect_bad], [forged, words.inspect_bad, words.inspect_good], [file, words.inspect_good, words.inspect_bad]]) {
    await page.locator('#result-file').setInputFiles(name);
    await found.getByText(said, { exact: true }).waitFor();
    assert.equal(await found.getByText(not).count(), 0);
    assert.ok(!(await found.innerText()).includes('*'), 'nothing is left of what the translator has written');
    await translate(page);
  }
  assertClean(watched);
});

test('the focus stays on what was pressed, or goes where its place was taken', async (t) => {
  const watched = await opened(t);
  const { page } = watched;
  await ready(page);
  const focused = () => page.evaluate(() => document.activeElement.id || document.activeElement.textContent);
  const press = async (name) => {
    await page.getByRole('button', { name, exact: true }).focus();
    await page.keyboard.press('Enter');
    await shown(page);
  };
  await press('この端末から消す');
  assert.equal(await focused(), 'self-check-wipe');
  await press('やめる');
  assert.equal(await focused(), 'self-check-wipe');
  await page.keyboard.press('Tab');
  assert.equal(await focused(), 'この端末から消す');
  await press('この端末から消す');
  await press('消す');
  await page.getByText('保存されていた回答を消しました').waitFor();
  assert.equal(await focused(), 'self-check-heading');

  await begin(page, office.people[1]);
  await page.locator('[data-question]').waitFor();
  await answerAll(page);
  await acknowledge(page);
  await sign(page);
  const started = page.waitForEvent('download');
  await press('結果ファイルを保存する');
  await started;
  await shown(page);
  await page.getByText('保存を始めました').waitFor();
  assert.equal(await focused(), '結果ファイルを保存する');
  assertClean(watched);
});

test('presses that come before the last one is seen count, and what is shown is saved', async (t) => {
  const watched = await opened(t);
  const { page } = watched;
  await ready(page);
  const [, , person] = office.people;
  await page.getByRole('textbox', { name: '職員番号' }).fill(person.number);
  await page.getByRole('textbox', { name: '登録コード' }).fill(person.code);
  // All within one task, so that the page cannot show anything between them.
  const presses = (...selectors) => page.evaluate((all) => {
    for (const selector of all) document.querySelector(selector).click();
  }, selectors);
  const submit = '#self-check form button[type=submit]';
  await presses('#role-general', submit, submit);
  const first = page.locator('[data-question]');
  const over = page.getByRole('button', { name: '最初からやり直す' });
  await first.or(over).first().waitFor();
  assert.equal(await over.count(), 0, 'the second press does not find a check to take up');

  const before = await kept(page);
  const after = await page.evaluate(async () => {
    document.querySelector('[data-question] input').click();
    // What still belongs to the task of the press.
    for (let turn = 0; turn < 100; turn += 1) await null;
    return Object.entries(localStorage);
  });
  assert.equal(after.length, 1);
  assert.notDeepEqual(after, before, 'saved before anything can be painted');

  await answerAll(page);
  const forward = '.self-check__steps button:last-child';
  const count = await page.locator('[data-policy]').count();
  await presses(forward);
  await page.getByText('まだ答えていない方針').waitFor();
  await presses(...Array.from({ length: count }, (_, index) => `[name=policy-${index}]`), forward);
  await page.locator('.review').waitFor();
  await presses(forward, forward);
  await page.getByRole('heading', { name: '点検の結果' }).waitFor();
  assertClean(watched);
});

test('without Wasm the paper form stays, with the ids of questions and choices', async (t) => {
  const { page } = await opened(t, {
    prepare: (each) => each.addInitScript(() => { delete window.WebAssembly; }),
  });
  await page.getByText('紙で回答して担当者へ提出してください').waitFor();
  const text = await page.locator('.paper-form').innerText();
  const { questions } = JSON.parse(await page.locator('#set-general').textContent());
  for (const question of questions) {
    assert.ok(text.includes(question.id) && text.includes(question.prompt), question.id);
    for (const choice of question.choices) assert.ok(text.includes(choice.text), choice.text);
  }
  assert.match(text, /□ dk/);
});

test('offline once loaded', async (t) => {
  const watched = await opened(t);
  const { page } = watched;
  await ready(page);
  await page.context().setOffline(true);
  await page.getByRole('button', { name: '番号なしで試す' }).click();
  await answerAll(page);
  await acknowledge(page);
  await page.getByRole('button', { name: '結果を見る' }).click();
  await page.getByRole('heading', { name: '点検の結果' }).waitFor();
  assertClean(watched);
});

test('by keyboard alone; the focus moves to each new question and to its feedback', async (t) => {
  const watched = await opened(t);
  const { page } = watched;
  await ready(page);
  const focused = () => page.evaluate(() => document.activeElement?.id || document.activeElement?.textContent);
  const tabTo = async (wanted, limit = 60) => {
    for (let step = 0; step < limit; step += 1) {
      await page.keyboard.press('Tab');
      const name = await page.evaluate(() => {
        const { activeElement: element } = document;
        return `${element.id} ${element.name ?? ''} ${element.textContent.trim()}`;
      });
      if (wanted.test(name)) return;
    }
    assert.fail(`the Tab key does not reach ${wanted}`);
  };
  await page.locator('#self-check-heading').evaluate((heading) => heading.focus());
  const { number, code } = office.people[2];
  await tabTo(/^role-general/);
  await page.keyboard.press('Space');
  await tabTo(/^person-number/);
  await page.keyboard.type(number);
  await tabTo(/^enrolment-code/);
  await page.keyboard.type(code);
  await page.keyboard.press('Enter');
  const total = JSON.parse(await page.locator('#set-general').textContent()).questions.length;
  for (let index = 0; index < total; index += 1) {
    const id = await page.locator('[data-question]').getAttribute('data-question');
    assert.equal(await focused(), 'self-check-heading', `focus on question ${id}`);
    await tabTo(new RegExp(`^${id}-`));
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    await page.locator('.feedback').waitFor();
    assert.equal(await focused(), 'self-check-feedback', `focus on the feedback of ${id}`);
    await tabTo(/ (次の問へ|方針の確認へ)$/);
    await page.keyboard.press('Enter');
    await page.waitForFunction((old) => document.querySelector('[data-question]')?.dataset.question !== old, id);
  }
  const policies = await page.locator('[data-policy]').count();
  for (let index = 0; index < policies; index += 1) {
    await tabTo(new RegExp(`^policy-${index}-`));
    await page.keyboard.press('Space');
  }
  await tabTo(/ 回答の確認へ$/);
  await page.keyboard.press('Enter');
  await tabTo(/ 署名して結果を見る$/, 200);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '点検の結果' }).waitFor();
  assert.equal(await focused(), 'self-check-heading');
  await tabTo(/ 結果ファイルを保存する$/);
  const started = page.waitForEvent('download');
  await page.keyboard.press('Enter');
  const file = outFile('keyboard.selfcheck.json');
  await (await started).saveAs(file);
  assert.equal(verify(office, file).status, 0);
  assertClean(watched);
});

test('the box that looks at a result file', async (t) => {
  const watched = await opened(t);
  const { page } = watched;
  await ready(page);
  const [person, other] = office.people;
  await begin(page, person);
  const over = page.getByRole('button', { name: '最初からやり直す' });
  if (await over.count()) await over.click();
  await answerAll(page);
  await acknowledge(page);
  await sign(page);
  const file = outFile('box.selfcheck.json');
  await download(page, file);
  const look = async (path, said) => {
    await page.getByLabel('結果ファイル', { exact: true }).setInputFiles(path);
    await page.locator('.inspection').getByText(said).first().waitFor();
    return page.locator('.inspection').innerText();
  };
  await page.getByText('結果ファイルを確かめる').click();
  const whole = await look(file, '署名は保たれています');
  assert.ok(whole.includes(person.number));
  const { payload } = JSON.parse(readFileSync(file, 'utf8'));
  assert.ok(whole.includes(JSON.parse(Buffer.from(payload, 'base64url')).jti));

  const changed = outFile('box-changed.selfcheck.json');
  const text = Buffer.from(payload, 'base64url').toString('utf8').replace('"a":["a"]', '"a":["b"]');
  const forged = Buffer.from(text, 'utf8').toString('base64url');
  writeFileSync(changed, readFileSync(file, 'utf8').replace(payload, forged));
  assert.match(await look(changed, '受け付けられません'), /［signature］/);
  const large = outFile('box-large.json');
  writeFileSync(large, 'x'.repeat(70_000));
  assert.match(await look(large, '受け付けられません'), /［too-large］/);

  // Somebody else, on the start screen: without a key nothing is proven, with the roster's it is.
  await page.goto(httpAddress(server, PAGE));
  await ready(page);
  await page.getByText('結果ファイルを確かめる').click();
  await look(file, '署名は未確認');
  await page.getByRole('textbox', { name: /公開鍵/ }).fill('no key');
  await page.getByLabel('結果ファイル', { exact: true }).setInputFiles(file);
  await page.getByText('公開鍵として使えません').waitFor();
  await page.getByRole('textbox', { name: /公開鍵/ }).fill(publicKeyOf(office, other));
  await look(file, '手元の鍵とは別の鍵');
  await page.getByRole('textbox', { name: /公開鍵/ }).fill(publicKeyOf(office, person));
  await look(file, '署名は保たれています');
  assertClean(watched);
});

test('axe finds nothing in any state, in light and dark; nothing runs out of 320 px', async (t) => {
  const watched = await opened(t, { context: { viewport: { width: 320, height: 640 } } });
  const { page } = watched;
  await ready(page);
  const judge = (state) => judgeState(page, state);
  await judge('start');
  await page.getByRole('button', { name: '点検を始める' }).click();
  await judge('error');
  await page.getByRole('button', { name: 'この端末から消す' }).click();
  await judge('wipe');
  await page.getByRole('button', { name: 'やめる' }).click();
  await begin(page, office.people[1]);
  const over = page.getByRole('button', { name: '最初からやり直す' });
  await page.locator('[data-question]').or(over).first().waitFor();
  if (await over.count()) {
    await judge('offer');
    await over.click();
  }
  const { questions } = JSON.parse(await page.locator('#set-general').textContent());
  const seen = new Set();
  for (const { kind } of questions) {
    const question = page.locator('[data-question]');
    if (!seen.has(kind)) await judge(`question-${kind}`);
    const id = await question.getAttribute('data-question');
    await question.locator('input').last().check();
    await question.getByRole('button', { name: '回答する' }).click();
    await settled(page, 'feedback');
    if (!seen.has(kind)) await judge(`answered-${kind}`);
    seen.add(kind);
    await question.getByRole('button', { name: /^(次の問へ|方針の確認へ)$/ }).click();
    await page.waitForFunction((old) => document.querySelector('[data-question]')?.dataset.question !== old, id);
  }
  assert.deepEqual([...seen].sort(), ['multiple', 'practice', 'scenario', 'single']);
  await page.getByRole('button', { name: '回答の確認へ' }).click();
  await judge('policies');
  await acknowledge(page);
  await judge('review');
  await sign(page);
  await judge('result');
  const file = outFile('axe.selfcheck.json');
  await download(page, file);
  await page.getByText('結果ファイルを確かめる').click();
  await page.getByLabel('結果ファイル', { exact: true }).setInputFiles(file);
  await page.locator('.inspection').getByText('署名は保たれています').waitFor();
  await judge('box');
  assertClean(watched);
});

test('the English page speaks English, and marks the questions as Japanese', async (t) => {
  const watched = await opened(t, { page: 'intranet/check/self-check.en.html' });
  const { page } = watched;
  await page.getByRole('button', { name: 'Try without a number' }).click();
  await page.locator('.question__prompt[lang="ja"]').waitFor();
  await page.getByRole('button', { name: 'Answer', exact: true }).click();
  await page.getByText('Choose an answer').waitFor();
  assertClean(watched);
});

test('a shared folder keeps answers too', async (t) => {
  const watched = await watchedPage(t, browser);
  const { page } = watched;
  await page.clock.setFixedTime(DAY);
  await page.goto(fileAddress(built, PAGE));
  await ready(page);
  await begin(page, office.people[0]);
  await answerOne(page);
  await page.reload();
  await ready(page);
  await begin(page, office.people[0]);
  await page.getByRole('heading', { name: '前回の続きがあります' }).waitFor();
  assertClean(watched);
});
