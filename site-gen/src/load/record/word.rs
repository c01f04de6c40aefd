//! Values that are one of a few words: the words are listed once, for reading, telling and schema.

use super::values::or_refuse;
use super::{Record, shape};
use crate::diagnostic::Report;
use crate::source::Located;

/// A value that is written as one of a few words.
pub trait Word: Copy + 'static {
    /// All values, in the order in which their words are told.
    const ALL: &'static [Self];

    /// As written.
    fn word(self) -> &'static str;

    /// The value behind a word.
    fn of(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|one| one.word() == word)
    }
}

impl Record<'_> {
    /// A required word of `T`.
    pub fn word<T: Word>(&self, key: &'static str, report: &mut Report) -> Option<Located<T>> {
        self.note(key, shape::word::<T>);
        word_at(&self.string(key, report)?, report)
    }

    /// An optional word of `T`.
    pub fn optional_word<T: Word>(
        &self,
        key: &'static str,
        report: &mut Report,
    ) -> Option<Located<T>> {
        self.note(key, shape::word::<T>);
        word_at(&self.optional_string(key, report)?, report)
    }

    /// An optional list of words of `T`; absent counts as empty.
    pub fn words<T: Word>(&self, key: &'static str, report: &mut Report) -> Vec<Located<T>> {
        self.note(key, || shape::list(shape::word::<T>()));
        let texts = self.strings(key, report);
        texts.iter().filter_map(|text| word_at(text, report)).collect()
    }

    /// A word of `T`, or a list of them.
    pub fn one_or_more_words<T: Word>(
        &self,
        key: &'static str,
        report: &mut Report,
    ) -> Vec<Located<T>> {
        self.note(key, || shape::one_or_more(shape::word::<T>(), shape::word::<T>()));
        let texts = self.one_or_more(key, report);
        texts.iter().filter_map(|text| word_at(text, report)).collect()
    }
}

fn word_at<T: Word>(text: &Located<String>, report: &mut Report) -> Option<Located<T>> {
    or_refuse(T::of(&text.value), text, told::<T>, report)
}

/// The words of `T` as they are told to people.
fn told<T: Word>() -> String {
    let words: Vec<&str> = T::ALL.iter().map(|one| one.word()).collect();
    match words.as_slice() {
        [one, other] => format!("`{one}` か `{other}`"),
        _ if words.iter().all(|word| word.is_ascii()) => {
            format!("`{}` のどれか", words.join("`、`"))
        }
        _ => format!("「{}」のどれか", words.join("」「")),
    }
}
