// Lighthouse: 100 for accessibility and for best practices on five kinds of page. How fast they
// are belongs to the benchmarks, which measure; a test on a busy machine would only guess.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { KINDS, lighthouse, lighthouseBrowser } from './lib/lighthouse.mjs';
import { built } from './lib/paths.mjs';
import { serve } from './lib/server.mjs';

const CATEGORIES = ['accessibility', 'best-practices'];

let chrome;
let server;
before(async () => {
  chrome = await lighthouseBrowser();
  server = await serve(built);
});
after(async () => {
  await chrome?.kill();
  await server?.close();
});

for (const [kind, page] of Object.entries(KINDS)) {
  test(`Lighthouse gives 100: ${kind}`, async () => {
    // Best practices ask for https anywhere but on this machine itself.
    const report = await lighthouse(chrome, `http://127.0.0.1:${server.port}/${page}`, CATEGORIES);
    for (const category of CATEGORIES) {
      assert.equal(report.scores[category], 100, `${category}: ${report.faults.join('; ')}`);
    }
  });
}
