//! Private-use characters that make the parser see what our extensions mean.
//!
//! A mark beside a run of `*` or `~` ([`emphasis`]) and another in place of the `|` of a reading
//! ([`ruby`]), which would end a table cell otherwise. Both are taken out of every event again, and
//! [`Edits`] leads every position back to the text as written. Sources with private-use characters
//! are refused, so nothing of the author's can be meant.

use std::borrow::Cow;

use memchr::memmem;
use pulldown_cmark::{CodeBlockKind, CowStr, Event, Tag};

use super::{Item, Node, emphasis, ruby};

/// Neither space nor punctuation to the parser.
const MARK: char = '\u{E000}';
/// Stands for the `|` of `{base|reading}`.
pub(super) const BAR: char = '\u{E001}';

/// What was changed, in bytes of the prepared text: end of each change, and how many bytes the
/// text had grown by then; ascending.
pub(super) struct Edits(Vec<(usize, usize)>);

impl Edits {
    /// The byte of the text as written for a byte of the prepared text.
    pub(super) fn original(&self, at: usize) -> usize {
        let done = self.0.partition_point(|&(end, _)| end <= at);
        let grown = done.checked_sub(1).map_or(0, |last| self.0[last].1);
        at - grown
    }
}

/// The text as the parser should see it.
pub(super) fn prepare(text: &str) -> (Cow<'_, str>, Edits) {
    let marks = emphasis::marks(text);
    let bars = ruby::bars(text);
    if marks.is_empty() && bars.is_empty() {
        return (Cow::Borrowed(text), Edits(Vec::new()));
    }
    // Byte, bytes taken out there, what is put in.
    let mut changes: Vec<(usize, usize, char)> = marks
        .into_iter()
        .map(|at| (at, 0, MARK))
        .chain(bars.into_iter().map(|at| (at, 1, BAR)))
        .collect();
    changes.sort_unstable();
    let mut prepared = String::with_capacity(text.len() + changes.len() * MARK.len_utf8());
    let mut edits = Vec::with_capacity(changes.len());
    let mut copied = 0;
    for (at, taken, put) in changes {
        prepared.push_str(&text[copied..at]);
        copied = at + taken;
        prepared.push(put);
        edits.push((prepared.len(), prepared.len() - copied));
    }
    prepared.push_str(&text[copied..]);
    (Cow::Owned(prepared), Edits(edits))
}

/// Every event as the author meant it; nothing is to be done where no mark stands.
pub(super) fn restore_all(prepared: &str, items: &mut [Item<'_>]) {
    if memmem::find(prepared.as_bytes(), MARK_START).is_none() {
        return;
    }
    for item in items {
        let empty = Node::Event(Event::SoftBreak);
        item.node = match std::mem::replace(&mut item.node, empty) {
            Node::Event(event) => Node::Event(restore(event)),
            other => other,
        };
    }
}

/// The first bytes of both marks.
const MARK_START: &[u8] = &[0xEE, 0x80];

/// The event as the author meant it; only running text keeps the bars of readings.
pub(super) fn restore(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Text(text) => {
            Event::Text(if text.contains(MARK) { text.replace(MARK, "").into() } else { text })
        }
        Event::Code(text) => Event::Code(plain(text)),
        Event::Html(text) => Event::Html(plain(text)),
        Event::InlineHtml(text) => Event::InlineHtml(plain(text)),
        Event::FootnoteReference(name) => Event::FootnoteReference(plain(name)),
        Event::Start(Tag::FootnoteDefinition(name)) => {
            Event::Start(Tag::FootnoteDefinition(plain(name)))
        }
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(plain(info))))
        }
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => Event::Start(Tag::Link {
            link_type,
            dest_url: plain(dest_url),
            title: plain(title),
            id,
        }),
        Event::Start(Tag::Image { link_type, dest_url, title, id }) => Event::Start(Tag::Image {
            link_type,
            dest_url: plain(dest_url),
            title: plain(title),
            id,
        }),
        other => other,
    }
}

fn plain(text: CowStr<'_>) -> CowStr<'_> {
    if !text.contains([MARK, BAR]) {
        return text;
    }
    text.replace(MARK, "").replace(BAR, "|").into()
}
