//! One site's view of the content: what it shows, in which order, under which address.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use maud::{Markup, PreEscaped, Render as _, html};

use super::assets::{AssetFile, Assets};
use super::figures::glossary::former;
use crate::check::{Checked, MAX_WHOLE_PAGES};
use crate::load::site::NavigationGroup;
use crate::load::{Archive, Content, Page, Site, Version};
use crate::markdown::relative_href;
use crate::source::Sources;
use crate::visibility::Visibility;

/// A term as HTML.
pub(super) struct TermHtml {
    /// The term with its reading, as the target of its marks.
    pub(super) word: Markup,
    pub(super) short: Markup,
    /// The term alone.
    pub(super) name: Markup,
}

/// What rendering asks.
pub(super) struct View<'a> {
    pub(super) checked: &'a Checked,
    pub(super) sources: &'a Sources,
    pub(super) assets: &'a Assets,
    site: usize,
    /// Originals of the site in reading order.
    pages: Vec<usize>,
    /// Other versions of them, in the same order, by version.
    translations: BTreeMap<Version, Vec<usize>>,
    /// By page: where it stands among those of its version on the site.
    positions: Vec<Option<usize>>,
    /// Output path of each page of the content.
    files: Vec<String>,
    /// Title of each, as HTML: a title stands in the navigation of many pages.
    titles: Vec<Cow<'a, str>>,
    /// What many pages say of each term, made when the first of them does.
    terms: Vec<OnceLock<TermHtml>>,
    /// The navigation: groups with their pages.
    navigation: Vec<(&'a NavigationGroup, Vec<usize>)>,
    /// Whether there are rules, and not too many for one page; every page asks.
    has_whole: bool,
}

impl<'a> View<'a> {
    pub(super) fn new(
        checked: &'a Checked,
        sources: &'a Sources,
        assets: &'a Assets,
        site: usize,
    ) -> Self {
        let content = &checked.content;
        let held =
            |page: &usize| checked.sites.holds(site, *page) && content.pages[*page].is_original();
        let mut in_folder: HashMap<&str, Vec<usize>> = HashMap::new();
        for page in (0..content.pages.len()).filter(held) {
            in_folder.entry(content.pages[page].folder()).or_default().push(page);
        }
        let mut navigation = Vec::new();
        for group in &content.config.navigation {
            let Some(pages) = in_folder.get(group.folder.as_str()) else { continue };
            let mut pages = pages.clone();
            pages.sort_by_key(|&page| (content.pages[page].order, &content.pages[page].id));
            navigation.push((group, pages));
        }
        let mut pages: Vec<usize> =
            navigation.iter().flat_map(|(_, pages)| pages.iter().copied()).collect();
        let mut is_listed = vec![false; content.pages.len()];
        pages.iter().for_each(|&page| is_listed[page] = true);
        pages.extend((0..content.pages.len()).filter(held).filter(|&page| !is_listed[page]));
        let mut translations: BTreeMap<Version, Vec<usize>> = BTreeMap::new();
        for &page in &pages {
            for other in checked.sites.versions(page).filter(|&other| other != page) {
                translations.entry(content.pages[other].version).or_default().push(other);
            }
        }
        let mut positions = vec![None; content.pages.len()];
        for list in std::iter::once(&pages).chain(translations.values()) {
            list.iter().enumerate().for_each(|(at, &page)| positions[page] = Some(at));
        }
        let files = content.pages.iter().map(file).collect();
        let titles = content.pages.iter().map(|page| escaped(&page.title.value)).collect();
        let terms = content.glossary.iter().map(|_| OnceLock::new()).collect();
        let rules = pages.iter().filter(|&&page| content.pages[page].layer.is_rule()).count();
        let has_whole = (1..=MAX_WHOLE_PAGES).contains(&rules);
        Self {
            checked,
            sources,
            assets,
            site,
            pages,
            translations,
            positions,
            files,
            titles,
            terms,
            navigation,
            has_whole,
        }
    }

    pub(super) fn content(&self) -> &'a Content {
        &self.checked.content
    }

    pub(super) fn site(&self) -> &'a Site {
        &self.content().config.sites[self.site]
    }

    pub(super) fn is_public(&self) -> bool {
        self.site().level == Visibility::Public
    }

    /// Originals, in reading order.
    pub(super) fn pages(&self) -> &[usize] {
        &self.pages
    }

    /// All pages of one version, in reading order.
    pub(super) fn pages_of(&self, version: Version) -> &[usize] {
        match version {
            Version::Original => &self.pages,
            other => self.translations.get(&other).map_or(&[], Vec::as_slice),
        }
    }

    /// All pages of all versions.
    pub(super) fn all_pages(&self) -> impl Iterator<Item = usize> + '_ {
        self.pages.iter().chain(self.translations.values().flatten()).copied()
    }

    /// The version of `page` for a reader of `version`; the original where there is none.
    pub(super) fn preferred(&self, page: usize, version: Version) -> usize {
        self.checked.sites.version(page, version).unwrap_or(page)
    }

    /// The versions of a page, the original first.
    pub(super) fn versions(&self, page: usize) -> impl Iterator<Item = usize> + '_ {
        self.checked.sites.versions(page)
    }

    pub(super) fn navigation(&self) -> &[(&'a NavigationGroup, Vec<usize>)] {
        &self.navigation
    }

    pub(super) fn page(&self, index: usize) -> &'a Page {
        &self.content().pages[index]
    }

    /// Whether records of this visibility stand on the site.
    pub(super) fn shows(&self, visibility: Visibility) -> bool {
        visibility <= self.site().level
    }

    /// The page with this id, if it stands on this site.
    pub(super) fn find(&self, id: &str) -> Option<usize> {
        self.checked.sites.find(id).filter(|&page| self.checked.sites.holds(self.site, page))
    }

    /// The frozen campaign the self-check page asks.
    pub(super) fn archive(&self) -> Option<&'a Archive> {
        self.checked.campaign.map(|index| &self.content().archive[index])
    }

    /// Whether the site has a page with all rules.
    pub(super) fn has_whole(&self) -> bool {
        self.has_whole
    }

    /// Relative address of a page.
    pub(super) fn href(&self, from: &str, page: usize) -> String {
        relative_href(from, &self.files[page])
    }

    /// Output path of a page.
    pub(super) fn file(&self, page: usize) -> &str {
        &self.files[page]
    }

    /// The same without `.html`.
    pub(super) fn address(&self, page: usize) -> &str {
        self.files[page].strip_suffix(".html").unwrap_or_default()
    }

    /// The title of a page as HTML.
    pub(super) fn title(&self, page: usize) -> PreEscaped<&str> {
        PreEscaped(&self.titles[page])
    }

    /// A term as HTML.
    pub(super) fn term(&self, term: usize) -> &TermHtml {
        self.terms[term].get_or_init(|| {
            let term = &self.content().glossary[term];
            TermHtml {
                word: html! {
                    dt #{ "t-" (term.id) } {
                        (former(term))
                        dfn { (term.term.value) } "（" (term.reading.value) "）"
                    }
                },
                short: html! { span.page-terms__short { (term.short.value) } },
                name: term.term.value.render(),
            }
        })
    }

    /// Relative address of the site's first page.
    pub(super) fn home_href(&self, from: &str) -> String {
        relative_href(from, &format!("{}.html", self.site().home.value))
    }

    /// Relative address of a static file.
    pub(super) fn asset(&self, from: &str, asset: &AssetFile) -> String {
        relative_href(from, &asset.path)
    }

    /// The pages of the same version before and after, in reading order.
    pub(super) fn neighbours(&self, page: usize) -> (Option<usize>, Option<usize>) {
        let Some(at) = self.positions[page] else { return (None, None) };
        let pages = self.pages_of(self.page(page).version);
        let before = at.checked_sub(1).and_then(|at| pages.get(at).copied());
        (before, pages.get(at + 1).copied())
    }
}

/// Output path of a page.
fn file(page: &Page) -> String {
    [page.id.as_str(), page.version.suffix(), ".html"].concat()
}

/// A text as HTML; nearly all are HTML already, and are not copied.
fn escaped(text: &str) -> Cow<'_, str> {
    if text.bytes().any(|byte| matches!(byte, b'&' | b'<' | b'>' | b'"')) {
        return text.render().into_string().into();
    }
    text.into()
}
