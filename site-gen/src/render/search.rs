//! The search box of every page, the page of results, and the index both read.

use maud::{Markup, html};

use super::kana::{ROWS, row, sort_key};
use super::layout::{self, Frame};
use super::view::View;
use crate::check::SITE_MAP_PAGE;
use crate::load::Version;
use crate::markdown::relative_href;
use crate::search::index::{Form, Index, Page, Put, Source, Term};
use crate::search::page_text::PageText;
use crate::search::texts::{self, Texts};

/// The page all definitions stand on.
const GLOSSARY: &str = "glossary";

/// Larger sites list their groups only, or the page of results would be larger than any other.
const MAX_LISTED_PAGES: usize = 300;

/// What belongs to one language: its pages are found together, and by nothing else.
struct Language {
    /// The version whose frame the page of results has.
    version: Version,
    /// The versions that are searched.
    versions: &'static [Version],
    /// Output path of the page of results without `.html`.
    address: &'static str,
    /// Output path of the index without `.js`.
    index: &'static str,
    texts: &'static Texts,
    words: Words,
}

/// What the box and the page of results say without a script.
struct Words {
    title: &'static str,
    summary: &'static str,
    label: &'static str,
    button: &'static str,
    no_script: &'static str,
    failed: &'static str,
    terms: &'static str,
    latin: &'static str,
    row: &'static str,
    pages: &'static str,
    all_pages: &'static str,
}

const LANGUAGES: [Language; 2] = [
    Language {
        version: Version::Original,
        versions: &[Version::Original, Version::Easy],
        address: "search",
        index: "search/ja",
        texts: &texts::JA,
        words: Words {
            title: "検索",
            summary: "このサイトの決まりと説明を、言葉から探します。",
            label: "サイト内を検索",
            button: "検索",
            no_script: "お使いの画面ではスクリプトが動かないため、言葉から探せません。下の五十音とページの一覧から探してください。",
            failed: "検索を準備できませんでした。五十音とページの一覧から探してください。",
            terms: "五十音から用語を探す",
            latin: "英数字",
            row: "行",
            pages: "ページの一覧から探す",
            all_pages: "すべてのページの一覧",
        },
    },
    Language {
        version: Version::English,
        versions: &[Version::English],
        address: "search.en",
        index: "search/en",
        texts: &texts::EN,
        words: Words {
            title: "Search",
            summary: "Search the English pages of this site.",
            label: "Search the English pages",
            button: "Search",
            no_script: "Searching needs scripts, which do not run here. Please use the list of pages below.",
            failed: "The search could not be loaded. Please use the list of pages.",
            terms: "Terms",
            latin: "A–Z",
            row: "",
            pages: "All pages in English",
            all_pages: "All pages",
        },
    },
];

impl Language {
    /// The language of a version.
    fn of(version: Version) -> &'static Self {
        let [japanese, english] = &LANGUAGES;
        if version.lang() == english.version.lang() { english } else { japanese }
    }

    /// Its pages on a site, in reading order.
    fn pages<'v>(&self, view: &'v View<'_>) -> impl Iterator<Item = usize> + 'v {
        let versions = self.versions;
        versions.iter().flat_map(|&version| view.pages_of(version)).copied()
    }
}

/// Whether this is the address of a page of results.
pub(super) fn is_results_page(address: &str) -> bool {
    LANGUAGES.iter().any(|language| language.address == address)
}

/// The box; a form, so that it leads somewhere without script.
pub(super) fn form(view: &View<'_>, address: &str, version: Version) -> Markup {
    let language = Language::of(version);
    let words = &language.words;
    html! {
        form.site-search role="search" aria-label=(words.label)
            action=(relative_href(address, &format!("{}.html", language.address)))
            data-script=(view.asset(address, &view.assets.search_script))
            data-index=(relative_href(address, &format!("{}.js", language.index)))
            data-failed=(words.failed) {
            label.visually-hidden for="site-search" { (words.label) }
            input #site-search type="search" name="q" autocomplete="off" spellcheck="false"
                enterkeyhint="search" maxlength="100";
            button.button.button--secondary type="submit" { (words.button) }
        }
    }
}

/// The indexes of a site while its pages are made.
pub(super) struct Search<'v, 'a> {
    view: &'v View<'a>,
    indexes: [(&'static Language, Index<'v>); 2],
}

impl<'v, 'a> Search<'v, 'a> {
    /// Without any page.
    pub(super) fn new(view: &'v View<'a>) -> Self {
        let [japanese, english] = &LANGUAGES;
        let indexes = [japanese, english].map(|language| (language, Index::new(language.index)));
        Self { view, indexes }
    }

    /// Adds what the pages that follow in reading order say.
    ///
    /// # Errors
    /// Those of `put`.
    pub(super) fn add(
        &mut self,
        said: Vec<(usize, PageText)>,
        put: &Put<'_>,
    ) -> anyhow::Result<()> {
        let mut pages: [Vec<Page<'v>>; 2] = Default::default();
        for (page, text) in said {
            let version = self.view.page(page).version;
            let is_of = |language: &Language| language.versions.contains(&version);
            let of = self.indexes.iter().zip(&mut pages).find(|((language, _), _)| is_of(language));
            let Some((_, pages)) = of else { continue };
            let text = labelled(version, text);
            pages.push(Page { id: self.view.address(page), text });
        }
        self.indexes.iter_mut().zip(pages).try_for_each(|((_, index), pages)| index.add(pages, put))
    }

    /// Adds the pages of results and what is left of the indexes.
    ///
    /// # Errors
    /// Those of `put`.
    pub(super) fn finish(self, put: &Put<'_>) -> anyhow::Result<()> {
        let view = self.view;
        for (language, index) in self.indexes.into_iter().filter(|(_, index)| !index.is_empty()) {
            let html = results_page(view, language);
            put(&format!("{}.html", language.address), html.as_bytes())?;
            let source = Source {
                terms: terms(view, language),
                glossary: view.find(GLOSSARY).map(|_| GLOSSARY),
                texts: language.texts,
                large_script: &view.assets.search_large.path,
            };
            if index.finish(source, put)? == Form::Pieces {
                let (path, script) = view.assets.search_large.entry();
                put(&path, &script)?;
            }
        }
        Ok(())
    }
}

/// What a page says; its title tells a version from the original it has the language of.
fn labelled(version: Version, mut text: PageText) -> PageText {
    if version == Version::Easy {
        text.title = format!("{}（{}）", text.title, version.label());
    }
    text
}

/// The terms of the site; they are explained in Japanese.
fn terms<'a>(view: &View<'a>, language: &Language) -> Vec<Term<'a>> {
    if language.version != Version::Original || view.find(GLOSSARY).is_none() {
        return Vec::new();
    }
    let shown = view.content().glossary.iter().filter(|term| view.shows(term.visibility));
    shown
        .map(|term| Term {
            anchor: format!("t-{}", term.id),
            term: &term.term.value,
            short: &term.short.value,
            names: std::iter::once(term.reading.value.as_str())
                .chain(term.english.as_deref())
                .chain(term.aliases.iter().map(|alias| alias.value.as_str()))
                .collect(),
        })
        .collect()
}

fn results_page(view: &View<'_>, language: &Language) -> String {
    let words = &language.words;
    let main = html! {
        article {
            header.page-header {
                h1 { (words.title) }
                (form(view, language.address, language.version))
            }
            noscript { p.search-results__hint { (words.no_script) } }
            div #search-results .search-results {}
            @if language.version == Version::Original { (term_list(view, language)) }
            (page_list(view, language))
        }
    };
    layout::page(
        view,
        &Frame {
            page: None,
            address: language.address,
            version: language.version,
            title: words.title,
            summary: words.summary,
            runs_wasm: false,
            scripts: Vec::new(),
            main: &main,
        },
    )
}

/// Every term by row of the 五十音, for those who know the word and not the place.
fn term_list(view: &View<'_>, language: &Language) -> Markup {
    let Some(page) = view.find(GLOSSARY) else { return html! {} };
    let glossary = view.href(language.address, page);
    let mut terms: Vec<(&str, &str, &str)> = view
        .content()
        .glossary
        .iter()
        .filter(|term| view.shows(term.visibility))
        .map(|term| (term.reading.value.as_str(), term.term.value.as_str(), term.id.as_str()))
        .collect();
    terms.sort_by_cached_key(|(reading, ..)| sort_key(reading));
    let rows = ROWS.iter().map(|&(name, _)| Some(name)).chain([None]);
    html! {
        section.search-index aria-labelledby="search-terms" {
            h2 #search-terms { (language.words.terms) }
            dl {
                @for name in rows {
                    @let members: Vec<_> =
                        terms.iter().filter(|(reading, ..)| row(reading) == name).collect();
                    @if !members.is_empty() {
                        div {
                            dt {
                                @match name {
                                    Some(name) => { (name) (language.words.row) },
                                    None => (language.words.latin),
                                }
                            }
                            dd { ul { @for (_, term, id) in members {
                                li { a href={ (glossary) "#t-" (id) } { (term) } }
                            } } }
                        }
                    }
                }
            }
        }
    }
}

/// Every page by group, for those who know neither.
fn page_list(view: &View<'_>, language: &Language) -> Markup {
    let link = |page: usize| {
        html! {
            a href=(view.href(language.address, page)) { (view.title(page)) }
        }
    };
    let words = &language.words;
    let shows_all = view.pages().len() <= MAX_LISTED_PAGES;
    html! {
        section.search-index aria-labelledby="search-pages" {
            h2 #search-pages { (words.pages) }
            @if language.version == Version::Original {
                dl {
                    @for (group, pages) in view.navigation() {
                        div {
                            dt { (group.title) }
                            @let listed = if shows_all { pages.as_slice() } else { &pages[..1] };
                            dd { ul { @for &page in listed { li { (link(page)) } } } }
                        }
                    }
                }
                @if !shows_all {
                    p { a href={ (SITE_MAP_PAGE) ".html" } { (words.all_pages) } }
                }
            } @else {
                ul { @for page in language.pages(view) { li { (link(page)) } } }
            }
        }
    }
}
