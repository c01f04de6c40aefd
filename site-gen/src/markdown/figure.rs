//! Figures from data: a fenced block whose info string names one.

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use super::{Items, Node, Work};
use crate::diagnostic::{did_you_mean, error, nearest};
use crate::source::Place;

/// The figures there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figure {
    /// The organisation chart.
    OrgChart,
    /// The plan's schedule.
    Schedule,
    /// Duties and members of the committee.
    Committee,
    /// Duties and members of the CSIRT.
    Csirt,
    /// Whom to call.
    Contacts,
    /// Who answers for each section.
    SectionContacts,
    /// Whom to call, to cut out for the desk and the wallet.
    ContactCard,
    /// The incident record form.
    IncidentForm,
    /// Duties by role and month.
    Roles,
    /// The same duties month by month.
    Months,
    /// The training plan.
    Training,
    /// What the committee decided.
    Decisions,
    /// Improvement plans.
    Improvements,
    /// The audit's year.
    Audit,
    /// What the accessibility tests said.
    Accessibility,
    /// Results by year.
    Results,
    /// Every page with owner and dates.
    ReviewList,
    /// Every change, newest first.
    History,
    /// Every rule of every page.
    Clauses,
    /// Values only the city can settle.
    Confirm,
    /// The whole glossary.
    Glossary,
    /// The self-check for staff.
    SelfCheck,
    /// The short check for residents.
    ResidentCheck,
    /// The open campaign and its dates.
    Campaign,
    /// Ways in, on the first page.
    Cards,
}

impl Figure {
    const NAMES: [(&'static str, Self); 25] = [
        ("org-chart", Self::OrgChart),
        ("schedule", Self::Schedule),
        ("committee", Self::Committee),
        ("csirt", Self::Csirt),
        ("contacts", Self::Contacts),
        ("section-contacts", Self::SectionContacts),
        ("contact-card", Self::ContactCard),
        ("incident-form", Self::IncidentForm),
        ("roles", Self::Roles),
        ("months", Self::Months),
        ("training", Self::Training),
        ("decisions", Self::Decisions),
        ("improvements", Self::Improvements),
        ("audit", Self::Audit),
        ("accessibility", Self::Accessibility),
        ("results", Self::Results),
        ("review-list", Self::ReviewList),
        ("history", Self::History),
        ("clauses", Self::Clauses),
        ("confirm", Self::Confirm),
        ("glossary", Self::Glossary),
        ("self-check", Self::SelfCheck),
        ("self-check residents", Self::ResidentCheck),
        ("campaign", Self::Campaign),
        ("cards", Self::Cards),
    ];

    fn find(info: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(name, _)| *name == info).map(|&(_, figure)| figure)
    }
}

/// A figure and where it was asked for.
#[derive(Debug, Clone, Copy)]
pub struct FigureUse {
    /// Which one.
    pub figure: Figure,
    /// Where.
    pub place: Place,
}

/// Replaces figure blocks; a block with text inside stays ordinary code.
pub(super) fn extract(items: &mut Items<'_>, work: &mut Work<'_>) {
    // The end of an empty block goes with its start.
    items.list().dedup_by(|next, item| {
        let Node::Event(Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info)))) = &item.node
        else {
            return false;
        };
        let info = info.trim();
        let empty = matches!(next.node, Node::Event(Event::End(TagEnd::CodeBlock)));
        match Figure::find(info) {
            Some(figure) if empty => {
                let place = work.place(&item.at);
                item.node = Node::Figure(FigureUse { figure, place });
                true
            }
            Some(_) => {
                let place = work.place(&item.at);
                work.push(
                    error("figure", place, format!("図「{info}」の囲みの中には何も書けません"))
                        .hint("図の中身は content/data のデータから作られます。"),
                );
                false
            }
            None if empty && !info.is_empty() => {
                let place = work.place(&item.at);
                let names = Figure::NAMES.iter().map(|(name, _)| *name);
                let mut finding =
                    error("unknown-figure", place, format!("図「{info}」はありません"));
                if let Some(hint) = did_you_mean(&nearest(info, names)) {
                    finding = finding.hint(hint);
                }
                work.push(finding);
                false
            }
            None => false,
        }
    });
}
