'use strict';

// An index in pieces (site-gen/src/search/pieces.rs and grams.rs): lists of the pages that hold a
// pair of letters tell which pages may match, and their text is loaded to look closely.
(function () {
  const { data, load, fill, form } = siteSearch;
  const { pieces, lists } = data.large;
  const base = form.dataset.index.replace(/\.js$/, '');
  const held = new Map(); // file of lists → its lists
  const asked = new Map(); // address → promise

  // A failed file is asked for again the next time.
  function once(address) {
    if (!asked.has(address)) {
      asked.set(address, load(address).catch((error) => {
        asked.delete(address);
        throw error;
      }));
    }
    return asked.get(address);
  }

  siteSearch.list = (number, text) => held.set(number, text.split(' '));
  siteSearch.piece = (number, pages) => pages.forEach((sections, nth) => fill(data.pages[pieces[number] + nth], sections));

  const isHiragana = (unit) => unit >= 0x3041 && unit <= 0x3096;
  const bucket = (first, second) => Math.imul((first << 16) | second, 0x9e3779b1) >>> 14;

  // The buckets a page with this word is in.
  function buckets(word) {
    if (word.length < 2) return word && !isHiragana(word.charCodeAt(0)) ? [bucket(word.charCodeAt(0), 0)] : [];
    const found = new Set();
    for (let at = 1; at < word.length; at += 1) found.add(bucket(word.charCodeAt(at - 1), word.charCodeAt(at)));
    return [...found];
  }

  // Differences in digits of base 45; 45 is added to all but the last, the backslash left out.
  function each(text, see) {
    let next = 0;
    let number = 0;
    let place = 1;
    for (let at = 0; at < text.length; at += 1) {
      let digit = text.charCodeAt(at) - 35;
      if (digit > 57) digit -= 1;
      number += (digit % 45) * place;
      place *= 45;
      if (digit < 45) {
        see(next + number);
        next += number + 1;
        number = 0;
        place = 1;
      }
    }
  }

  // How many of the buckets each page is in.
  async function tally(found) {
    const size = (1 << 18) / lists;
    await Promise.all([...new Set(found.map((one) => Math.floor(one / size)))].map((number) => once(base + '-g' + number + '.js')));
    const times = new Uint16Array(data.pages.length);
    for (const one of found) {
      each(held.get(Math.floor(one / size))[one % size], (page) => { times[page] += 1; });
    }
    return times;
  }

  siteSearch.source = {
    // Pages read at a time: each may be in another file.
    step: 8,

    // Pages that may have every word, or any; those whose titles have them first.
    async pages(words, every) {
      const counts = await Promise.all(words.map(async (word) => {
        const found = buckets(word);
        return { times: await tally(found), all: found.length };
      }));
      const titled = (page) => words.filter((word) => page.folded.includes(word)).length;
      return data.pages.map((page, nth) => ({ page, has: counts.filter(({ times, all }) => times[nth] === all).length }))
        .filter(({ has }) => (every ? has === words.length : has))
        .map(({ page, has }) => ({ page, rank: titled(page) * 100 + has }))
        .sort((a, b) => b.rank - a.rank).map(({ page }) => page);
    },

    read(pages) {
      const wanted = new Set(pages.filter((page) => !page.sections).map((page) => {
        const nth = data.pages.indexOf(page);
        return pieces.findLastIndex((first) => first <= nth);
      }));
      return Promise.all([...wanted].map((number) => once(base + '-t' + number + '.js')));
    },
  };
})();
