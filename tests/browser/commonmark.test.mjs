// Every example of CommonMark 0.31.2 through the real program, and our own dialect beside it.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import spec from 'commonmark-spec';

import { normalize } from './lib/html.mjs';
import { run } from './lib/paths.mjs';

const render = (markdown, ...flags) =>
  run('site-gen', ['render', ...flags, '-'], { input: markdown, stdio: ['pipe', 'pipe', 'pipe'] });

/** The suite shows tabs as arrows. */
const tabs = (text) => text.replaceAll('→', '\t');

test('the normaliser tells documents apart and writings not', () => {
  const same = [
    ['<p>a\n b</p>\n', '<p>a b</p>'],
    ['<br />', '<br>'],
    ['<a title="x" href="y">', "<a href='y' title='x'>"],
    ['<p>&quot;</p>', '<p>"</p>'],
    ['<ul>\n<li>a</li>\n</ul>', '<ul><li>a</li></ul>'],
  ];
  for (const [one, two] of same) assert.equal(normalize(one), normalize(two));
  const different = [
    ['<pre>a\n b</pre>', '<pre>a b</pre>'],
    ['<p>a b</p>', '<p>ab</p>'],
    ['<p>&lt;</p>', '<p><</p>'.replace('<</p>', '&amp;lt;</p>')],
    ['<em>a</em>', '<strong>a</strong>'],
    ['<a href="x">', '<a href="y">'],
  ];
  for (const [one, two] of different) assert.notEqual(normalize(one), normalize(two));
});

test('all 652 examples of CommonMark 0.31.2', () => {
  assert.equal(spec.tests.length, 652);
  const wrong = [];
  for (const example of spec.tests) {
    const answer = render(tabs(example.markdown), '--commonmark');
    assert.equal(answer.status, 0, answer.stderr);
    if (normalize(answer.stdout) !== normalize(tabs(example.html))) {
      wrong.push({ number: example.number, section: example.section, actual: answer.stdout, expected: example.html });
    }
  }
  assert.deepEqual(wrong, []);
});

test('our dialect where no flag turns it off', () => {
  const cases = [
    ['これは**「重要」**です', '<p>これは<strong>「重要」</strong>です</p>'],
    ['~~旧規定。~~削除', '<p><del>旧規定。</del>削除</p>'],
    ['日本語の\n文', '<p>日本語の文</p>'],
    ['{脆弱|ぜいじゃく}', '<p><ruby>脆弱<rp>（</rp><rt>ぜいじゃく</rt><rp>）</rp></ruby></p>'],
    ['令和8年4月1日', '<p><time datetime="2026-04-01">令和8年4月1日</time></p>'],
  ];
  for (const [markdown, expected] of cases) {
    assert.equal(normalize(render(markdown).stdout), expected);
    assert.notEqual(normalize(render(markdown, '--commonmark').stdout), expected);
  }
});

test('mistakes of the text go to stderr with their places', () => {
  const answer = render('## 見出し\n\n2026年2月30日\n');
  assert.equal(answer.status, 1);
  assert.match(answer.stdout, /<p>2026年2月30日<\/p>/);
  assert.match(answer.stderr, /エラー\[heading-id\].*\n {2}--> text\.md:1:1/);
  assert.match(answer.stderr, /エラー\[date\].*\n {2}--> text\.md:3:1/);
});
