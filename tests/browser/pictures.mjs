// The pictures of the README, taken from the built sites: `node tests/browser/pictures.mjs`
// after `cargo xtask build`. Look at them before you commit them.

import path from 'node:path';

import { fileAddress, launch } from './lib/browser.mjs';
import { root } from './lib/paths.mjs';
import { DAY, ready } from './lib/self-check.mjs';

const SITES = path.join(root, 'dist');
const docs = (name) => path.join(root, 'docs', name);

const browser = await launch();
const page = await browser.newPage({ viewport: { width: 1100, height: 760 }, locale: 'ja-JP' });
await page.clock.setFixedTime(DAY);

await page.goto(fileAddress(SITES, 'intranet/home.html'));
await page.screenshot({ path: docs('home.png') });

await page.setViewportSize({ width: 1400, height: 900 });
await page.goto(fileAddress(SITES, 'intranet/org/chart.html'));
await page.locator('.figure--org-chart .figure__scroll').screenshot({ path: docs('chart.png') });

await page.goto(fileAddress(SITES, 'intranet/check/self-check.html'));
await ready(page);
await page.getByRole('button', { name: '番号なしで試す' }).click();
const question = page.locator('[data-question]');
await question.getByRole('radio').first().check();
await question.getByRole('button', { name: '回答する' }).click();
await question.locator('.feedback').waitFor();
await question.screenshot({ path: docs('question.png') });

await browser.close();
