// `node reading-bench.mjs SITES`: what Lighthouse says of the speed of five kinds of page, as on a
// phone with a slow network, from a server with our settings. Prints a line a kind, which
// `cargo xtask bench reading` reads, and a line for everything that cost points.

import path from 'node:path';

import { KINDS, lighthouse, lighthouseBrowser } from './lib/lighthouse.mjs';
import { serve } from './lib/server.mjs';

const ROUNDS = 3;

const server = await serve(path.resolve(process.argv[2]), { gzip: true });
const chrome = await lighthouseBrowser();
try {
  for (const [kind, page] of Object.entries(KINDS)) {
    const reports = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      reports.push(await lighthouse(chrome, `http://127.0.0.1:${server.port}/${page}`, ['performance']));
    }
    reports.sort((a, b) => a.scores.performance - b.scores.performance);
    const { scores, faults } = reports[Math.floor(ROUNDS / 2)];
    console.log(`points ${scores.performance} ${kind}`);
    for (const fault of faults) console.log(`fault ${kind}: ${fault}`);
  }
} finally {
  await chrome.kill();
  await server.close();
}
