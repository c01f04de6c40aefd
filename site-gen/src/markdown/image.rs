//! Images: files under `content/assets`, always with a text alternative.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::{Item, Node, Work, link};
use crate::diagnostic::{error, warning};
use crate::source::Place;

/// An image a text shows.
#[derive(Debug)]
pub struct ImageUse {
    /// Path within `assets`.
    pub asset: String,
    /// Where it is asked for.
    pub place: Place,
}

/// Ends of file names that somebody left as the text alternative.
const FILE_ENDS: [&str; 7] = [".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".pdf"];

/// Points images at their published place; tells of those without a text, or with a file name.
pub(super) fn resolve(items: &mut [Item<'_>], work: &mut Work<'_>) {
    for index in 0..items.len() {
        if !matches!(items[index].node, Node::Event(Event::Start(Tag::Image { .. }))) {
            continue;
        }
        let place = work.place(&items[index].at);
        let text: String = items[index + 1..]
            .iter()
            .take_while(|item| !matches!(item.node, Node::Event(Event::End(TagEnd::Image))))
            .filter_map(Item::visible)
            .collect();
        let Node::Event(Event::Start(Tag::Image { dest_url, .. })) = &mut items[index].node else {
            continue;
        };
        check_text(&text, dest_url, place, work);
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
}

fn check_text(text: &str, file: &str, place: Place, work: &mut Work<'_>) {
    let text = text.trim();
    if text.is_empty() {
        work.push(
            error("missing-alt", place, format!("画像 `{file}` に代わりの文がありません"))
                .hint("`![何が写っているか](ファイル)` の形で書きます。"),
        );
        return;
    }
    let lower = text.to_ascii_lowercase();
    let name = file.rsplit('/').next().unwrap_or_default();
    let stem = name.split('.').next().unwrap_or_default();
    let is_file_name = FILE_ENDS.iter().any(|end| lower.ends_with(end)) || text == stem;
    if is_file_name || matches!(text, "画像" | "写真" | "図" | "イラスト") {
        work.push(
            warning("alt-text", place, format!("画像の代わりの文「{text}」では中身が伝わりません"))
                .hint("見えない人に伝えたいことを一文で書きます。"),
        );
    }
}

/// `join` works from `pages`, so files of `content/assets` are one level above.
fn asset_of(path: &str) -> Option<String> {
    path.strip_prefix("../assets/").map(ToOwned::to_owned)
}
