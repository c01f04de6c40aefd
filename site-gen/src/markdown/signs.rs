//! What single characters may be the start of.
//!
//! Nearly all characters mean nothing to any check. A table knows the few at which one may have
//! something to say, so that [`reading`](super::reading) goes through a text once and each check
//! only looks where it may find something.

use std::sync::LazyLock;

use super::lint::is_suspect;

/// What a character may be the start of; several at once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Signs(u16);

impl Signs {
    /// The name of a term.
    const TERM: Self = Self(1);
    /// The end of a sentence.
    pub(super) const END: Self = Self(1 << 1);
    /// The ※ of a term.
    pub(super) const MARK: Self = Self(1 << 2);
    /// The 年 of a date.
    pub(super) const YEAR: Self = Self(1 << 3);
    /// A reading above a word.
    pub(super) const READING: Self = Self(1 << 4);
    /// A reference to a note.
    pub(super) const NOTE: Self = Self(1 << 5);
    /// Emphasis that did not work.
    pub(super) const EMPHASIS: Self = Self(1 << 6);
    /// Something that does not reach every reader.
    pub(super) const SUSPECT: Self = Self(1 << 7);
    /// A mark that was meant and stayed text: the end of a bracket, a bar, a full-width brace.
    pub(super) const LEFTOVER: Self = Self(1 << 10);
    /// The second character of a name: most places where one may start have another.
    const SECOND: Self = Self(1 << 8);
    /// The only character of a name.
    const ONLY: Self = Self(1 << 9);
    /// Characters outside the table are few; whom they may concern looks at them.
    const RARE: Self = Self(Self::TERM.0 | Self::SECOND.0 | Self::ONLY.0 | Self::SUSPECT.0);

    /// Whether `other` is among them.
    pub(super) fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether nothing starts here.
    pub(super) fn are_idle(self) -> bool {
        self.0 & !Self::SECOND.0 == 0
    }

    pub(super) fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }

    pub(super) fn remove(&mut self, other: Self) {
        self.0 &= !other.0;
    }

    /// Those that do not depend on the glossary.
    fn of(c: char) -> Self {
        match c {
            '。' | '！' | '？' => Self::END,
            '※' => Self::MARK,
            '年' => Self::YEAR,
            '{' => Self::READING,
            '[' => Self::NOTE,
            '*' | '~' | '＊' => Self::EMPHASIS,
            ']' | '］' | '|' | '｛' => Self::LEFTOVER,
            c if is_suspect(c) => Self::SUSPECT,
            _ => Self::default(),
        }
    }
}

/// The signs of every character of the basic plane, where nearly all text is.
#[derive(Debug, Clone)]
pub(super) struct SignTable(Box<[Signs]>);

/// The table without a glossary.
static PLAIN: LazyLock<SignTable> = LazyLock::new(|| {
    let signs = |code| char::from_u32(code).map_or_else(Signs::default, Signs::of);
    SignTable((0..=0xFFFF).map(signs).collect())
});

impl Default for SignTable {
    fn default() -> Self {
        PLAIN.clone()
    }
}

impl SignTable {
    /// Adds the name of a term.
    pub(super) fn add_name(&mut self, name: &str) {
        let mut chars = name.chars();
        match (chars.next(), chars.next()) {
            (Some(first), Some(second)) => {
                self.add(first, Signs::TERM);
                self.add(second, Signs::SECOND);
            }
            (Some(only), None) => self.add(only, Signs(Signs::TERM.0 | Signs::ONLY.0)),
            _ => {}
        }
    }

    /// Names are found in capitals too.
    fn add(&mut self, c: char, signs: Signs) {
        for c in [c.to_ascii_lowercase(), c.to_ascii_uppercase()] {
            if let Some(known) = self.0.get_mut(c as usize) {
                known.add(signs);
            }
        }
    }

    pub(super) fn signs(&self, c: char) -> Signs {
        self.0.get(c as usize).copied().unwrap_or(Signs::RARE)
    }

    /// Whether a name may start with a character of these signs when `rest` follows it.
    pub(super) fn may_be_name(&self, signs: Signs, rest: &str) -> bool {
        let second = || rest.chars().next().is_some_and(|c| self.signs(c).has(Signs::SECOND));
        signs.has(Signs::TERM) && (signs.has(Signs::ONLY) || second())
    }
}
