//! What a web server and its visitors expect beside the pages: robots, sitemap, feed, 404.
//!
//! Everything but `robots.txt` needs to know where the site stands and is left out without
//! `base_url`, so that a folder on a shared drive holds no dead addresses.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use selfcheck::time::Date;

use super::SiteFiles;
use super::view::View;
use crate::load::page::Revision;
use crate::load::{Page, Version};

/// Changes listed in the feed.
const FEED_ENTRIES: usize = 50;

/// Adds the files of `view`'s site.
pub(super) fn publish(view: &View<'_>, files: &mut SiteFiles) {
    files.insert("robots.txt".to_owned(), robots(view).into_bytes());
    let Some(base) = &view.site().base_url else { return };
    files.insert("sitemap.xml".to_owned(), sitemap(view, base).into_bytes());
    files.insert("feed.xml".to_owned(), feed(view, base).into_bytes());
    files.insert("404.html".to_owned(), not_found(view, base).into_bytes());
}

/// Residents' pages may be found; the others are nobody else's business. `Sitemap` takes a whole
/// address only (sitemaps.org, "Submitting your Sitemap"), so it is left out where none is known.
fn robots(view: &View<'_>) -> String {
    match (&view.site().base_url, view.is_public()) {
        (Some(base), true) => format!("User-agent: *\nAllow: /\nSitemap: {base}sitemap.xml\n"),
        (None, true) => "User-agent: *\nAllow: /\n".to_owned(),
        (_, false) => "User-agent: *\nDisallow: /\n".to_owned(),
    }
}

fn sitemap(view: &View<'_>, base: &str) -> String {
    let urls = html! {
        urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
            xmlns:xhtml="http://www.w3.org/1999/xhtml" {
            @for index in view.all_pages() {
                @let page = view.page(index);
                url {
                    loc { (base) (view.file(index)) }
                    @if let Some(day) = changed(page) { lastmod { (day) } }
                    (alternates(view, index, base))
                }
            }
        }
    };
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}\n", urls.into_string())
}

/// The day a text last changed, as far as it says so itself.
fn changed(page: &Page) -> Option<Date> {
    page.translated.or(page.last_revised()).or(page.established)
}

/// The languages of a page, itself among them, as search engines want it in each of them.
fn alternates(view: &View<'_>, page: usize, base: &str) -> Markup {
    let is_language = |&other: &usize| view.page(other).version != Version::Easy;
    let others: Vec<usize> = view.versions(page).filter(is_language).collect();
    if others.len() < 2 || !others.contains(&page) {
        return html! {};
    }
    let links = others.iter().map(|&other| {
        format!(
            "<xhtml:link rel=\"alternate\" hreflang=\"{}\" href=\"{base}{}\"/>",
            view.page(other).version.lang(),
            view.file(other)
        )
    });
    PreEscaped(links.collect())
}

/// The changes of all pages, newest first (Atom, RFC 4287).
fn feed(view: &View<'_>, base: &str) -> String {
    let mut changes: Vec<(&Revision, usize)> = view
        .pages()
        .iter()
        .flat_map(|&page| view.page(page).revised.iter().map(move |change| (change, page)))
        .collect();
    changes.sort_by_key(|&(change, page)| (std::cmp::Reverse(change.date), page));
    changes.truncate(FEED_ENTRIES);
    // A feed needs a date; without any change it is that of the format's first day.
    let updated = changes.first().map_or_else(
        || "1970-01-01T00:00:00+09:00".to_owned(),
        |(change, _)| format!("{}T00:00:00+09:00", change.date),
    );
    let entries = html! {
        feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ja" {
            title { (view.site().title) }
            id { (base) }
            (PreEscaped(format!("<link rel=\"self\" href=\"{base}feed.xml\"/>")))
            (PreEscaped(format!("<link href=\"{base}{}.html\"/>", view.site().home.value)))
            updated { (updated) }
            author { name { (view.content().config.org_name) } }
            @for (position, (change, page)) in changes.iter().enumerate() {
                @let page = view.page(*page);
                // Two changes of a page on one day are two entries.
                @let same = changes[..position]
                    .iter()
                    .filter(|(other, of)| other.date == change.date && view.page(*of).id == page.id)
                    .count();
                entry {
                    title { (page.title.value) }
                    id { (base) (page.id) ".html#" (change.date) @if same > 0 { "-" (same + 1) } }
                    (PreEscaped(format!("<link href=\"{base}{}.html\"/>", page.id)))
                    updated { (change.date) "T00:00:00+09:00" }
                    summary { (change.note) }
                }
            }
        }
    };
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}\n", entries.into_string())
}

/// Stands at any address, so its own addresses are whole.
fn not_found(view: &View<'_>, base: &str) -> String {
    html! {
        (DOCTYPE)
        html lang="ja" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy"
                    content="default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                title { "ページが見つかりません｜" (view.site().title) }
                link rel="stylesheet" href={ (base) (view.assets.style.path) };
                link rel="icon" href={ (base) (view.assets.icon.path) } type="image/svg+xml";
            }
            body {
                header.site-header {
                    p.site-header__name {
                        a href={ (base) (view.site().home.value) ".html" } { (view.site().title) }
                    }
                }
                main #main .main.not-found {
                    h1 { "ページが見つかりません" }
                    p { "アドレスが変わったか、打ち間違いかもしれません。" }
                    ul {
                        li { a href={ (base) (view.site().home.value) ".html" } { "トップ" } }
                        li { a href={ (base) "sitemap.html" } { "サイトマップ" } }
                        @if view.find("glossary").is_some() {
                            li { a href={ (base) "glossary.html" } { "用語集" } }
                        }
                        li { a href={ (base) (view.site().report.value) ".html" } { "おかしいと思ったら" } }
                    }
                }
            }
        }
    }
    .into_string()
}
