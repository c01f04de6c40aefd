//! Images: files under `content/assets`, always with a text alternative.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use pulldown_cmark::{Event, Tag, TagEnd};
use selfcheck::id::PageId;
use unicode_normalization::UnicodeNormalization as _;

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

/// What stands for itself in the address of a file.
const PLAIN: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');

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
        let page = work.origin.page;
        match link::join(page, &decoded(dest_url)).and_then(|path| asset_of(&path)) {
            Some(asset) => {
                let href = link::relative_href(page.as_str(), &format!("files/{asset}"));
                *dest_url = utf8_percent_encode(&href, PLAIN).to_string().into();
                work.body.images.push(ImageUse { asset, place });
            }
            None => {
                let right = path_from(page, dest_url);
                work.push(
                    error("image", place, format!("画像 `{dest_url}` は使えません")).hint(format!(
                        "画像は content/assets に置き、このページからは `{right}` のように指します。"
                    )),
                );
            }
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

/// The path that a written address means: `体制図.svg`, `%E4%BD%93….svg`, `zu%201.png`. An accent
/// or a 濁点 may be a character of its own, by the habit of the machine a file comes from.
fn decoded(address: &str) -> String {
    percent_decode_str(address).decode_utf8_lossy().nfc().collect()
}

/// How a page should write the file that some other address ends with.
fn path_from(page: &PageId, address: &str) -> String {
    let name = match address.rsplit_once("assets/") {
        Some((_, name)) => name,
        None => address.rsplit(['/', '\\']).next().unwrap_or_default(),
    };
    let up = "../".repeat(page.as_str().matches('/').count() + 1);
    let name = if name.is_empty() { "名前" } else { name };
    format!("{up}assets/{name}")
}

/// `join` works from `pages`, so files of `content/assets` are one level above.
fn asset_of(path: &str) -> Option<String> {
    path.strip_prefix("../assets/").map(ToOwned::to_owned)
}
