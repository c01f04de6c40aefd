//! Figures drawn from data: each an accessible figure with the same content as text or table.

mod accessibility;
mod cards;
mod common;
mod decisions;
pub(super) mod glossary;
mod improvements;
mod lists;
mod months;
mod org_chart;
mod paper;
mod paper_form;
mod people;
mod results;
mod schedule;
mod self_check;
mod training;

use std::collections::BTreeMap;

use maud::{Markup, html};

pub(super) use people::site_contacts;

use super::view::View;
use crate::markdown::Figure;

/// Draws a figure on the page at `page`.
pub(super) fn render(view: &View<'_>, page: usize, figure: Figure) -> Markup {
    match figure {
        Figure::OrgChart => org_chart::render(view),
        Figure::Schedule => schedule::render(view),
        Figure::Committee => people::committee(view),
        Figure::Csirt => people::csirt(view),
        Figure::Contacts => people::contacts(view),
        Figure::SectionContacts => people::section_contacts(view),
        Figure::ContactCard => paper::contact_card(view),
        Figure::IncidentForm => paper::incident_form(view),
        Figure::Months => months::render(view, page),
        Figure::Roles => people::roles(view, page),
        Figure::Training => training::render(view),
        Figure::Decisions => decisions::render(view),
        Figure::Improvements => improvements::improvements(view),
        Figure::Audit => improvements::audit(view),
        Figure::Results => results::render(view, page),
        Figure::Accessibility => accessibility::render(view, page),
        Figure::ReviewList => lists::review_list(view, page),
        Figure::History => lists::history(view, page),
        Figure::Clauses => lists::clauses(view, page),
        Figure::Confirm => lists::to_confirm(view, page),
        Figure::Glossary => glossary::render(view),
        Figure::SelfCheck => self_check::for_staff(view, page),
        Figure::ResidentCheck => self_check::for_residents(view, page),
        Figure::Campaign => self_check::campaign(view),
        Figure::Cards => cards::render(view, page),
    }
}

/// Whether a figure speaks the language of its page; the others are in Japanese, as their data.
pub(super) fn is_translated(figure: Figure) -> bool {
    matches!(figure, Figure::Accessibility)
}

/// A table in a box that scrolls by keyboard; the caption names both.
fn table(caption: &str, head: &[&str], rows: &[Vec<Markup>]) -> Markup {
    html! {
        div.table-scroll role="group" aria-label=(caption) tabindex="0" {
            table {
                caption { (caption) }
                thead { tr { @for cell in head { th scope="col" { (cell) } } } }
                tbody {
                    @for row in rows { tr { @for cell in row { td { (cell) } } } }
                }
            }
        }
    }
}

/// Records by fiscal year, the newest year first.
fn years<T>(records: &[T], year: impl Fn(&T) -> u16) -> Vec<(u16, Vec<&T>)> {
    let mut years: BTreeMap<u16, Vec<&T>> = BTreeMap::new();
    for record in records {
        years.entry(year(record)).or_default().push(record);
    }
    years.into_iter().rev().collect()
}

/// Tenths of a percent as people read them.
fn percent(permille: u64) -> String {
    format!("{}.{}%", permille / 10, permille % 10)
}

/// What stands where the data are still empty.
fn nothing_yet(text: &str) -> Markup {
    html! { p.nothing-yet { (text) } }
}

/// A short text as a table cell.
fn text(text: &str) -> Markup {
    html! { (text) }
}
