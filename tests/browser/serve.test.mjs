// `site-gen serve`: an edit shows, a mistake is told over the page, mending it takes that away.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { assertClean, launch, watchedPage } from './lib/browser.mjs';
import { axeFindings } from './lib/judges.mjs';
import { content, outFile, program, root, temporaryFolder } from './lib/paths.mjs';

let browser;
let folder;
let server;
let address;

before(async () => {
  browser = await launch();
  folder = temporaryFolder('serve');
  cpSync(content, path.join(folder, 'content'), { recursive: true });
  cpSync(path.join(root, 'public'), path.join(folder, 'public'), { recursive: true });
  server = spawn(program('site-gen'), ['serve', '--port', '0'], { cwd: folder });
  address = await new Promise((resolve, reject) => {
    let said = '';
    server.stdout.on('data', (chunk) => {
      said += chunk;
      const found = said.match(/^(http:\S+\/)intranet\/$/m);
      if (found) resolve(found[1]);
    });
    server.on('exit', (code) => reject(new Error(`serve ended with ${code}: ${said}`)));
  });
});

after(async () => {
  server?.removeAllListeners('exit');
  server?.kill();
  await browser?.close();
  if (folder) rmSync(folder, { recursive: true });
});

const page = () => path.join(folder, 'content', 'pages', 'tech', 'update.md');

function edit(from, to) {
  const text = readFileSync(page(), 'utf8');
  assert.ok(text.includes(from), `the page says ${from}`);
  writeFileSync(page(), text.replace(from, to));
}

test('an edit shows, a mistake is told over the page, and goes when it is mended', async (t) => {
  const watched = await watchedPage(t, browser, { viewport: { width: 1280, height: 800 } });
  const view = watched.page;
  const findings = view.locator('#site-gen-findings');
  await view.goto(`${address}intranet/tech/update.html`);
  await view.locator('h1').waitFor();
  assert.equal(await findings.count(), 0);

  const last = readFileSync(page(), 'utf8').trimEnd().split('\n').length;
  writeFileSync(page(), `${readFileSync(page(), 'utf8').trimEnd()}\n\n書き足した文です。\n`);
  await view.getByText('書き足した文です。').waitFor();

  edit('書き足した文です。', '書き足した文は謎の語※です。');
  await findings.waitFor();
  const told = await findings.innerText();
  assert.match(told, /誤りが 1 件あります/);
  assert.match(told, new RegExp(`content/pages/tech/update\\.md:${last + 2}:\\d+`));
  assert.match(told, /用語がありません/);
  // The page beneath is the one before, and stays usable.
  await view.getByText('書き足した文です。').waitFor();
  await view.screenshot({ path: outFile('serve-findings.png') });
  assert.deepEqual(await axeFindings(view), []);
  const box = await findings.boundingBox();
  assert.ok(box.y > 400 && box.height <= 330, 'it covers two fifths of the window at most');
  await findings.locator('summary').focus();
  await view.keyboard.press('Enter');
  await view.waitForFunction(
    () => document.querySelector('#site-gen-findings').offsetHeight < 100,
  );
  await view.locator('.site-header a').first().click();
  await view.locator('h1').waitFor();
  await findings.waitFor();
  await view.goBack();

  edit('謎の語※', '普通の語');
  await findings.waitFor({ state: 'detached' });
  await view.getByText('書き足した文は普通の語です。').waitFor();
  assertClean(watched);
});

test('a missing file of its own is told, and its return mends it', async (t) => {
  const watched = await watchedPage(t, browser);
  const view = watched.page;
  const findings = view.locator('#site-gen-findings');
  await view.goto(`${address}public/public/home.html`);
  await view.locator('h1').waitFor();
  const script = path.join(folder, 'public', 'page.js');
  const text = readFileSync(script);
  rmSync(script);
  await findings.waitFor();
  assert.match(await findings.innerText(), /page\.js/);
  writeFileSync(script, text);
  await findings.waitFor({ state: 'detached' });
  assertClean(watched);
});
