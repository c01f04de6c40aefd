'use strict';

// Search in the page: the site's whole text is loaded when the box is first used, folded, and
// looked through. How texts are folded stands in site-gen/src/search/fold.rs, how the index is
// written beside it. `siteSearch` is what the scripts of the index call.
(function () {
  const SHOWN = 20; // results on the page of results, and at each further step
  const SHOWN_IN_BOX = 5;
  const PURSE = 24; // pages
  const ENOUGH = 5; // pages; with fewer, those with all words of the query are told as well
  const WHOLE = 1e9; // what was found as asked, before what was found by its words

  const shift = (by) => (c) => String.fromCharCode(c.charCodeAt(0) + by);

  // With `script`, katakana stay what they are: メール is not める, although めーる may be メール.
  function fold(text, script) {
    const folded = text.normalize('NFKC').toLowerCase()
      .replace(/[^\S\n]|[\x85\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\u{e0100}-\u{e01ef}\-\u2010-\u2015\u2212\u2500ー・※]/gu, '')
      .replace(/[ぁぃぅぇぉァィゥェォ]/g, shift(1)).replace(/[ゕゖ]/g, 'か').replace(/[ヵヶ]/g, 'カ');
    return script === true ? folded : folded.replace(/[ァ-ヴヽヾ]/g, shift(-0x60));
  }

  // The index. --------------------------------------------------------------

  const form = document.querySelector('.site-search');
  const root = form ? form.action : '';
  let data; // as the generator wrote it, pages and terms with their folded texts
  let loading;

  function load(address) {
    return new Promise((resolve, reject) => {
      const script = document.createElement('script');
      script.src = address;
      script.onload = resolve;
      script.onerror = () => reject(new Error(address));
      document.head.append(script);
    });
  }

  function ready() {
    return (loading ??= (data ? Promise.resolve() : load(form.dataset.index)).then(() =>
      data.large && load(new URL(data.large.script, root))));
  }

  const section = ([anchor, heading, text, readings, aside]) => ({
    anchor, heading, text, aside, head: fold(heading), folded: fold(text + '\n' + readings),
  });

  // `all` tells quickly that a page has not got a word.
  function fill(page, sections) {
    page.sections = sections.map(section);
    page.all = [page.folded, ...page.sections.flatMap(({ head, folded }) => [head, folded])].join('\n');
    return page;
  }

  // Finding. ----------------------------------------------------------------

  function count(text, word) {
    let times = 0;
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) times += 1;
    return times;
  }

  // A word as it is looked for: quickly by the folded text, then by its script if it has one.
  // `quick` begins with no mark: an engine looks for the first letter, and 、 is everywhere.
  function wanted(word) {
    const folded = fold(word);
    const quick = folded.replace(/^[^\p{L}\p{N}]+(?=.)/u, '');
    return { folded, quick, script: /[ァ-ヶ]/.test(word.normalize('NFKC')) && fold(word, true) };
  }

  const scripts = new Map();

  function inScript(text) {
    if (!scripts.has(text)) scripts.set(text, fold(text, true));
    return scripts.get(text);
  }

  function times(text, folded, word) {
    if (!folded.includes(word.folded)) return 0;
    return word.script ? count(inScript(text), word.script) : count(folded, word.folded);
  }

  // Title before heading before how often; a section with all words before one with some, and
  // the page's own text before what stands below it.
  function weigh(page, words, plain) {
    const look = (text, folded, word) => (plain ? count(text, word.plain) : times(text, folded, word));
    const found = words.map((word) => look(page.title, page.folded, word) > 0);
    let score = found.filter(Boolean).length * 1e6;
    let parts = page.sections.map((part) => {
      let weight = 0;
      words.forEach((word, nth) => {
        const inHead = look(part.heading, part.head, word);
        const often = look(part.text, part.folded, word);
        if (!inHead && !often) return;
        found[nth] = true;
        weight += 1e4 + (inHead ? 1e3 : 0) + Math.min(often, 99);
      });
      if (part.aside) weight /= 1e5;
      score += weight % 1e4;
      return { part, weight, words: Math.floor(weight / 1e4) };
    }).filter(({ weight }) => weight).sort((a, b) => b.weight - a.weight);
    const most = parts[0]?.words;
    if (most) score += most * 1e5;
    parts = parts.filter(({ words }, nth) => !nth || (words && words === most)).map(({ part }) => part);
    return { page, words, found, score, parts };
  }

  // Pages with every word, or with any; `rest` may have them and has not been read.
  async function look(asked, every, want, plain, purse) {
    const source = api.source;
    const words = asked.map((word) => (plain ? { plain: word } : wanted(word)));
    const pages = source ? await source.pages(plain ? [] : words.map(({ folded }) => folded), every) : data.pages;
    let hits = [];
    let read = 0;
    while (read < pages.length && hits.length < want && purse.pages > 0) {
      const next = source ? pages.slice(read, read + source.step) : pages;
      if (source) {
        purse.pages -= next.filter((page) => !page.sections).length;
        await source.read(next);
      }
      read += next.length;
      for (const page of next) {
        const has = ({ quick }) => plain || page.all.includes(quick);
        if (!(every ? words.every(has) : words.some(has))) continue;
        const hit = weigh(page, words, plain);
        if (every ? hit.found.every(Boolean) : hit.found.some(Boolean)) hits.push(hit);
      }
    }
    if (!every) {
      // A word that few pages have says more.
      const worth = words.map((_, nth) => 1 + Math.log(hits.length / hits.filter(({ found }) => found[nth]).length));
      for (const hit of hits) hit.score += 1e7 * worth.reduce((sum, one, nth) => sum + (hit.found[nth] && one), 0);
    }
    hits = hits.sort((a, b) => b.score - a.score);
    return { hits, rest: pages.length - read };
  }

  // Words without particles: a browser without a dictionary cuts where the script changes.
  function cut(text) {
    const words = typeof Intl !== 'undefined' && Intl.Segmenter
      ? [...new Intl.Segmenter(data.texts.lang, { granularity: 'word' }).segment(text)]
        .filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment)
      : text.match(/[\p{sc=Han}々〇]+|[ァ-ヺー]+|[ぁ-ゖ]+|[a-z0-9]+/giu) || [];
    const strong = words.filter((word) => !/^[ぁ-ゖ]{1,2}$/.test(word));
    return [...new Set(strong.length ? strong : words)].filter(fold);
  }

  // The term a query names, or else the shortest it begins.
  function named(asked) {
    const whole = data.terms.filter(({ names }) => names.includes(asked));
    if (whole.length || asked.length < 2) return whole;
    const rest = ({ names }) => Math.min(...names.filter((name) => name.startsWith(asked)).map(({ length }) => length));
    return data.terms.filter((term) => rest(term) < Infinity).sort((a, b) => rest(a) - rest(b)).slice(0, 1);
  }

  // The query with another word for a term in the place of the one it has.
  function translated(asked) {
    const found = [];
    for (const { term, names } of data.terms) {
      for (const name of names) {
        if (name.length > 2 && name !== names[0] && asked.includes(name)) found.push({ term, asked: asked.replace(name, names[0]) });
      }
    }
    return found;
  }

  const pairs = (text) => [...text].slice(1).map((c, at) => [...text][at] + c);

  function nearest(asked) {
    const wanted = pairs(asked);
    return data.terms.map((term) => {
      // Twice what is common over what there is (Dice).
      const likeness = (name) => {
        const has = pairs(name);
        return (2 * wanted.filter((pair) => has.includes(pair)).length) / (wanted.length + has.length || 1);
      };
      return { term, near: Math.max(...term.names.map(likeness)) };
    }).filter(({ near }) => near > 0.25).sort((a, b) => b.near - a.near).slice(0, 3).map(({ term }) => term);
  }

  // The ladder: as asked; by another word for a term; every word; some words.
  async function find(query, want = Infinity) {
    await ready();
    const text = query.normalize('NFKC').replace(/\s+/g, ' ').trim();
    const asked = fold(text);
    const plain = !asked; // marks only
    const terms = plain ? [] : named(asked);
    const result = { query: query.trim(), terms, rung: 'exact', words: [], hits: [], rest: 0 };
    if (!text) return result;
    // What one answer may load of a large index; a further step loads as much again.
    const purse = { pages: want < Infinity ? PURSE : Infinity };
    // Adds what a rung finds; a page is told once, at its best.
    const step = async (words, every, value) => {
      const { hits, rest } = await look(words, every, want, plain, purse);
      const best = new Map(result.hits.map((hit) => [hit.page, hit]));
      const before = best.size;
      for (const hit of hits) {
        hit.score += value;
        if (!(best.get(hit.page)?.score >= hit.score)) best.set(hit.page, hit);
      }
      result.hits = [...best.values()].sort((a, b) => b.score - a.score);
      result.rest = Math.max(result.rest, rest);
      return hits.length && { more: best.size - before };
    };
    await step([plain ? query.trim() : text], true, WHOLE);
    if (plain) return result;
    // A term that is named by another word, or only begun, is looked for as it is written.
    const isWeak = !result.hits.some(({ page, score }) => score > WHOLE + 1 && page.id !== data.glossary);
    const [term] = terms;
    const others = result.hits.length ? [] : translated(asked);
    if (term && term.names[0] !== asked && (isWeak || term.names.includes(asked))) others.unshift({ term: term.term, asked: term.term });
    for (const other of others) {
      if (await step([other.asked], true, WHOLE)) Object.assign(result, { rung: 'term', words: [other.term] });
    }
    if (result.hits.length >= ENOUGH) return result;
    const parts = text.split(' ').filter(fold);
    const words = cut(text);
    for (const all of [parts, words]) {
      const has = result.hits.length;
      const found = all.length > 1 && (await step(all, true, 0));
      if (!has && found) Object.assign(result, { rung: 'every', words: all });
      else if (found.more) Object.assign(result, { also: all, more: found.more });
    }
    if (result.hits.length) return result;
    const any = [...new Set([...(parts.length > 1 ? parts : []), ...words])].filter((word) => fold(word).length > 1);
    Object.assign(result, { near: nearest(asked), rung: 'none' });
    if (words.length > 1 && any.length && (await step(any, false, 0))) Object.assign(result, { rung: 'some', words: any });
    return result;
  }

  const api = window.siteSearch = {
    fold, find, load, fill, form,
    index(found) {
      data = found;
      data.pages = data.pages.map(([id, title, sections]) => {
        const page = { id, title, folded: fold(title) };
        return sections ? fill(page, sections) : page;
      });
      for (const term of data.terms) term.names = [term.term, ...term.names].map(fold);
      api.data = data;
    },
  };

  // Showing. ----------------------------------------------------------------

  function make(tag, className, ...children) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    element.append(...children);
    return element;
  }

  const say = (name, values) => data.texts[name].replace(/\{(.)\}/g, (_, key) => values[key]);

  function link(address, ...children) {
    const element = make('a', '', ...children);
    element.href = new URL(address, root);
    return element;
  }

  // The line with most words, as the page has it, with the words marked.
  function excerpt(text, words) {
    const lines = text.split('\n');
    let best = 0;
    let most = 0;
    lines.forEach((line, nth) => {
      const folded = fold(line);
      const has = words.filter((word) => (word.plain ? line.includes(word.plain) : times(line, folded, word))).length;
      if (has > most) [best, most] = [nth, has];
    });
    const line = lines[best];
    const from = []; // where each folded letter stands in the line
    let folded = '';
    for (const { 0: letter, index } of line.matchAll(/\P{M}[\p{M}ﾞﾟ]*|\p{M}/gu)) {
      folded += fold(letter);
      while (from.length < folded.length) from.push(index);
    }
    from.push(line.length);
    const marked = new Array(line.length).fill(false);
    const strict = fold(line, true); // letter for letter beside the other
    for (const word of words) {
      const [within, part] = word.script ? [strict, word.script] : [folded, word.folded];
      for (let at = part ? within.indexOf(part) : -1; at >= 0; at = within.indexOf(part, at + part.length)) {
        const end = from[at + part.length];
        marked.fill(true, from[at], end - line.slice(0, end).match(/[\s・※]*$/)[0].length);
      }
    }
    const start = Math.max(0, marked.indexOf(true) - 30);
    const end = Math.min(line.length, start + 110);
    const shown = [start ? '…' : ''];
    for (let at = start, to; at < end; at = to) {
      for (to = at + 1; to < end && marked[to] === marked[at];) to += 1;
      const piece = line.slice(at, to);
      shown.push(marked[at] ? make('mark', '', piece) : piece);
    }
    return make('p', 'search-results__excerpt', ...shown, end < line.length ? '…' : '');
  }

  function show({ page, words, parts }) {
    const [first = page.sections[0], ...more] = parts;
    const place = ({ anchor }) => page.id + '.html' + (anchor && '#' + anchor);
    const item = make('li', '', link(place(first), page.title, first.heading && data.texts.part + first.heading), excerpt(first.text, words));
    if (more.length) {
      const list = more.filter(({ heading }) => heading).slice(0, 3);
      item.append(make('ul', 'search-results__more', ...list.map((part) => make('li', '', link(place(part), part.heading)))));
    }
    return item;
  }

  const define = ({ anchor, term, short }) => make('div', 'search-results__term',
    make('p', '', make('span', 'tag', data.texts.glossary), ' ', link(data.glossary + '.html#' + anchor, term)), make('p', '', short));

  function sentence({ rung, query, words, hits, rest, also = [], more = 0 }) {
    const list = (all) => [...new Set(all)].join(data.texts.and);
    const first = say(rung, { q: query, n: hits.length - more, t: words[0], w: list(words) });
    return first + (more ? say('also', { n: more, w: list(also) }) : '') + (rest ? say('rest', { n: rest }) : '');
  }

  function start() {
    const input = form.elements.q;
    const { title } = document;
    const results = document.getElementById('search-results');
    const box = results || form.appendChild(make('div', 'search-results search-results--box'));
    const status = box.appendChild(make('p', 'search-results__status'));
    const list = box.appendChild(make('div', ''));
    const step = results ? SHOWN : SHOWN_IN_BOX;
    let turn = 0; // the latest search; what an earlier one finds is late
    let timer;
    status.setAttribute('role', 'status');

    function close() {
      clearTimeout(timer);
      turn += 1;
      if (results) return;
      status.textContent = '';
      list.hidden = true;
    }

    async function search(want) {
      close();
      const mine = turn;
      const query = input.value.trim();
      const asked = '?q=' + encodeURIComponent(query);
      try {
        await ready();
        const result = await find(query, want);
        if (mine !== turn) return;
        if (results) {
          document.title = (query && query + '｜') + title;
          history.replaceState(null, '', query ? asked : location.pathname);
        }
        list.replaceChildren();
        status.textContent = query && sentence(result);
        if (!results && result.hits.length) status.append(make('span', 'visually-hidden', data.texts.keys));
        if (query) render(result, want, asked);
        list.hidden = !query;
      } catch {
        // No index: the lists on the page of results are still there.
        loading = null;
        list.replaceChildren(link(root, form.dataset.failed));
        list.hidden = false;
      }
    }

    function render({ hits, terms, near = [], rest }, want, asked) {
      if (near.length) list.append(make('p', '', data.texts.near));
      list.append(...terms.concat(near).map(define), make('ol', '', ...hits.slice(0, want).map(show)));
      if (!results) list.append(make('p', '', link(root + (hits.length ? asked : ''), data.texts[hits.length ? 'all' : 'browse'])));
      else if (rest || hits.length > want) {
        const more = list.appendChild(make('button', 'button button--secondary', data.texts.next));
        more.type = 'button';
        more.onclick = async () => {
          await search(want + SHOWN);
          list.querySelectorAll('ol > li > a')[want]?.focus();
        };
      }
    }

    input.addEventListener('input', (event) => {
      clearTimeout(timer);
      if (!event.isComposing) timer = setTimeout(search, 120, step);
    });
    input.addEventListener('compositionend', () => search(step));
    input.addEventListener('click', () => list.hidden && search(step));
    form.addEventListener('submit', (event) => {
      if (!results) return;
      event.preventDefault();
      search(step);
    });
    form.addEventListener('keydown', (event) => {
      const { key, target } = event;
      const by = { ArrowDown: 1, ArrowUp: -1 }[key];
      if (event.isComposing || event.keyCode === 229) return; // keys of the input method
      if (key === 'Escape' && !results && !list.hidden) {
        close();
        input.focus();
        event.preventDefault();
      } else if (by) {
        if (list.hidden) {
          search(step);
          return;
        }
        const stops = [input, ...list.querySelectorAll('a')];
        const next = stops[stops.indexOf(target) + by];
        if (next && stops.includes(target)) {
          next.focus();
          event.preventDefault();
        }
      }
    });
    if (!results) {
      document.addEventListener('pointerup', ({ target }) => form.contains(target) || close());
      form.addEventListener('focusout', ({ relatedTarget: to }) => to && !form.contains(to) && close());
    } else if (!input.value) input.value = new URLSearchParams(location.search).get('q') || '';
    // Half a word of the input method is searched when its conversion ends.
    if (!('composing' in form.dataset)) search(step);
  }

  if (form) start();
})();
