//! サイトマップ: every page of the site on one page, for those who look rather than search.

use maud::{Markup, html};

use super::layout::{self, Frame};
use super::view::View;
use crate::check::{SITE_MAP_PAGE, WHOLE_PAGE};
use crate::load::Version;

/// The page.
pub(super) fn render(view: &View<'_>) -> String {
    let listed = view.navigation().iter().flat_map(|(_, pages)| pages);
    let listed: std::collections::BTreeSet<usize> = listed.copied().collect();
    let rest: Vec<usize> =
        view.pages().iter().copied().filter(|page| !listed.contains(page)).collect();
    let main = html! {
        article {
            header.page-header {
                h1 { "サイトマップ" }
                p.page-header__summary { "このサイトのすべてのページです。" }
            }
            div.prose.site-map {
                @for (position, (group, pages)) in view.navigation().iter().enumerate() {
                    (list(view, &format!("group-{}", position + 1), &group.title, pages))
                }
                @if !rest.is_empty() { (list(view, "others", "そのほか", &rest)) }
                @for version in [Version::Easy, Version::English] {
                    @let pages = view.pages_of(version);
                    @if !pages.is_empty() {
                        div lang=(version.lang()) {
                            (list(view, &version.suffix()[1..], version.label(), pages))
                        }
                    }
                }
                (others(view))
            }
        }
    };
    let frame = Frame {
        page: None,
        address: SITE_MAP_PAGE,
        version: Version::Original,
        title: "サイトマップ",
        summary: "このサイトのすべてのページの一覧。",
        runs_wasm: false,
        scripts: Vec::new(),
        main: &main,
    };
    layout::page(view, &frame)
}

fn list(view: &View<'_>, id: &str, title: &str, pages: &[usize]) -> Markup {
    html! {
        h2 #(id) { (title) }
        ul {
            @for &page in pages {
                li {
                    a href=(view.href(SITE_MAP_PAGE, page)) { (view.title(page)) }
                    span.site-map__summary { (view.page(page).summary.value) }
                }
            }
        }
    }
}

/// What is no page of the content.
fn others(view: &View<'_>) -> Markup {
    let has_feed = view.site().base_url.is_some();
    let has_whole = view.has_whole();
    html! {
        @if has_feed || has_whole {
            h2 #more { "まとめて読む" }
            ul {
                @if has_whole { li { a href={ (WHOLE_PAGE) ".html" } { "決まりの全体を印刷" } } }
                @if has_feed { li { a href="feed.xml" type="application/atom+xml" { "更新の配信（Atom）" } } }
            }
        }
    }
}
