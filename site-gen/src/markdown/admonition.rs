//! GitHub alerts (`> [!NOTE]`) as admonitions with a word, so that colour is never the only sign.

use pulldown_cmark::{BlockQuoteKind, Event, Tag, TagEnd};

use super::{Item, Node};
use crate::load::Version;

/// Replaces alert block quotes by labelled boxes.
pub(super) fn label(items: &mut [Item<'_>], version: Version) {
    for item in items {
        let html = match &item.node {
            Node::Event(Event::Start(Tag::BlockQuote(Some(kind)))) => open(*kind, version).into(),
            Node::Event(Event::End(TagEnd::BlockQuote(Some(_)))) => "</div>\n".into(),
            _ => continue,
        };
        item.node = Node::Event(Event::Html(html));
    }
}

fn open(kind: BlockQuoteKind, version: Version) -> String {
    let (name, ja, en) = match kind {
        BlockQuoteKind::Note => ("note", "補足", "Note"),
        BlockQuoteKind::Tip => ("tip", "こつ", "Tip"),
        BlockQuoteKind::Important => ("important", "重要", "Important"),
        BlockQuoteKind::Warning => ("warning", "注意", "Warning"),
        BlockQuoteKind::Caution => ("caution", "警告", "Caution"),
    };
    let title = if version == Version::English { en } else { ja };
    format!(
        "<div class=\"admonition admonition--{name}\" role=\"note\">\
         <p class=\"admonition__title\">{title}</p>\n"
    )
}
