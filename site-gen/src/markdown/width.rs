//! East Asian width, as far as Markdown needs it.

use unicode_properties::{EmojiStatus, UnicodeEmoji as _};
use unicode_width::UnicodeWidthChar as _;

/// Wide and half-width characters of Japanese and Chinese: kanji, kana, full-width forms and their
/// punctuation. Line ends between two of them mean nothing.
pub(super) fn is_wide(c: char) -> bool {
    match c {
        ..'\u{1100}' => false,
        // Ideographs, kana and full-width forms, the bulk of every page.
        '\u{3001}'..='\u{302F}' | '\u{3041}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' => true,
        '\u{FF01}'..='\u{FFDC}' | '\u{FFE0}'..='\u{FFEE}' => true,
        _ => c.width() == Some(2) && !is_hangul(c),
    }
}

/// Hangul separates words by spaces, so line ends matter there.
pub(super) fn is_hangul(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{11FF}' | '\u{3130}'..='\u{318F}' | '\u{3200}'..='\u{321E}'
        | '\u{3260}'..='\u{327E}' | '\u{A960}'..='\u{A97C}' | '\u{AC00}'..='\u{D7FB}'
        | '\u{FFA0}'..='\u{FFDC}')
}

/// What the markdown-cjk-friendly specification calls a CJK character: wide, half-width or Hangul,
/// and not shown as a coloured picture.
pub(super) fn is_cjk(c: char) -> bool {
    match c {
        ..'\u{1100}' => false,
        '\u{3001}'..='\u{302F}' | '\u{3041}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' => true,
        '\u{20A9}' => true,
        _ => (is_wide(c) || is_hangul(c)) && !is_picture(c),
    }
}

fn is_picture(c: char) -> bool {
    matches!(
        c.emoji_status(),
        EmojiStatus::EmojiPresentation
            | EmojiStatus::EmojiPresentationAndModifierBase
            | EmojiStatus::EmojiPresentationAndEmojiComponent
            | EmojiStatus::EmojiPresentationAndModifierAndEmojiComponent
    )
}
