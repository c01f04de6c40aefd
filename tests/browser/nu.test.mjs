// The Nu Html Checker on the whole tree, once: it starts a Java machine.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { createRequire } from 'node:module';

import { built, temporaryFolder } from './lib/paths.mjs';

const JAR = createRequire(import.meta.url).resolve('vnu-jar/build/dist/vnu.jar');

/** Errors of every document below `folder`, a line each. */
async function nu(folder) {
  const args = ['-Xss4m', '-jar', JAR, '--errors-only', '--skip-non-html', '--format', 'json', '--exit-zero-always'];
  const { stderr } = await promisify(execFile)('java', [...args, folder], { maxBuffer: 64 * 1024 * 1024 });
  return JSON.parse(stderr).messages.map(
    ({ url, lastLine, message, extract }) =>
      `${path.relative(folder, new URL(url).pathname)}:${lastLine} ${message} ${extract ?? ''}`,
  );
}

test('Nu finds no error in any document of any site', async () => {
  assert.deepEqual(await nu(built), []);
});

test('Nu finds a planted fault', async () => {
  const folder = temporaryFolder('nu');
  mkdirSync(path.join(folder, 'a'));
  writeFileSync(path.join(folder, 'a', 'b.html'), '<!DOCTYPE html><title>t</title><p><ul></ul></p>');
  const found = await nu(folder);
  rmSync(folder, { recursive: true });
  assert.match(found.join('\n'), /^a\/b\.html:1 .*p/);
});
