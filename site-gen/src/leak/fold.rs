//! The form in which sentences are compared: NFKC without white space and without ※.
//!
//! A character is one lookup in a table; only what has no single counterpart takes the long way.
//! Sources and output go through the same function, so both sides always agree.

use std::sync::LazyLock;

use unicode_normalization::char::compose;
use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfkc_quick};

/// Left out.
const DROP: u16 = 0;
/// Not one character of the table: see [`push_slowly`]. U+FFFF is no character.
const SLOW: u16 = 0xFFFF;

/// What each character of the basic plane becomes.
struct Fold(Box<[u16]>);

static TABLE: LazyLock<Fold> = LazyLock::new(|| Fold((0..=0xFFFF).map(fold_one).collect()));

fn fold_one(code: u16) -> u16 {
    let Some(c) = char::from_u32(u32::from(code)) else { return SLOW };
    if is_dropped(c) {
        return DROP;
    }
    match is_nfkc_quick(std::iter::once(c)) {
        IsNormalized::Yes => code,
        IsNormalized::Maybe => SLOW,
        IsNormalized::No => {
            let mut folded = std::iter::once(c).nfkc();
            match (folded.next(), folded.next()) {
                (Some(one), None) if is_dropped(one) => DROP,
                // A half-width voicing mark joins the kana before it.
                (Some(one), None) if is_nfkc_quick(std::iter::once(one)) == IsNormalized::Yes => {
                    u16::try_from(u32::from(one)).unwrap_or(SLOW)
                }
                _ => SLOW,
            }
        }
    }
}

fn is_dropped(c: char) -> bool {
    c.is_whitespace() || c == '※'
}

impl Fold {
    #[inline(always)]
    fn push(&self, out: &mut Vec<u32>, c: char) {
        match self.0.get(c as usize) {
            Some(&DROP) => {}
            Some(&SLOW) | None => push_slowly(out, c),
            Some(&folded) => out.push(u32::from(folded)),
        }
    }
}

/// Adds a folded character.
pub(super) fn push(out: &mut Vec<u32>, c: char) {
    TABLE.push(out, c);
}

/// Several characters for one, or a mark that joins the character before it.
fn push_slowly(out: &mut Vec<u32>, c: char) {
    for part in std::iter::once(c).nfkc().filter(|&part| !is_dropped(part)) {
        let joined = out
            .last()
            .and_then(|&before| char::from_u32(before))
            .and_then(|before| compose(before, part));
        match (joined, out.last_mut()) {
            (Some(joined), Some(last)) => *last = u32::from(joined),
            _ => out.push(u32::from(part)),
        }
    }
}

/// Adds a whole text.
pub(super) fn push_text(out: &mut Vec<u32>, text: &str) {
    out.reserve(text.len());
    let table = &*TABLE;
    text.chars().for_each(|c| table.push(out, c));
}

/// Adds a text up to the first `stop`, in one pass over both; returns what begins there.
pub(super) fn push_until<'t>(out: &mut Vec<u32>, text: &'t str, stop: char) -> Option<&'t str> {
    let table = &*TABLE;
    out.reserve(text.len());
    let mut chars = text.chars();
    loop {
        let rest = chars.as_str();
        match chars.next() {
            None => return None,
            Some(c) if c == stop => return Some(rest),
            Some(c) => table.push(out, c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        let mut out = Vec::new();
        push_text(&mut out, text);
        out.into_iter().filter_map(char::from_u32).collect()
    }

    #[test]
    fn is_nfkc_without_space_and_marks() {
        for text in
            ["ＣＳＩＲＴ（シーサート）", "ｶﾞｷﾞﾊﾟ", "か\u{3099}は", "㍿テスト", "①令和８年", "𠮷野家"]
        {
            assert_eq!(folded(text), text.nfkc().collect::<String>(), "{text}");
        }
        assert_eq!(folded("マルウェア※　に 備える\n"), "マルウェアに備える");
    }
}
