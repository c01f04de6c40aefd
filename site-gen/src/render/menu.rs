//! The menu of every page.

use maud::{Markup, html};

use super::around::Around;
use super::layout::folder_of;
use crate::check::SITE_MAP_PAGE;
use crate::load::Version;
use crate::markdown::relative_href;

/// Sites with more pages show those of the present group only, or every page would carry them all.
const MAX_PAGES: usize = 100;
/// Sites with more groups lead to the site map instead of naming all on every page.
const MAX_GROUPS: usize = 30;
/// Of longer groups those beside the present page are shown; the site map has all.
const MAX_GROUP_PAGES: usize = 50;

/// A title with the pages below it, or alone.
pub(super) struct Part {
    pub(super) title: Markup,
    pub(super) links: Option<Links>,
}

/// Links to some pages, made once for all pages that carry them.
#[derive(Default)]
pub(super) struct Links {
    pages: Vec<usize>,
    /// The items of the list, one after the other; none is marked as the present page.
    html: String,
    /// Where each item ends in `html`.
    ends: Vec<usize>,
    /// How many are shown, those nearest to the present page.
    shown: usize,
}

/// The menu of the pages that lie beside each other and are written in one language.
pub(super) fn parts(around: &Around<'_, '_>) -> Vec<Part> {
    match around.version {
        Version::Original => all_pages(around),
        _ => pages_of_version(around),
    }
}

fn all_pages(around: &Around<'_, '_>) -> Vec<Part> {
    let (view, address) = (around.view, around.address);
    let groups = view.navigation();
    let shows_all = view.pages().len() <= MAX_PAGES;
    let shows_groups = groups.len() <= MAX_GROUPS;
    let folder = folder_of(address);
    let mut parts = Vec::new();
    for (group, pages) in groups {
        if shows_all || group.folder == folder {
            let links = Some(Links::new(around, pages.clone(), MAX_GROUP_PAGES));
            parts.push(Part { title: html! { (group.title) }, links });
        } else if shows_groups {
            let title = html! { a href=(view.href(address, pages[0])) { (group.title) } };
            parts.push(Part { title, links: None });
        }
    }
    if !shows_groups {
        let href = relative_href(address, &format!("{SITE_MAP_PAGE}.html"));
        let title = html! { a href=(href) { (around.words.site_map) } };
        parts.push(Part { title, links: None });
    }
    parts
}

/// A translation leads to the other translations first, then to everything.
fn pages_of_version(around: &Around<'_, '_>) -> Vec<Part> {
    let (view, words) = (around.view, around.words);
    let mut pages = view.pages_of(around.version).to_vec();
    pages.sort_by_key(|&page| view.page(page).id != view.site().home.value);
    let links = Some(Links::new(around, pages, usize::MAX));
    let mut parts = vec![Part { title: html! { (words.menu_name) }, links }];
    if let Some(home) = around.home() {
        let title = html! {
            a href=(view.href(around.address, home)) hreflang=[words.japanese()] {
                (words.other_pages)
            }
        };
        parts.push(Part { title, links: None });
    }
    parts
}

impl Links {
    fn new(around: &Around<'_, '_>, pages: Vec<usize>, shown: usize) -> Self {
        let mut html = String::new();
        let ends = pages.iter().map(|&page| {
            html.push_str(&item(around, page).0);
            html.len()
        });
        let ends = ends.collect();
        Self { pages, html, ends, shown }
    }

    /// The items that the present page shows, itself marked.
    pub(super) fn write(&self, around: &Around<'_, '_>, out: &mut String) {
        let here = self.pages.iter().position(|&page| around.page == Some(page));
        let room = self.pages.len().saturating_sub(self.shown);
        let first = here.unwrap_or(0).saturating_sub(self.shown / 2).min(room);
        let end = self.pages.len().min(first.saturating_add(self.shown));
        let Some(here) = here else { return out.push_str(self.items(first, end)) };
        out.push_str(self.items(first, here));
        out.push_str(&item(around, self.pages[here]).0);
        out.push_str(self.items(here + 1, end));
    }

    fn items(&self, first: usize, end: usize) -> &str {
        let start_of = |item: usize| item.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.html[start_of(first)..start_of(end)]
    }
}

/// The first page is called トップ, whatever its title.
fn item(around: &Around<'_, '_>, page: usize) -> Markup {
    let is_home = around.view.page(page).id == around.view.site().home.value;
    html! { li { (around.link(page, is_home.then_some(around.words.home))) } }
}
