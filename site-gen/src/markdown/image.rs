//! Images: files under `content/assets`, always with a text alternative.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::{Item, Node, Work, link};
use crate::diagnostic::error;
use crate::source::Place;

/// An image a text shows.
#[derive(Debug)]
pub struct ImageUse {
    /// Path within `assets`.
    pub asset: String,
    /// Where it is asked for.
    pub place: Place,
}

/// Points images at their published place and refuses those without text.
pub(super) fn resolve<'a>(mut items: Vec<Item<'a>>, work: &mut Work<'_>) -> Vec<Item<'a>> {
    for index in 0..items.len() {
        let at = items[index].at.clone();
        let has_text = items[index + 1..]
            .iter()
            .take_while(|item| !matches!(item.node, Node::Event(Event::End(TagEnd::Image))))
            .any(|item| matches!(&item.node, Node::Event(Event::Text(text)) if !text.trim().is_empty()));
        let Node::Event(Event::Start(Tag::Image { dest_url, .. })) = &mut items[index].node else {
            continue;
        };
        let place = work.place(&at);
        if !has_text {
            work.push(
                error("missing-alt", place, format!("画像 `{dest_url}` に代わりの文がありません"))
                    .hint("`![何が写っているか](ファイル)` の形で書きます。"),
            );
        }
        match link::join(work.origin.page, dest_url).and_then(|path| asset_of(&path)) {
            Some(asset) => {
                let target = format!("files/{asset}");
                *dest_url = link::relative_href(work.origin.page.as_str(), &target).into();
                work.body.images.push(ImageUse { asset, place });
            }
            None => work.push(
                error("image", place, format!("画像 `{dest_url}` は使えません"))
                    .hint("画像は content/assets に置き、`../assets/名前` のように指します。"),
            ),
        }
    }
    items
}

/// `join` works from `pages`, so files of `content/assets` are one level above.
fn asset_of(path: &str) -> Option<String> {
    path.strip_prefix("../assets/").map(ToOwned::to_owned)
}
