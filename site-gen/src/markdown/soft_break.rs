//! Line ends inside Japanese text.
//!
//! A browser shows a line end between two kanji as a space, and a screen reader then reads two
//! words. The break is dropped between wide characters and beside a zero-width space (CSS Text 3,
//! segment breaks), and after 、。，．」）： whatever follows; elsewhere it is one space. Between
//! Japanese and Latin without punctuation nobody can know what was meant, so the author is told.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::ruby::Ruby;
use super::width::is_wide;
use super::{Item, Items, Node, Work};
use crate::diagnostic::{note, warning};

/// Drops or keeps each soft break.
pub(super) fn drop_between_wide(items: &mut Items<'_>, work: &mut Work<'_>) {
    if !items.iter().any(is_soft_break) {
        return;
    }
    let mut unclear: Vec<Range<usize>> = Vec::new();
    let keep: Vec<bool> = (0..items.len())
        .map(|index| {
            if !is_soft_break(&items[index]) {
                return true;
            }
            let (before, after) = neighbours(items, index);
            if is_dropped(before, after) {
                return false;
            }
            if is_unclear(before, after) {
                unclear.push(items[index].at.clone());
            }
            true
        })
        .collect();
    report(&unclear, work);
    let mut keep = keep.into_iter();
    items.list().retain(|_| keep.next() != Some(false));
}

fn is_soft_break(item: &Item<'_>) -> bool {
    matches!(item.node, Node::Event(Event::SoftBreak))
}

/// The nearest visible characters; inline tags are looked through.
fn neighbours(items: &[Item<'_>], index: usize) -> (Option<char>, Option<char>) {
    let before = items[..index].iter().rev().find_map(|item| last(visible(item)?));
    let after = items[index + 1..].iter().find_map(|item| first(visible(item)?));
    (before, after)
}

fn visible<'i>(item: &'i Item<'_>) -> Option<&'i str> {
    match &item.node {
        Node::Event(Event::Text(text) | Event::Code(text)) if !text.is_empty() => Some(text),
        _ => None,
    }
}

/// The last visible character: that of the word under a reading, or before a term's mark; a mark
/// alone is a wide note mark.
fn last(text: &str) -> Option<char> {
    let written = text;
    let text = text.trim_end_matches('※');
    if text.len() == written.len() {
        return last_of(text);
    }
    last_of(text).filter(|&c| c != '\\').or(Some('※'))
}

/// The last character of a text that ends with no mark.
fn last_of(text: &str) -> Option<char> {
    let under = text.strip_suffix('}').and_then(|_| {
        let start = text.rfind('{')?;
        Ruby::first(&text[start..])?.base(&text[start..]).chars().next_back()
    });
    under.or_else(|| text.chars().next_back())
}

fn first(text: &str) -> Option<char> {
    if text.starts_with('{')
        && let Some(ruby) = Ruby::first(text)
        && ruby.start == 0
    {
        return ruby.base(text).chars().next();
    }
    text.chars().next()
}

fn is_dropped(before: Option<char>, after: Option<char>) -> bool {
    let (Some(before), Some(after)) = (before, after) else { return false };
    let joins = |c: char| is_wide(c) || c == '※';
    before == '\u{200B}'
        || after == '\u{200B}'
        || matches!(before, '、' | '。' | '，' | '．' | '」' | '）' | '：')
        || joins(before) && joins(after)
}

fn is_unclear(before: Option<char>, after: Option<char>) -> bool {
    let (Some(before), Some(after)) = (before, after) else { return false };
    is_wide(before) && after.is_ascii_alphanumeric()
        || before.is_ascii_alphanumeric() && is_wide(after)
}

fn report(unclear: &[Range<usize>], work: &mut Work<'_>) {
    let Some(first) = unclear.first() else { return };
    let message = match unclear.len() {
        1 => "和文と英数字の間の改行は、空白になります".to_owned(),
        count => format!("和文と英数字の間の改行は、空白になります（このページに {count} か所）"),
    };
    let make = if work.dialect.options.strict_breaks { warning } else { note };
    let place = work.place(first);
    work.push(
        make("soft-break", Some(place), message)
            .hint("空白が要らなければ、改行を「、」や「。」の後か、和文の途中に移します。"),
    );
}

/// Whether an event starts or ends a block of text.
pub(super) fn is_block_edge(event: &Event<'_>) -> bool {
    matches!(
        event,
        Event::Start(
            Tag::Paragraph
                | Tag::Heading { .. }
                | Tag::Item
                | Tag::TableCell
                | Tag::DefinitionListTitle
                | Tag::DefinitionListDefinition
                | Tag::FootnoteDefinition(_)
                | Tag::BlockQuote(_)
        ) | Event::End(
            TagEnd::Paragraph
                | TagEnd::Heading(_)
                | TagEnd::Item
                | TagEnd::TableCell
                | TagEnd::DefinitionListTitle
                | TagEnd::DefinitionListDefinition
                | TagEnd::FootnoteDefinition
                | TagEnd::BlockQuote(_)
        )
    )
}
