//! The parts of the frame: header, banner, help, footer.

use maud::{Markup, html};

use super::figures::site_contacts;
use super::search;
use super::view::View;
use super::whole;
use super::words::{self, Words};
use crate::check::page_text_hash;
use crate::load::Version;
use crate::load::data::Contact;
use crate::load::site::SiteWords;
use crate::markdown::relative_href;
use crate::visibility::Visibility;

/// Where a page stands, and site and words in its language.
pub(super) struct Around<'v, 'a> {
    pub(super) view: &'v View<'a>,
    /// The page of the content, if it is one.
    pub(super) page: Option<usize>,
    pub(super) address: &'v str,
    pub(super) version: Version,
    pub(super) words: &'static Words,
    own: Option<&'a SiteWords>,
}

impl<'v, 'a> Around<'v, 'a> {
    pub(super) fn new(
        view: &'v View<'a>,
        address: &'v str,
        version: Version,
        page: Option<usize>,
    ) -> Self {
        let own = view.site().translations.get(&version);
        Self { view, page, address, version, words: words::of(version), own }
    }
}

impl Around<'_, '_> {
    pub(super) fn title(&self) -> &str {
        self.own.and_then(|own| own.title.as_deref()).unwrap_or(&self.view.site().title)
    }

    pub(super) fn label(&self) -> &str {
        self.own.and_then(|own| own.label.as_deref()).unwrap_or(&self.view.site().label)
    }

    /// `lang` for something that is said in Japanese although the page is not.
    fn japanese_unless(&self, own: bool) -> Option<&'static str> {
        if own { None } else { self.words.japanese() }
    }

    fn is_home(&self) -> bool {
        let home = self.view.site().home.value.as_str();
        self.page.is_some_and(|page| self.view.page(page).id.as_str() == home)
    }

    /// Address of a page in the reader's version, where there is one.
    fn href(&self, page: usize) -> String {
        let page = self.view.preferred(page, self.version);
        self.view.href(self.address, page)
    }

    /// A link to a page, with the language of its title where that is another.
    pub(super) fn link(&self, page: usize, text: Option<&str>) -> Markup {
        let target = self.view.preferred(page, self.version);
        let page = self.view.page(target);
        let lang = (page.version.lang() != self.version.lang()).then(|| page.version.lang());
        let current = self.page == Some(target);
        html! {
            a href=(self.view.href(self.address, target)) hreflang=[lang]
                lang=[lang.filter(|_| text.is_none())] aria-current=[current.then_some("page")] {
                @if let Some(text) = text { (text) } @else { (self.view.title(target)) }
            }
        }
    }

    pub(super) fn home(&self) -> Option<usize> {
        self.view.find(self.view.site().home.value.as_str())
    }

    /// A page's title in the tab of the browser: with the name of the site, or with what it is
    /// for where the name is the title.
    pub(super) fn page_title(&self, title: &str) -> Markup {
        let name = if self.is_home() { self.label() } else { self.title() };
        html! { (title) "｜" (name) }
    }

    /// What needs to know where the site stands.
    pub(super) fn addresses(&self) -> Markup {
        let Some(base) = &self.view.site().base_url else { return html! {} };
        let versions: Vec<usize> = self.page.map_or_else(Vec::new, |page| {
            // Two pages of one language are no alternatives of each other to a search engine.
            let is_language = |&page: &usize| self.view.page(page).version != Version::Easy;
            self.view.versions(page).filter(is_language).collect()
        });
        let alternates = versions.len() > 1 && self.version != Version::Easy;
        html! {
            link rel="canonical" href={ (base) (self.address) ".html" };
            @if alternates {
                @for &page in &versions {
                    link rel="alternate" hreflang=(self.view.page(page).version.lang())
                        href={ (base) (self.view.file(page)) };
                }
            }
            link rel="alternate" type="application/atom+xml" title=(self.words.changes)
                href={ (base) "feed.xml" };
        }
    }

    /// Names of the site, and its search.
    pub(super) fn names(&self) -> Markup {
        let site = self.view.site();
        let own_title = self.own.is_some_and(|own| own.title.is_some());
        let own_label = self.own.is_some_and(|own| own.label.is_some());
        let home = self.home().map_or_else(String::new, |home| self.href(home));
        html! {
            p.site-header__name {
                a href=(home) lang=[self.japanese_unless(own_title)] { (self.title()) }
            }
            p.site-header__site.site-header__site--restricted[site.level == Visibility::Restricted]
                lang=[self.japanese_unless(own_label)] { (self.label()) }
            // The page of results has its box above them.
            @if !search::is_results_page(self.address) {
                (search::form(self.view, self.address, self.version))
            }
        }
    }

    pub(super) fn report_button(&self) -> Markup {
        html! {
            @if let Some(report) = self.view.find(self.view.site().report.value.as_str()) {
                p.site-header__help {
                    a.button.button--danger href=(self.href(report)) { (self.words.report) }
                }
            }
        }
    }

    /// The versions of this page, each named in its own language.
    pub(super) fn languages(&self) -> Markup {
        let Some(page) = self.page else { return html! {} };
        let there: Vec<usize> = Version::ALL
            .into_iter()
            .filter_map(|version| self.view.checked.sites.version(page, version))
            .collect();
        if there.len() < 2 {
            return html! {};
        }
        html! {
            nav.lang-switch aria-label=(self.words.languages) {
                ul {
                    @for other in there {
                        @let version = self.view.page(other).version;
                        @let current = version == self.version;
                        li {
                            a href=(self.view.href(self.address, other))
                                hreflang=(version.lang()) lang=(version.lang())
                                aria-current=[current.then_some("true")] { (version.label()) }
                        }
                    }
                }
            }
        }
    }

    pub(super) fn banner(&self) -> Markup {
        let Some(banner) = &self.view.site().banner else { return html! {} };
        let title = self.own.and_then(|own| own.banner_title.as_deref());
        let text = self.own.and_then(|own| own.banner_text.as_deref());
        html! {
            section.banner.banner--emergency aria-labelledby="banner-title" {
                h2 #banner-title {
                    (self.words.emergency)
                    span lang=[self.japanese_unless(title.is_some())] { (title.unwrap_or(&banner.title)) }
                }
                p lang=[self.japanese_unless(text.is_some())] { (text.unwrap_or(&banner.text)) }
                p { time datetime=(banner.date) { (self.words.date(banner.date)) } }
            }
        }
    }

    /// What to do, and whom to call.
    pub(super) fn help(&self) -> Markup {
        let own = self.own.map(|own| &own.help).filter(|help| !help.is_empty());
        let steps = own.unwrap_or(&self.view.site().help);
        html! {
            h2 #help-title { (self.words.help) }
            @if !steps.is_empty() {
                ol lang=[self.japanese_unless(own.is_some())] {
                    @for step in steps { li { (step) } }
                }
            }
            (self.contacts())
        }
    }

    /// Whom to tell.
    pub(super) fn report(&self) -> Markup {
        html! {
            @if let Some(report) = self.view.find(self.view.site().report.value.as_str()) {
                p { (self.link(report, None)) }
            }
        }
    }

    /// Whom to call by day and by night, in the order to call.
    fn contacts(&self) -> Markup {
        let mut groups: Vec<(&str, Vec<&Contact>)> = Vec::new();
        for contact in site_contacts(self.view) {
            match groups.iter_mut().find(|(when, _)| *when == contact.when) {
                Some((_, contacts)) => contacts.push(contact),
                None => groups.push((&contact.when, vec![contact])),
            }
        }
        if groups.is_empty() {
            return html! {};
        }
        html! {
            h3 { (self.words.contacts) }
            dl.help-panel__contacts lang=[self.words.japanese()] {
                @for (when, contacts) in groups {
                    div {
                        dt { (when) }
                        @for contact in contacts {
                            dd {
                                (contact.who)
                                @if let Some(phone) = &contact.phone { "（" (phone) "）" }
                            }
                        }
                    }
                }
            }
        }
    }

    /// The way to the glossary from every page whose language it has.
    pub(super) fn glossary(&self) -> Markup {
        html! {
            @if let Some(glossary) = self.view.find("glossary")
                && self.version == Version::Original {
                p { a href=(self.href(glossary)) { (self.view.page(glossary).title.value) } }
            }
        }
    }

    /// The ways that lead everywhere.
    pub(super) fn links(&self) -> Markup {
        let words = self.words;
        let lang = words.japanese();
        let href = |file: &str| relative_href(self.address, file);
        html! {
            ul {
                li { a href=(href("sitemap.html")) hreflang=[lang] { (words.site_map) } }
                @if self.view.has_whole() {
                    li { a href=(href(whole::FILE)) hreflang=[lang] { (words.print_whole) } }
                }
                @if self.view.site().base_url.is_some() {
                    li { a href=(href("feed.xml")) type="application/atom+xml" { (words.feed) } }
                }
            }
        }
    }

    /// What proves on paper which text it is.
    pub(super) fn printed(&self) -> Markup {
        let base = self.view.site().base_url.as_deref().unwrap_or_default();
        let page = self.page.map(|page| self.view.page(page));
        html! {
            p.print-only {
                (self.words.this_page) (base) (self.address) ".html"
                @if let Some(page) = page {
                    @let text = page_text_hash(page, self.view.sources).to_string();
                    @if let Some(day) = page.last_revised().or(page.established) {
                        "　" (self.words.last_revised) " " (self.words.date(day))
                    }
                    "　" (self.words.text_version) (text[..8])
                }
                span data-printed=(self.words.printed) {}
            }
        }
    }
}
