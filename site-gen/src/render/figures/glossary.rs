//! The glossary in 五十音 order, with the pages that use each term.

use maud::{Markup, html};

use super::super::kana::{ROWS, row, sort_key};
use super::super::layout::raw;
use crate::markdown::{Body, Segment};
use crate::render::page::date;
use crate::render::view::View;

const PAGE: &str = "glossary";

pub(super) fn render(view: &View<'_>) -> Markup {
    let glossary = &view.content().glossary;
    let mut terms: Vec<usize> =
        (0..glossary.len()).filter(|&term| view.shows(glossary[term].visibility)).collect();
    terms.sort_by_cached_key(|&term| sort_key(&glossary[term].reading.value));
    let in_row = |name: &str| -> Vec<usize> {
        let is_in = |&&term: &&usize| row(&glossary[term].reading.value) == Some(name);
        terms.iter().filter(is_in).copied().collect()
    };
    html! {
        nav.kana-nav aria-label="五十音から探す" {
            ol {
                @for (name, _) in ROWS {
                    li {
                        @if in_row(name).is_empty() { span { (name) } }
                        @else { a href={ "#row-" (row_id(name)) } { (name) } }
                    }
                }
            }
        }
        div.glossary { @for (name, _) in ROWS {
            @let members = in_row(name);
            @if !members.is_empty() {
                h2 #{ "row-" (row_id(name)) } { (name) "行" }
                dl { @for term in members { (entry(view, term)) } }
            }
        } }
    }
}

/// ASCII ids for the rows.
fn row_id(name: &str) -> &'static str {
    const IDS: [&str; 10] = ["a", "ka", "sa", "ta", "na", "ha", "ma", "ya", "ra", "wa"];
    ROWS.iter().position(|(row, _)| *row == name).map_or("", |index| IDS[index])
}

fn entry(view: &View<'_>, index: usize) -> Markup {
    let term = &view.content().glossary[index];
    let users: Vec<usize> = view
        .pages()
        .iter()
        .copied()
        .filter(|&page| view.checked.bodies[page].terms.iter().any(|used| used.term == index))
        .collect();
    let see_also = term.see_also.iter().filter_map(|id| {
        view.content()
            .glossary
            .iter()
            .find(|other| other.id == id.value && view.shows(other.visibility))
    });
    html! {
        div.glossary__entry {
        dt #{ "t-" (term.id) } {
            dfn { (term.term.value) } " "
            span.glossary__reading { (term.reading.value) }
            @if let Some(english) = &term.english { " " span.glossary__english lang="en" { (english) } }
        }
        dd.glossary__short { (term.short.value) }
        dd {
            (definition(&view.checked.definitions[index]))
            @if !term.aliases.is_empty() {
                p.glossary__aliases {
                    "別の言い方："
                    (term.aliases.iter().map(|alias| alias.value.as_str()).collect::<Vec<_>>().join("、"))
                }
            }
            @let see_also: Vec<_> = see_also.collect();
            @if !see_also.is_empty() {
                p.glossary__see-also {
                    "あわせて読む："
                    @for (position, other) in see_also.iter().enumerate() {
                        @if position > 0 { "、" }
                        a href={ "#t-" (other.id) } { (other.term.value) }
                    }
                }
            }
            @if term.source.is_some() || term.date.is_some() {
                p.glossary__source {
                    @if let Some(source) = &term.source { "出どころ：" (source) }
                    @if let Some(day) = term.date { "（" (date(day)) "）" }
                }
            }
            @if !users.is_empty() {
                p.glossary__pages {
                    "使われているページ："
                    @for (position, &page) in users.iter().enumerate() {
                        @if position > 0 { "、" }
                        a href={ (view.href(PAGE, page)) "#t-" (term.id) } { (view.page(page).title.value) }
                    }
                }
            }
        }
        }
    }
}

fn definition(body: &Body) -> Markup {
    html! {
        @for segment in &body.segments {
            @if let Segment::Html(html) = segment { (raw(html)) }
        }
    }
}
