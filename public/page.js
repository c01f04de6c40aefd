'use strict';

// Small helps on every page. Each part stands alone and the page is whole
// without them: no part may hide anything that it cannot show again.
(function () {
  // Between the anchor and what is shown: time to move the pointer across.
  const SHOW_DELAY = 150;
  const HIDE_DELAY = 300;
  const GAP = 6;
  const MARGIN = 16;
  const DAY = 86400000;

  // A page that has moved: the part after # goes along.
  const { moved } = document.documentElement.dataset;
  if (moved) {
    location.replace(moved + location.hash);
    return;
  }

  const each = (selector, action) => document.querySelectorAll(selector).forEach(action);

  // The frame of a translated page speaks its language.
  const say = (ja, en) => (document.documentElement.lang === 'en' ? en : ja);

  function make(tag, className, text) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  }

  // ※ terms: the short definition beside the word. -------------------------

  function entryOf(link) {
    const entry = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    const dt = entry && entry.closest('dt');
    const dd = dt && dt.nextElementSibling;
    if (!dd || dd.localName !== 'dd') return null;
    const copy = dd.cloneNode(true);
    copy.querySelectorAll('a, rp, rt').forEach((node) => node.remove());
    const short = copy.textContent.replace(/\s+/g, ' ').trim();
    const heading = dt.cloneNode(true);
    heading.querySelectorAll('a, rp, rt').forEach((node) => node.remove());
    return short && { heading: heading.textContent.trim(), short };
  }

  function terms() {
    const home = document.querySelector('main');
    if (!home || !document.querySelector('a.term') || !('popover' in HTMLElement.prototype)) return;
    const box = make('div', 'term-popover');
    box.popover = 'manual';
    const heading = box.appendChild(make('b'));
    const text = box.appendChild(make('span'));
    home.append(box);

    let shown = null; // the link whose definition is visible
    let spot = 0; // which of the link's lines it stands by
    let timer = 0;

    function place() {
      const rects = shown.getClientRects();
      const at = rects[Math.min(spot, rects.length - 1)];
      if (!at) return hide();
      const width = box.offsetWidth;
      const height = box.offsetHeight;
      const right = document.documentElement.clientWidth - width - MARGIN;
      const below = at.bottom + GAP + height <= innerHeight || at.top - GAP < height;
      box.style.left = Math.max(MARGIN, Math.min(at.left, right)) + 'px';
      box.style.top = (below ? at.bottom + GAP : at.top - GAP - height) + 'px';
    }

    function show(link, line) {
      clearTimeout(timer);
      if (shown === link) return;
      const entry = entryOf(link);
      if (!entry) return;
      shown = link;
      spot = line;
      heading.textContent = entry.heading;
      text.textContent = entry.short;
      box.showPopover();
      place();
    }

    function hide() {
      clearTimeout(timer);
      shown = null;
      box.hidePopover();
    }

    function hideSoon() {
      clearTimeout(timer);
      timer = setTimeout(() => {
        // A focused term keeps its definition when the pointer leaves.
        if (shown && shown !== document.activeElement) hide();
      }, HIDE_DELAY);
    }

    const termAt = (event) => event.target.closest && event.target.closest('a.term');

    document.addEventListener('pointerover', (event) => {
      if (event.pointerType !== 'mouse') return;
      if (box.contains(event.target)) return clearTimeout(timer);
      const link = termAt(event);
      if (!link) return;
      clearTimeout(timer);
      const line = [...link.getClientRects()].findIndex((r) => event.clientY >= r.top && event.clientY <= r.bottom);
      timer = setTimeout(() => show(link, Math.max(0, line)), SHOW_DELAY);
    });
    document.addEventListener('pointerout', (event) => {
      if (event.pointerType === 'mouse' && (termAt(event) || box.contains(event.target))) hideSoon();
    });
    document.addEventListener('focusin', (event) => {
      const link = termAt(event);
      if (link && link.matches(':focus-visible')) show(link, 0);
      else if (shown && !box.contains(event.target)) hide();
    });
    document.addEventListener('focusout', (event) => {
      if (event.target === shown) hideSoon();
    });
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') {
        clearTimeout(timer);
        if (shown) {
          hide();
          event.preventDefault();
        }
      }
    });
    document.addEventListener('click', (event) => {
      if (shown && !box.contains(event.target)) hide();
    });
    addEventListener('scroll', () => shown && place(), { passive: true, capture: true });
    addEventListener('resize', () => shown && place());
  }

  // Dates: what is overdue, and whether the check is open. ------------------

  // Japan has no summer time; the office's day is what counts.
  const today = () => new Date(Date.now() + 9 * 3600000).toISOString().slice(0, 10);
  const days = (from, to) => Math.round((Date.parse(to) - Date.parse(from)) / DAY);

  function dates() {
    const now = today();
    each('[data-due]', (element) => {
      if (!(element.dataset.due < now) || element.querySelector('.overdue')) return;
      const words = element.dataset.late || say('（見直し期限切れ）', ' (overdue)');
      (element.querySelector('dd') || element).append(make('strong', 'overdue', words));
    });
    each('a[data-month="' + Number(now.slice(5, 7)) + '"]', (link) => {
      if (link.hasAttribute('aria-current')) return;
      link.setAttribute('aria-current', 'date');
      link.append('（今月）');
    });
    // 年度 starts in April.
    const year = String(Number(now.slice(0, 4)) - (now.slice(5) < '04-01' ? 1 : 0));
    each('[data-fiscal-year]', (head) => {
      if (head.dataset.fiscalYear === year) head.setAttribute('aria-current', 'date');
    });
    each('[data-opens][data-closes]', (element) => {
      const { opens, closes } = element.dataset;
      const left = days(now, closes);
      let state = 'open';
      let words = left === 0 ? '受付中／今日まで' : '受付中／あと' + left + '日';
      if (now < opens) [state, words] = ['before', '受付前'];
      if (now > closes) [state, words] = ['closed', '受付終了'];
      element.dataset.state = state;
      const label = element.querySelector('.campaign__state') || element.appendChild(make('span', 'campaign__state'));
      label.textContent = words;
      label.hidden = false;
    });
  }

  // Clause links: a click also copies the address. --------------------------

  // Plain http has no clipboard interface; the old command still works there.
  function copyOldWay(address) {
    const field = make('textarea');
    const focused = document.activeElement;
    field.value = address;
    field.readOnly = true;
    document.body.append(field);
    field.select();
    let done = false;
    try {
      done = document.execCommand('copy');
    } catch {
      // Not allowed here: the caller shows the address to be copied by hand.
    }
    field.remove();
    if (focused) focused.focus({ preventScroll: true });
    return done;
  }

  function headingLinks() {
    if (!document.querySelector('.heading-link')) return;
    const status = make('div', 'copy-status');
    status.setAttribute('role', 'status');
    document.body.append(status);
    let timer = 0;

    function tell(text, address) {
      clearTimeout(timer);
      status.textContent = text;
      if (address) {
        const field = make('input');
        field.value = address;
        field.readOnly = true;
        field.setAttribute('aria-label', say('リンクの文字', 'Address of the link'));
        status.append(field);
        field.select();
      } else {
        timer = setTimeout(() => { status.textContent = ''; }, 5000);
      }
    }

    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') status.textContent = '';
    });
    document.addEventListener('click', async (event) => {
      const link = event.target.closest('.heading-link');
      if (!link) {
        if (!status.contains(event.target)) status.textContent = '';
        return;
      }
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      let done = false;
      if (navigator.clipboard) {
        done = await navigator.clipboard.writeText(link.href).then(() => true, () => false);
      }
      done = done || copyOldWay(link.href);
      if (done) tell(say('リンクをコピーしました。', 'Link copied.'));
      else tell(say('次の文字を選んでコピーしてください。', 'Select and copy this:'), link.href);
    });
  }

  // Phone menu: closed on narrow screens, always open on wide ones. ---------

  function menu() {
    const details = document.querySelector('.site-nav__menu');
    if (!details) return;
    const wide = matchMedia('(min-width: 64rem)');
    const follow = () => { details.open = wide.matches; };
    details.dataset.ready = '';
    // What waited for this has ended before the menu is closed: what is closed is not looked at
    // again, and would wait for ever.
    if (details.getAnimations) details.getAnimations({ subtree: true }).forEach((wait) => wait.cancel());
    follow();
    wide.addEventListener('change', follow);
    const here = details.querySelector('[aria-current]');
    const nav = details.parentElement;
    // A long menu opens where the reader is; the page itself does not move.
    if (here && wide.matches && here.offsetTop > nav.clientHeight) nav.scrollTop = here.offsetTop - nav.clientHeight / 2;
  }

  // On paper: when it was printed.
  function printing() {
    each('[data-print]', (button) => {
      button.hidden = false;
      button.addEventListener('click', () => print());
    });
    addEventListener('beforeprint', () => each('[data-printed]', (line) => {
      line.textContent = '　' + line.dataset.printed + today();
    }));
  }

  // Readings above the kanji can be put away, on all pages of the site. -------

  function readings() {
    const root = document.documentElement;
    const KEY = 'tenken-ruby';
    let off = false;
    try {
      off = localStorage.getItem(KEY) === 'off';
    } catch {
      // No store in this place: the choice holds for this page.
    }
    const follow = () => {
      root.dataset.ruby = off ? 'off' : 'on';
      each('[data-ruby][aria-pressed]', (button) => button.setAttribute('aria-pressed', String(!off)));
    };
    follow();
    each('[data-ruby][aria-pressed]', (button) => {
      button.hidden = false;
      button.addEventListener('click', () => {
        off = !off;
        follow();
        try {
          localStorage.setItem(KEY, off ? 'off' : 'on');
        } catch {
          // As above.
        }
      });
    });
  }

  // Contents of the page: where the reader is. --------------------------------

  function sections() {
    const links = [...document.querySelectorAll('.toc a')];
    const headings = links.map((link) => document.getElementById(link.hash.slice(1)));
    if (!links.length) return;
    let frame = 0;
    function mark() {
      frame = 0;
      const line = innerHeight / 3;
      let at = -1;
      headings.forEach((heading, index) => {
        if (heading && heading.getBoundingClientRect().top <= line) at = index;
      });
      links.forEach((link, index) => {
        if (index === at) link.setAttribute('aria-current', 'true');
        else link.removeAttribute('aria-current');
      });
    }
    const soon = () => { frame = frame || requestAnimationFrame(mark); };
    addEventListener('scroll', soon, { passive: true });
    addEventListener('resize', soon);
    mark();
  }

  // Telling somebody about the page: the clause the reader came for is named. --

  function feedback() {
    const code = document.querySelector('[data-clause]');
    if (!code) return;
    const page = code.textContent;
    const mail = document.querySelector('[data-feedback]');
    const address = mail && mail.href;
    function follow() {
      const heading = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
      const clause = heading && heading.closest('main') && /^H[2-6]$/.test(heading.tagName) ? location.hash : '';
      code.textContent = page + clause;
      if (mail) mail.href = address + encodeURIComponent(clause);
    }
    follow();
    addEventListener('hashchange', follow);
  }

  // Search: its script comes when somebody turns to the box. ---------------

  function search() {
    const form = document.querySelector('.site-search');
    if (!form) return;
    const load = () => {
      const script = make('script');
      script.src = form.dataset.script;
      document.head.append(script);
    };
    // The Enter that ends a conversion is none that searches.
    form.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && (event.isComposing || event.keyCode === 229)) event.preventDefault();
    });
    // The script may come in the middle of a word: it asks whether one is being converted.
    form.addEventListener('compositionstart', () => { form.dataset.composing = ''; });
    form.addEventListener('compositionend', () => { delete form.dataset.composing; });
    if (document.getElementById('search-results')) load();
    else form.addEventListener('focusin', load, { once: true });
  }

  for (const part of [menu, dates, terms, headingLinks, printing, readings, sections, feedback, search]) part();
})();
