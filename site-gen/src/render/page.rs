//! One page: its text, and what stands above it. What stands below is in `after`.

use maud::{Markup, Render, html};
use memchr::memmem;
use selfcheck::time::Date;

use super::after;
use super::feedback;
use super::figures;
use super::layout::{Frame, Shell, raw};
use super::view::View;
use super::whole;
use super::words::{self, Words};
use crate::load::{Page, Version};
use crate::markdown::{Body, Figure, Heading, Segment, phrased, relative_href};
use crate::visibility::Visibility;
use crate::wareki;

/// Room kept from one page to the next; few are larger.
const MAX_ROOM: usize = 64 * 1024;

/// Where one page after the other is made: with the room of the last one, and its shell where
/// both lie in one folder.
#[derive(Default)]
pub(super) struct Desk {
    html: String,
    shell: Option<Shell>,
}

impl Desk {
    /// Renders the page at `index`; also where its own part begins.
    pub(super) fn render(&mut self, view: &View<'_>, index: usize) -> (&str, usize) {
        self.html.clear();
        self.html.shrink_to(MAX_ROOM);
        let main = render(view, index, &mut self.shell, &mut self.html);
        (&self.html, main)
    }
}

fn render(view: &View<'_>, index: usize, shell: &mut Option<Shell>, out: &mut String) -> usize {
    let page = view.page(index);
    let body = &view.checked.bodies[index];
    let words = words::of(page.version);
    let address = view.address(index);
    let runs_wasm = has_figure(body, &[Figure::SelfCheck, Figure::ResidentCheck]);
    let scripts = match &view.assets.widget {
        Some(widget) if runs_wasm => {
            vec![view.asset(address, &widget.glue), view.asset(address, &widget.boot)]
        }
        _ => Vec::new(),
    };
    // Whoever comes in wants a way on, not the dates of the page: on the first page they stand last.
    let is_home = page.id == view.site().home.value;
    let main = html! {
        (breadcrumbs(view, index, words))
        article.home[is_home] {
            (header(view, index, words))
            @if !is_home { (facts(page, words)) (tools(view, index, body, words)) }
            (contents(&body.outline, words))
            div.prose { (Text { view, index, body }) }
            @if !has_figure(body, &[Figure::Glossary]) { (after::terms(view, page, body, words)) }
            (after::questions(view, page, words))
            (after::related(view, page, words))
            (after::history(page, words))
            @if is_home { (facts(page, words)) (tools(view, index, body, words)) }
            (feedback::render(view, page, words))
        }
        (after::pager(view, index, words))
    };
    let frame = Frame {
        page: Some(index),
        address,
        version: page.version,
        title: &page.title.value,
        summary: &page.summary.value,
        runs_wasm,
        scripts,
        main: &main,
    };
    if !shell.as_ref().is_some_and(|shell| shell.fits(address, page.version)) {
        *shell = None;
    }
    let shell = shell.get_or_insert_with(|| Shell::new(view, address, page.version));
    shell.write(view, &frame, out)
}

fn has_figure(body: &Body, wanted: &[Figure]) -> bool {
    body.segments
        .iter()
        .any(|segment| matches!(segment, Segment::Figure(used) if wanted.contains(&used.figure)))
}

/// A date as readers write it, with the machine's form beside it.
pub(super) fn date(date: Date) -> Markup {
    html! { time datetime=(date) { (wareki::format_date(date)) } }
}

/// The same in the words of a version.
pub(super) fn date_in(words: &Words, date: Date) -> Markup {
    html! { time datetime=(date) { (words.date(date)) } }
}

/// The text of a page, written where it belongs without being put together first.
struct Text<'v, 'a> {
    view: &'v View<'a>,
    index: usize,
    body: &'v Body,
}

impl Render for Text<'_, '_> {
    fn render_to(&self, html: &mut String) {
        let japanese = words::of(self.view.page(self.index).version).japanese();
        for segment in &self.body.segments {
            let used = match segment {
                Segment::Html(text) => {
                    html.push_str(text);
                    continue;
                }
                Segment::Figure(used) => used.figure,
            };
            let figure = figures::render(self.view, self.index, used);
            // Most figures come from data that are Japanese only.
            match japanese.filter(|_| !figures::is_translated(used)) {
                Some(lang) => html! { div lang=(lang) { (figure) } }.render_to(html),
                None => html.push_str(&figure.0),
            }
        }
    }
}

fn breadcrumbs(view: &View<'_>, index: usize, words: &Words) -> Markup {
    let page = view.page(index);
    let home = view.site().home.value.as_str();
    if page.id.as_str() == home {
        return html! {};
    }
    let address = view.address(index);
    let folder = page.folder();
    let group = view
        .content()
        .config
        .navigation
        .iter()
        .find(|group| group.folder == folder && !folder.is_empty());
    html! {
        nav.breadcrumbs aria-label=(words.here) {
            ol {
                @if let Some(home) = view.find(home) {
                    li { a href=(view.href(address, view.preferred(home, page.version))) { (words.home) } }
                }
                @if let Some(group) = group && page.is_original() { li { (group.title) } }
                li aria-current="page" { (view.title(index)) }
            }
        }
    }
}

fn header(view: &View<'_>, index: usize, words: &Words) -> Markup {
    let page = view.page(index);
    html! {
        header.page-header {
            p.page-header__layer { (words.layer(page.layer)) }
            (title(page))
            p.page-header__summary { (page.summary.value) }
            (version_notice(view, index, words))
        }
    }
}

/// Who answers for the page, and its dates.
fn facts(page: &Page, words: &Words) -> Markup {
    let own = page.own_words;
    let japanese = |own: bool| words.japanese().filter(|_| !page.is_original() && !own);
    html! {
        dl.facts {
            div { dt { (words.owner) } dd lang=[japanese(own.owner)] { (page.owner.value) } }
            @if let Some(approver) = &page.approver {
                div { dt { (words.approver) } dd lang=[japanese(own.approver)] { (approver) } }
            }
            @if let Some(class) = &page.class {
                div { dt { (words.class) } dd lang=[japanese(false)] { (class) } }
            }
            (fact(page, words, words.established, page.established))
            (fact(page, words, words.effective, page.effective))
            (fact(page, words, words.last_revised, page.last_revised()))
            (fact(page, words, words.translated, page.translated))
            div data-due=(page.review_due) {
                dt { (words.review_due) } dd { (fact_date(page, words, page.review_due)) }
            }
        }
    }
}

/// The title, in Japanese with the places where a line may break.
fn title(page: &Page) -> Markup {
    let (html, is_phrased) = match page.version {
        Version::English => return html! { h1 { (page.title.value) } },
        Version::Original | Version::Easy => phrased(&page.title.value),
    };
    html! { h1.phrased[is_phrased] { (raw(&html)) } }
}

fn fact(page: &Page, words: &Words, name: &str, day: Option<Date>) -> Markup {
    html! { @if let Some(day) = day { div { dt { (name) } dd { (fact_date(page, words, day)) } } } }
}

/// Residents need not count in eras: the year of the common era stands behind.
fn fact_date(page: &Page, words: &Words, day: Date) -> Markup {
    let for_residents = page.visibility == Visibility::Public && page.is_original();
    html! { (date_in(words, day)) @if for_residents { "（" (day.year()) "年）" } }
}

/// On a translation: which text counts, and the way to it.
fn version_notice(view: &View<'_>, index: usize, words: &Words) -> Markup {
    let page = view.page(index);
    let Some(original) = view.checked.sites.version(index, Version::Original) else {
        return html! {};
    };
    html! {
        @if !page.is_original() {
            p.version-notice {
                (words.original_counts) " "
                a href=(view.href(view.address(index), original)) hreflang=[words.japanese()] {
                    (words.to_original)
                }
            }
        }
    }
}

/// What a reader can do with the page. Buttons work by script and are hidden until it runs.
fn tools(view: &View<'_>, index: usize, body: &Body, words: &Words) -> Markup {
    let has_ruby = body
        .segments
        .iter()
        .any(|segment| matches!(segment, Segment::Html(html) if has_ruby(html)));
    let is_in_whole = view.page(index).layer.is_rule() && view.has_whole();
    html! {
        div.page-tools {
            button.button.button--quiet type="button" data-print hidden { (words.print) }
            @if has_ruby {
                button.button.button--quiet type="button" data-ruby aria-pressed="true" hidden {
                    (words.ruby)
                }
            }
            @if is_in_whole {
                a.button.button--quiet href=(relative_href(view.address(index), whole::FILE))
                    hreflang=[words.japanese()] { (words.print_whole) }
            }
        }
    }
}

fn has_ruby(html: &str) -> bool {
    memmem::find(html.as_bytes(), b"<ruby>").is_some()
}

fn contents(outline: &[Heading], words: &Words) -> Markup {
    let sections = outline.iter().filter(|heading| heading.level == 2).count();
    if sections < 2 {
        return html! {};
    }
    // A section and the headings below it, up to the next section.
    let mut groups: Vec<(&Heading, Vec<&Heading>)> = Vec::new();
    for heading in outline {
        match groups.last_mut() {
            Some((_, below)) if heading.level > 2 => below.push(heading),
            _ => groups.push((heading, Vec::new())),
        }
    }
    html! {
        nav.toc aria-labelledby="toc-title" {
            h2 #toc-title { (words.contents) }
            ol {
                @for (heading, below) in groups {
                    li {
                        a href={ "#" (heading.id) } { (heading.text) }
                        @if !below.is_empty() {
                            ol { @for heading in below {
                                li { a href={ "#" (heading.id) } { (heading.text) } }
                            } }
                        }
                    }
                }
            }
        }
    }
}
