// Result files made without a line of ours: the code is read off the printed letter, the key is
// derived with Node's own HKDF and Ed25519, npm jose signs, and `tally` judges.
//
// An attacker with a code of their own can sign whatever they like. So most of these files carry a
// good signature, and what is wrong is what was signed.

import assert from 'node:assert/strict';
import { createHash, createPrivateKey, createPublicKey, hkdfSync, randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { before, test } from 'node:test';

import { calculateJwkThumbprint, FlattenedSign, importJWK } from 'jose';

import { content, run, temporaryFolder } from './lib/paths.mjs';

const STAFF = `職員番号,氏名,部局コード,部局,所属コード,所属,役割,対象
000123,見本　一郎,10,総務部,1001,IT推進課,,
000124,見本　二郎,10,総務部,1001,IT推進課,,
`;
const TYPE = 'selfcheck-result+jws';

const folder = temporaryFolder('jose');
const at = (...names) => path.join(folder, ...names);
let set;
let setHash;
let people;

before(async () => {
  // The real questions, in a campaign that is over, so that a report can be written.
  cpSync(path.join(content, 'archive'), at('archive'), { recursive: true });
  for (const name of readdirSync(at('archive', 'r8')).filter((name) => name.startsWith('set-'))) {
    const text = readFileSync(at('archive', 'r8', name), 'utf8');
    const over = text
      .replace(/"opens":"[^"]*"/, '"opens":"2026-10-01"')
      .replace(/"closes":"[^"]*"/, '"closes":"2026-10-30"')
      .replace(/"grace_days":\d+/, '"grace_days":30000');
    writeFileSync(at('archive', 'r8', name), over);
  }
  const bytes = readFileSync(at('archive', 'r8', 'set-general.json'));
  set = JSON.parse(bytes);
  setHash = createHash('sha256').update(bytes).digest('hex');

  writeFileSync(at('staff.csv'), STAFF);
  const enrolled = tally('enrol', '--staff', 'staff.csv', '--letters', 'letters.html', '--org', 'ageo');
  assert.equal(enrolled.status, 0, enrolled.stdout + enrolled.stderr);
  people = await Promise.all(lettersOf(readFileSync(at('letters.html'), 'utf8')).map(keyOf));
  assert.equal(people.length, 2);
});

test('the key derived here is the one of the roster', () => {
  const roster = JSON.parse(readFileSync(at('roster.json'), 'utf8'));
  for (const { sub, jwk, kid } of people) {
    const [key] = roster.people.find((person) => person.sub === sub).keys;
    assert.deepEqual({ x: key.x, kid: key.kid }, { x: jwk.x, kid });
  }
});

test('a false claimed score: counted by its answers, and listed', async () => {
  const [honest, liar] = people;
  const good = payloadOf(honest.sub, 'right');
  const wrong = payloadOf(liar.sub, 'wrong');
  wrong.claimed = good.claimed;
  assert.notDeepEqual(graded(wrong.answers), good.claimed);
  await put('inbox', 'honest', honest, good);
  await put('inbox', 'liar', liar, wrong);

  const verified = JSON.parse(tally('verify', '--archive', 'archive', '--json', 'inbox').stdout);
  const flags = verified.files.map(({ outcome, flags }) => [outcome, flags.map(({ code }) => code)]);
  assert.deepEqual(flags, [['accepted', []], ['accepted', ['claim-differs']]]);

  const args = ['--archive', 'archive', '--ledger', 'r8.jsonl'];
  const collected = tally('collect', ...args, '--inbox', 'inbox');
  assert.equal(collected.status, 0, collected.stdout + collected.stderr);
  assert.match(collected.stdout, /^受理 {6}inbox\/liar\.json .*\n {2}注意: .*\[claim-differs\]$/m);
  assert.doesNotMatch(collected.stdout, /honest/);
  assert.match(collected.stdout, /新しく受理 2 件/);

  for (const [name, payload] of [['honest', good], ['liar', wrong]]) {
    const { points, max } = graded(payload.answers);
    const shown = tally(
      'show', `inbox/${name}.json`, '--archive', 'archive', '--purpose', '試験のため', '--log', 'log.jsonl');
    assert.equal(shown.status, 0, shown.stderr);
    assert.ok(shown.stdout.includes(`\n得点 ${Math.floor((100 * points) / max)}%\n`), shown.stdout);
  }

  const reported = tally('report', ...args, '--files', 'inbox', '--out', 'report');
  assert.ok(reported.status < 2, reported.stdout + reported.stderr);
  const lists = textFilesBelow(at('report')).filter((text) => text.includes('表示された得点が回答と合いません'));
  assert.ok(lists.length > 0, 'the report lists the claim');
});

test('the three members may stand in any order', async () => {
  const [person] = people;
  const { payload, protected: header, signature } = await signed(person, text(payloadOf(person.sub, 'right')));
  const outer = JSON.stringify({ signature, payload, protected: header }, null, 2);
  assert.deepEqual(judge({ 'other-order': outer }), { 'other-order': 'accepted' });
});

test('well signed, and not what was agreed', async () => {
  const [person, colleague] = people;
  const good = text(payloadOf(person.sub, 'right'));
  const points = /"points":\d+/;
  const changes = {
    // Members twice: readers differ in which one they take.
    'v-twice': [good.replace('"v":1', '"v":1,"v":1'), 'payload-format'],
    'sub-twice': [good.replace(/"sub":"\d+"/, `$&,"sub":"${colleague.sub}"`), 'payload-format'],
    'answer-twice': [good.replace(/"a":\["\w+"/, '"a":["a"],$&'), 'payload-format'],
    'escaped-name-twice': [good.replace('"v":1', '"v":1,"\\u0076":1'), 'payload-format'],
    'unknown-member': [good.replace('"v":1', '"v":1,"__proto__":{}'), 'payload-format'],
    // Numbers that become others on the way.
    'beyond-float': [good.replace(points, '"points":1e400'), 'payload-format'],
    'beyond-2-to-the-64': [good.replace(points, '"points":18446744073709551617'), 'payload-format'],
    'a-thousand-digits': [good.replace(points, `"points":${'9'.repeat(1000)}`), 'payload-format'],
    'above-32-bits': [good.replace(points, '"points":4294967296'), 'payload-format'],
    'negative-zero': [good.replace(points, '"points":-0'), 'payload-format'],
    'whole-float': [good.replace(points, '"points":1000.0'), 'payload-format'],
    'exponent': [good.replace(points, '"points":1e3'), 'payload-format'],
    'leading-zero': [good.replace(points, '"points":01000'), 'payload-format'],
    'nan': [good.replace(points, '"points":NaN'), 'payload-format'],
    'version-float': [good.replace('"v":1', '"v":1.0'), 'payload-format'],
    'version-huge': [good.replace('"v":1', '"v":18446744073709551615'), 'version'],
    // Escapes: the same text in other bytes, or text that is none.
    'escaped-letter': [good.replace('"ageo"', '"\\u0061geo"'), 'not-canonical'],
    'escaped-slash': [good.replace('policy/basic', 'policy\\/basic'), 'not-canonical'],
    'lone-surrogate': [good.replace('"ageo"', '"\\ud800"'), 'payload-format'],
    'turned-surrogates': [good.replace('"ageo"', '"\\udc00\\ud800"'), 'payload-format'],
    'escaped-zero': [good.replace('"ageo"', '"ageo\\u0000"'), 'payload-format'],
    'full-width': [good.replace('"ageo"', '"ａｇｅｏ"'), 'payload-format'],
    'bidi-mark': [good.replace('"ageo"', '"\u202eageo"'), 'payload-format'],
    'unfinished-escape': [good.replace('"ageo"', '"ageo\\u00"'), 'payload-format'],
    // Shape.
    'line-end': [`${good}\n`, 'not-canonical'],
    'zero-byte': [`${good}\0`, 'payload-format'],
    'byte-order-mark': [`\ufeff${good}`, 'payload-format'],
    'comment': [good.replace('{', '{/**/'), 'payload-format'],
    'deep': [good.replace(points, `"points":${'['.repeat(5000)}${']'.repeat(5000)}`), 'payload-format'],
    'not-an-object': [JSON.stringify(Object.values(JSON.parse(good))), 'not-canonical'],
    // Other people's.
    'of-a-colleague': [text(payloadOf(colleague.sub, 'right')), 'other-person'],
    'nonce-of-elsewhere': [good.replace(/"nonce":"../, '"nonce":"00'), 'campaign'],
  };
  const files = {};
  for (const [name, [payload]] of Object.entries(changes)) {
    assert.notEqual(payload, good, name);
    files[name] = JSON.stringify(await signed(person, payload));
  }
  const expected = Object.fromEntries(Object.entries(changes).map(([name, [, code]]) => [name, code]));
  assert.deepEqual(judge(files), expected);
});

test('what jose can sign in other ways', async () => {
  const [person] = people;
  const good = text(payloadOf(person.sub, 'right'));
  const { kid } = person;
  const headers = {
    'deprecated-name': { alg: 'EdDSA', kid, typ: TYPE },
    'other-order': { typ: TYPE, alg: 'Ed25519', kid },
    'other-type': { alg: 'Ed25519', kid, typ: 'JWT' },
    'without-type': { alg: 'Ed25519', kid },
    'own-key': { alg: 'Ed25519', kid, typ: TYPE, jwk: { kty: 'OKP', crv: 'Ed25519', x: person.jwk.x } },
    'more': { alg: 'Ed25519', kid, typ: TYPE, cty: 'json' },
    'unencoded': { alg: 'Ed25519', kid, typ: TYPE, b64: false, crit: ['b64'] },
  };
  const files = {};
  for (const [name, header] of Object.entries(headers)) {
    const jws = await signed(person, good, header);
    files[name] = JSON.stringify({ ...jws, payload: jws.payload ?? Buffer.from(good).toString('base64url') });
  }
  const expected = Object.fromEntries(Object.keys(headers).map((name) => [name, 'protected-header']));
  const signer = sign(good, { alg: 'Ed25519', kid, typ: TYPE });
  const unprotected = await signer.setUnprotectedHeader({ note: '100%' }).sign(person.key);
  files.unprotected = JSON.stringify(unprotected);
  expected.unprotected = 'outer-format';
  assert.deepEqual(judge(files), expected);
});

function tally(command, ...args) {
  return run('tally', [command, '--roster', 'roster.json', ...args], { cwd: folder });
}

/** Judges files by name; returns the reason code of each, or `accepted`. */
function judge(files) {
  const inbox = temporaryFolder('jose-inbox');
  for (const [name, content] of Object.entries(files)) writeFileSync(path.join(inbox, name), content);
  const { status, stdout } = tally('verify', '--archive', 'archive', '--json', inbox);
  const report = JSON.parse(stdout);
  assert.equal(status, report.rejected > 0 ? 1 : 0);
  return Object.fromEntries(
    report.files.map(({ file, code }) => [path.basename(file), code ?? 'accepted']),
  );
}

/** Numbers and codes as they stand on the paper. */
function lettersOf(html) {
  return html.split('<section').slice(1).map((letter) => {
    const words = letter.replace(/<[^>]*>/g, ' ');
    return {
      sub: words.match(/職員番号\s+(\w+)/)[1],
      code: words.match(/[0-9A-Z]{4}(?:-[0-9A-Z]{4}){6}/)[0],
    };
  });
}

/** Section 2 of the format, written once more. */
async function keyOf({ sub, code }) {
  const seed = Buffer.from(
    hkdfSync('sha256', codeBytes(code), 'tenken/enrol/v1', ['ed25519', 'ageo', sub].join('\0'), 32),
  );
  const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  const secret = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
  const jwk = createPublicKey(secret).export({ format: 'jwk' });
  const key = await importJWK({ ...jwk, d: seed.toString('base64url') }, 'Ed25519');
  return { sub, jwk, key, kid: await calculateJwkThumbprint(jwk) };
}

function codeBytes(printed) {
  const letters = [...printed.replaceAll('-', '')].slice(0, 24);
  const bits = letters.map((letter) => '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.indexOf(letter));
  const text = bits.map((value) => value.toString(2).padStart(5, '0')).join('');
  return Buffer.from(text.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
}

function sign(payload, header) {
  return new FlattenedSign(new TextEncoder().encode(payload)).setProtectedHeader(header);
}

function signed(person, payload, header = { alg: 'Ed25519', kid: person.kid, typ: TYPE }) {
  const options = header.crit ? { crit: { b64: true } } : {};
  return sign(payload, header).sign(person.key, options);
}

async function put(inbox, name, person, payload) {
  mkdirSync(at(inbox), { recursive: true });
  writeFileSync(at(inbox, `${name}.json`), JSON.stringify(await signed(person, text(payload))));
}

function text(payload) {
  return JSON.stringify(payload);
}

/** A payload whose answers are all right, or all wrong, with the claim that belongs to them. */
function payloadOf(sub, how) {
  const answers = set.questions.map((question) => ({ q: question.id, a: picked(question, how) }));
  return {
    v: 1,
    jti: randomBytes(16).toString('base64url'),
    org: 'ageo',
    sub,
    role: 'general',
    campaign: { id: set.campaign.id, nonce: set.campaign.nonce },
    set: { sha256: setHash },
    app: { version: '0.1.0', site: '2026.11.16' },
    started: '2026-10-20T10:02:11+09:00',
    finished: '2026-10-20T10:20:00+09:00',
    answers,
    ack: set.acknowledgements.map(({ page, sha256 }) => ({ page, sha256, decision: 'accept' })),
    claimed: graded(answers),
  };
}

function picked(question, how) {
  if (question.kind === 'practice') return [how === 'right' ? 'yes' : 'no'];
  const wanted = question.choices.filter(({ correct }) => correct === (how === 'right'));
  const ids = wanted.map(({ id }) => id);
  return question.kind === 'multiple' ? ids : ids.slice(0, 1);
}

/** Section 5 of the format, written once more. */
function graded(answers) {
  const categories = set.categories.map(({ id }) => ({ id, points: 0, max: 0 }));
  for (const [index, question] of set.questions.entries()) {
    const { a } = answers[index];
    const category = categories.find(({ id }) => id === question.category);
    const max = a[0] === 'na' ? 0 : 1000 * question.weight;
    category.max += max;
    category.points += Math.floor(max * share(question, a));
  }
  const sum = (member) => categories.reduce((total, category) => total + category[member], 0);
  return { points: sum('points'), max: sum('max'), categories };
}

function share(question, a) {
  if (question.kind === 'practice') return a[0] === 'yes' ? 1 : 0;
  const key = question.choices.filter(({ correct }) => correct).map(({ id }) => id);
  const right = a.filter((id) => key.includes(id)).length;
  return Math.max(0, right - (a.length - right)) / key.length;
}

function textFilesBelow(place) {
  return readdirSync(place).flatMap((name) => {
    const file = path.join(place, name);
    if (statSync(file).isDirectory()) return textFilesBelow(file);
    return /\.(html|csv|json|md)$/.test(name) ? [readFileSync(file, 'utf8')] : [];
  });
}
