//! The form in which sentences are compared: NFKC without white space and without ※.
//!
//! A character is one lookup in a table; only what has no single counterpart takes the long way.
//! Sources and output go through the same function, so both sides always agree.

use std::sync::LazyLock;

use unicode_normalization::char::compose;
use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfkc_quick};

/// Left out.
const DROP: u16 = 0;
/// Not one character of the table: see [`Folded::push_slowly`]. U+FFFF is no character.
const SLOW: u16 = 0xFFFF;

/// What each character of the basic plane becomes.
static TABLE: LazyLock<Box<[u16; PLANE]>> = LazyLock::new(|| {
    let table: Box<[u16]> = (0..=0xFFFF).map(fold_one).collect();
    table.try_into().expect("one entry for each of the 65,536 characters")
});

const PLANE: usize = 0x1_0000;

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

/// Folded text that grows, in room that is used again and again.
#[derive(Debug, Default)]
pub(super) struct Folded {
    /// Longer than the text: a slot is written before it is known whether it stays.
    slots: Vec<u32>,
    length: usize,
}

/// Bytes folded without another look at the room that is left.
const PIECE: usize = 16_384;

impl std::ops::Deref for Folded {
    type Target = [u32];

    fn deref(&self) -> &[u32] {
        &self.slots[..self.length]
    }
}

impl Folded {
    /// Makes it empty.
    pub(super) fn clear(&mut self) {
        self.length = 0;
    }

    /// Adds a character.
    pub(super) fn push(&mut self, c: char) {
        self.push_text(c.encode_utf8(&mut [0; 4]));
    }

    /// Adds a whole text.
    pub(super) fn push_text(&mut self, text: &str) {
        self.push_while(text, |_| true);
    }

    /// Adds a text up to the first ASCII character that is not to be `taken`; returns the length
    /// of what was added.
    #[inline(always)]
    pub(super) fn push_while(&mut self, text: &str, taken: impl Fn(u8) -> bool) -> usize {
        let (bytes, table) = (text.as_bytes(), &**TABLE);
        let mut at = 0;
        while at < bytes.len() {
            // Most Japanese characters are three bytes and become one.
            let piece = bytes.len().min(at + PIECE);
            let slots = self.room(piece - at);
            let mut length = 0;
            let slow = loop {
                let Some(&first) = bytes[..piece].get(at) else { break false };
                let (code, size) = if first < 0x80 {
                    if !taken(first) {
                        self.length += length;
                        return at;
                    }
                    (usize::from(first), 1)
                } else {
                    match bytes[at..] {
                        [0xE0..=0xEF, second, third, ..] => (three(first, second, third), 3),
                        _ => break true,
                    }
                };
                let folded = table[code];
                if folded == SLOW {
                    break true;
                }
                slots[length] = u32::from(folded);
                length += usize::from(folded != DROP);
                at += size;
            };
            self.length += length;
            if slow {
                let c = text[at..].chars().next().unwrap_or_default();
                self.push_one(c);
                at += c.len_utf8();
            }
        }
        at
    }

    /// Slots for so many characters more.
    #[inline]
    fn room(&mut self, characters: usize) -> &mut [u32] {
        let needed = self.length + characters;
        if self.slots.len() < needed {
            self.slots.resize(needed, 0);
        }
        &mut self.slots[self.length..needed]
    }

    /// A character that is not of three bytes, or not one in the table.
    #[cold]
    fn push_one(&mut self, c: char) {
        match TABLE.get(c as usize) {
            Some(&DROP) => {}
            Some(&SLOW) | None => self.push_slowly(c),
            Some(&folded) => self.push_as_it_is(u32::from(folded)),
        }
    }

    /// Several characters for one, or a mark that joins the character before it.
    fn push_slowly(&mut self, c: char) {
        for part in std::iter::once(c).nfkc().filter(|&part| !is_dropped(part)) {
            let before = self.last().and_then(|&before| char::from_u32(before));
            match before.and_then(|before| compose(before, part)) {
                Some(joined) => self.slots[self.length - 1] = u32::from(joined),
                None => self.push_as_it_is(u32::from(part)),
            }
        }
    }

    fn push_as_it_is(&mut self, c: u32) {
        self.room(1)[0] = c;
        self.length += 1;
    }
}

/// The character of three bytes of UTF-8.
fn three(first: u8, second: u8, third: u8) -> usize {
    let [first, second, third] = [first, second, third].map(usize::from);
    (first & 0x0F) << 12 | (second & 0x3F) << 6 | (third & 0x3F)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        let mut out = Folded::default();
        out.push_text(text);
        out.iter().filter_map(|&c| char::from_u32(c)).collect()
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
