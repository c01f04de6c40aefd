//! Pages that lead on at once: the site's entry, and earlier addresses of pages.
//!
//! With script the part after `#` goes along, so a link to a clause still finds it; without, the
//! browser is sent to the page, and a link stands there for those it does not send.

use maud::{DOCTYPE, html};

use super::SiteFiles;
use super::view::View;

/// Adds `index.html` and every alias of a page.
pub(super) fn publish(view: &View<'_>, files: &mut SiteFiles) {
    let home = view.home_href("index");
    files.insert("index.html".to_owned(), redirect(view, "index", &home));
    for &page in view.pages() {
        for alias in &view.page(page).aliases {
            let target = view.href(&alias.value, page);
            let path = format!("{}.html", alias.value);
            files.entry(path).or_insert_with(|| redirect(view, &alias.value, &target));
        }
    }
}

fn redirect(view: &View<'_>, from: &str, target: &str) -> Vec<u8> {
    html! {
        (DOCTYPE)
        html lang="ja" data-moved=(target) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy"
                    content="default-src 'none'; script-src 'self' file:";
                noscript { meta http-equiv="refresh" content={ "0; url=" (target) }; }
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (view.site().title) }
                script src=(view.asset(from, &view.assets.page_script)) {}
            }
            body { main { h1 { (view.site().title) } p { a href=(target) { "ページへ進む" } } } }
        }
    }
    .into_string()
    .into_bytes()
}
