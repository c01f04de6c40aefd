//! Sentences as fingerprints, and finding many of them in a text at once.
//!
//! A rolling hash over 20 characters runs along the text; where it meets the start of a known
//! sentence, a second hash over the sentence's whole length decides. Thousands of sentences cost no
//! more than one, in a few bytes each.

use std::borrow::Cow;

use memchr::memchr;
use rayon::prelude::*;

use super::forbidden::{self, Forbidden};
use super::html::{Part, push_decoded, take_apart};
use super::{MIN_SENTENCE_CHARS, fold};
use crate::check::Checked;
use crate::load::Word as _;
use crate::markdown::Segment;
use crate::source::{Place, Sources};
use crate::visibility::Visibility;

/// Every sentence of the content with the least visibility it has anywhere.
#[derive(Debug)]
pub struct Sentences {
    /// Ascending by `start`.
    known: Vec<Sentence>,
    places: Vec<Place>,
    /// Words that must not stand on some sites whatever the content says.
    forbidden: Vec<Forbidden>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Sentence {
    /// Hash of the first 20 characters.
    start: u64,
    /// Another hash of all characters.
    whole: u64,
    /// How many characters `whole` is of: all, but for sentences that no page has.
    chars: u16,
    visibility: Visibility,
    /// Index into the places.
    place: u32,
    /// Whether its first 20 characters are ASCII: few are in a Japanese content.
    is_latin: bool,
}

impl Sentence {
    /// What tells it from others; sentences are in order of it.
    fn key(&self) -> (u64, u64, u16) {
        (self.start, self.whole, self.chars)
    }
}

/// A text of the content: who may read it, and where it stands.
pub(super) type Text<'a> = (Words<'a>, Visibility, Place);

/// What a text says.
pub(super) enum Words<'a> {
    /// As it stands in a data file.
    Plain(Cow<'a, str>),
    /// The title of a page: no secret, other texts name it; but what it says is open where it is.
    Title(&'a str),
    /// A compiled page, read as the scan reads a finished one.
    Html(&'a [Segment]),
}

impl<'a> Words<'a> {
    pub(super) fn plain(text: &'a str) -> Self {
        Self::Plain(Cow::Borrowed(text))
    }

    /// Calls `found` with every folded line of it.
    fn lines(&self, mut found: impl FnMut(&[u32])) {
        let mut line = Vec::new();
        let mut plain = |text: &str| {
            for part in text.lines() {
                line.clear();
                fold::push_text(&mut line, part);
                found(&line);
            }
        };
        match self {
            Self::Plain(text) => plain(text),
            Self::Title(text) => plain(text),
            Self::Html(segments) => {
                let mut value = Vec::new();
                for segment in *segments {
                    let Segment::Html(html) = segment else { continue };
                    take_apart(html, &mut line, |part| match part {
                        // A heading has a `#` behind it, to be copied as a link.
                        Part::Text(text) => found(text.strip_suffix(&[LINK]).unwrap_or(text)),
                        Part::Attribute("alt", text) => {
                            value.clear();
                            push_decoded(&mut value, text);
                            found(&value);
                        }
                        Part::Attribute(..) | Part::Script(_) => {}
                    });
                }
            }
        }
    }
}

const LINK: u32 = '#' as u32;
/// Ends of sentences, folded.
const ENDS: [u32; 3] = ['。' as u32, '!' as u32, '?' as u32];

impl Sentences {
    /// Takes all texts of a content apart; what every site from the `lowest` level up may show is
    /// looked at and not kept.
    pub fn gather(checked: &Checked, sources: &Sources, lowest: Visibility) -> Self {
        let texts = super::gather::texts(checked, sources);
        let mut known = sentences(&texts, lowest);
        known.par_sort_unstable();
        // The least restricted of equal sentences comes first and stays.
        known.dedup_by_key(|sentence| sentence.key());
        lower(&mut known, &texts);
        known.retain(|sentence| sentence.visibility > lowest);
        known.shrink_to_fit();
        let places = texts.into_iter().map(|(_, _, place)| place).collect();
        let forbidden = forbidden::gather(checked, sources);
        Self { known, places, forbidden }
    }

    /// Lets go of what every site from this level up may show.
    pub fn forget_up_to(&mut self, level: Visibility) {
        let known = self.known.len();
        self.known.retain(|sentence| sentence.visibility > level);
        if self.known.len() < known {
            self.known.shrink_to_fit();
        }
    }

    /// Words a site of this level must not show.
    pub(super) fn forbidden_above(&self, level: Visibility) -> Vec<Forbidden> {
        self.forbidden.iter().filter(|word| word.is_above(level)).cloned().collect()
    }

    /// Those a site of this level must not show.
    pub(super) fn above(&self, level: Visibility) -> Finder<'_> {
        Finder::new(&self.known, &self.places, level)
    }
}

/// The sentences of all texts above a level, in no order.
fn sentences(texts: &[Text<'_>], lowest: Visibility) -> Vec<Sentence> {
    let gathered = texts.par_iter().enumerate().fold(Vec::new, |mut known, (index, text)| {
        let (words, visibility, _) = text;
        if *visibility > lowest && !matches!(words, Words::Title(_)) {
            let place = u32::try_from(index).unwrap_or(u32::MAX);
            split(words, *visibility, place, |sentence| known.push(sentence));
        }
        known
    });
    gathered.reduce(Vec::new, join)
}

/// What stands within a text that more people may read is as open as that text: a name in a list of
/// the staff site may be half a sentence of a public page.
fn lower(known: &mut [Sentence], texts: &[Text<'_>]) {
    for level in Visibility::ALL {
        let finder = Finder::new(known, &[], *level);
        let here = texts.par_iter().filter(|(_, visibility, _)| visibility == level);
        let found = here.fold(Vec::new, |mut found, (words, ..)| {
            words.lines(|line| finder.find(line, |index, _| found.push(index)));
            found
        });
        for index in found.reduce(Vec::new, join) {
            known[index].visibility = *level;
        }
    }
}

fn join<T>(mut all: Vec<T>, mut part: Vec<T>) -> Vec<T> {
    all.append(&mut part);
    all
}

/// Calls `found` with each sentence that is long enough.
fn split(text: &Words<'_>, visibility: Visibility, place: u32, mut found: impl FnMut(Sentence)) {
    text.lines(|line| {
        for sentence in line.split(|c| ENDS.contains(c)) {
            let Some(start) = sentence.get(..MIN_SENTENCE_CHARS) else { continue };
            let chars = u16::try_from(sentence.len()).unwrap_or(u16::MAX);
            found(Sentence {
                start: hash(start, BASE),
                whole: hash(&sentence[..usize::from(chars)], WHOLE_BASE),
                chars,
                visibility,
                place,
                is_latin: start.iter().all(|&c| c < 0x80),
            });
        }
    });
}

/// The sentences to look for: those above a level.
pub(super) struct Finder<'s> {
    /// Ascending by `start`.
    known: &'s [Sentence],
    places: &'s [Place],
    level: Visibility,
    /// One bit a start, by the high bits of its hash; most places of a text end here.
    filter: Vec<u64>,
    shift: u32,
    /// Whether there are any, and whether one of them may stand in ASCII text.
    is_empty: bool,
    is_latin: bool,
}

impl<'s> Finder<'s> {
    fn new(known: &'s [Sentence], places: &'s [Place], level: Visibility) -> Self {
        let secrets = || known.iter().filter(|sentence| sentence.visibility > level);
        let count = secrets().count();
        // Few places pass by chance, and the longer look is slow.
        let bits = (count.max(4) * 64).next_power_of_two().trailing_zeros();
        let shift = u64::BITS - bits;
        let mut filter = vec![0_u64; (1 << bits) / 64];
        for sentence in secrets() {
            let bit = (sentence.start >> shift) as usize;
            filter[bit / 64] |= 1 << (bit % 64);
        }
        let is_latin = secrets().any(|sentence| sentence.is_latin);
        Self { known, places, level, filter, shift, is_empty: count == 0, is_latin }
    }

    /// Whether a text as written, without its escapes, may hold any: much of a site is ASCII, and
    /// its sentences are not. `escape` begins what stands for another character.
    pub(super) fn may_stand_in(&self, text: &str, escape: u8) -> bool {
        !self.is_empty
            && (self.is_latin || !text.is_ascii() || memchr(escape, text.as_bytes()).is_some())
    }

    /// Where a sentence that was found stands in the content.
    pub(super) fn place(&self, index: usize) -> Option<Place> {
        self.places.get(self.known.get(index)?.place as usize).copied()
    }

    /// Calls `found` with each secret in `text`, and the text from there on.
    pub(super) fn find(&self, text: &[u32], mut found: impl FnMut(usize, &[u32])) {
        if text.len() < MIN_SENTENCE_CHARS || self.is_empty {
            return;
        }
        let (first, entering) = text.split_at(MIN_SENTENCE_CHARS);
        let mut rolling = roll(first, BASE);
        let mut moves = entering.iter().zip(text).enumerate();
        let mut start = 0;
        loop {
            let mixed = mix(rolling);
            let bit = (mixed >> self.shift) as usize;
            if self.filter.get(bit / 64).is_some_and(|word| word >> (bit % 64) & 1 == 1) {
                self.compare(mixed, &text[start..], &mut found);
            }
            let Some((at, (&enters, &leaves))) = moves.next() else { return };
            start = at + 1;
            let change = u64::from(enters).wrapping_sub(u64::from(leaves).wrapping_mul(LEAVING));
            rolling = rolling.wrapping_mul(BASE).wrapping_add(change);
        }
    }

    fn compare(&self, start: u64, text: &[u32], found: &mut impl FnMut(usize, &[u32])) {
        let first = self.known.partition_point(|sentence| sentence.start < start);
        let same = self.known[first..].iter().take_while(|sentence| sentence.start == start);
        for (behind, sentence) in same.enumerate() {
            let whole = text.get(..usize::from(sentence.chars));
            if sentence.visibility > self.level
                && whole.is_some_and(|whole| hash(whole, WHOLE_BASE) == sentence.whole)
            {
                found(first + behind, text);
            }
        }
    }
}

const BASE: u64 = 0x9E37_79B9_7F4A_7C15;
const WHOLE_BASE: u64 = 0xD6E8_FEB8_6659_FD93;
/// What a character weighs when it leaves the window: `BASE` to the power of the window.
const LEAVING: u64 = {
    let (mut power, mut left) = (1_u64, MIN_SENTENCE_CHARS);
    while left > 0 {
        power = power.wrapping_mul(BASE);
        left -= 1;
    }
    power
};

fn hash(text: &[u32], base: u64) -> u64 {
    mix(roll(text, base))
}

fn roll(text: &[u32], base: u64) -> u64 {
    text.iter().fold(0, |hash: u64, &c| hash.wrapping_mul(base).wrapping_add(u64::from(c)))
}

/// Spreads differences into the high bits.
fn mix(hash: u64) -> u64 {
    (hash ^ (hash >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    fn hits(secret: &str, text: &str) -> usize {
        let file = Sources::default().add("a".into(), "a".into(), "".into());
        let mut known = Vec::new();
        split(&Words::plain(secret), Visibility::Restricted, 0, |sentence| known.push(sentence));
        let mut folded = Vec::new();
        fold::push_text(&mut folded, text);
        let mut hits = 0;
        Finder::new(&known, &[file.place(0..0)], Visibility::Public)
            .find(&folded, |_, _| hits += 1);
        hits
    }

    #[test]
    fn finds_whole_sentences_anywhere_in_any_width() {
        let secret = "初動対応の手順書は、委員会の保管庫の第三棚に置いています。";
        assert_eq!(hits(secret, secret), 1);
        let inside = format!("前の文です。{secret}後の文です。{secret}");
        assert_eq!(hits(secret, &inside), 2);
        assert_eq!(hits("AAAA1111BBBB2222CCCC3333。", "ＡＡＡＡ１１１１ BBBB2222CCCC3333"), 1);
        assert_eq!(hits(secret, "初動対応の手順書は、委員会の保管庫の第三棚に置いてあります。"), 0);
        assert_eq!(hits("短い文です。", "短い文です。"), 0, "below the length that counts");
    }
}
