//! One page: its text, and everything that surrounds it.

use maud::{Markup, html};
use selfcheck::time::Date;

use super::figures;
use super::layout::{self, Frame, raw};
use super::view::View;
use crate::load::Page;
use crate::markdown::{Body, Figure, Heading, Segment, relative_href};
use crate::wareki;

/// Renders the page at `index`.
pub(super) fn render(view: &View<'_>, index: usize) -> String {
    let page = view.page(index);
    let body = &view.checked.bodies[index];
    let id = page.id.as_str();
    let runs_wasm = has_figure(body, &[Figure::SelfCheck, Figure::ResidentCheck]);
    let scripts = match &view.assets.widget {
        Some(widget) if runs_wasm => {
            vec![view.asset(id, &widget.glue), view.asset(id, &widget.boot)]
        }
        _ => Vec::new(),
    };
    let main = html! {
        (breadcrumbs(view, page))
        article {
            (page_header(page))
            (contents(&body.outline))
            div.prose {
                @for segment in &body.segments {
                    @match segment {
                        Segment::Html(html) => (raw(html)),
                        Segment::Figure(used) => (figures::render(view, index, used.figure)),
                    }
                }
            }
            @if !has_figure(body, &[Figure::Glossary]) { (page_terms(view, page, body)) }
            (questions(view, page))
            (related(view, page))
            (history(page))
        }
        (pager(view, index))
    };
    let frame = Frame {
        id,
        title: &page.title.value,
        summary: &page.summary.value,
        runs_wasm,
        scripts,
        main,
    };
    layout::page(view, &frame)
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

fn breadcrumbs(view: &View<'_>, page: &Page) -> Markup {
    let home = view.site().home.value.as_str();
    let id = page.id.as_str();
    if id == home {
        return html! {};
    }
    let group = view
        .content()
        .config
        .navigation
        .iter()
        .find(|group| group.folder == page.folder() && !group.folder.is_empty());
    html! {
        nav.breadcrumbs aria-label="現在の場所" {
            ol {
                li { a href=(view.home_href(id)) { "トップ" } }
                @if let Some(group) = group { li { (group.title) } }
                li aria-current="page" { (page.title.value) }
            }
        }
    }
}

fn page_header(page: &Page) -> Markup {
    html! {
        header.page-header {
            p.page-header__layer { (page.layer.as_str()) }
            h1 { (page.title.value) }
            p.page-header__summary { (page.summary.value) }
            dl.facts {
                div { dt { "所管" } dd { (page.owner.value) } }
                @if let Some(approver) = &page.approver { div { dt { "決裁" } dd { (approver) } } }
                @if let Some(class) = &page.class { div { dt { "分類" } dd { (class) } } }
                @if let Some(day) = page.established { div { dt { "制定日" } dd { (date(day)) } } }
                @if let Some(day) = page.effective { div { dt { "施行日" } dd { (date(day)) } } }
                @if let Some(day) = page.last_revised() {
                    div { dt { "最終改定日" } dd { (date(day)) } }
                }
                div data-due=(page.review_due) { dt { "次回見直し" } dd { (date(page.review_due)) } }
            }
        }
    }
}

fn contents(outline: &[Heading]) -> Markup {
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
            h2 #toc-title { "このページの内容" }
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

fn page_terms(view: &View<'_>, page: &Page, body: &Body) -> Markup {
    if body.terms.is_empty() {
        return html! {};
    }
    let glossary = view.find("glossary").map(|glossary| view.href(page.id.as_str(), glossary));
    html! {
        section.page-terms role="doc-glossary" aria-labelledby="page-terms" {
            h2 #page-terms { "このページの用語" }
            p { "※印の語の短い説明です。" }
            dl {
                @for used in &body.terms {
                    @let term = &view.content().glossary[used.term];
                    dt #{ "t-" (term.id) } {
                        dfn { (term.term.value) } "（" (term.reading.value) "）"
                    }
                    dd {
                        span.page-terms__short { (term.short.value) } " "
                        @if let Some(glossary) = &glossary {
                            a href={ (glossary) "#t-" (term.id) } {
                                "用語集の「" (term.term.value) "」"
                            }
                        }
                        @for count in 1..=used.count {
                            " "
                            a.backlink role="doc-backlink" href={ "#r-" (term.id) "-" (count) }
                                aria-label={ "「" (term.term.value) "」の本文の位置へ戻る " (count) } {
                                "↩" (count)
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The questions whose rule stands on this page, so that a reader knows what will be asked.
fn questions(view: &View<'_>, page: &Page) -> Markup {
    let prompts: Vec<&str> = view
        .content()
        .checks
        .iter()
        .filter(|set| view.shows(set.visibility) && set.visibility == page.visibility)
        .flat_map(|set| &set.questions)
        .filter(|question| question.question.page == page.id)
        .map(|question| question.question.prompt.as_str())
        .collect();
    if prompts.is_empty() {
        return html! {};
    }
    let check = ["check/self-check", "public/self-check"].iter().find_map(|id| view.find(id));
    html! {
        section.page-questions aria-labelledby="page-questions" {
            h2 #page-questions { "この決まりに関係する自己点検の設問" }
            ul { @for prompt in prompts { li { (prompt) } } }
            @if let Some(check) = check {
                p { a href=(view.href(page.id.as_str(), check)) { (view.page(check).title.value) "のページへ" } }
            }
        }
    }
}

fn related(view: &View<'_>, page: &Page) -> Markup {
    let related: Vec<usize> = page.related.iter().filter_map(|id| view.find(&id.value)).collect();
    if related.is_empty() && page.legal_basis.is_empty() && page.source.is_none() {
        return html! {};
    }
    html! {
        section.page-related aria-labelledby="page-related" {
            h2 #page-related { "関係するページ" }
            @if !related.is_empty() {
                ul {
                    @for target in related {
                        li {
                            a href=(view.href(page.id.as_str(), target)) {
                                (view.page(target).title.value)
                            }
                        }
                    }
                }
            }
            @if !page.legal_basis.is_empty() { p { "根拠：" (page.legal_basis.join("、")) } }
            @if let Some(source) = &page.source { p { "出典：" (source) } }
        }
    }
}

fn history(page: &Page) -> Markup {
    if page.revised.is_empty() {
        return html! {};
    }
    html! {
        section.page-history aria-labelledby="page-history" {
            h2 #page-history { "改定の記録" }
            table {
                thead { tr { th scope="col" { "日付" } th scope="col" { "変わったこと" } } }
                tbody {
                    @for revision in &page.revised {
                        tr { td { (date(revision.date)) } td { (revision.note) } }
                    }
                }
            }
        }
    }
}

fn pager(view: &View<'_>, index: usize) -> Markup {
    let page = view.page(index);
    let (before, after) = view.neighbours(index);
    let href =
        |target: usize| relative_href(page.id.as_str(), &format!("{}.html", view.page(target).id));
    html! {
        nav.pager aria-label="前後のページ" {
            @if let Some(before) = before {
                a rel="prev" href=(href(before)) { "前：" (view.page(before).title.value) }
            }
            @if let Some(after) = after {
                a rel="next" href=(href(after)) { "次：" (view.page(after).title.value) }
            }
        }
    }
}
