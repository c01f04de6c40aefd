//! ※ terms: the suffix binds to the longest term ending there and becomes a link.
//!
//! `語※` in running text links to 「このページの用語」 at the page's end. In headings and links the
//! mark is dropped, in code and addresses it is an ordinary character, and a ※ that starts a block
//! or stands before a digit, a space or 印 is an ordinary note mark. Matching is after NFKC.

use std::collections::HashMap;

use pulldown_cmark::{Event, Tag, TagEnd};
use unicode_normalization::UnicodeNormalization as _;

use super::{Item, Node, Work};
use crate::diagnostic::{did_you_mean, error, warning};
use crate::load::Term;
use crate::source::Place;

const MARK: char = '※';

/// Every term and alias, folded, with the index of its entry.
#[derive(Debug, Default)]
pub struct TermIndex {
    entries: HashMap<String, usize>,
    ids: Vec<String>,
    longest: usize,
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
            }
        }
        index
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

#[derive(Clone, Copy, PartialEq, Eq)]
enum Around {
    Text,
    /// Headings and text alternatives: the word stays, the mark goes.
    Bare,
    Link,
    Code,
}

/// Links marked terms.
pub(super) fn link<'a>(
    items: Vec<Item<'a>>,
    terms: &TermIndex,
    work: &mut Work<'_>,
) -> Vec<Item<'a>> {
    let mut out: Vec<Item<'a>> = Vec::with_capacity(items.len());
    let mut around = vec![Around::Text];
    for item in items {
        let here = around.last().copied().unwrap_or(Around::Text);
        match &item.node {
            Node::Event(Event::Start(tag)) => around.push(enter(tag, here)),
            Node::Event(Event::End(_)) => {
                around.pop();
            }
            Node::Event(Event::Text(text)) if here != Around::Code && text.contains(MARK) => {
                let text = text.to_string();
                link_text(&text, &item, here, terms, work, &mut out);
                continue;
            }
            _ => {}
        }
        out.push(item);
    }
    out
}

fn enter(tag: &Tag<'_>, outer: Around) -> Around {
    match tag {
        Tag::Heading { .. } => Around::Bare,
        Tag::Link { .. } => Around::Link,
        Tag::Image { .. } => Around::Bare,
        Tag::CodeBlock(_) => Around::Code,
        _ => outer,
    }
}

fn link_text<'a>(
    text: &str,
    item: &Item<'a>,
    around: Around,
    terms: &TermIndex,
    work: &mut Work<'_>,
    out: &mut Vec<Item<'a>>,
) {
    // Text since the last mark; it goes out whole unless a term is cut off its end.
    let mut pending = String::new();
    let mut rest = text;
    while let Some(found) = rest.find(MARK) {
        let at = item.at.start + (text.len() - rest.len()) + found;
        let at = at..at + MARK.len_utf8();
        pending.push_str(&rest[..found]);
        rest = &rest[found + MARK.len_utf8()..];
        if pending.ends_with('\\') {
            pending.pop();
            pending.push(MARK);
            continue;
        }
        let from_earlier = pending.is_empty().then(|| earlier_text(out)).flatten();
        let before = from_earlier.map_or(pending.as_str(), |index| text_of(&out[index]));
        if is_note_mark(before, rest) {
            pending.push(MARK);
            continue;
        }
        let place = work.place(&at);
        let Some((start, term)) = find_term(before, terms) else {
            report_unknown(before, terms, place, work);
            continue;
        };
        if around != Around::Text {
            if around == Around::Link {
                let message = "リンクの中の ※ は付きません（リンクが優先されます）";
                work.push(warning("term-in-link", place, message));
            }
            continue;
        }
        let word = before[start..].to_owned();
        let prefix = before[..start].to_owned();
        let count = count_use(term, place, work);
        let (open, close) = anchor(&terms.ids[term], count, work.origin.backlinks);
        let pieces = [
            Event::Text(prefix.into()),
            Event::InlineHtml(open.into()),
            Event::Text(word.into()),
            Event::InlineHtml(close.into()),
        ]
        .map(|event| Item { node: Node::Event(event), at: item.at.clone() });
        match from_earlier {
            Some(index) => drop(out.splice(index..=index, pieces)),
            None => out.extend(pieces),
        }
        pending.clear();
    }
    pending.push_str(rest);
    if !pending.is_empty() {
        out.push(Item { node: Node::Event(Event::Text(pending.into())), at: item.at.clone() });
    }
}

/// The term that `text` ends with, also when a reading stands above it (`{脆弱性|ぜいじゃくせい}※`).
fn find_term(text: &str, terms: &TermIndex) -> Option<(usize, usize)> {
    if let Some(open) = text.rfind('{')
        && let Some((base, _)) =
            text[open + 1..].strip_suffix('}').and_then(|ruby| ruby.split_once('|'))
    {
        return terms
            .longest_suffix(base)
            .filter(|&(start, _)| start == 0)
            .map(|(_, term)| (open, term));
    }
    terms.longest_suffix(text)
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

/// A ※ with no word before it, or that counts or names itself, is an ordinary note mark.
fn is_note_mark(before: &str, after: &str) -> bool {
    let starts =
        before.chars().next_back().is_none_or(|c| c.is_whitespace() || "（「『".contains(c));
    let counts = after.chars().next().is_some_and(|c| c.is_numeric() || c == '印');
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
fn anchor(id: &str, count: usize, backlinks: bool) -> (String, String) {
    let back = if backlinks { format!(" id=\"r-{id}-{count}\"") } else { String::new() };
    (
        format!("<a class=\"term\" role=\"doc-glossref\"{back} href=\"#t-{id}\">"),
        format!("<span aria-hidden=\"true\">{MARK}</span></a>"),
    )
}
