//! Taking a page apart: runs of text as readers see them, and the values of attributes.
//!
//! Inline tags do not end a run, since a sentence may hold links and emphasis; readings above words
//! and footnote marks are left out, since the source has the sentence without them.

use memchr::{memchr, memmem};

use super::fold::Folded;

/// What is done with the parts of a page.
pub(super) trait Parts {
    /// Folded text between two block tags.
    fn text(&mut self, text: &[u32]);

    /// An attribute's name and value, as written.
    fn attribute(&mut self, name: &str, value: &str);

    /// What stands in a script element, as written.
    fn script(&mut self, _script: &str) {}

    /// Whether text is asked for at all.
    fn reads_text(&self) -> bool {
        true
    }

    /// Nothing before `at`, behind a block tag, tells how to read what follows: returns how much of
    /// it is known and may be passed over, up to such a place again.
    fn border(&mut self, _html: &str, _at: usize) -> usize {
        0
    }

    /// What was read since the last border depends on everything up to the end of the page.
    fn open_ended(&mut self) {}
}

/// Tags that may stand inside a sentence. A `match` of bytes, since it is asked for every tag.
fn is_inline(name: &[u8]) -> bool {
    matches!(
        name,
        b"a" | b"abbr"
            | b"b"
            | b"bdi"
            | b"bdo"
            | b"br"
            | b"cite"
            | b"code"
            | b"data"
            | b"del"
            | b"dfn"
            | b"em"
            | b"i"
            | b"img"
            | b"ins"
            | b"kbd"
            | b"mark"
            | b"q"
            | b"rb"
            | b"rp"
            | b"rt"
            | b"ruby"
            | b"s"
            | b"samp"
            | b"small"
            | b"span"
            | b"strong"
            | b"sub"
            | b"sup"
            | b"time"
            | b"u"
            | b"var"
            | b"wbr"
    )
}

fn is_left_out(name: &[u8]) -> bool {
    matches!(name, b"rp" | b"rt" | b"sup")
}

/// What a byte is within a tag, for it is asked of each of them.
const KINDS: [Kind; 256] = {
    let mut kinds = [Kind::Other; 256];
    let mut byte = 0;
    while byte < kinds.len() {
        kinds[byte] = match byte as u8 {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => Kind::Name,
            b'>' => Kind::End,
            b'"' | b'\'' => Kind::Quote,
            b' ' | b'\t' | b'\n' | b'\r' | b'\x0C' => Kind::Space,
            _ => Kind::Other,
        };
        byte += 1;
    }
    kinds
};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A letter or a digit.
    Name,
    Space,
    Quote,
    End,
    Other,
}

fn kind(byte: u8) -> Kind {
    KINDS[usize::from(byte)]
}

/// Hands every part of `html` to `parts`; `run` is room to work in.
pub(super) fn take_apart(html: &str, run: &mut Folded, parts: &mut impl Parts) {
    run.clear();
    let bytes = html.as_bytes();
    let reads_text = parts.reads_text();
    let mut at = parts.border(html, 0);
    loop {
        at += match reads_text {
            true => run.push_while(&html[at..], |byte| byte != b'<' && byte != b'&'),
            false => memchr(b'<', &bytes[at..]).unwrap_or(bytes.len() - at),
        };
        match bytes.get(at) {
            None => break,
            Some(b'&') => at += push_reference(run, &html[at..]),
            Some(_) => at = tag(html, at, run, parts),
        }
    }
    parts.text(run);
}

/// Reads the tag at `at`; returns where reading goes on.
fn tag(html: &str, at: usize, run: &mut Folded, parts: &mut impl Parts) -> usize {
    let bytes = html.as_bytes();
    let closes = bytes.get(at + 1) == Some(&b'/');
    let name_at = at + 1 + usize::from(closes);
    let length = bytes[name_at..].iter().take_while(|&&byte| kind(byte) == Kind::Name).count();
    let name = &bytes[name_at..name_at + length];
    if name.is_empty() && bytes.get(at + 1) != Some(&b'!') {
        run.push('<');
        return at + 1;
    }
    let mut at = attributes(html, name_at + length, parts);
    let is_inline = is_inline(name);
    if !is_inline {
        parts.text(run);
        run.clear();
    }
    if !closes && is_left_out(name) {
        let mut ends = memmem::find_iter(&bytes[at..], "</").map(|end| at + end);
        match ends.find(|end| bytes[end + 2..].starts_with(name)) {
            Some(end) => at = end,
            // Without an end, the rest is text.
            None => parts.open_ended(),
        }
    } else if !closes && name == b"script" {
        let end = memmem::find(&bytes[at..], b"</script").map(|end| at + end);
        parts.script(&html[at..end.unwrap_or(html.len())]);
        at = end.unwrap_or_else(|| {
            parts.open_ended();
            html.len()
        });
    }
    if is_inline { at } else { at + parts.border(html, at) }
}

/// Reads the attributes of a tag from `from` on; returns the place behind its `>`.
fn attributes(html: &str, from: usize, parts: &mut impl Parts) -> usize {
    let bytes = html.as_bytes();
    let (mut from, mut name_at, mut at) = (from, from, from);
    while let Some(&byte) = bytes.get(at) {
        match kind(byte) {
            Kind::Name | Kind::Other => at += 1,
            Kind::Space => {
                at += 1;
                name_at = at;
            }
            Kind::End => return at + 1,
            Kind::Quote => {
                let Some(length) = memchr(byte, &bytes[at + 1..]) else {
                    parts.open_ended();
                    return from;
                };
                let end = at + 1 + length;
                parts.attribute(html[name_at..at].trim_end_matches('='), &html[at + 1..end]);
                at = end + 1;
                (from, name_at) = (at, at);
            }
        }
    }
    parts.open_ended();
    html.len()
}

/// Adds text with its character references resolved.
pub(super) fn push_decoded(out: &mut Folded, text: &str) {
    let mut at = 0;
    loop {
        at += out.push_while(&text[at..], |byte| byte != b'&');
        if at == text.len() {
            return;
        }
        at += push_reference(out, &text[at..]);
    }
}

/// Adds what a text begins with: a character reference, or a lone `&`; returns its length.
fn push_reference(out: &mut Folded, text: &str) -> usize {
    let end = text.bytes().take(12).position(|byte| byte == b';');
    let c = end.and_then(|end| Some((end + 1, resolve(text.get(1..end)?)?)));
    let (length, c) = c.unwrap_or((1, '&'));
    out.push(c);
    length
}

fn resolve(name: &str) -> Option<char> {
    match name {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

/// Adds a script or JSON text with the escapes of its strings resolved.
pub(super) fn push_script(out: &mut Folded, text: &str) {
    let mut text = text;
    loop {
        let length = out.push_while(text, |byte| byte != b'\\');
        let Some(escape) = text.get(length + 1..) else { return };
        let code = escape.strip_prefix('u').and_then(|rest| rest.get(..4));
        let code = code.and_then(|code| u32::from_str_radix(code, 16).ok());
        text = match code.and_then(char::from_u32) {
            Some(c) => {
                out.push(c);
                &escape[5..]
            }
            None if escape.starts_with(['n', 'r', 't']) => &escape[1..],
            None => escape,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &[u32]) -> String {
        text.iter().filter_map(|&c| char::from_u32(c)).collect()
    }

    /// Everything that is found, in order.
    #[derive(Default)]
    struct All(Vec<String>);

    impl Parts for All {
        fn text(&mut self, text: &[u32]) {
            self.0.extend((!text.is_empty()).then(|| words(text)));
        }

        fn attribute(&mut self, name: &str, value: &str) {
            self.0.push(format!("{name}={value}"));
        }

        fn script(&mut self, text: &str) {
            self.0.push(format!("script {text}"));
        }
    }

    fn parts(html: &str) -> Vec<String> {
        let mut all = All::default();
        take_apart(html, &mut Folded::default(), &mut all);
        all.0
    }

    #[test]
    fn runs_go_through_inline_tags() {
        assert_eq!(
            parts("<p>あ<a href=\"x\">い※</a>う &lt;え&gt;</p><p>お</p>"),
            ["href=x", "あいう<え>", "お"]
        );
        assert_eq!(
            parts("<ruby>脆弱<rp>（</rp><rt>ぜいじゃく</rt><rp>）</rp></ruby>性"),
            ["脆弱性"]
        );
        assert_eq!(
            parts("<p>注<sup class=\"f\"><a href=\"#1\">1</a></sup>記</p>"),
            ["class=f", "注記"]
        );
    }

    #[test]
    fn scripts_and_broken_markup_hide_nothing() {
        assert_eq!(
            parts("<script type=\"j\">{\"a\":1}</script>b"),
            ["type=j", "script {\"a\":1}", "b"]
        );
        assert_eq!(parts("a < b <i c=\"d"), ["a<bc=\"d"]);
        assert_eq!(parts("<rt>no end"), ["noend"]);
    }

    #[test]
    fn strings_of_scripts_are_unescaped() {
        let mut out = Folded::default();
        push_script(&mut out, r#""\u003cb>\"引用\" \n終わり\u00"#);
        assert_eq!(words(&out), "\"<b>\"引用\"終わりu00");
    }
}
