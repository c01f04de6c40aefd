//! ※ terms: the suffix binds to the longest term ending there and becomes a link.
//!
//! `語※` in running text links to 「このページの用語」 at the page's end. In headings and links the
//! mark is dropped, in code and addresses it is an ordinary character, and a ※ that starts a block
//! or stands before a digit, a space or 印 is an ordinary note mark. Matching is after NFKC.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use pulldown_cmark::{Event, LinkType, Tag, TagEnd};
use unicode_normalization::UnicodeNormalization as _;

use super::ruby::Ruby;
use super::{Item, Node, Work};
use crate::diagnostic::{did_you_mean, error, warning};
use crate::load::Term;
use crate::load::site::TermMarks;
use crate::source::Place;

const MARK: char = '※';

/// Every term and alias, folded, with the index of its entry.
#[derive(Debug, Default)]
pub struct TermIndex {
    entries: HashMap<String, usize>,
    ids: Vec<String>,
    /// As written, in order.
    names: Vec<(String, usize)>,
    longest: usize,
    /// Finds names in running text, the longest at each place.
    finder: Option<AhoCorasick>,
}

/// A term a text uses.
#[derive(Debug, Clone)]
pub struct TermUse {
    /// Index of the term in the glossary.
    pub term: usize,
    /// How many times it is linked.
    pub count: usize,
    /// Where it is first used.
    pub place: Place,
}

impl TermIndex {
    /// Indexes a glossary.
    pub fn new(glossary: &[Term]) -> Self {
        let mut index = Self::default();
        for (position, term) in glossary.iter().enumerate() {
            index.ids.push(term.id.clone());
            for name in std::iter::once(&term.term).chain(&term.aliases) {
                let folded = fold(&name.value);
                index.longest = index.longest.max(folded.chars().count());
                index.entries.insert(folded, position);
                index.names.push((name.value.clone(), position));
            }
        }
        index.finder = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            // Every text of a content goes through it; a glossary makes a small one.
            .kind(Some(AhoCorasickKind::DFA))
            .ascii_case_insensitive(true)
            .build(index.names.iter().map(|(name, _)| name))
            .ok();
        index
    }

    /// Every place of a text where the name of a term stands: bytes and position of the term; the
    /// longest name counts.
    pub(super) fn occurrences<'t>(
        &'t self,
        text: &'t str,
    ) -> impl Iterator<Item = (Range<usize>, usize)> + 't {
        self.finder
            .iter()
            .flat_map(move |finder| finder.find_iter(text))
            .map(|hit| (hit.range(), self.names[hit.pattern().as_usize()].1))
    }

    /// The longest term that `text` ends with: byte at which it starts, and its position.
    fn longest_suffix(&self, text: &str) -> Option<(usize, usize)> {
        // A half-width voiced kana is two characters, so the tail may be longer than the term.
        let tail = text.char_indices().rev().take(self.longest * 2).last().map_or(0, |(at, _)| at);
        let folded = Folded::new(text, tail);
        folded.starts.iter().find_map(|&(at, start)| {
            let position = *self.entries.get(&folded.text[at..])?;
            Some((start, position))
        })
    }
}

impl TermIndex {
    /// Terms that are nearly what `text` ends with, best first, at most three.
    ///
    /// The author's word has no start we could see, so each term is held against as many
    /// characters as it has itself.
    fn nearest_suffixes(&self, text: &str) -> Vec<&str> {
        let folded = fold(text);
        let mut scored: Vec<(usize, &str)> = self
            .entries
            .keys()
            .map(|name| {
                let tail = last_chars(&folded, name.chars().count());
                (strsim::damerau_levenshtein(tail, name), name.as_str())
            })
            .filter(|&(distance, name)| distance * 3 <= name.chars().count())
            .collect();
        scored.sort_by_key(|&(distance, name)| {
            (distance, std::cmp::Reverse(name.chars().count()), name)
        });
        scored.into_iter().take(3).map(|(_, name)| name).collect()
    }
}

/// The folded tail of a text, with the byte of the text at which each folded piece starts.
struct Folded {
    text: String,
    /// Byte in the folded text, byte in the original; ascending.
    starts: Vec<(usize, usize)>,
}

impl Folded {
    fn new(text: &str, tail: usize) -> Self {
        let mut folded = Self { text: String::new(), starts: Vec::new() };
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

/// What surrounds a piece of text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Around {
    /// Running text, lists, tables.
    Text,
    /// Headings and text alternatives: the word stays, the mark goes.
    Bare,
    /// The text of a link: the word stays, the mark goes, and the author is told.
    Link,
    /// Code and written-out addresses: nothing changes.
    Code,
}

impl Around {
    /// What surrounds the text inside `tag`.
    pub(super) fn enter(self, tag: &Tag<'_>) -> Self {
        match tag {
            Tag::Heading { .. } | Tag::Image { .. } => Self::Bare,
            Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. }
            | Tag::CodeBlock(_) => Self::Code,
            Tag::Link { .. } => Self::Link,
            _ => self,
        }
    }
}

/// Links marked terms.
pub(super) fn link<'a>(
    items: Vec<Item<'a>>,
    terms: &TermIndex,
    work: &mut Work<'_>,
) -> Vec<Item<'a>> {
    let is_marked = |item: &Item<'_>| matches!(&item.node, Node::Event(Event::Text(text)) if text.contains(MARK));
    if !items.iter().any(is_marked) {
        return items;
    }
    let mut linker =
        Linker { terms, out: Vec::with_capacity(items.len() + 16), section: HashSet::new() };
    let mut around = vec![Around::Text];
    for item in items {
        let here = around.last().copied().unwrap_or(Around::Text);
        match &item.node {
            Node::Event(Event::Start(tag)) => {
                if matches!(tag, Tag::Heading { .. }) {
                    linker.section.clear();
                }
                around.push(here.enter(tag));
            }
            Node::Event(Event::End(_)) => {
                around.pop();
            }
            Node::Event(Event::Text(text)) if here != Around::Code && text.contains(MARK) => {
                let text = text.to_string();
                linker.text(&text, &item, here, work);
                continue;
            }
            _ => {}
        }
        linker.out.push(item);
    }
    linker.out
}

/// The work on one text.
struct Linker<'t, 'a> {
    terms: &'t TermIndex,
    out: Vec<Item<'a>>,
    /// Terms already marked since the last heading.
    section: HashSet<usize>,
}

impl<'a> Linker<'_, 'a> {
    fn text(&mut self, text: &str, item: &Item<'a>, around: Around, work: &mut Work<'_>) {
        // Text since the last mark; it goes out whole unless a term is cut off its end.
        let mut pending = String::new();
        let mut rest = text;
        while let Some(found) = rest.find(MARK) {
            let at = text.len() - rest.len() + found;
            pending.push_str(&rest[..found]);
            rest = &rest[found + MARK.len_utf8()..];
            if pending.ends_with('\\') {
                pending.pop();
                pending.push(MARK);
                continue;
            }
            let from_earlier = pending.is_empty().then(|| earlier_text(&self.out)).flatten();
            let before = from_earlier.map_or(pending.as_str(), |index| text_of(&self.out[index]));
            let place = work.part(item, at, MARK.len_utf8());
            if is_note_mark(before, rest) {
                self.warn_before_space(before, rest, place, work);
                pending.push(MARK);
                continue;
            }
            let Some((start, term)) = find_term(before, self.terms) else {
                report_unknown(before, self.terms, place, work);
                continue;
            };
            if around != Around::Text {
                if around == Around::Link {
                    work.push(
                        warning(
                            "term-in-link",
                            place,
                            "リンクの中の ※ は付きません（リンクが優先されます）",
                        )
                        .hint("※ を消すか、リンクの外の語に付けます。"),
                    );
                }
                continue;
            }
            let word = before[start..].to_owned();
            let prefix = before[..start].to_owned();
            let count = count_use(term, place, work);
            let is_first = self.section.insert(term);
            let keeps_mark = is_first || work.dialect.options.term_marks == TermMarks::Every;
            let (open, close) =
                anchor(&self.terms.ids[term], count, keeps_mark, work.origin.term.is_none());
            let pieces = [
                Event::Text(prefix.into()),
                Event::InlineHtml(open.into()),
                Event::Text(word.into()),
                Event::InlineHtml(close.into()),
            ]
            .map(|event| Item { node: Node::Event(event), at: item.at.clone() });
            match from_earlier {
                Some(index) => drop(self.out.splice(index..=index, pieces)),
                None => self.out.extend(pieces),
            }
            pending.clear();
        }
        pending.push_str(rest);
        if !pending.is_empty() {
            self.out
                .push(Item { node: Node::Event(Event::Text(pending.into())), at: item.at.clone() });
        }
    }

    /// `マルウェア※ の`: by the rule a note mark, most likely meant as a term.
    fn warn_before_space(&self, before: &str, after: &str, place: Place, work: &mut Work<'_>) {
        let is_before_space = after.starts_with(char::is_whitespace);
        if is_before_space && let Some((start, _)) = find_term(before, self.terms) {
            let word = super::ruby::base_text(&before[start..]);
            work.push(
                warning(
                    "term-before-space",
                    place,
                    format!("「{word}※」の後に空白があるため、用語ではなく注の印になります"),
                )
                .hint("用語なら空白を消します。ただの注なら `\\※` と書きます。"),
            );
        }
    }
}

/// The term that `text` ends with, readings above it or above a part of it looked through
/// (`フィッシング{詐欺|さぎ}※`).
fn find_term(text: &str, terms: &TermIndex) -> Option<(usize, usize)> {
    if !text.ends_with('}') && !text.contains('}') {
        return terms.longest_suffix(text);
    }
    let mut plain = String::with_capacity(text.len());
    // Starts of pieces: in the plain text, in the text, and whether a reading stands above.
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(ruby) = Ruby::first(rest) {
        let at = text.len() - rest.len();
        pieces.push((plain.len(), at, false));
        plain.push_str(&rest[..ruby.start]);
        pieces.push((plain.len(), at + ruby.start, true));
        plain.push_str(ruby.base(rest));
        rest = &rest[ruby.end..];
    }
    pieces.push((plain.len(), text.len() - rest.len(), false));
    plain.push_str(rest);
    let (start, term) = terms.longest_suffix(&plain)?;
    let &(from, at, is_ruby) = pieces.iter().rev().find(|&&(from, ..)| from <= start)?;
    // A term cannot begin in the middle of a word under one reading.
    (!is_ruby || from == start).then_some((at + start - from, term))
}

/// The text before a closing `**`, `*` or `~~` that ends the output so far.
fn earlier_text(out: &[Item<'_>]) -> Option<usize> {
    let closes = |item: &&Item<'_>| {
        matches!(
            item.node,
            Node::Event(Event::End(TagEnd::Strong | TagEnd::Emphasis | TagEnd::Strikethrough))
        )
    };
    let closing = out.iter().rev().take_while(closes).count();
    let index = out.len().checked_sub(closing + 1)?;
    let is_text = matches!(out[index].node, Node::Event(Event::Text(_)));
    (closing > 0 && is_text).then_some(index)
}

fn text_of<'i>(item: &'i Item<'_>) -> &'i str {
    match &item.node {
        Node::Event(Event::Text(text)) => text,
        _ => "",
    }
}

/// A ※ with no word before it, before a space, or that counts or names itself is an ordinary note
/// mark.
fn is_note_mark(before: &str, after: &str) -> bool {
    let starts =
        before.chars().next_back().is_none_or(|c| c.is_whitespace() || "（「『".contains(c));
    let counts =
        after.chars().next().is_some_and(|c| c.is_numeric() || c.is_whitespace() || c == '印');
    starts || counts
}

fn report_unknown(before: &str, terms: &TermIndex, place: Place, work: &mut Work<'_>) {
    let candidates = terms.nearest_suffixes(before);
    let word = match candidates.first() {
        Some(best) => last_chars(before, best.chars().count()),
        None => last_word(before),
    };
    let mut finding = error("unknown-term", place, format!("「{word}※」に当たる用語がありません"));
    if let Some(hint) = did_you_mean(&candidates) {
        finding = finding.hint(hint);
    }
    work.push(finding.hint("用語は content/glossary にあります。ただの注なら `\\※` と書きます。"));
}

/// The last `count` characters of `text`.
fn last_chars(text: &str, count: usize) -> &str {
    let start = text.char_indices().rev().take(count).last().map_or(0, |(at, _)| at);
    &text[start..]
}

/// The run of one script that ends `text`: what the author most likely meant as the term.
fn last_word(text: &str) -> &str {
    let script = |c: char| match c {
        'ァ'..='ヺ' | 'ー' => 1,
        'ぁ'..='ゖ' => 2,
        c if c.is_ascii_alphanumeric() => 3,
        c if c.is_alphabetic() => 4,
        _ => 0,
    };
    let Some(last) = text.chars().next_back() else { return text };
    let start = text
        .char_indices()
        .rev()
        .take_while(|&(_, c)| script(c) == script(last))
        .last()
        .map_or(0, |(at, _)| at);
    &text[start..]
}

fn count_use(term: usize, place: Place, work: &mut Work<'_>) -> usize {
    if let Some(known) = work.body.terms.iter_mut().find(|known| known.term == term) {
        known.count += 1;
        return known.count;
    }
    work.body.terms.push(TermUse { term, count: 1, place });
    1
}

/// What stands before and after the word.
fn anchor(id: &str, count: usize, keeps_mark: bool, backlinks: bool) -> (String, String) {
    let back = if backlinks { format!(" id=\"r-{id}-{count}\"") } else { String::new() };
    let mark = if keeps_mark { "<span aria-hidden=\"true\">※</span>" } else { "" };
    (
        format!("<a class=\"term\" role=\"doc-glossref\"{back} href=\"#t-{id}\">"),
        format!("{mark}</a>"),
    )
}

impl TermIndex {
    /// A text without the marks of its terms, for titles and summaries; places of marks that no
    /// term stands before go to `unknown`, in bytes.
    pub fn without_marks(&self, text: &str, mut unknown: impl FnMut(&str, usize)) -> String {
        let mut plain = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(found) = rest.find(MARK) {
            let at = text.len() - rest.len() + found;
            plain.push_str(&rest[..found]);
            rest = &rest[found + MARK.len_utf8()..];
            if plain.ends_with('\\') {
                plain.pop();
                plain.push(MARK);
            } else if is_note_mark(&plain, rest) {
                plain.push(MARK);
            } else if find_term(&plain, self).is_none() {
                unknown(last_word(&plain), at);
            }
        }
        plain.push_str(rest);
        plain
    }
}
