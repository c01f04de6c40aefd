// Files made in the browser are verified by programs that share no line with us, and a file that
// such a program signed is accepted by our reader.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { hkdfSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { FlattenedSign, calculateJwkThumbprint, flattenedVerify, importJWK } from 'jose';

import { fileAddress, launch, watchedPage } from './lib/browser.mjs';
import { built, outFile, run } from './lib/paths.mjs';
import { acknowledge, answerAll, begin, DAY, download, ready, sign } from './lib/self-check.mjs';
import { enrolOffice, publicKeyOf, verify } from './lib/tally.mjs';

const JWCRYPTO = `
import json, sys
from jwcrypto import jwk, jws
token = jws.JWS()
token.deserialize(open(sys.argv[1], encoding="utf-8").read())
token.verify(jwk.JWK(kty="OKP", crv="Ed25519", x=sys.argv[2]))
print(json.loads(token.payload)["sub"])
`;

let browser;
let office;
let person;
let file;
before(async (t) => {
  browser = await launch();
  office = await enrolOffice(browser);
  [person] = office.people;
  file = outFile('independent.selfcheck.json');
  const watched = await watchedPage({ after: () => {} }, browser);
  const { page } = watched;
  await page.clock.setFixedTime(DAY);
  await page.goto(fileAddress(built, 'intranet/check/self-check.html'));
  await ready(page);
  await begin(page, person);
  await answerAll(page);
  await acknowledge(page);
  await sign(page);
  await download(page, file);
});
after(async () => {
  await browser?.close();
});

test('npm jose verifies it', async () => {
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: publicKeyOf(office, person) };
  const verified = await flattenedVerify(JSON.parse(readFileSync(file, 'utf8')), await importJWK(jwk, 'Ed25519'));
  assert.equal(verified.protectedHeader.kid, await calculateJwkThumbprint(jwk));
  assert.equal(JSON.parse(new TextDecoder().decode(verified.payload)).sub, person.number);
});

test('PyPI jwcrypto verifies it, and refuses another key', () => {
  const python = process.env.TENKEN_PYTHON ?? 'python3';
  const verified = (key) => execFileSync(python, ['-c', JWCRYPTO, file, key], { encoding: 'utf8', stdio: 'pipe' });
  assert.equal(verified(publicKeyOf(office, person)).trim(), person.number);
  assert.throws(() => verified(publicKeyOf(office, office.people[1])), /InvalidJWSSignature/);
});

test('openssl verifies it with the key that tally exports', () => {
  const { payload, protected: header, signature } = JSON.parse(readFileSync(file, 'utf8'));
  const beside = (name, bytes) => {
    const written = path.join(office.folder, name);
    writeFileSync(written, bytes);
    return written;
  };
  const signed = beside('signed', `${header}.${payload}`);
  const changed = beside('changed', `${header}.${payload.replace(/.$/, 'A')}`);
  const sig = beside('signature', Buffer.from(signature, 'base64url'));
  const judged = (number, message) => {
    const pem = run('tally', ['export-pem', '--roster', office.roster, '--person', number]);
    assert.equal(pem.status, 0, pem.stderr);
    const key = beside('key.pem', pem.stdout);
    const args = ['pkeyutl', '-verify', '-pubin', '-inkey', key, '-rawin', '-in', message, '-sigfile', sig];
    try {
      return execFileSync('openssl', args, { encoding: 'utf8', stdio: 'pipe' });
    } catch (error) {
      return `${error.stdout}`;
    }
  };
  assert.match(judged(person.number, signed), /Signature Verified Successfully/);
  assert.match(judged(person.number, changed), /Signature Verification Failure/);
  assert.match(judged(office.people[1].number, signed), /Signature Verification Failure/);
});

/** The seed of FORMAT.md §2 from the printed letter, by Node's own HKDF. */
function seedOf({ number, code }) {
  const letters = [...code.replaceAll('-', '').slice(0, 24)];
  let bits = 0n;
  for (const letter of letters) bits = bits * 32n + BigInt('0123456789ABCDEFGHJKMNPQRSTVWXYZ'.indexOf(letter));
  const bytes = Buffer.from(bits.toString(16).padStart(30, '0'), 'hex');
  return Buffer.from(hkdfSync('sha256', bytes, 'tenken/enrol/v1', `ed25519\0ageo\0${number}`, 32));
}

test('a file that jose signed, as jose writes it, is accepted by our reader', async () => {
  const x = publicKeyOf(office, person);
  const jwk = { kty: 'OKP', crv: 'Ed25519', x, d: seedOf(person).toString('base64url') };
  const { payload } = JSON.parse(readFileSync(file, 'utf8'));
  const kid = await calculateJwkThumbprint(jwk);
  const signed = await new FlattenedSign(Buffer.from(payload, 'base64url'))
    .setProtectedHeader({ alg: 'Ed25519', kid, typ: 'selfcheck-result+jws' })
    .sign(await importJWK(jwk, 'Ed25519'));
  const text = JSON.stringify(signed);
  assert.notDeepEqual(Object.keys(signed), ['payload', 'protected', 'signature'], 'jose has another order');
  const own = outFile('jose.selfcheck.json');
  writeFileSync(own, text);
  const judged = verify(office, own);
  assert.equal(judged.status, 0, judged.stdout + judged.stderr);
});
