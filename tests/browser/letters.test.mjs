// The letters as the personnel section prints them: a page a person, whatever the names.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { assertClean, fileAddress, launch, watchedPage } from './lib/browser.mjs';
import { outFile, run, temporaryFolder } from './lib/paths.mjs';

const STAFF = `職員番号,氏名,部局コード,部局,所属コード,所属,役割,対象
000123,見本　一郎,10,総務部,1001,IT推進課,,
000124,${'長い名前の'.repeat(8)}太郎,20,${'子ども支援担当'.repeat(5)}部,2001,${'上平保育所'.repeat(8)},,
000125,<b>見本</b>　"三郎" & Co.,10,総務部,1001,IT推進課,,
`;

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

test('a page a person on A4, first issue and renewal', async (t) => {
  const folder = temporaryFolder('letters');
  writeFileSync(path.join(folder, 'staff.csv'), STAFF);
  const enrol = (letters, ...more) => {
    const args = ['enrol', '--staff', 'staff.csv', '--roster', 'roster.json', '--letters', letters];
    const sender = ['--office', '見本市 総務部職員課', '--contact', '総務部職員課（内線 1234、庁舎 3 階の南側）'];
    const enrolled = run('tally', [...args, '--org', 'ageo', ...sender, ...more], { cwd: folder });
    assert.equal(enrolled.status, 0, enrolled.stdout + enrolled.stderr);
  };
  enrol('first.html');
  enrol('renewed.html', '--renew', '000123', '--renew', '000124', '--renew', '000125');
  for (const name of ['first', 'renewed']) {
    const watched = await watchedPage(t, browser);
    await watched.page.goto(fileAddress(folder, `${name}.html`));
    const file = outFile(`letters-${name}.pdf`);
    await watched.page.pdf({ path: file, preferCSSPageSize: true });
    assert.equal(pagesOf(file), 3, name);
    const letters = await watched.page.locator('section.letter').allInnerTexts();
    assert.equal(letters.length, 3);
    for (const letter of letters) {
      assert.match(letter, /[0-9A-Z]{4}(-[0-9A-Z]{4}){6}/);
      assert.match(letter, /これはパスワードではありません/);
      assert.match(letter, name === 'renewed' ? /2 回目の発行です/ : /あなただけの登録コード/);
    }
    assert.ok(letters.some((letter) => letter.includes('<b>見本</b>　"三郎" & Co. 様')), 'as written');
    assert.deepEqual(watched.requests().slice(1), [], 'nothing is loaded');
    assertClean(watched);
  }
});

function pagesOf(pdf) {
  return readFileSync(pdf, 'latin1').match(/\/Type\s*\/Page\b/g).length;
}
