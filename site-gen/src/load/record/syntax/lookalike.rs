//! Characters that look like those of TOML and are others: full-width ones, and the quotation marks
//! and dashes that word processors put in.

use super::Told;
use super::line::Line;

/// The character of TOML that was meant.
pub(super) fn meant(c: char) -> Option<char> {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0),
        '\u{3000}' | '\u{A0}' => Some(' '),
        '、' => Some(','),
        _ if is_quote(c) => Some('"'),
        '‘' | '’' => Some('\''),
        _ if is_dash(c) => Some('-'),
        _ => None,
    }
}

/// Whether it was meant as a quotation mark.
pub(super) fn is_quote(c: char) -> bool {
    matches!(c, '“' | '”' | '„' | '‟' | '″' | '＂' | '「' | '」' | '『' | '』')
}

/// Whether it was meant as a hyphen, between digits.
pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2015}' | '−' | 'ー' | '－')
}

/// A character of this kind where a key or the name of a table stands.
pub(super) fn in_key(line: &Line<'_>) -> Option<Told> {
    let end = line.equals().unwrap_or(line.text.len());
    let is_meant = |&(_, c): &(usize, char)| meant(c).is_some() && c != 'ー';
    let (at, c) = line.outside().take_while(|&(at, _)| at < end).find(is_meant)?;
    Some(told(line.start + at, c, line))
}

/// That the character at `at` is another than the one that was meant.
pub(super) fn told(at: usize, c: char, line: &Line<'_>) -> Told {
    let code = u32::from(c);
    let message = match c {
        '\u{3000}' => format!("全角の空白（U+{code:04X}）があります"),
        '\u{A0}' => format!("改行しない空白（U+{code:04X}）があります"),
        '\u{FF01}'..='\u{FF5E}' => format!("全角の「{c}」（U+{code:04X}）があります"),
        _ if is_quote(c) => format!("「{c}」（U+{code:04X}）は引用符になりません"),
        _ => format!("「{c}」（U+{code:04X}）は使えません"),
    };
    let right: String = line.text.chars().map(|c| meant(c).unwrap_or(c)).collect();
    let hint = match meant(c) {
        // Of words in Japanese some may be meant as they are.
        _ if right.is_ascii() => format!("半角で `{}` と書きます。", right.trim()),
        Some(' ') => "半角の空白に直すか、消します。".to_owned(),
        Some(meant) => format!("半角の `{meant}` に直します。"),
        None => "半角で書きます。".to_owned(),
    };
    Told::new(at..at + c.len_utf8(), message, hint)
}
