//! Sentences as fingerprints, and finding many of them in a text at once.
//!
//! A rolling hash over 20 characters runs along the text; where it meets the start of a known
//! sentence, a second hash over the sentence's whole length decides. Thousands of sentences cost no
//! more than one, in a few bytes each.

use std::borrow::Cow;

use memchr::memchr;
use rayon::prelude::*;

use super::MIN_SENTENCE_CHARS;
use super::bits::Bits;
use super::fold::Folded;
use super::forbidden::{self, Forbidden};
use super::html::{self, push_decoded, take_apart};
use super::window::Window;
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
    /// [`Window`] over the first 20 characters.
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

/// Texts that one thread reads before another can take some of its work: secrets stand together.
const IN_ONE_GO: usize = 64;

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

    /// Calls `found` with every folded line of it; `room` is room to work in.
    fn lines(&self, room: &mut Lines, found: impl FnMut(&[u32])) {
        match self {
            Self::Plain(text) => room.plain(text, found),
            Self::Title(text) => room.plain(text, found),
            Self::Html(segments) => {
                let Lines { line, value } = room;
                let mut reader = Reader { value, found };
                for segment in *segments {
                    if let Segment::Html(html) = segment {
                        take_apart(html, line, &mut reader);
                    }
                }
            }
        }
    }
}

/// Room for the lines of texts.
#[derive(Default)]
struct Lines {
    line: Folded,
    value: Folded,
}

impl Lines {
    fn plain(&mut self, text: &str, mut found: impl FnMut(&[u32])) {
        for line in text.lines() {
            self.line.clear();
            self.line.push_text(line);
            found(&self.line);
        }
    }
}

/// Reads what a compiled page says.
struct Reader<'r, F> {
    value: &'r mut Folded,
    found: F,
}

impl<F: FnMut(&[u32])> html::Parts for Reader<'_, F> {
    fn text(&mut self, text: &[u32]) {
        // A heading has a `#` behind it, to be copied as a link.
        (self.found)(text.strip_suffix(&[LINK]).unwrap_or(text));
    }

    fn attribute(&mut self, name: &str, value: &str) {
        if name == "alt" {
            self.value.clear();
            push_decoded(self.value, value);
            (self.found)(self.value);
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
    let secret = texts.par_iter().with_max_len(IN_ONE_GO).enumerate().filter(
        |(_, (words, visibility, _))| *visibility > lowest && !matches!(words, Words::Title(_)),
    );
    let room = || (Lines::default(), Vec::new());
    let gathered = secret.fold(room, |(mut lines, mut known), (index, (words, visibility, _))| {
        let place = u32::try_from(index).unwrap_or(u32::MAX);
        words.lines(&mut lines, |line| {
            split(line, *visibility, place, |sentence| known.push(sentence));
        });
        (lines, known)
    });
    gathered.map(|(_, known)| known).reduce(Vec::new, join)
}

/// What stands within a text that more people may read is as open as that text: a name in a list of
/// the staff site may be half a sentence of a public page.
fn lower(known: &mut [Sentence], texts: &[Text<'_>]) {
    for level in Visibility::ALL {
        let finder = Finder::new(known, &[], *level);
        if finder.is_empty() {
            continue;
        }
        let here = texts
            .par_iter()
            .with_max_len(IN_ONE_GO)
            .filter(|(_, visibility, _)| visibility == level);
        let room = || (Lines::default(), Vec::new());
        let found = here.fold(room, |(mut lines, mut found), (words, ..)| {
            words.lines(&mut lines, |line| finder.find(line, |index, _| found.push(index)));
            (lines, found)
        });
        for index in found.map(|(_, found)| found).reduce(Vec::new, join) {
            known[index].visibility = *level;
        }
    }
}

fn join<T>(mut all: Vec<T>, mut part: Vec<T>) -> Vec<T> {
    all.append(&mut part);
    all
}

/// Calls `found` with each sentence of a line that is long enough.
fn split(line: &[u32], visibility: Visibility, place: u32, mut found: impl FnMut(Sentence)) {
    for sentence in line.split(|c| ENDS.contains(c)) {
        let Some(start) = sentence.get(..MIN_SENTENCE_CHARS) else { continue };
        let chars = u16::try_from(sentence.len()).unwrap_or(u16::MAX);
        found(Sentence {
            start: Window::over(start).hash(),
            whole: whole(&sentence[..usize::from(chars)]),
            chars,
            visibility,
            place,
            is_latin: start.iter().all(|&c| c < 0x80),
        });
    }
}

/// The sentences to look for: those above a level.
pub(super) struct Finder<'s> {
    /// Ascending by `start`.
    known: &'s [Sentence],
    places: &'s [Place],
    level: Visibility,
    /// Their starts: most places of a text end here,
    starts: Bits,
    /// and here those that pass by chance, for the longer look is slow.
    other_starts: Bits,
    /// Whether there are any, and whether one of them may stand in ASCII text.
    is_empty: bool,
    is_latin: bool,
}

impl<'s> Finder<'s> {
    fn new(known: &'s [Sentence], places: &'s [Place], level: Visibility) -> Self {
        let secrets = || known.iter().filter(|sentence| sentence.visibility > level);
        let count = secrets().count();
        let mut starts = Bits::with_room_for(count);
        let mut other_starts = Bits::with_room_for(count);
        for sentence in secrets() {
            starts.insert(sentence.start);
            other_starts.insert(mix(sentence.start));
        }
        let is_latin = secrets().any(|sentence| sentence.is_latin);
        Self { known, places, level, starts, other_starts, is_empty: count == 0, is_latin }
    }

    /// Whether there is nothing to look for.
    pub(super) fn is_empty(&self) -> bool {
        self.is_empty
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
        let Some((first, entering)) = text.split_at_checked(MIN_SENTENCE_CHARS - 1) else { return };
        if self.is_empty {
            return;
        }
        let mut window = Window::over(first);
        for (start, &c) in entering.iter().enumerate() {
            window.enter(c);
            if self.starts.may_hold(window.hash()) {
                self.compare(window.hash(), &text[start..], &mut found);
            }
        }
    }

    /// Calls `found` with each secret that `text` begins with; `start` is the hash of its start.
    #[cold]
    fn compare(&self, start: u64, text: &[u32], found: &mut impl FnMut(usize, &[u32])) {
        if !self.other_starts.may_hold(mix(start)) {
            return;
        }
        let first = self.known.partition_point(|sentence| sentence.start < start);
        let same = self.known[first..].iter().take_while(|sentence| sentence.start == start);
        for (behind, sentence) in same.enumerate() {
            let all = text.get(..usize::from(sentence.chars));
            if sentence.visibility > self.level
                && all.is_some_and(|all| whole(all) == sentence.whole)
            {
                found(first + behind, text);
            }
        }
    }
}

/// The hash of a whole sentence.
fn whole(text: &[u32]) -> u64 {
    let base = 0xD6E8_FEB8_6659_FD93;
    mix(text.iter().fold(0, |hash: u64, &c| hash.wrapping_mul(base).wrapping_add(u64::from(c))))
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
        Words::plain(secret).lines(&mut Lines::default(), |line| {
            split(line, Visibility::Restricted, 0, |sentence| known.push(sentence));
        });
        let mut folded = Folded::default();
        folded.push_text(text);
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
