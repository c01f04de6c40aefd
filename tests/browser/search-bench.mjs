// `node search-bench.mjs SITE`: how long queries take in the page of a large site, when what they
// need has been loaded, and what a first one loads. Prints a line a figure, which
// `cargo xtask bench search` reads.

import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

import { httpAddress, launch } from './lib/browser.mjs';
import { numbers } from './lib/search.mjs';
import { serve } from './lib/server.mjs';

const ROUNDS = 7;
const site = path.resolve(process.argv[2]);
const server = await serve(site);
const browser = await launch();
try {
  const queries = drawn(60);
  const page = await browser.newPage();
  const times = [];
  await page.goto(httpAddress(server, 'search.html'));
  await page.waitForFunction(() => window.siteSearch?.data);
  for (const query of queries) {
    const best = await page.evaluate(async ([asked, rounds]) => {
      const { siteSearch } = window;
      await siteSearch.find(asked); // loads whatever may match
      let least = Infinity;
      for (let round = 0; round < rounds; round += 1) {
        const began = performance.now();
        await siteSearch.find(asked, 20);
        least = Math.min(least, performance.now() - began);
      }
      return least;
    }, [query, ROUNDS]);
    times.push([best, query]);
  }
  times.sort(([a], [b]) => a - b);
  const index = readdirSync(path.join(site, 'search'));
  const told = {
    queries: queries.length,
    median_ms: times[Math.floor(times.length / 2)][0],
    slowest_ms: times.at(-1)[0],
    slowest: times.at(-1)[1],
    first_bytes: await firstBytes(queries.slice(0, 12)),
    index_bytes: index.reduce((sum, name) => sum + statSync(path.join(site, 'search', name)).size, 0),
    index_files: index.length,
  };
  for (const [name, value] of Object.entries(told)) console.log(`${name} ${value}`);
} finally {
  await browser.close();
  await server.close();
}

/** Parts of the site's pages of two to fourteen letters, and words from two places together. */
function drawn(count) {
  const random = numbers(1735);
  const pages = readdirSync(site, { recursive: true }).filter((name) => /\/.*\.html$/.test(name)).sort();
  const found = [];
  while (found.length < count) {
    const html = readFileSync(path.join(site, pages[random(pages.length)]), 'utf8');
    const texts = html.match(/<article.*<\/article>/s)?.[0].match(/(?<=<p>)[^<]{16,}/g) ?? [];
    if (!texts.length) continue;
    const part = () => {
      const text = texts[random(texts.length)];
      const start = random(text.length - 14);
      return text.slice(start, start + 2 + random(13)).replace(/\s/g, '');
    };
    found.push(found.length % 5 === 4 ? `${part()} ${part()}` : part());
  }
  return found;
}

/** The most that a first query loads, compressed as a server would. */
async function firstBytes(queries) {
  let most = 0;
  for (const query of queries) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(httpAddress(server, 'index.html'));
    await page.locator('.site-search').waitFor();
    server.log.length = 0;
    await page.locator('.site-search input').fill(query);
    await page.locator('[role=status]').filter({ hasText: /./ }).waitFor();
    const scripts = server.log.map(({ path: name }) => name).filter((name) => name.endsWith('.js'));
    const bytes = scripts.map((name) => gzipSync(readFileSync(path.join(site, name))).length);
    most = Math.max(most, bytes.reduce((sum, one) => sum + one, 0));
    await context.close();
  }
  return most;
}
