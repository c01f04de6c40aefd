//! ※ terms: the suffix binds to the longest term ending there and becomes a link.
//!
//! `語※` in running text links to 「このページの用語」 at the page's end. In headings and links the
//! mark is dropped, in code and addresses it is an ordinary character, and a ※ that starts a block
//! or stands before a digit, a space or 印 is an ordinary note mark. Matching is after NFKC.

use std::collections::{HashMap, HashSet};

use aho_corasick::{AhoCorasick, AhoCorasickKind, Anchored, Input, MatchKind, StartKind};
use foldhash::fast::RandomState;
use memchr::memchr_iter;
use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::fold::{Folded, fold};
use super::items::piece;
use super::pending::Pending;
use super::ruby::Ruby;
use super::signs::{SignTable, Signs};
use super::{Item, Items, Node, Work};
use crate::diagnostic::{did_you_mean, error, warning};
use crate::load::Term;
use crate::load::site::TermMarks;
use crate::source::Place;

const MARK: char = '※';

/// Every term and alias, folded, with the index of its entry.
#[derive(Debug, Default)]
pub struct TermIndex {
    entries: HashMap<String, usize, RandomState>,
    ids: Vec<String>,
    /// As written, in order.
    names: Vec<(String, usize)>,
    /// Characters and bytes of the longest, folded.
    longest: (usize, usize),
    /// Finds the longest name at a place of running text.
    finder: Option<AhoCorasick>,
    /// The places where it is worth looking.
    signs: SignTable,
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
                let (chars, bytes) = index.longest;
                index.longest = (chars.max(folded.chars().count()), bytes.max(folded.len()));
                index.entries.insert(folded, position);
                index.names.push((name.value.clone(), position));
                index.signs.add_name(&name.value);
            }
        }
        index.finder = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .start_kind(StartKind::Anchored)
            // Asked at a few places of a text only, where a table of every byte in every state would
            // be read anew each time.
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .ascii_case_insensitive(true)
            .build(index.names.iter().map(|(name, _)| name))
            .ok();
        index
    }

    /// The longest name of a term that starts at byte `at`: where it ends, and its term.
    pub(super) fn name_at(&self, text: &str, at: usize) -> Option<(usize, usize)> {
        let input = Input::new(text).range(at..).anchored(Anchored::Yes);
        let hit = self.finder.as_ref()?.try_find(input).ok()??;
        Some((hit.end(), self.names[hit.pattern().as_usize()].1))
    }

    /// Where the checks of characters have to look.
    pub(super) fn signs(&self) -> &SignTable {
        &self.signs
    }

    /// The longest term that `text` ends with: byte at which it starts, and its position.
    fn longest_suffix(&self, text: &str) -> Option<(usize, usize)> {
        // A half-width voiced kana is two characters, so the tail may be longer than the term.
        let tail =
            text.char_indices().rev().take(self.longest.0 * 2).last().map_or(0, |(at, _)| at);
        let folded = Folded::new(text, tail);
        let too_long = folded.text.len().saturating_sub(self.longest.1);
        folded.starts.iter().skip_while(|(at, _)| *at < too_long).find_map(|&(at, start)| {
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
pub(super) fn link(items: &mut Items<'_>, terms: &TermIndex, work: &mut Work<'_>) {
    if !work.seen.has(Signs::MARK) {
        return;
    }
    let mut linker = Linker { terms, section: HashSet::default() };
    let mut around = vec![Around::Text];
    items.rewrite(|_, item, out| {
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
            Node::Event(Event::Text(text)) if here != Around::Code && find_mark(text).is_some() => {
                linker.text(text, &item, here, out, work);
                return;
            }
            _ => {}
        }
        out.push(item);
    });
}

/// The work on one text.
struct Linker<'t> {
    terms: &'t TermIndex,
    /// Terms already marked since the last heading.
    section: HashSet<usize, RandomState>,
}

impl Linker<'_> {
    fn text<'a>(
        &mut self,
        text: &CowStr<'a>,
        item: &Item<'a>,
        around: Around,
        out: &mut Vec<Item<'a>>,
        work: &mut Work<'_>,
    ) {
        let mut pending = Pending::new(text);
        while let Some(found) = find_mark(&text[pending.end()..]) {
            let at = pending.end() + found;
            let behind = at + MARK.len_utf8();
            pending.read(at);
            if pending.text().ends_with('\\') {
                pending.unescape(MARK, behind);
                continue;
            }
            let earlier = if pending.text().is_empty() { earlier_text(out) } else { None };
            let before = earlier.map_or(pending.text(), |(_, text)| text);
            let place = work.part(item, at, MARK.len_utf8());
            if is_note_mark(before, &text[behind..]) {
                self.warn_before_space(before, &text[behind..], place, work);
                pending.read(behind);
                continue;
            }
            let Some((start, term)) = find_term(before, self.terms) else {
                report_unknown(before, self.terms, place, work);
                pending.leave_out(behind);
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
                pending.leave_out(behind);
                continue;
            }
            let [prefix, word] = match earlier {
                Some((_, text)) => [0..start, start..text.len()].map(|range| piece(text, range)),
                None => pending.split(start),
            };
            let index = earlier.map(|(index, _)| index);
            let count = count_use(term, place, work);
            let is_first = self.section.insert(term);
            let keeps_mark = is_first || work.dialect.options.term_marks == TermMarks::Every;
            let (open, close) =
                anchor(&self.terms.ids[term], count, keeps_mark, work.origin.term.is_none());
            let pieces = [
                Event::Text(prefix),
                Event::InlineHtml(open.into()),
                Event::Text(word),
                Event::InlineHtml(close.into()),
            ]
            .map(|event| Item { node: Node::Event(event), at: item.at.clone() });
            match index {
                Some(index) => drop(out.splice(index..=index, pieces)),
                None => out.extend(pieces),
            }
            pending.clear(behind);
        }
        pending.read(text.len());
        if !pending.text().is_empty() {
            let [text, _] = pending.split(pending.text().len());
            out.push(Item { node: Node::Event(Event::Text(text)), at: item.at.clone() });
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

/// The byte of the first mark.
fn find_mark(text: &str) -> Option<usize> {
    // Its first byte is rare in Japanese, unlike the others.
    let is_mark = |&at: &usize| text.as_bytes()[at..].starts_with("※".as_bytes());
    memchr_iter(0xE2, text.as_bytes()).find(is_mark)
}

/// The text before a closing `**`, `*` or `~~` that ends the output so far, and its position.
fn earlier_text<'i, 'a>(out: &'i [Item<'a>]) -> Option<(usize, &'i CowStr<'a>)> {
    let closes = |item: &&Item<'_>| {
        matches!(
            item.node,
            Node::Event(Event::End(TagEnd::Strong | TagEnd::Emphasis | TagEnd::Strikethrough))
        )
    };
    let closing = out.iter().rev().take_while(closes).count();
    let index = out.len().checked_sub(closing + 1)?;
    match &out[index].node {
        Node::Event(Event::Text(text)) if closing > 0 => Some((index, text)),
        _ => None,
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
fn anchor(id: &str, count: usize, keeps_mark: bool, backlinks: bool) -> (String, &'static str) {
    let count = count.to_string();
    let back = if backlinks { ["\" id=\"r-", id, "-", &count] } else { [""; 4] };
    let open =
        ["<a class=\"term\" role=\"doc-glossref", &back.concat(), "\" href=\"#t-", id, "\">"];
    let close = if keeps_mark { "<span aria-hidden=\"true\">※</span></a>" } else { "</a>" };
    (open.concat(), close)
}

impl TermIndex {
    /// A text without the marks of its terms, for titles and summaries; places of marks that no
    /// term stands before go to `unknown`, in bytes.
    pub fn without_marks(&self, text: &str, mut unknown: impl FnMut(&str, usize)) -> String {
        let mut plain = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(found) = find_mark(rest) {
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
