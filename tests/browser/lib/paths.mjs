// Where things are. `cargo xtask test` says so by environment; by hand
// (`node --test whole-path.test.mjs`) the usual places are taken.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));

export const root = path.resolve(here, '..', '..', '..');
const target = path.resolve(root, process.env.CARGO_TARGET_DIR ?? 'target');

export const content = path.join(root, 'content');
/** All sites, built from `content/`. */
export const built = process.env.TENKEN_SITE ?? path.join(target, 'test-site');
export const widget = process.env.TENKEN_WIDGET ?? path.join(target, 'widget-pkg');
/** Screenshots and downloads to look at; ignored by git. */
export const out = path.join(root, 'tests', 'browser', 'out');

const binaries = process.env.TENKEN_BIN ?? path.join(target, 'release');

/** The path of one of our programs, for those that keep running. */
export function program(name) {
  return path.join(binaries, name);
}

/** Runs one of our programs; returns `{ status, stdout, stderr }` whatever it says. */
export function run(program, args, options = {}) {
  try {
    const stdout = execFileSync(path.join(binaries, program), args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 64 * 1024 * 1024,
      ...options,
    });
    return { status: 0, stdout, stderr: '' };
  } catch (error) {
    if (error.status === null || error.status === undefined) throw error;
    return { status: error.status, stdout: error.stdout, stderr: error.stderr };
  }
}

/** Builds every site of a content folder into `to`. */
export function buildSites(from, to) {
  const args = ['build', '--content', from, '--public', path.join(root, 'public')];
  return run('site-gen', [...args, '--widget', widget, '--out', to]);
}

/** A new empty folder that the operating system will clear away. */
export function temporaryFolder(name) {
  return mkdtempSync(path.join(tmpdir(), `tenken-${name}-`));
}

/** A file below `out/`. */
export function outFile(name) {
  mkdirSync(out, { recursive: true });
  return path.join(out, name);
}

/** The names of the built sites. */
export function siteNames() {
  // Beside the sites lies a folder for those who run a web server; it has no pages.
  return folders(built).filter((name) => existsSync(path.join(built, name, 'index.html')));
}

/** The pages of one built site that are there to be read, as paths inside it. */
export function pagesOf(site) {
  return documentsOf(site).filter((name) => !isSignpost(site, name));
}

/** Documents that only lead on to a page, such as `index.html`. */
export function signpostsOf(site) {
  return documentsOf(site).filter((name) => isSignpost(site, name));
}

/** All HTML documents of one built site. */
export function documentsOf(site) {
  const found = [];
  const walk = (folder) => {
    const entries = readdirSync(path.join(built, site, folder), { withFileTypes: true });
    for (const entry of entries) {
      const name = path.posix.join(folder, entry.name);
      if (entry.isDirectory()) walk(name);
      else if (name.endsWith('.html')) found.push(name);
    }
  };
  walk('');
  return found.sort();
}

function isSignpost(site, name) {
  return readFileSync(path.join(built, site, name), 'utf8').includes('http-equiv="refresh"');
}

function folders(folder) {
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort();
}
