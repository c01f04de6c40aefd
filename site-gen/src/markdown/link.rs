//! Links: written as paths of Markdown files, published as relative addresses that name a file.

use pulldown_cmark::{Event, Tag, TagEnd};
use selfcheck::id::PageId;

use super::{Item, Node, Work};
use crate::diagnostic::{error, warning};
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
const EMPTY_TEXTS: [&str; 7] =
    ["ここ", "こちら", "詳細", "詳しくは", "詳しくはこちら", "続き", "リンク"];

/// Turns written addresses into published ones and gathers them.
pub(super) fn resolve<'a>(mut items: Vec<Item<'a>>, work: &mut Work<'_>) -> Vec<Item<'a>> {
    for index in 0..items.len() {
        if !matches!(items[index].node, Node::Event(Event::Start(Tag::Link { .. }))) {
            continue;
        }
        let place = work.place(&items[index].at);
        let text = text_of(&items[index + 1..]);
        if EMPTY_TEXTS.contains(&text.trim()) {
            work.push(
                warning(
                    "link-text",
                    place,
                    format!("リンクの文字「{text}」では行き先が分かりません"),
                )
                .hint("行き先のページ名を書きます。"),
            );
        }
        let Node::Event(Event::Start(Tag::Link { dest_url, .. })) = &mut items[index].node else {
            continue;
        };
        if let Some(href) = resolve_one(dest_url, place, work) {
            *dest_url = href.into();
        }
    }
    items
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
        work.push(error("link", place, format!("リンク先 `{url}` をたどれません")).hint(
            "ページへは `../people/password.md` のように、元の Markdown ファイルで指します。",
        ));
        return None;
    };
    // `update.md` in an English text means the English page, where there is one.
    let version = match named {
        Version::Original => work.origin.versions.prefer(&page, work.origin.version),
        named => named,
    };
    let target = format!("{page}{}.html", version.suffix());
    let mut href = relative_href(work.origin.page.as_str(), &target);
    if let Some(fragment) = &fragment {
        href.push('#');
        href.push_str(fragment);
    }
    work.body.links.push(LinkUse { target: LinkTarget::Page(page), version, fragment, place });
    Some(href)
}

fn text_of(items: &[Item<'_>]) -> String {
    items
        .iter()
        .take_while(|item| !matches!(item.node, Node::Event(Event::End(TagEnd::Link))))
        .filter_map(|item| match &item.node {
            Node::Event(Event::Text(text) | Event::Code(text)) => Some(text.as_ref()),
            _ => None,
        })
        .collect()
}

/// Follows a relative path from the folder of `page`; may climb above `pages` once.
pub(super) fn join(page: &PageId, path: &str) -> Option<String> {
    if path.starts_with('/') || path.contains('\\') {
        return None;
    }
    let mut parts: Vec<&str> = page.as_str().split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_none_or(|&last| last == "..") => parts.push(".."),
            ".." => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The relative address of the file `target` as seen from the page `from` (an id).
pub fn relative_href(from: &str, target: &str) -> String {
    let from: Vec<&str> = from.split('/').collect();
    let to: Vec<&str> = target.split('/').collect();
    let folders = from.len() - 1;
    let common =
        from[..folders].iter().zip(&to[..to.len() - 1]).take_while(|(a, b)| a == b).count();
    let mut href = "../".repeat(folders - common);
    href.push_str(&to[common..].join("/"));
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
    }

    #[test]
    fn joins_paths() {
        let page: PageId = "people/password".parse().unwrap();
        assert_eq!(join(&page, "../tech/update.md").unwrap(), "tech/update.md");
        assert_eq!(join(&page, "rules.md").unwrap(), "people/rules.md");
        assert_eq!(join(&page, "../../assets/a.png").unwrap(), "../assets/a.png");
        assert_eq!(join(&page, "/etc/passwd"), None);
    }
}
