// Chromium, and pages that are watched: whatever goes wrong in one, and whatever it asks the
// network for, is written down, so that a test can insist on silence.

import { accessSync } from 'node:fs';
import assert from 'node:assert/strict';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { chromium } from 'playwright-core';

/** A host name that is not localhost: no secure context, as on a plain http intranet. */
export const HOST = 'intra.test';

/** How Chromium is started wherever it is started. */
export const ARGUMENTS = [
  '--no-sandbox', // CI runs as root
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--host-resolver-rules=MAP ${HOST} 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1`,
];

export function launch() {
  return chromium.launch({ executablePath: findChromium(), args: ARGUMENTS });
}

/** The address of a page of a built site on a server of `lib/server.mjs`. */
export function httpAddress(server, page) {
  return `http://${HOST}:${server.port}/${page}`;
}

/** The address of the same page, opened from a shared folder. */
export function fileAddress(folder, page) {
  return pathToFileURL(path.join(folder, page)).href;
}

/** Opens a page that is watched from its first byte; it closes when the test `t` is over. */
export async function watchedPage(t, browser, options = {}) {
  const context = await browser.newContext({
    locale: 'ja-JP',
    timezoneId: 'Asia/Tokyo',
    acceptDownloads: true,
    ...options,
  });
  t.after(() => context.close());
  const problems = [];
  const requests = [];
  context.on('request', (request) => requests.push(request.url()));
  context.on('requestfailed', (request) => {
    const why = request.failure()?.errorText;
    // Cut off because the test went on to another page.
    if (why !== 'net::ERR_ABORTED') problems.push(`request failed: ${request.url()} ${why}`);
  });
  context.on('weberror', (error) => problems.push(`error: ${error.error().stack}`));
  context.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()}`);
  });
  await context.exposeBinding('reportViolation', (_, text) => problems.push(`csp: ${text}`));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      window.reportViolation(`${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  return { page, problems, requests: () => requests.filter(leavesThePage) };
}

/** Fails with everything that went wrong in a watched page. */
export function assertClean(watched) {
  assert.deepEqual(watched.problems, [], 'nothing goes wrong in the page');
}

/** Every request so far went to the origin (or folder) that `address` lies in. */
export function assertSameOrigin(watched, address) {
  const { origin, protocol } = new URL(address);
  const foreign = watched.requests().filter((url) => {
    const to = new URL(url);
    return protocol === 'file:' ? to.protocol !== 'file:' : to.origin !== origin;
  });
  assert.deepEqual(foreign, [], 'no request goes to another origin');
}

/** `data:` and `blob:` addresses are bytes the page already has. */
function leavesThePage(url) {
  return !/^(data|blob|about):/.test(url);
}

/** The Chromium on PATH. */
export function findChromium() {
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
    for (const name of names) {
      try {
        accessSync(path.join(folder, name));
        return path.join(folder, name);
      } catch {
        // not here
      }
    }
  }
  throw new Error('no Chromium on PATH; `cargo xtask setup` installs it');
}
