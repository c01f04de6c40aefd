//! Dates in running text: told when they cannot be, and written as `<time>` for machines.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event};

use super::html::escape;
use super::items::piece;
use super::signs::Signs;
use super::term::Around;
use super::{Item, Items, Node, Work};
use crate::diagnostic::{Diagnostic, Severity, error, warning};
use crate::source::Place;
use crate::wareki::{Fault, WrittenDate, read_at, scan};

/// Whether a 年 behind `text` may be that of a date; a ※ between may still be taken out.
pub(super) fn may_count(text: &str) -> bool {
    text.ends_with(|c: char| matches!(c, '0'..='9' | '０'..='９' | '元' | '※'))
}

/// Tells an impossible date or a wrong weekday, wherever it stands but in code; its 年 stands at
/// byte `at`.
pub(super) fn report_impossible(text: &str, at: usize, item: &Item<'_>, work: &mut Work<'_>) {
    if let Some(WrittenDate { range, fault: Some(fault), .. }) = read_at(text, at) {
        let place = work.part(item, range.start, range.len());
        work.push(diagnose(fault, place));
    }
}

/// A fault of a date as a finding.
pub(crate) fn diagnose(fault: Fault, place: Place) -> Diagnostic {
    let make = if fault.severity == Severity::Error { error } else { warning };
    make("date", Some(place), fault.message).hint(fault.hint)
}

/// Marks dates in running text; headings, links and code keep theirs plain.
pub(super) fn mark_up(items: &mut Items<'_>, work: &Work<'_>) {
    if !work.seen.has(Signs::YEAR) {
        return;
    }
    let mut around = vec![Around::Text];
    items.rewrite(|_, item, out| {
        match &item.node {
            Node::Event(Event::Start(tag)) => {
                let here = around.last().copied().unwrap_or(Around::Text);
                around.push(here.enter(tag));
            }
            Node::Event(Event::End(_)) => {
                around.pop();
            }
            Node::Event(Event::Text(text))
                if around.last() == Some(&Around::Text) && text.contains("年") =>
            {
                split(text, &item.at, out);
                return;
            }
            _ => {}
        }
        out.push(item);
    });
}

fn split<'a>(text: &CowStr<'a>, at: &Range<usize>, out: &mut Vec<Item<'a>>) {
    let mut push = |event| out.push(Item { node: Node::Event(event), at: at.clone() });
    let mut copied = 0;
    for date in scan(text) {
        let Some(machine) = date.machine else { continue };
        push(Event::Text(piece(text, copied..date.range.start)));
        push(Event::InlineHtml(format!("<time datetime=\"{}\">", escape(&machine)).into()));
        push(Event::Text(piece(text, date.range.clone())));
        push(Event::InlineHtml("</time>".into()));
        copied = date.range.end;
    }
    if copied == 0 {
        push(Event::Text(text.clone()));
    } else if copied < text.len() {
        push(Event::Text(piece(text, copied..text.len())));
    }
}
