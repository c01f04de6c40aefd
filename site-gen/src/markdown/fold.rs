//! The form in which terms are compared: NFKC, lower case.

use unicode_normalization::UnicodeNormalization as _;

/// The folded tail of a text, with the byte of the text at which each folded piece starts.
pub(super) struct Folded {
    pub(super) text: String,
    /// Byte in the folded text, byte in the original; ascending.
    pub(super) starts: Vec<(usize, usize)>,
}

impl Folded {
    pub(super) fn new(text: &str, tail: usize) -> Self {
        let length = text.len() - tail;
        let mut folded =
            Self { text: String::with_capacity(length), starts: Vec::with_capacity(length / 2) };
        let mut chars = text[tail..].char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            folded.starts.push((folded.text.len(), tail + at));
            match chars.next_if(|&(_, mark)| is_voicing(mark)) {
                Some((_, mark)) => folded.text.push_str(&fold(&String::from_iter([c, mark]))),
                None if c.is_ascii() => folded.text.push(c.to_ascii_lowercase()),
                None if is_plain(c) => folded.text.push(c),
                None => folded.text.push_str(&fold(c.encode_utf8(&mut [0; 4]))),
            }
        }
        folded
    }
}

/// Marks that compose with the kana before them.
fn is_voicing(c: char) -> bool {
    matches!(c, '\u{FF9E}' | '\u{FF9F}' | '\u{3099}' | '\u{309A}')
}

/// Kana and common kanji stand for themselves.
fn is_plain(c: char) -> bool {
    matches!(c, 'ぁ'..='ゖ' | 'ァ'..='ヺ' | 'ー' | '\u{4E00}'..='\u{9FFF}')
}

/// The form in which terms are compared: NFKC, lower case.
pub fn fold(text: &str) -> String {
    text.nfkc().collect::<String>().to_lowercase()
}
