//! East Asian width, as far as Markdown needs it.

use unicode_width::UnicodeWidthChar as _;

/// Wide characters: kanji, kana, full-width forms and their punctuation.
pub(super) fn is_wide(c: char) -> bool {
    c.width() == Some(2)
}

/// Hangul separates words by spaces, so line ends matter there.
pub(super) fn is_hangul(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11FF}' | '\u{3130}'..='\u{318F}' | '\u{AC00}'..='\u{D7FF}')
}
