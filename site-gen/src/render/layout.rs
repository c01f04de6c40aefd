//! The frame of every page: head, header, navigation, help, footer.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::figures::site_contacts;
use super::search;
use super::view::View;
use super::whole;
use super::words::{self, Words};
use crate::check::{SITE_MAP_PAGE, page_text_hash};
use crate::load::Version;
use crate::load::data::Contact;
use crate::load::site::SiteWords;
use crate::markdown::relative_href;
use crate::visibility::Visibility;

/// What the frame needs to know about a page.
pub(super) struct Frame<'a> {
    /// The page of the content, if it is one.
    pub(super) page: Option<usize>,
    /// Output path without `.html`, for relative addresses.
    pub(super) address: &'a str,
    pub(super) version: Version,
    pub(super) title: &'a str,
    pub(super) summary: &'a str,
    /// Whether it runs the self-check, which needs Wasm.
    pub(super) runs_wasm: bool,
    /// Scripts of its own, by output path.
    pub(super) scripts: Vec<String>,
    pub(super) main: Markup,
}

/// The frame's view: site and words in the language of the page.
struct Around<'v, 'a> {
    view: &'v View<'a>,
    frame: &'v Frame<'v>,
    words: &'static Words,
    own: Option<&'a SiteWords>,
}

/// A whole page.
pub(super) fn page(view: &View<'_>, frame: &Frame<'_>) -> String {
    let site = view.site();
    let around = Around {
        view,
        frame,
        words: words::of(frame.version),
        own: site.translations.get(&frame.version),
    };
    let words = around.words;
    let name = if around.is_home() { around.label() } else { around.title() };
    html! {
        (DOCTYPE)
        html lang=(frame.version.lang()) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(csp(frame.runs_wasm));
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (frame.title) "｜" (name) }
                meta name="description" content=(frame.summary);
                @if !view.is_public() { meta name="robots" content="noindex"; }
                link rel="stylesheet" href=(view.asset(frame.address, &view.assets.style));
                @if let Some(base) = &site.base_url { (around.addresses(base)) }
                link rel="icon" href=(view.asset(frame.address, &view.assets.icon)) type="image/svg+xml";
                script src=(view.asset(frame.address, &view.assets.page_script)) defer {}
                @for script in &frame.scripts { script src=(script) defer {} }
            }
            body {
                a.skip-link href="#main" { (words.skip) }
                (around.header())
                (around.banner())
                div.page {
                    (around.navigation())
                    main #main .main tabindex="-1" { (frame.main) }
                }
                (around.help())
                (around.footer())
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
        "default-src 'none'; style-src 'self' file:; {script}; img-src 'self' file:\
         {connect}; base-uri 'none'; form-action 'self' file:"
    )
}

/// Sites with more pages show those of the present group only, or every page would carry them all.
const MAX_NAVIGATION_PAGES: usize = 100;
/// Sites with more groups lead to the site map instead of naming all on every page.
const MAX_NAVIGATION_GROUPS: usize = 30;
/// Of longer groups those beside the present page are shown; the site map has all.
const MAX_NAVIGATION_GROUP_PAGES: usize = 50;

impl Around<'_, '_> {
    fn title(&self) -> &str {
        self.own.and_then(|own| own.title.as_deref()).unwrap_or(&self.view.site().title)
    }

    fn label(&self) -> &str {
        self.own.and_then(|own| own.label.as_deref()).unwrap_or(&self.view.site().label)
    }

    /// `lang` for something that is said in Japanese although the page is not.
    fn japanese_unless(&self, own: bool) -> Option<&'static str> {
        if own { None } else { self.words.japanese() }
    }

    fn is_home(&self) -> bool {
        let home = self.view.site().home.value.as_str();
        self.frame.page.is_some_and(|page| self.view.page(page).id.as_str() == home)
    }

    /// Address of a page in the reader's version, where there is one.
    fn href(&self, page: usize) -> String {
        let page = self.view.preferred(page, self.frame.version);
        self.view.href(self.frame.address, page)
    }

    /// A link to a page, with the language of its title where that is another.
    fn link(&self, page: usize, text: Option<&str>) -> Markup {
        let target = self.view.preferred(page, self.frame.version);
        let page = self.view.page(target);
        let lang = (page.version.lang() != self.frame.version.lang()).then(|| page.version.lang());
        let current = self.frame.page == Some(target);
        html! {
            a href=(self.view.href(self.frame.address, target)) hreflang=[lang]
                lang=[lang.filter(|_| text.is_none())] aria-current=[current.then_some("page")] {
                @if let Some(text) = text { (text) } @else { (self.view.title(target)) }
            }
        }
    }

    fn home(&self) -> Option<usize> {
        self.view.find(self.view.site().home.value.as_str())
    }

    /// What needs to know where the site stands.
    fn addresses(&self, base: &str) -> Markup {
        let versions: Vec<usize> = self.frame.page.map_or_else(Vec::new, |page| {
            // Two pages of one language are no alternatives of each other to a search engine.
            let is_language = |&page: &usize| self.view.page(page).version != Version::Easy;
            self.view.versions(page).filter(is_language).collect()
        });
        let alternates = versions.len() > 1 && self.frame.version != Version::Easy;
        html! {
            link rel="canonical" href={ (base) (self.frame.address) ".html" };
            @if alternates {
                @for &page in &versions {
                    @let page = self.view.page(page);
                    link rel="alternate" hreflang=(page.version.lang())
                        href={ (base) (page.address()) ".html" };
                }
            }
            link rel="alternate" type="application/atom+xml" title=(self.words.changes)
                href={ (base) "feed.xml" };
        }
    }

    fn header(&self) -> Markup {
        let site = self.view.site();
        let own_title = self.own.is_some_and(|own| own.title.is_some());
        let own_label = self.own.is_some_and(|own| own.label.is_some());
        let home = self.home().map_or_else(String::new, |home| self.href(home));
        html! {
            header.site-header {
                p.site-header__name {
                    a href=(home) lang=[self.japanese_unless(own_title)] { (self.title()) }
                }
                p.site-header__site.site-header__site--restricted[site.level == Visibility::Restricted]
                    lang=[self.japanese_unless(own_label)] { (self.label()) }
                // The page of results has its box above them.
                @if !search::is_results_page(self.frame.address) {
                    (search::form(self.view, self.frame.address, self.frame.version))
                }
                (self.languages())
                @if let Some(report) = self.view.find(site.report.value.as_str()) {
                    p.site-header__help {
                        a.button.button--danger href=(self.href(report)) { (self.words.report) }
                    }
                }
            }
        }
    }

    /// The versions of this page, each named in its own language.
    fn languages(&self) -> Markup {
        let Some(page) = self.frame.page else { return html! {} };
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
                        @let current = version == self.frame.version;
                        li {
                            a href=(self.view.href(self.frame.address, other))
                                hreflang=(version.lang()) lang=(version.lang())
                                aria-current=[current.then_some("true")] { (version.label()) }
                        }
                    }
                }
            }
        }
    }

    fn banner(&self) -> Markup {
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

    fn navigation(&self) -> Markup {
        html! {
            nav.site-nav aria-label=(self.words.menu_name) {
                details.site-nav__menu open {
                    summary { (self.words.menu) }
                    @if self.frame.version == Version::Original { (self.all_pages()) }
                    @else { (self.pages_of_version()) }
                }
            }
        }
    }

    fn all_pages(&self) -> Markup {
        let groups = self.view.navigation();
        let shows_all = self.view.pages().len() <= MAX_NAVIGATION_PAGES;
        let shows_groups = groups.len() <= MAX_NAVIGATION_GROUPS;
        let folder = self.frame.address.rsplit_once('/').map_or("", |(folder, _)| folder);
        html! {
            @for (group, pages) in groups {
                @if shows_all || group.folder == folder {
                    p.site-nav__group { (group.title) }
                    ul { @for &page in self.around_this(pages) { li { (self.nav_link(page)) } } }
                } @else if shows_groups {
                    p.site-nav__group {
                        a href=(self.view.href(self.frame.address, pages[0])) { (group.title) }
                    }
                }
            }
            @if !shows_groups {
                p.site-nav__group {
                    a href=(relative_href(self.frame.address, &format!("{SITE_MAP_PAGE}.html"))) {
                        (self.words.site_map)
                    }
                }
            }
        }
    }

    /// The pages of a group that stand nearest to this one, as many as a list is read of.
    fn around_this<'p>(&self, pages: &'p [usize]) -> &'p [usize] {
        let is_this = |&page: &usize| self.view.page(page).id.as_str() == self.frame.address;
        let here = pages.iter().position(is_this).unwrap_or(0);
        let room = pages.len().saturating_sub(MAX_NAVIGATION_GROUP_PAGES);
        let start = here.saturating_sub(MAX_NAVIGATION_GROUP_PAGES / 2).min(room);
        &pages[start..pages.len().min(start + MAX_NAVIGATION_GROUP_PAGES)]
    }

    /// A translation leads to the other translations first, then to everything.
    fn pages_of_version(&self) -> Markup {
        html! {
            p.site-nav__group { (self.words.menu_name) }
            ul {
                @let mut pages = self.view.pages_of(self.frame.version).to_vec();
                @let () = pages.sort_by_key(|&page| self.view.page(page).id != self.view.site().home.value);
                @for page in pages { li { (self.nav_link(page)) } }
            }
            @if let Some(home) = self.home() {
                p.site-nav__group {
                    a href=(self.view.href(self.frame.address, home)) hreflang=[self.words.japanese()] {
                        (self.words.other_pages)
                    }
                }
            }
        }
    }

    /// The first page is called トップ in the navigation, whatever its title.
    fn nav_link(&self, page: usize) -> Markup {
        let is_home = self.view.page(page).id == self.view.site().home.value;
        self.link(page, is_home.then_some(self.words.home))
    }

    fn help(&self) -> Markup {
        let site = self.view.site();
        let own = self.own.map(|own| &own.help).filter(|help| !help.is_empty());
        let steps = own.unwrap_or(&site.help);
        html! {
            aside.help-panel aria-labelledby="help-title" {
                h2 #help-title { (self.words.help) }
                @if !steps.is_empty() {
                    ol lang=[self.japanese_unless(own.is_some())] {
                        @for step in steps { li { (step) } }
                    }
                }
                (self.contacts())
                @if let Some(report) = self.view.find(site.report.value.as_str()) {
                    p { (self.link(report, None)) }
                }
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

    fn footer(&self) -> Markup {
        html! {
            footer.site-footer {
                p { (self.title()) "（" (self.label()) "）" }
                (self.links())
                (self.printed())
                @if let Some(glossary) = self.view.find("glossary")
                    && self.frame.version == Version::Original {
                    p { a href=(self.href(glossary)) { (self.view.page(glossary).title.value) } }
                }
            }
        }
    }
}

impl Around<'_, '_> {
    /// The ways that lead everywhere.
    fn links(&self) -> Markup {
        let words = self.words;
        let lang = words.japanese();
        let href = |file: &str| relative_href(self.frame.address, file);
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
    fn printed(&self) -> Markup {
        let base = self.view.site().base_url.as_deref().unwrap_or_default();
        let page = self.frame.page.map(|page| self.view.page(page));
        html! {
            p.print-only {
                (self.words.this_page) (base) (self.frame.address) ".html"
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

/// HTML that was made before.
pub(super) fn raw(html: &str) -> PreEscaped<&str> {
    PreEscaped(html)
}
