// `tally` as an office uses it: enrol from a staff list, hand out letters, judge files.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { fileAddress } from './browser.mjs';
import { content, run, temporaryFolder } from './paths.mjs';

const STAFF = `職員番号,氏名,部局コード,部局,所属コード,所属,役割,対象
000123,見本　一郎,10,総務部,1001,IT推進課,,
000124,見本　二郎,10,総務部,1001,IT推進課,,
000125,見本　三郎,10,総務部,1002,総務課,,
`;

/**
 * Enrols a small office and reads numbers and codes off the printed letters, in the browser,
 * as the people who get them do.
 */
export async function enrolOffice(browser) {
  const folder = temporaryFolder('office');
  const staff = path.join(folder, 'staff.csv');
  const roster = path.join(folder, 'roster.json');
  const letters = path.join(folder, 'letters.html');
  writeFileSync(staff, STAFF);
  const args = ['enrol', '--org', 'ageo', '--staff', staff, '--roster', roster];
  const enrolled = run('tally', [...args, '--letters', letters]);
  assert.equal(enrolled.status, 0, enrolled.stdout + enrolled.stderr);
  return { folder, staff, roster, people: await readLetters(browser, folder, letters) };
}

/** `tally verify` on one file. */
export function verify(office, file) {
  const archive = path.join(content, 'archive');
  return run('tally', ['verify', '--roster', office.roster, '--archive', archive, file]);
}

/** The public key that the roster has for a person, the member `x`. */
export function publicKeyOf(office, { number }) {
  const { people } = JSON.parse(readFileSync(office.roster, 'utf8'));
  return people.find(({ sub }) => sub === number).keys.at(-1).x;
}

async function readLetters(browser, folder, letters) {
  const page = await browser.newPage();
  await page.goto(fileAddress(folder, path.relative(folder, letters)));
  const texts = await page.locator('section.letter').allInnerTexts();
  await page.close();
  const people = texts.map((text) => ({
    number: text.match(/職員番号\s+(\d+)/)?.[1],
    code: text.match(/[0-9A-Z]{4}(-[0-9A-Z]{4}){6}/)?.[0],
  }));
  assert.ok(people.length === 3 && people.every(({ number, code }) => number && code), texts.join());
  return people;
}
