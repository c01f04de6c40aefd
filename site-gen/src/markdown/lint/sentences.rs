//! Sentences that are too long to be read once.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::super::ruby::base_text;
use super::super::soft_break::is_block_edge;
use super::super::{Item, Node, Work};
use crate::diagnostic::note;
use crate::load::Version;

/// Longer sentences are told.
const MAX_CHARS: usize = 60;

/// The sentences of one text.
#[derive(Default)]
struct Count {
    /// Characters of the present sentence.
    chars: usize,
    /// Where it starts, in the prepared text.
    start: Option<Range<usize>>,
    long: usize,
    longest: Option<(usize, Range<usize>)>,
}

/// Tells the longest sentence of a page and how many are too long.
pub(super) fn check(items: &[Item<'_>], work: &mut Work<'_>) {
    if work.origin.version == Version::English {
        return;
    }
    let mut count = Count::default();
    let mut in_code = false;
    for item in items {
        match &item.node {
            Node::Event(Event::Start(Tag::CodeBlock(_))) => in_code = true,
            Node::Event(Event::End(TagEnd::CodeBlock)) => in_code = false,
            Node::Event(event) if is_block_edge(event) => count.end(),
            Node::Event(Event::HardBreak) => count.end(),
            Node::Event(Event::Text(text) | Event::Code(text)) if !in_code => {
                count.add(&base_text(text), &item.at);
            }
            _ => {}
        }
    }
    count.end();
    let Some((chars, at)) = count.longest else { return };
    let message = match count.long {
        1 => format!("{MAX_CHARS} 字を超える文があります（{chars} 字）"),
        long => {
            format!("{MAX_CHARS} 字を超える文が {long} あります（ここの文が最長で {chars} 字）")
        }
    };
    let place = work.place(&at);
    work.push(
        note("long-sentence", place, message).hint("一つの文に一つの事だけを書き、文を分けます。"),
    );
}

impl Count {
    fn add(&mut self, text: &str, at: &Range<usize>) {
        for (offset, c) in text.char_indices() {
            if self.start.is_none() {
                self.start = Some((at.start + offset).min(at.end)..at.end);
            }
            self.chars += usize::from(c != '※');
            if matches!(c, '。' | '！' | '？') {
                self.end();
            }
        }
    }

    fn end(&mut self) {
        let start = self.start.take();
        let chars = std::mem::take(&mut self.chars);
        if chars <= MAX_CHARS {
            return;
        }
        self.long += 1;
        if let Some(start) = start
            && self.longest.as_ref().is_none_or(|(longest, _)| chars > *longest)
        {
            self.longest = Some((chars, start));
        }
    }
}
