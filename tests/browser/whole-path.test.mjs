// The main job, end to end, with the real programs: staff list → letters → the code is read
// from the printed letter → the check in the page → signed file → `tally verify`.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { calculateJwkThumbprint, flattenedVerify, importJWK } from 'jose';

import {
  assertClean,
  assertSameOrigin,
  fileAddress,
  httpAddress,
  launch,
  watchedPage,
} from './lib/browser.mjs';
import { built, content, outFile } from './lib/paths.mjs';
import { acknowledge, answerAll, begin, DAY, download, ready, sign } from './lib/self-check.mjs';
import { serve } from './lib/server.mjs';
import { enrolOffice, verify } from './lib/tally.mjs';

const PAGE = 'intranet/check/self-check.html';

let browser;
let office;
before(async () => {
  browser = await launch();
  office = await enrolOffice(browser);
});
after(async () => {
  await browser?.close();
});

test('plain http, by a host name that is not localhost', async (t) => {
  const server = await serve(built);
  t.after(() => server.close());
  const person = office.people[0];
  const address = httpAddress(server, PAGE);
  const { file, name } = await check(t, address, person, 'http', () => server.log.length);
  assert.ok(server.log.every((request) => request.status === 200), JSON.stringify(server.log));

  assert.match(name, /^r8-[A-Za-z0-9_-]{8}\.selfcheck\.json$/);
  const accepted = verify(office, file);
  assert.equal(accepted.status, 0, accepted.stdout + accepted.stderr);
  assert.match(accepted.stdout, /^受理 1 件、受付不可 0 件$/m);

  await independently(file, person);
  changedByteIsRejected(file);
});

test('a shared folder (file://), with another person', async (t) => {
  const person = office.people[1];
  const { file } = await check(t, fileAddress(built, PAGE), person, 'file');
  const accepted = verify(office, file);
  assert.equal(accepted.status, 0, accepted.stdout + accepted.stderr);
});

test('a server that does not know the type of Wasm', async (t) => {
  const server = await serve(built, { wasmType: 'application/octet-stream' });
  t.after(() => server.close());
  const watched = await watchedPage(t, browser);
  await watched.page.goto(httpAddress(server, PAGE));
  await ready(watched.page);
  assertSameOrigin(watched, httpAddress(server, PAGE));
});

test('a wrong letter in the code is found before the check begins', async (t) => {
  const watched = await watchedPage(t, browser);
  await watched.page.clock.setFixedTime(DAY);
  await watched.page.goto(fileAddress(built, PAGE));
  await ready(watched.page);
  const { number, code } = office.people[0];
  const last = code.at(-1) === '0' ? '1' : '0';
  await begin(watched.page, { number, code: code.slice(0, -1) + last });
  await watched.page.getByText('番号とコードが合いません').waitFor();
  assertClean(watched);
});

/** The whole check in a page of its own; the file lies in `out/` afterwards. */
async function check(t, address, person, label, requestsServed = () => 0) {
  const watched = await watchedPage(t, browser);
  const { page } = watched;
  await page.clock.setFixedTime(DAY);
  await page.goto(address);
  await ready(page);
  const loaded = watched.requests().length;
  const served = requestsServed();
  await page.screenshot({ path: outFile(`${label}-start.png`), fullPage: true });

  await begin(page, person);
  const total = await answerAll(page);
  assert.equal(total, questionsOf('general'));
  await acknowledge(page);
  await page.screenshot({ path: outFile(`${label}-review.png`), fullPage: true });
  await sign(page);
  const file = outFile(`${label}.selfcheck.json`);
  const name = await download(page, file);
  await page.screenshot({ path: outFile(`${label}-result.png`), fullPage: true });

  const later = watched.requests().slice(loaded);
  assert.deepEqual(later, [], 'after load no request leaves the page');
  assert.equal(requestsServed(), served, 'the server sees none either');
  assertSameOrigin(watched, address);
  assertClean(watched);
  const text = readFileSync(file, 'utf8');
  assert.ok(!text.includes(person.code), 'the code is not in the file');
  return { file, name };
}

/** How many questions the frozen set of a role has. */
function questionsOf(role) {
  const file = path.join(content, 'archive', 'r8', `set-${role}.json`);
  return JSON.parse(readFileSync(file, 'utf8')).questions.length;
}

/** jose, which shares no line with us, accepts the signature under the roster's key. */
async function independently(file, person) {
  const jws = JSON.parse(readFileSync(file, 'utf8'));
  const roster = JSON.parse(readFileSync(office.roster, 'utf8'));
  const [key] = roster.people.find(({ sub }) => sub === person.number).keys;
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: key.x };
  const verified = await flattenedVerify(jws, await importJWK(jwk, 'Ed25519'));
  assert.equal(verified.protectedHeader.kid, await calculateJwkThumbprint(jwk));
  const payload = JSON.parse(new TextDecoder().decode(verified.payload));
  assert.equal(payload.sub, person.number);
  assert.equal(payload.answers.length, questionsOf('general'));
}

function changedByteIsRejected(file) {
  const jws = JSON.parse(readFileSync(file, 'utf8'));
  const payload = Buffer.from(jws.payload, 'base64url').toString('utf8');
  const changed = payload.replace(/"a":\["a"\]/, '"a":["b"]');
  assert.notEqual(changed, payload);
  jws.payload = Buffer.from(changed, 'utf8').toString('base64url');
  const forged = outFile('forged.selfcheck.json');
  writeFileSync(forged, JSON.stringify(jws));
  const rejected = verify(office, forged);
  assert.equal(rejected.status, 1, rejected.stdout + rejected.stderr);
  assert.match(rejected.stdout, /署名/);
}
