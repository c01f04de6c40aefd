//! Links: written as paths of Markdown files, published as relative addresses that name a file.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};
use selfcheck::id::PageId;

use super::items::piece;
use super::{Item, Node, Work, wrong_link};
use crate::diagnostic::{error, note, warning};
use crate::load::Version;
use crate::source::Place;

/// A link that stays within the content.
#[derive(Debug)]
pub struct LinkUse {
    /// Where it leads.
    pub target: LinkTarget,
    /// Which version of it.
    pub version: Version,
    /// The part after `#`.
    pub fragment: Option<String>,
    /// Where it is written.
    pub place: Place,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkTarget {
    /// A fragment of the same page.
    SamePage,
    /// A page, named by a path that has the shape of a page id.
    Page(PageId),
}

/// Link texts that do not say where they lead.
const EMPTY_TEXTS: [&str; 14] = [
    "ここ",
    "こちら",
    "こちらから",
    "コチラ",
    "これ",
    "詳細",
    "詳しく",
    "詳しくは",
    "詳しくはこちら",
    "続き",
    "もっと見る",
    "リンク",
    "クリック",
    "ここをクリック",
];

/// Where each link text led before; the same words should lead to the same place.
type Known<'a> = HashMap<CowStr<'a>, CowStr<'a>, RandomState>;

/// Turns written addresses into published ones and gathers them.
pub(super) fn resolve(items: &mut [Item<'_>], work: &mut Work<'_>) {
    let mut known = Known::default();
    for index in 0..items.len() {
        let Node::Event(Event::Start(Tag::Link { link_type, dest_url, .. })) = &items[index].node
        else {
            continue;
        };
        if matches!(link_type, LinkType::Autolink | LinkType::Email) {
            continue;
        }
        let url = dest_url.clone();
        let place = work.place(&items[index].at);
        let text = text_of(&items[index + 1..]);
        check_text(&text, &url, &mut known, place, work);
        if matches!(&*url, "" | "#") {
            work.push(wrong_link::without_address(&text, place));
            continue;
        }
        let Some(href) = resolve_one(&url, place, work) else { continue };
        if let Node::Event(Event::Start(Tag::Link { dest_url, .. })) = &mut items[index].node {
            *dest_url = href.into();
        }
    }
}

fn check_text<'a>(
    text: &CowStr<'a>,
    url: &CowStr<'a>,
    known: &mut Known<'a>,
    place: Place,
    work: &mut Work<'_>,
) {
    let start = text.len() - text.trim_start().len();
    let words = piece(text, start..start + text.trim().len());
    let text = &*words;
    if text.is_empty() {
        work.push(
            error("link-text", place, format!("リンク `{url}` に文字がありません"))
                .hint("`[行き先のページ名](アドレス)` の形で書きます。"),
        );
        return;
    }
    if EMPTY_TEXTS.contains(&text.trim_end_matches(['。', '．', '！', '、'])) {
        work.push(
            warning("link-text", place, format!("リンクの文字「{text}」では行き先が分かりません"))
                .hint("行き先のページ名を書きます。"),
        );
        return;
    }
    // Two places of one page are one target to those who choose a link by its words.
    let page = url.find('#').unwrap_or(url.len());
    match known.get(text) {
        Some(other) if **other != url[..page] => work.push(
            note("link-text", place, format!("同じ文字「{text}」のリンクが、別の所も指しています"))
                .hint(format!(
                    "先のリンクは `{other}` を指します。文字を変えて見分けられるようにします。"
                )),
        ),
        Some(_) => {}
        None => {
            known.insert(words, piece(url, 0..page));
        }
    }
}

fn resolve_one(url: &str, place: Place, work: &mut Work<'_>) -> Option<String> {
    if ["https://", "http://", "mailto:", "tel:"].iter().any(|scheme| url.starts_with(scheme)) {
        return None;
    }
    let (path, fragment) = match url.split_once('#') {
        Some((path, fragment)) => (path, Some(fragment.to_owned())),
        None => (url, None),
    };
    if path.is_empty() {
        let version = work.origin.version;
        work.body.links.push(LinkUse { target: LinkTarget::SamePage, version, fragment, place });
        return None;
    }
    let named = join(work.origin.page, path).and_then(|joined| {
        let (id, version) = Version::split(joined.strip_suffix(".md")?)?;
        Some((id.parse::<PageId>().ok()?, version))
    });
    let Some((page, named)) = named else {
        work.push(wrong_link::diagnose(url, work.origin.page, place));
        return None;
    };
    // `update.md` in an English text means the English page, where there is one.
    let version = match named {
        Version::Original => work.origin.versions.prefer(&page, work.origin.version),
        named => named,
    };
    let (hash, name) = fragment.as_deref().map_or(("", ""), |fragment| ("#", fragment));
    let target = [page.as_str(), version.suffix(), ".html", hash, name].concat();
    let href = relative_href(work.origin.page.as_str(), &target);
    work.body.links.push(LinkUse { target: LinkTarget::Page(page), version, fragment, place });
    Some(href)
}

/// The visible text up to the end of the link.
fn text_of<'a>(items: &[Item<'a>]) -> CowStr<'a> {
    let is_inside = |item: &&Item<'_>| !matches!(item.node, Node::Event(Event::End(TagEnd::Link)));
    let mut texts = items.iter().take_while(is_inside).filter_map(Item::words);
    let Some(first) = texts.next() else { return "".into() };
    let Some(second) = texts.next() else { return first.clone() };
    let mut text = [&**first, second].concat();
    texts.for_each(|more| text.push_str(more));
    text.into()
}

/// Follows a relative path from the folder of `page`; may climb above `pages` once.
pub(super) fn join(page: &PageId, path: &str) -> Option<String> {
    if path.starts_with('/') || path.contains('\\') {
        return None;
    }
    let folder = page.as_str().rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut joined = String::with_capacity(folder.len() + path.len() + 1);
    joined.push_str(folder);
    for part in path.split('/') {
        let (above, last) = joined.rsplit_once('/').unwrap_or(("", &joined));
        match part {
            "" | "." => {}
            ".." if !matches!(last, "" | "..") => joined.truncate(above.len()),
            _ => {
                if !joined.is_empty() {
                    joined.push('/');
                }
                joined.push_str(part);
            }
        }
    }
    Some(joined)
}

/// The relative address of the file `target` as seen from the page `from` (an id); a fragment may
/// follow the file.
pub fn relative_href(from: &str, target: &str) -> String {
    // Bytes of the folders that both lie in.
    let same = from.bytes().zip(target.bytes()).take_while(|(a, b)| a == b).count();
    let common = from.as_bytes()[..same].iter().rposition(|&b| b == b'/').map_or(0, |at| at + 1);
    let up = from.as_bytes()[common..].iter().filter(|&&b| b == b'/').count();
    let mut href = String::with_capacity(up * 3 + target.len() - common);
    (0..up).for_each(|_| href.push_str("../"));
    href.push_str(&target[common..]);
    href
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_addresses() {
        assert_eq!(relative_href("people/password", "tech/update.html"), "../tech/update.html");
        assert_eq!(relative_href("people/password", "people/rules.html"), "rules.html");
        assert_eq!(relative_href("home", "people/rules.html"), "people/rules.html");
        assert_eq!(relative_href("a/b/c", "a/x.html"), "../x.html");
        assert_eq!(relative_href("a/bc/d", "a/b/d.html"), "../b/d.html");
        assert_eq!(relative_href("a/b", "a/b.html"), "b.html");
    }

    #[test]
    fn joins_paths() {
        let page: PageId = "people/password".parse().unwrap();
        assert_eq!(join(&page, "../tech/update.md").unwrap(), "tech/update.md");
        assert_eq!(join(&page, "rules.md").unwrap(), "people/rules.md");
        assert_eq!(join(&page, "../../assets/a.png").unwrap(), "../assets/a.png");
        assert_eq!(join(&page, "../../../a.png").unwrap(), "../../a.png");
        assert_eq!(join(&page, "./x/../rules.md").unwrap(), "people/rules.md");
        let home: PageId = "home".parse().unwrap();
        assert_eq!(join(&home, "rules.md").unwrap(), "rules.md");
        assert_eq!(join(&home, "../assets/a.png").unwrap(), "../assets/a.png");
        assert_eq!(join(&page, "/etc/passwd"), None);
    }
}
