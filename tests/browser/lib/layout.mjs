// What a page looks like once it is laid out. Every function runs in the page.

/** Boxes whose text is cut off, and a page that is wider than its window. */
export function cutOff() {
  const found = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) found.push(`${root.scrollWidth} px wide`);
  for (const element of document.querySelectorAll('main *, header *, footer *, nav *, aside *')) {
    const style = getComputedStyle(element);
    const clips = style.overflowX === 'hidden' || style.overflowY === 'hidden';
    if (!clips || element.matches('.visually-hidden') || !element.checkVisibility()) continue;
    if (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1) {
      found.push(element.outerHTML.slice(0, 80));
    }
  }
  return found;
}

/** Spacing a reader may set (WCAG 1.4.12), at its widest. */
export function widenSpacing() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
    p { margin-block-end: 2em !important; }`);
  document.adoptedStyleSheets = [sheet];
}

/** Words of a drawing that reach beyond the box they stand in, or beyond the drawing. */
export function drawnBeyond() {
  const found = [];
  for (const text of document.querySelectorAll('svg text')) {
    const box = text.closest('g')?.querySelector(':scope > rect') ?? text.ownerSVGElement;
    const [inner, outer] = [text, box].map((element) => element.getBoundingClientRect());
    if (inner.width > 0 && (inner.left < outer.left - 1 || inner.right > outer.right + 1)) {
      found.push(`${text.textContent}: ${Math.round(inner.width)} px in ${Math.round(outer.width)}`);
    }
  }
  return found;
}

/** Edges and faces of controls that do not stand out from what lies around them (WCAG 1.4.11). */
export function faintControls() {
  const channels = (colour) => colour.match(/[\d.]+/g).map(Number);
  const light = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  const luminance = ([r, g, b]) => [r, g, b].map((value) => light(value / 255))
    .reduce((sum, value, at) => sum + value * [0.2126, 0.7152, 0.0722][at], 0);
  const contrast = (one, other) => {
    const [low, high] = [one, other].map(luminance).sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const isOpaque = (colour) => channels(colour).length === 3 || channels(colour)[3] === 1;
  const behind = (element) => {
    for (let at = element.parentElement; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (isOpaque(colour)) return channels(colour);
    }
    return [255, 255, 255];
  };
  const found = [];
  for (const element of document.querySelectorAll('.button, input, select, textarea')) {
    if (!element.checkVisibility() || /^(radio|checkbox|file)$/.test(element.type)) continue;
    const style = getComputedStyle(element);
    const around = behind(element);
    const edge = parseFloat(style.borderTopWidth) > 0 && isOpaque(style.borderTopColor) ? channels(style.borderTopColor) : around;
    const face = isOpaque(style.backgroundColor) ? channels(style.backgroundColor) : around;
    const best = Math.max(contrast(edge, around), contrast(face, around));
    // Underlined words are known by themselves; the judges look at their colour.
    if (best < 3 && style.textDecorationLine !== 'underline') found.push(`${element.outerHTML.slice(0, 70)} ${best.toFixed(2)}`);
  }
  return found;
}

/** Names for assistive technology that lack the words that are seen (WCAG 2.5.3). */
export function unseenNames() {
  const letters = (text) => text.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();
  const seen = (element) => {
    const copy = element.cloneNode(true);
    for (const part of copy.querySelectorAll('[aria-hidden="true"], rt, rp, .visually-hidden, svg')) part.remove();
    return letters(copy.textContent);
  };
  const found = [];
  for (const element of document.querySelectorAll('a[href], button, summary, [role="button"], input[type="submit"]')) {
    const ids = element.getAttribute('aria-labelledby');
    const name = ids
      ? ids.split(/\s+/).map((id) => document.getElementById(id)?.textContent ?? '').join('')
      : element.getAttribute('aria-label');
    if (name !== null && !letters(name).includes(seen(element))) found.push(`${seen(element)} | ${name}`);
  }
  return found;
}
