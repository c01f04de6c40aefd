//! Tags and entities of the HTML that this generator wrote: in text `<` is always escaped, in
//! attributes `"` is.

use memchr::memchr;

/// A tag as it was written.
pub(super) struct Tag<'h> {
    /// `h2` of `<h2 id="a">`, `/h2` of `</h2>`. Compared as bytes, for which the compiler makes a
    /// tree of choices; names as text it would compare one after the other.
    pub(super) name: &'h [u8],
    /// What follows the `<`, the tag and everything behind it.
    html: &'h str,
    /// Where the `>` stands in `html`.
    close: usize,
}

impl<'h> Tag<'h> {
    /// Reads the tag at the start of `html`, behind its `<`.
    pub(super) fn read(html: &'h str) -> Option<Self> {
        let bytes = html.as_bytes();
        let end = bytes.iter().position(|&b| matches!(b, b'>' | b' ' | b'\n'))?;
        // Most tags are a name alone.
        let close = if bytes[end] == b'>' { end } else { end + memchr(b'>', &bytes[end..])? };
        let mut name = &bytes[..end];
        while let [before @ .., b'/'] = name {
            name = before;
        }
        Some(Self { name, html, close })
    }

    /// How many bytes it takes behind its `<`.
    pub(super) fn length(&self) -> usize {
        self.close + 1
    }

    /// What stands between `<` and `>`.
    pub(super) fn inner(&self) -> &'h [u8] {
        &self.html.as_bytes()[..self.close]
    }

    pub(super) fn attribute(&self, name: &str) -> Option<&'h str> {
        let mut rest = &self.html[..self.close];
        loop {
            let (key, value) = rest.split_at_checked(memchr(b'"', rest.as_bytes())? + 1)?;
            let end = memchr(b'"', value.as_bytes())?;
            let key = key.strip_suffix("=\"").and_then(|key| key.strip_suffix(name));
            if key.is_some_and(|before| before.ends_with(' ')) {
                return Some(&value[..end]);
            }
            rest = &value[end + 1..];
        }
    }
}

/// How long an element is whose start tag has just been read.
pub(super) fn element(name: &[u8], html: &[u8]) -> usize {
    let mut at = 0;
    let mut depth = 1;
    while let Some(open) = memchr(b'<', &html[at..]) {
        at += open + 1;
        let (closes, from) = match html.get(at) {
            Some(b'/') => (true, at + 1),
            _ => (false, at),
        };
        let Some(rest) = html[from..].strip_prefix(name) else { continue };
        if !matches!(rest, [b'>' | b' ' | b'\n' | b'/', ..]) {
            continue;
        }
        depth = if closes { depth - 1 } else { depth + 1 };
        if depth == 0 {
            return memchr(b'>', rest).map_or(html.len(), |end| html.len() - rest.len() + end + 1);
        }
    }
    html.len()
}

/// The character the `&` at the start of `text` stands for, and the bytes it takes. What is no
/// entity is itself.
pub(super) fn entity(text: &str) -> (char, usize) {
    const NAMED: [(&str, char); 5] =
        [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"'), ("&nbsp;", ' ')];
    if let Some((name, c)) = NAMED.iter().find(|(name, _)| text.starts_with(name)) {
        return (*c, name.len());
    }
    let numeric = || {
        let (number, _) = text.strip_prefix("&#")?.split_once(';')?;
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        Some((char::from_u32(code)?, number.len() + 3))
    };
    numeric().unwrap_or(('&', 1))
}
