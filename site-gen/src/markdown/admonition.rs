//! GitHub alerts (`> [!NOTE]`) as admonitions with a word, so that colour is never the only sign.

use pulldown_cmark::{BlockQuoteKind, Event, Tag, TagEnd};

use super::{Item, Node};

/// Replaces alert block quotes by labelled boxes.
pub(super) fn label(items: Vec<Item<'_>>) -> Vec<Item<'_>> {
    items
        .into_iter()
        .map(|item| {
            let html = match &item.node {
                Node::Event(Event::Start(Tag::BlockQuote(Some(kind)))) => open(*kind),
                Node::Event(Event::End(TagEnd::BlockQuote(Some(_)))) => "</div>\n".to_owned(),
                _ => return item,
            };
            Item { node: Node::Event(Event::Html(html.into())), at: item.at }
        })
        .collect()
}

fn open(kind: BlockQuoteKind) -> String {
    let (name, title) = match kind {
        BlockQuoteKind::Note => ("note", "補足"),
        BlockQuoteKind::Tip => ("tip", "こつ"),
        BlockQuoteKind::Important => ("important", "重要"),
        BlockQuoteKind::Warning => ("warning", "注意"),
        BlockQuoteKind::Caution => ("caution", "警告"),
    };
    format!(
        "<div class=\"admonition admonition--{name}\" role=\"note\">\
         <p class=\"admonition__title\">{title}</p>\n"
    )
}
