// HTML in one form, so that two ways of writing the same document compare equal.
//
// After the description in the CommonMark suite: white space outside `pre` is one space and none
// beside block tags, attributes are sorted, `<br />` is `<br>`, and characters are written as
// themselves but for the four that HTML needs escaped.

const BLOCKS = new Set([
  'article', 'aside', 'blockquote', 'body', 'button', 'canvas', 'caption', 'col', 'colgroup',
  'dd', 'div', 'dl', 'dt', 'embed', 'fieldset', 'figcaption', 'figure', 'footer', 'form', 'h1',
  'h2', 'h3', 'h4', 'h5', 'h6', 'header', 'hgroup', 'hr', 'iframe', 'li', 'map', 'object', 'ol',
  'output', 'p', 'pre', 'progress', 'script', 'section', 'style', 'table', 'tbody', 'td',
  'textarea', 'tfoot', 'th', 'thead', 'tr', 'ul', 'video',
]);

const NAMED = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

/** The text with its references replaced. */
function decode(text) {
  return text.replace(/&(?:#x([0-9a-f]+)|#([0-9]+)|([a-z]+));/gi, (whole, hex, decimal, name) => {
    if (hex) return String.fromCodePoint(parseInt(hex, 16));
    if (decimal) return String.fromCodePoint(parseInt(decimal, 10));
    return NAMED[name] ?? whole;
  });
}

function encode(text) {
  return text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]);
}

/** Comments, declarations and tags; what is left over is text. */
const TOKEN = /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<![A-Za-z][^>]*>|<!\[CDATA\[[\s\S]*?\]\]>|<\/?[A-Za-z][A-Za-z0-9-]*(?:\s+[A-Za-z_:][\w.:-]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*\s*\/?>/g;

const ATTRIBUTE = /([A-Za-z_:][\w.:-]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/g;

export function normalize(html) {
  let out = '';
  let inPre = 0;
  let at = 0;
  // A block tag swallows the white space on both of its sides.
  let afterBlock = true;

  const text = (part) => {
    if (!part) return;
    let plain = decode(part);
    if (!inPre) {
      plain = plain.replace(/[ \t\n\r\f]+/g, ' ');
      if (afterBlock) plain = plain.trimStart();
    }
    if (plain) afterBlock = false;
    out += encode(plain);
  };

  for (const found of html.matchAll(TOKEN)) {
    text(html.slice(at, found.index));
    at = found.index + found[0].length;
    const tag = /^<(\/?)([A-Za-z][A-Za-z0-9-]*)([\s\S]*?)\/?>$/.exec(found[0]);
    if (!tag) {
      out += found[0];
      afterBlock = false;
      continue;
    }
    const [, slash, written, rest] = tag;
    const name = written.toLowerCase();
    const isBlock = BLOCKS.has(name);
    if (isBlock && !inPre) out = out.trimEnd();
    if (slash) {
      if (name === 'pre') inPre -= 1;
      out += `</${name}>`;
    } else {
      const attributes = [...rest.matchAll(ATTRIBUTE)]
        .map(([, key, a, b, c]) => [key.toLowerCase(), a ?? b ?? c])
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, value]) => (value === undefined ? ` ${key}` : ` ${key}="${encode(decode(value))}"`));
      out += `<${name}${attributes.join('')}>`;
      if (name === 'pre') inPre += 1;
    }
    afterBlock = isBlock || name === 'br';
  }
  text(html.slice(at));
  return out.trim();
}
