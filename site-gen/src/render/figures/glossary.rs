//! The glossary: 英数字 first, then in 五十音 order, with the pages that use each term.

use maud::{Markup, PreEscaped, html};

use super::super::glossary_data;
use super::super::kana::{ROWS, group, term_key};
use super::super::layout::raw;
use crate::load::Term;
use crate::markdown::{Body, Segment};
use crate::render::page::date;
use crate::render::view::View;

const PAGE: &str = "glossary";

/// Terms under one heading.
struct Group {
    /// In the navigation: `A–Z`, `あ`.
    label: &'static str,
    /// The heading: `英数字`, `あ行`.
    heading: String,
    id: &'static str,
    members: Vec<usize>,
    /// Terms of 英数字 that are read like this.
    read_here: Vec<usize>,
}

pub(super) fn render(view: &View<'_>) -> Markup {
    let groups = groups(view);
    let users = users(view);
    html! {
        nav.kana-nav aria-label="五十音から探す" {
            ol {
                @for group in &groups {
                    li {
                        @if group.members.is_empty() && group.read_here.is_empty() {
                            span { (group.label) }
                        } @else { a href={ "#row-" (group.id) } { (group.label) } }
                    }
                }
            }
        }
        div.glossary { @for group in &groups {
            @if !group.members.is_empty() || !group.read_here.is_empty() {
                h2 #{ "row-" (group.id) } { (group.heading) }
                @if !group.members.is_empty() {
                    dl { @for &term in &group.members { (entry(view, term, &users[term])) } }
                }
                (read_here(view, group))
            }
        } }
        (data(view))
    }
}

/// All groups in order, empty ones too.
fn groups(view: &View<'_>) -> Vec<Group> {
    /// ASCII ids for the rows.
    const IDS: [&str; 10] = ["a", "ka", "sa", "ta", "na", "ha", "ma", "ya", "ra", "wa"];
    let glossary = &view.content().glossary;
    let mut terms: Vec<usize> = glossary_data::shown(view);
    terms.sort_by_cached_key(|&term| key(&glossary[term]));
    let grouped: Vec<(usize, Option<&str>)> =
        terms.into_iter().map(|term| (term, group_of(&glossary[term]))).collect();
    let in_group = |wanted: Option<&str>| -> Vec<usize> {
        grouped.iter().filter(|(_, group)| *group == wanted).map(|&(term, _)| term).collect()
    };
    let latin = Group {
        label: "A–Z",
        heading: "英数字".to_owned(),
        id: "az",
        members: in_group(None),
        read_here: Vec::new(),
    };
    let rows = ROWS.iter().zip(IDS).map(|(&(name, _), id)| {
        let read_like_this =
            |&term: &usize| super::super::kana::row(&glossary[term].reading.value) == Some(name);
        Group {
            label: name,
            heading: format!("{name}行"),
            id,
            members: in_group(Some(name)),
            read_here: latin.members.iter().copied().filter(read_like_this).collect(),
        }
    });
    let rows: Vec<Group> = rows.collect();
    std::iter::once(latin).chain(rows).collect()
}

fn key(term: &Term) -> (u8, String, String) {
    term_key(&term.term.value, &term.reading.value)
}

fn group_of(term: &Term) -> Option<&'static str> {
    group(&term.term.value, &term.reading.value)
}

/// `CSIRT` stands under 英数字; who knows only its sound looks here.
fn read_here(view: &View<'_>, group: &Group) -> Markup {
    let glossary = &view.content().glossary;
    html! {
        @if !group.read_here.is_empty() {
            p.glossary__read-here {
                "英数字で書く語："
                @for (position, &term) in group.read_here.iter().enumerate() {
                    @let term = &glossary[term];
                    @if position > 0 { "、" }
                    a href={ "#t-" (term.id) } { (term.reading.value) "（" (term.term.value) "）" }
                }
            }
        }
    }
}

/// By term: the pages that use it, in reading order.
fn users(view: &View<'_>) -> Vec<Vec<usize>> {
    let mut users = vec![Vec::new(); view.content().glossary.len()];
    for &page in view.pages() {
        for used in &view.checked.bodies[page].terms {
            users[used.term].push(page);
        }
    }
    users
}

fn entry(view: &View<'_>, index: usize, users: &[usize]) -> Markup {
    let term = &view.content().glossary[index];
    let see_also = term.see_also.iter().filter_map(|id| {
        view.content()
            .glossary
            .iter()
            .find(|other| other.id == id.value && view.shows(other.visibility))
    });
    html! {
        div.glossary__entry {
        dt #{ "t-" (term.id) } {
            (former(term))
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
                        a href={ (view.href(PAGE, page)) "#t-" (term.id) } { (view.title(page)) }
                    }
                }
            }
        }
        }
    }
}

/// Ids the term had before lead to it for ever.
pub(in crate::render) fn former(term: &Term) -> Markup {
    html! { @for old in &term.former { span #{ "t-" (old.value) } {} } }
}

fn definition(body: &Body) -> Markup {
    html! {
        @for segment in &body.segments {
            @if let Segment::Html(html) = segment { (raw(html)) }
        }
    }
}

/// The same entries for machines: in the page, and as files to take along.
fn data(view: &View<'_>) -> Markup {
    let count = glossary_data::shown(view).len();
    html! {
        p.glossary__data {
            "用語集のデータ：" a href="glossary.csv" { "表計算用（CSV、" (count) "語）" } "、"
            a href="glossary.json" { "プログラム用（JSON、" (count) "語）" }
        }
        script type="application/ld+json" { (PreEscaped(glossary_data::linked_data(view))) }
    }
}
