// A content folder of any size, put together from the sentences of `content/`: real Japanese, so
// that pairs of letters are as common as they are.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { content } from './paths.mjs';
import { numbers } from './search.mjs';

const SITE = `[organization]
id = "test"
name = "試験市"
[[navigation]]
folder = ""
title = "はじめに"
[[sites]]
id = "intranet"
level = "intranet"
title = "試験市 庁内"
label = "庁内"
home = "home"
report = "home"
`;

const head = (title, summary) => `+++
title = "${title}"
summary = "${summary}"
owner = "IT推進課 担当"
layer = "解説"
review_due = 2030-03-31
+++

`;

/** Writes `pages` pages of about `letters` letters each; the same numbers give the same bytes. */
export function writeCorpus(folder, { pages, letters }) {
  const sentences = realSentences();
  const random = numbers(20261124);
  const write = (name, text) => {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  write('site.toml', SITE);
  write('data/organization.toml', '[[boxes]]\nid = "ciso"\ntitle = "最高責任者"\nholder = "副市長"\n[[sections]]\nname = "IT推進課"\n');
  write('pages/home.md', `${head('トップ', '試験のページ。')}試験です。\n`);
  for (let page = 0; page < pages; page += 1) {
    let text = head(`通知第${page}号`, `第${page}号の内容。`);
    for (let section = 1; text.length < letters; section += 1) {
      text += `## 第${section}節 ${code(random)} {#part-${section}}\n\n`;
      for (let line = 0; line < 8; line += 1) text += `${sentences[random(sentences.length)]}。\n\n`;
    }
    write(`pages/part-${Math.floor(page / 100)}/page-${page}.md`, text);
  }
}

/** Three kanji in an order that stands nowhere else, as a name would. */
function code(random) {
  return String.fromCharCode(...[0, 0, 0].map(() => 0x4e00 + random(0x3000)));
}

/** Sentences without any markup. */
function realSentences() {
  const texts = readdirSync(path.join(content, 'pages'), { recursive: true })
    .filter((name) => name.endsWith('.md')).sort()
    .map((name) => readFileSync(path.join(content, 'pages', name), 'utf8').split('+++\n')[2] ?? '');
  const lines = texts.join('\n').split(/[\n。]/).map((line) => line.trim());
  return [...new Set(lines.filter((line) => /^[ぁ-んァ-ヶー一-龠、A-Z0-9「」]{8,60}$/.test(line)))];
}
