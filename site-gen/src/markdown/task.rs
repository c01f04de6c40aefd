//! Task lists: a sign with a word, not an input that nobody may use and nothing labels.

use pulldown_cmark::Event;

use super::{Item, Node};
use crate::load::Version;

/// Replaces the boxes.
pub(super) fn label(items: &mut [Item<'_>], version: Version) {
    for item in items {
        let Node::Event(Event::TaskListMarker(done)) = item.node else { continue };
        let (sign, ja, en) =
            if done { ("☑", "済み：", "done: ") } else { ("☐", "まだ：", "to do: ") };
        let word = if version == Version::English { en } else { ja };
        let html = format!(
            "<span class=\"task\"><span aria-hidden=\"true\">{sign}</span>\
             <span class=\"visually-hidden\">{word}</span></span> "
        );
        item.node = Node::Event(Event::InlineHtml(html.into()));
    }
}
