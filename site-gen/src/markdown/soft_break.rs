//! Line ends inside Japanese text.
//!
//! A browser shows a line end between two kanji as a space, and a screen reader then reads two
//! words. The break is dropped between wide characters (CSS Text 3, segment breaks) and after
//! 、。，．」）： whatever follows; elsewhere it is one space.

use pulldown_cmark::Event;

use super::width::{is_hangul, is_wide};
use super::{Item, Node};

/// Drops or keeps each soft break.
pub(super) fn drop_between_wide(items: Vec<Item<'_>>) -> Vec<Item<'_>> {
    let keep: Vec<bool> = (0..items.len())
        .map(|index| !is_soft_break(&items[index]) || !is_dropped(&items, index))
        .collect();
    items.into_iter().zip(keep).filter_map(|(item, keep)| keep.then_some(item)).collect()
}

fn is_soft_break(item: &Item<'_>) -> bool {
    matches!(item.node, Node::Event(Event::SoftBreak))
}

/// Looks through inline tags to the nearest visible characters.
fn is_dropped(items: &[Item<'_>], index: usize) -> bool {
    let before = items[..index].iter().rev().find_map(|item| visible(item)?.chars().next_back());
    let after = items[index + 1..].iter().find_map(|item| visible(item)?.chars().next());
    let (Some(before), Some(after)) = (before, after) else { return false };
    let joins = |c: char| is_wide(c) && !is_hangul(c);
    matches!(before, '、' | '。' | '，' | '．' | '」' | '）' | '：')
        || joins(before) && joins(after)
}

fn visible<'i>(item: &'i Item<'_>) -> Option<&'i str> {
    match &item.node {
        Node::Event(Event::Text(text) | Event::Code(text)) if !text.is_empty() => Some(text),
        _ => None,
    }
}
