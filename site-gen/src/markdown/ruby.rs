//! Readings above words: `{脆弱|ぜいじゃく}`, one for a whole word.

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr, memchr3};
use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::items::piece;
use super::shim::BAR;
use super::signs::Signs;
use super::{Item, Items, Node, Work};

/// The bytes at which a `|` parts a word from its reading, ascending.
pub(super) fn bars(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(ruby) = Ruby::first(rest) {
        if rest.as_bytes()[ruby.bar] == b'|' {
            found.push(text.len() - rest.len() + ruby.bar);
        }
        rest = &rest[ruby.end..];
    }
    found
}

/// The text without readings.
pub fn base_text(text: &str) -> Cow<'_, str> {
    if Ruby::first(text).is_none() {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(ruby) = Ruby::first(rest) {
        plain.push_str(&rest[..ruby.start]);
        plain.push_str(ruby.base(rest));
        rest = &rest[ruby.end..];
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

/// Expands readings outside code; text alternatives keep the word alone.
pub(super) fn expand(items: &mut Items<'_>, work: &Work<'_>) {
    let has_ruby = |item: &Item<'_>| matches!(&item.node, Node::Event(Event::Text(text)) if Ruby::first(text).is_some());
    if !work.seen.has(Signs::READING) || !items.iter().any(has_ruby) {
        return;
    }
    let mut in_code = false;
    let mut in_image = false;
    items.rewrite(|_, mut item, out| {
        match &mut item.node {
            Node::Event(Event::Start(Tag::CodeBlock(_))) => in_code = true,
            Node::Event(Event::End(TagEnd::CodeBlock)) => in_code = false,
            Node::Event(Event::Start(Tag::Image { .. })) => in_image = true,
            Node::Event(Event::End(TagEnd::Image)) => in_image = false,
            Node::Event(Event::Text(text)) if in_code && text.contains(BAR) => {
                *text = text.replace(BAR, "|").into();
            }
            Node::Event(Event::Text(_)) if in_code => {}
            Node::Event(Event::Text(text)) if in_image => {
                if let Cow::Owned(base) = base_text(text) {
                    *text = base.into();
                }
            }
            Node::Event(Event::Text(text)) if Ruby::first(text).is_some() => {
                expand_text(text, &item.at, out);
                return;
            }
            _ => {}
        }
        out.push(item);
    });
}

fn expand_text<'a>(text: &CowStr<'a>, at: &Range<usize>, out: &mut Vec<Item<'a>>) {
    let mut push = |node| out.push(Item { node, at: at.clone() });
    let mut from = 0;
    while let Some(ruby) = Ruby::first(&text[from..]) {
        if ruby.start > 0 {
            push(Node::Event(Event::Text(piece(text, from..from + ruby.start))));
        }
        let [base, reading] = [ruby.base_range(&text[from..]), ruby.reading_range(&text[from..])]
            .map(|range| piece(text, from + range.start..from + range.end));
        push(Node::Ruby { base, reading });
        from += ruby.end;
    }
    if from < text.len() {
        push(Node::Event(Event::Text(piece(text, from..text.len()))));
    }
}

/// Where a `{base|reading}` stands, in bytes.
pub(super) struct Ruby {
    /// The opening brace.
    pub(super) start: usize,
    /// The bar, or its stand-in.
    bar: usize,
    /// One past the closing brace.
    pub(super) end: usize,
}

impl Ruby {
    /// The first one in a text; both parts lie on one line, the reading is kana.
    pub(super) fn first(text: &str) -> Option<Self> {
        let mut from = 0;
        while let Some(at) = memchr(b'{', &text.as_bytes()[from..]) {
            let start = from + at;
            let rest = &text[start + 1..];
            // Another opening brace starts anew: `{a {b|び}`.
            let length = memchr3(b'{', b'}', b'\n', rest.as_bytes()).unwrap_or(rest.len());
            let inner = &rest[..length];
            let end = start + 1 + length;
            if text[end..].starts_with('}')
                && let Some((base, reading)) = inner.rsplit_once(['|', BAR])
                && !base.trim_end_matches('\\').is_empty()
                && !reading.is_empty()
                && reading.chars().all(is_kana)
            {
                return Some(Self { start, bar: start + 1 + base.len(), end: end + 1 });
            }
            from = start + 1;
        }
        None
    }

    /// The word; in source text its bar may be escaped for a table.
    pub(super) fn base<'t>(&self, text: &'t str) -> &'t str {
        &text[self.base_range(text)]
    }

    fn base_range(&self, text: &str) -> Range<usize> {
        let start = self.start + 1;
        start..start + text[start..self.bar].trim_end_matches('\\').len()
    }

    fn reading_range(&self, text: &str) -> Range<usize> {
        let end = self.end - 1;
        end - text[self.bar..end].trim_start_matches(['|', BAR]).len()..end
    }
}

fn is_kana(c: char) -> bool {
    matches!(c, 'ぁ'..='ゖ' | 'ァ'..='ヺ' | 'ー' | '・' | '　' | ' ')
}
