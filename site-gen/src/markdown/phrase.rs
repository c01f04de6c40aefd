//! Phrase breaks for headings: a long heading should break between phrases, not inside a word.
//!
//! Browsers that can find phrases themselves need `lang` and a recent version; the breaks are found
//! here and written as `<wbr>`. They never reach titles, ids or the text for search.

use std::sync::LazyLock;

use budoux_phf_rs::Parser;

use super::html::escape;

/// A heading this short fits one line of a phone.
const SHORT_CHARS: usize = 8;

static PARSER: LazyLock<Parser> = LazyLock::new(Parser::japanese_parser);

/// Bytes at which a line may break, ascending; empty for short texts.
pub(super) fn breaks(text: &str) -> Vec<usize> {
    if text.chars().count() <= SHORT_CHARS {
        return Vec::new();
    }
    let mut at = 0;
    let mut breaks = Vec::new();
    for phrase in PARSER.parse(text) {
        if at > 0 && !text[..at].ends_with(char::is_whitespace) {
            breaks.push(at);
        }
        at += phrase.len();
    }
    breaks
}

/// A title as HTML with its phrase breaks, and whether it has any.
pub fn phrased(text: &str) -> (String, bool) {
    let breaks = breaks(text);
    let mut html = String::with_capacity(text.len() + breaks.len() * "<wbr>".len());
    let mut from = 0;
    for &at in &breaks {
        html.push_str(&escape(&text[from..at]));
        html.push_str("<wbr>");
        from = at;
    }
    html.push_str(&escape(&text[from..]));
    (html, !breaks.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(phrased(text).0.replace("<wbr>", "｜"), expected);
    }

    #[test]
    fn long_headings_break_between_phrases() {
        check(
            "標的型攻撃メールを受け取ったときの対応",
            "標的型攻撃メールを｜受け取った｜ときの｜対応",
        );
        check("パスワード", "パスワード");
        check("A < B の場合はどうするかを決める", "A &lt; B の｜場合は｜どうするかを｜決める");
    }
}
