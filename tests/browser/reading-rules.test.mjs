// Our own look at every page: what no tool objects to and a reader would. One test a rule and
// site; each lists every place at fault.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { assertClean, httpAddress, launch, watchedPage } from './lib/browser.mjs';
import { cutOff } from './lib/layout.mjs';
import { built, pagesOf, siteNames } from './lib/paths.mjs';
import { serve } from './lib/server.mjs';

let browser;
let server;
before(async () => {
  browser = await launch();
  server = await serve(built);
});
after(async () => {
  await browser?.close();
  await server?.close();
});

/** A rule sees a page in the browser and returns what is wrong, a line each. */
const RULES = {
  'one h1, and no level of heading is jumped over': () => {
    const levels = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map((h) => Number(h.localName[1]));
    const found = [];
    if (levels.filter((level) => level === 1).length !== 1) found.push(`h1: ${levels.join(' ')}`);
    // What stands before the h1 (a banner, a menu) is not part of the page's outline.
    const outline = levels.slice(levels.indexOf(1));
    outline.forEach((level, at) => {
      if (at > 0 && level > outline[at - 1] + 1) found.push(`h${outline[at - 1]} → h${level}`);
    });
    return found;
  },
  'language, title and description are there': () => {
    const found = [];
    if (!/^(ja|en)$/.test(document.documentElement.lang)) found.push(`lang="${document.documentElement.lang}"`);
    if (document.title.trim().length < 4) found.push(`title: ${document.title}`);
    const description = document.querySelector('meta[name="description"]')?.content ?? '';
    if (description.trim().length < 8) found.push(`description: ${description}`);
    return found;
  },
  'a link says where it leads': () => {
    const vague = /^(ここ|こちら|こちらへ|詳しくは|詳しくはこちら|詳細|リンク|もっと見る|続き|here|click here|more|read more|link)$/i;
    return [...document.querySelectorAll('main a[href], aside a[href], footer a[href]')]
      .map((a) => a.getAttribute('aria-label') ?? a.textContent.trim())
      .filter((text) => vague.test(text) || text === '');
  },
  'links of one text in one block lead to one place': () => {
    const found = [];
    for (const block of document.querySelectorAll('main p, main li, main td')) {
      const seen = new Map();
      for (const a of block.querySelectorAll('a[href]')) {
        const text = a.getAttribute('aria-label') ?? a.textContent.trim();
        if (seen.has(text) && seen.get(text) !== a.href) found.push(text);
        seen.set(text, a.href);
      }
    }
    return found;
  },
  'a picture has a text that is no file name': () =>
    [...document.querySelectorAll('img')]
      .filter((img) => !img.hasAttribute('alt') || /\.(png|jpe?g|gif|svg|webp)$/i.test(img.alt))
      .map((img) => img.outerHTML.slice(0, 80)),
  'a drawing has a name or is hidden': () =>
    [...document.querySelectorAll('svg')]
      .filter((svg) => svg.getAttribute('aria-hidden') !== 'true')
      .filter((svg) => {
        const ids = (svg.getAttribute('aria-labelledby') ?? '').split(/\s+/).filter(Boolean);
        const named = ids.length > 0 && ids.every((id) => document.getElementById(id)?.textContent.trim());
        return !(svg.getAttribute('role') === 'img' && (named || svg.getAttribute('aria-label')));
      })
      .map((svg) => svg.outerHTML.slice(0, 80)),
  'table heads have a scope, tables a name': () => {
    const found = [...document.querySelectorAll('th:not([scope])')].map((th) => th.outerHTML.slice(0, 80));
    for (const table of document.querySelectorAll('main table')) {
      const region = table.closest('[role="group"], [role="region"], section, figure');
      const named = table.caption || table.getAttribute('aria-label') || table.getAttribute('aria-labelledby')
        || region?.getAttribute('aria-label') || region?.getAttribute('aria-labelledby') || region?.querySelector('figcaption');
      if (!named) found.push(table.outerHTML.slice(0, 80));
    }
    return found;
  },
  'no space inside a Japanese word': () => {
    // A space between two kana or kanji splits a word for a screen reader (WCAG F32). Behind the
    // name of an office or a year (上尾市 情報セキュリティ) it parts two names and is meant, and
    // やさしい日本語 parts all its words.
    if (location.pathname.endsWith('.easy.html')) return [];
    const split = /(?<![市課度章])(?<=[\u3041-\u30ff\u4e00-\u9fff]) (?=[\u3041-\u30ff\u4e00-\u9fff])/g;
    const found = [];
    const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.parentElement.closest('script, pre')) continue;
      const text = node.data.replace(/\s+/g, ' ');
      for (const { index } of text.matchAll(split)) found.push(text.slice(Math.max(0, index - 12), index + 12));
    }
    return found;
  },
  'no letter that only some machines know': () => {
    // Private use, half-width kana, squared words and ligatures such as ㈱ and ㌔.
    const odd = /[\ue000-\uf8ff\uff61-\uff9f\u3200-\u321e\u3220-\u3243\u32c0-\u32ff\u3300-\u33ff]/gu;
    return [...document.body.innerText.matchAll(odd)].map(([letter]) => letter);
  },
  'ids are unique and every fragment has its place': () => {
    const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
    const twice = ids.filter((id, at) => ids.indexOf(id) !== at);
    const dead = [...document.querySelectorAll('a[href^="#"]')]
      .map((a) => decodeURIComponent(a.hash.slice(1)))
      .filter((id) => id && !document.getElementById(id));
    return [...twice.map((id) => `twice: ${id}`), ...dead.map((id) => `nowhere: #${id}`)];
  },
  'nothing to press is smaller than 24 px': () => {
    // WCAG 2.5.8, with its exceptions: links inside a text, and controls the browser draws.
    const inText = (element) => {
      const block = element.closest('p, li, dd, dt, td, th, summary, figcaption, label, h1, h2, h3, h4');
      return element.localName === 'a' && block && block.textContent.trim() !== element.textContent.trim();
    };
    const largest = (elements) =>
      elements.map((element) => element.getBoundingClientRect()).sort((a, b) => b.height - a.height)[0];
    return [...document.querySelectorAll('a[href], button, summary, input, select, textarea')]
      .filter((element) => element.checkVisibility() && !inText(element) && !element.closest('.skip-link'))
      // A radio or box is pressed by its label too.
      .map((element) => ({ element, box: largest([element, ...(element.labels ?? [])]) }))
      .filter(({ box }) => box.width > 0 && (box.width < 24 || box.height < 24))
      .filter(({ element }) => !element.matches('.skip-link, .term'))
      .map(({ element, box }) => `${element.outerHTML.slice(0, 60)} ${Math.round(box.width)}×${Math.round(box.height)}`);
  },
};

for (const site of siteNames()) {
  test(`our own rules hold: ${site}`, async (t) => {
    const watched = await watchedPage(t, browser, { viewport: { width: 360, height: 740 } });
    const found = Object.fromEntries(Object.keys(RULES).map((rule) => [rule, []]));
    const titles = new Map();
    for (const name of pagesOf(site)) {
      await watched.page.goto(httpAddress(server, `${site}/${name}`));
      for (const [rule, look] of Object.entries(RULES)) {
        for (const fault of await watched.page.evaluate(look)) found[rule].push(`${name}: ${fault}`);
      }
      const title = await watched.page.title();
      titles.set(title, [...(titles.get(title) ?? []), name]);
    }
    for (const rule of Object.keys(RULES)) {
      await t.test(rule, () => assert.deepEqual(found[rule], []));
    }
    await t.test('titles are unique', () => {
      assert.deepEqual([...titles].filter(([, names]) => names.length > 1), []);
    });
    assertClean(watched);
  });

  // WCAG 1.4.4: twice the text size, by the browser's own setting, and nothing is cut off.
  test(`text at 200 %: ${site}`, async (t) => {
    const watched = await watchedPage(t, browser, { viewport: { width: 1280, height: 800 } });
    const cut = [];
    for (const name of pagesOf(site)) {
      await watched.page.goto(httpAddress(server, `${site}/${name}`));
      await watched.page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
      cut.push(...(await watched.page.evaluate(cutOff)).map((fault) => `${name}: ${fault}`));
    }
    assert.deepEqual(cut, []);
  });

  // WCAG 2.1.1, 2.4.7, 2.4.11: Tab reaches everything, focus is seen and lies under nothing.
  test(`by keyboard, focus is seen and not covered: ${site}`, async (t) => {
    const watched = await watchedPage(t, browser, {
      viewport: { width: 1024, height: 700 },
      reducedMotion: 'reduce',
    });
    const faults = [];
    for (const name of keyboardPages(site)) {
      await watched.page.goto(httpAddress(server, `${site}/${name}`));
      faults.push(...(await walk(watched.page)).map((fault) => `${name}: ${fault}`));
    }
    assert.deepEqual(faults, []);
    assertClean(watched);
  });

  test(`printed to a tagged PDF: ${site}`, async (t) => {
    const watched = await watchedPage(t, browser);
    for (const name of keyboardPages(site)) {
      await watched.page.goto(httpAddress(server, `${site}/${name}`));
      const pdf = (await watched.page.pdf({ tagged: true, outline: true })).toString('latin1');
      assert.match(pdf, /\/Marked true/, `${name} is tagged`);
      assert.match(pdf, /\/Lang\s*\((ja|en)\)/, `${name} says its language`);
      assert.match(pdf, /\/Outlines /, `${name} has an outline`);
    }
  });

  // Forced colours: what is drawn by colour alone would vanish.
  test(`forced colours keep edges and marks: ${site}`, async (t) => {
    const watched = await watchedPage(t, browser, { forcedColors: 'active' });
    for (const name of keyboardPages(site)) {
      await watched.page.goto(httpAddress(server, `${site}/${name}`));
      const lost = await watched.page.evaluate(() =>
        [...document.querySelectorAll('.button, .card, .admonition, .org-box rect')]
          .filter((element) => element.checkVisibility())
          .filter((element) => {
            const style = getComputedStyle(element);
            if (element.localName === 'rect') return style.stroke === style.fill;
            return ['Top', 'Left'].every((side) => parseFloat(style[`border${side}Width`]) === 0);
          })
          .map((element) => element.outerHTML.slice(0, 80)),
      );
      assert.deepEqual(lost, [], name);
    }
  });
}

/** One page of each kind is enough where a walk takes seconds. */
function keyboardPages(site) {
  const wanted = ['home.html', 'people/password.html', 'org/chart.html', 'public/home.html', 'public/phishing.html',
    'glossary.html', 'incident/report.html', 'incident/response-plan.html', 'check/results.html'];
  const pages = pagesOf(site);
  const chosen = wanted.filter((name) => pages.includes(name));
  assert.ok(chosen.length >= 3, `${site} has pages to walk through`);
  return chosen;
}

/** Presses Tab through the whole page. */
async function walk(page) {
  const faults = [];
  const expected = await page.evaluate(() => {
    const all = document.querySelectorAll('a[href], button, summary, input, select, textarea, [tabindex="0"]');
    return [...all].filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.disabled).length;
  });
  let steps = 0;
  for (; steps < expected + 50; steps += 1) {
    await page.keyboard.press('Tab');
    const state = await page.evaluate(async () => {
      const element = document.activeElement;
      if (!element || element === document.body) return null;
      // What follows the focus (a popover) follows it within two frames.
      for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
      const style = getComputedStyle(element);
      const box = [...element.getClientRects()].find((rect) => rect.width > 0 && rect.height > 0);
      const name = element.outerHTML.slice(0, 70);
      if (!box) return { name, fault: 'has no box' };
      if (parseFloat(style.outlineWidth) < 2 && style.boxShadow === 'none') return { name, fault: 'focus is not seen' };
      const at = document.elementFromPoint(box.x + Math.min(box.width / 2, 40), box.y + box.height / 2);
      const covered = at && !(element.contains(at) || at.contains(element));
      return { name, fault: covered ? `lies under ${at.outerHTML.slice(0, 60)}` : null };
    });
    if (!state) break;
    if (state.fault) faults.push(`${state.name} ${state.fault}`);
  }
  if (steps < expected - 2) faults.push(`Tab reached ${steps} of ${expected}`);
  return faults;
}
