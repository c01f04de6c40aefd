//! The frame of every page: head, header, navigation, help, footer.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::view::View;
use crate::visibility::Visibility;
use crate::wareki;

/// What the frame needs to know about a page.
pub(super) struct Frame<'a> {
    /// Its id, for relative addresses.
    pub(super) id: &'a str,
    pub(super) title: &'a str,
    pub(super) summary: &'a str,
    /// Whether it runs the self-check, which needs Wasm.
    pub(super) runs_wasm: bool,
    /// Scripts of its own, by output path.
    pub(super) scripts: Vec<String>,
    pub(super) main: Markup,
}

/// A whole page.
pub(super) fn page(view: &View<'_>, frame: &Frame<'_>) -> String {
    let site = view.site();
    let title = if frame.id == site.home.value.as_str() {
        format!("{}｜{}", frame.title, site.label)
    } else {
        format!("{}｜{}", frame.title, site.title)
    };
    html! {
        (DOCTYPE)
        html lang="ja" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(csp(frame.runs_wasm));
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                meta name="description" content=(frame.summary);
                @if !view.is_public() { meta name="robots" content="noindex"; }
                link rel="stylesheet" href=(view.asset(frame.id, &view.assets.style));
                @if let Some(base) = &site.base_url {
                    link rel="canonical" href={ (base) (frame.id) ".html" };
                    link rel="alternate" type="application/atom+xml" title="更新" href={ (base) "feed.xml" };
                }
                link rel="icon" href=(view.asset(frame.id, &view.assets.icon)) type="image/svg+xml";
                script src=(view.asset(frame.id, &view.assets.page_script)) defer {}
                @for script in &frame.scripts { script src=(script) defer {} }
            }
            body {
                a.skip-link href="#main" { "本文へ移動" }
                (header(view, frame.id))
                (banner(view))
                div.page {
                    (navigation(view, frame.id))
                    main #main .main tabindex="-1" { (frame.main) }
                }
                (help(view, frame.id))
                (footer(view, frame.id))
            }
        }
    }
    .into_string()
}

/// Nothing is allowed but what the page brings itself. `file:` lets the same page work from a
/// shared drive, where an origin of its own does not exist.
fn csp(runs_wasm: bool) -> String {
    let (script, connect) = if runs_wasm {
        ("script-src 'self' file: 'wasm-unsafe-eval'", "; connect-src 'self'")
    } else {
        ("script-src 'self' file:", "")
    };
    format!(
        "default-src 'none'; style-src 'self' file:; {script}; img-src 'self' data: file:\
         {connect}; base-uri 'none'; form-action 'none'"
    )
}

fn header(view: &View<'_>, id: &str) -> Markup {
    let site = view.site();
    html! {
        header.site-header {
            p.site-header__name { a href=(view.home_href(id)) { (site.title) } }
            p.site-header__site.site-header__site--restricted[site.level == Visibility::Restricted] {
                (site.label)
            }
            @if let Some(report) = view.find(site.report.value.as_str()) {
                p.site-header__help {
                    a.button.button--danger href=(view.href(id, report)) { "おかしいと思ったら" }
                }
            }
        }
    }
}

fn banner(view: &View<'_>) -> Markup {
    let Some(banner) = &view.site().banner else { return html! {} };
    html! {
        section.banner.banner--emergency aria-labelledby="banner-title" {
            h2 #banner-title { "緊急のお知らせ：" (banner.title) }
            p { (banner.text) }
            p { time datetime=(banner.date) { (wareki::format_date(banner.date)) } }
        }
    }
}

/// Sites with more pages show those of the present group only, or every page would carry them all.
const MAX_NAVIGATION_PAGES: usize = 100;

fn navigation(view: &View<'_>, id: &str) -> Markup {
    let shows_all = view.pages().len() <= MAX_NAVIGATION_PAGES;
    let folder = id.rsplit_once('/').map_or("", |(folder, _)| folder);
    html! {
        nav.site-nav aria-label="サイト内のページ" {
            details.site-nav__menu open {
                summary { "メニュー" }
                @for (group, pages) in view.navigation() {
                    @if shows_all || group.folder == folder {
                        p.site-nav__group { (group.title) }
                        ul { @for &page in pages { (navigation_item(view, id, page)) } }
                    } @else {
                        p.site-nav__group { a href=(view.href(id, pages[0])) { (group.title) } }
                    }
                }
            }
        }
    }
}

fn navigation_item(view: &View<'_>, id: &str, page: usize) -> Markup {
    let current = view.page(page).id.as_str() == id;
    html! {
        li {
            a href=(view.href(id, page)) aria-current=[current.then_some("page")] {
                (nav_title(view, page))
            }
        }
    }
}

/// The first page is called トップ in the navigation, whatever its title.
fn nav_title<'a>(view: &View<'a>, page: usize) -> &'a str {
    let page = view.page(page);
    if page.id == view.site().home.value { "トップ" } else { &page.title.value }
}

fn help(view: &View<'_>, id: &str) -> Markup {
    let site = view.site();
    html! {
        aside.help-panel aria-labelledby="help-title" {
            h2 #help-title { "困ったとき" }
            ol { @for step in &site.help { li { (step) } } }
            @if let Some(report) = view.find(site.report.value.as_str()) {
                p { a href=(view.href(id, report)) { (view.page(report).title.value) } }
            }
        }
    }
}

fn footer(view: &View<'_>, id: &str) -> Markup {
    let glossary = view.find("glossary");
    html! {
        footer.site-footer {
            p { (view.site().title) "（" (view.site().label) "）" }
            p.print-only { "このページ：" (view.site().base_url.as_deref().unwrap_or("")) (id) ".html" }
            @if let Some(glossary) = glossary {
                p { "※印の語は、" a href=(view.href(id, glossary)) { "用語集" } "で説明しています。" }
            }
        }
    }
}

/// A page that leads on at once, with a link for those whose browser does not.
pub(super) fn redirect(view: &View<'_>, target: &str) -> Vec<u8> {
    html! {
        (DOCTYPE)
        html lang="ja" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content="default-src 'none'";
                meta http-equiv="refresh" content={ "0; url=" (target) };
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (view.site().title) }
            }
            body { main { h1 { (view.site().title) } p { a href=(target) { "ページへ進む" } } } }
        }
    }
    .into_string()
    .into_bytes()
}

/// HTML that was made before.
pub(super) fn raw(html: &str) -> PreEscaped<&str> {
    PreEscaped(html)
}
