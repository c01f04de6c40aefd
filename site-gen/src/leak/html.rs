//! Taking a page apart: runs of text as readers see them, and the values of attributes.
//!
//! Inline tags do not end a run, since a sentence may hold links and emphasis; readings above words
//! and footnote marks are left out, since the source has the sentence without them.

use memchr::{memchr, memchr3};

use super::fold;

/// A part of a page.
pub(super) enum Part<'p> {
    /// Folded text between two block tags.
    Text(&'p [u32]),
    /// An attribute's name and value, as written.
    Attribute(&'p str, &'p str),
    /// What stands in a script element, as written.
    Script(&'p str),
}

/// Tags that may stand inside a sentence. A `match`, since it is asked for every tag.
fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "b"
            | "bdi"
            | "bdo"
            | "br"
            | "cite"
            | "code"
            | "data"
            | "del"
            | "dfn"
            | "em"
            | "i"
            | "img"
            | "ins"
            | "kbd"
            | "mark"
            | "q"
            | "rb"
            | "rp"
            | "rt"
            | "ruby"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "u"
            | "var"
            | "wbr"
    )
}

fn is_left_out(name: &str) -> bool {
    matches!(name, "rp" | "rt" | "sup")
}

/// Calls `found` with every part of `html`; `run` is room to work in.
pub(super) fn take_apart(html: &str, run: &mut Vec<u32>, mut found: impl FnMut(Part<'_>)) {
    run.clear();
    let mut rest = html;
    while let Some(open) = memchr(b'<', rest.as_bytes()) {
        if open > 0 {
            push_decoded(run, &rest[..open]);
        }
        rest = &rest[open + 1..];
        let name_at = usize::from(rest.starts_with('/'));
        let name_length = rest[name_at..].bytes().take_while(u8::is_ascii_alphanumeric).count();
        let name = &rest[name_at..name_at + name_length];
        if name.is_empty() && !rest.starts_with('!') {
            fold::push(run, '<');
            continue;
        }
        rest = &rest[name_at + name_length..];
        rest = match rest.strip_prefix('>') {
            Some(after) => after,
            None => attributes(rest, &mut found),
        };
        if !is_inline(name) {
            found(Part::Text(run));
            run.clear();
        }
        if name_at == 1 {
            continue;
        }
        if is_left_out(name) {
            // Without an end, the rest is text.
            let end = rest.match_indices("</").map(|(at, _)| at);
            let end = { end }.find(|&end| rest[end + 2..].starts_with(name));
            rest = end.map_or(rest, |end| &rest[end..]);
        } else if name == "script" {
            let end = rest.find("</script").unwrap_or(rest.len());
            found(Part::Script(&rest[..end]));
            rest = &rest[end..];
        }
    }
    push_decoded(run, rest);
    found(Part::Text(run));
}

/// Reads the attributes of a tag; returns what follows its `>`.
fn attributes<'p>(tag: &'p str, found: &mut impl FnMut(Part<'_>)) -> &'p str {
    let mut rest = tag;
    while let Some(at) = memchr3(b'>', b'"', b'\'', rest.as_bytes()) {
        if rest.as_bytes()[at] == b'>' {
            return &rest[at + 1..];
        }
        let quote = rest.as_bytes()[at];
        let name = rest[..at].trim_end_matches('=');
        let start = name.as_bytes().iter().rposition(u8::is_ascii_whitespace);
        let name = &name[start.map_or(0, |at| at + 1)..];
        let value = &rest.as_bytes()[at + 1..];
        let Some(length) = memchr(quote, value) else { return rest };
        found(Part::Attribute(name, &rest[at + 1..at + 1 + length]));
        rest = &rest[at + length + 2..];
    }
    ""
}

/// Adds text with its character references resolved.
pub(super) fn push_decoded(out: &mut Vec<u32>, text: &str) {
    let mut text = text;
    while let Some(rest) = fold::push_until(out, text, '&') {
        let reference = rest[1..].find(';').filter(|&end| end <= 10).map(|end| &rest[1..=end]);
        match reference.and_then(|name| Some((name, resolve(name)?))) {
            Some((name, c)) => {
                fold::push(out, c);
                text = &rest[name.len() + 2..];
            }
            None => {
                fold::push(out, '&');
                text = &rest[1..];
            }
        }
    }
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
pub(super) fn push_script(out: &mut Vec<u32>, text: &str) {
    let mut text = text;
    while let Some(escape) = fold::push_until(out, text, '\\') {
        text = &escape[1..];
        let code = text.strip_prefix('u').and_then(|rest| rest.get(..4));
        match code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32) {
            Some(c) => {
                fold::push(out, c);
                text = &text[5..];
            }
            None if text.starts_with(['n', 'r', 't']) => text = &text[1..],
            None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(html: &str) -> Vec<String> {
        let mut parts = Vec::new();
        take_apart(html, &mut Vec::new(), |part| match part {
            Part::Text([]) => {}
            Part::Text(text) => {
                parts.push(text.iter().filter_map(|&c| char::from_u32(c)).collect::<String>());
            }
            Part::Attribute(name, value) => parts.push(format!("{name}={value}")),
            Part::Script(text) => parts.push(format!("script {text}")),
        });
        parts
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
        let mut out = Vec::new();
        push_script(&mut out, r#""\u003cb>\"引用\" \n終わり\u00"#);
        let text: String = out.into_iter().filter_map(char::from_u32).collect();
        assert_eq!(text, "\"<b>\"引用\"終わりu00");
    }
}
