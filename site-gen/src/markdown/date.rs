//! Dates in running text: told when they cannot be, and written as `<time>` for machines.

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::html::escape;
use super::term::Around;
use super::{Item, Node, Work};
use crate::diagnostic::{Diagnostic, Severity, error, warning};
use crate::source::Place;
use crate::wareki::{Fault, scan};

/// Tells impossible dates and wrong weekdays, wherever they stand but in code.
pub(super) fn report_impossible(items: &[Item<'_>], work: &mut Work<'_>) {
    if !work.may_show("年") {
        return;
    }
    let mut in_code = false;
    for item in items {
        match &item.node {
            Node::Event(Event::Start(Tag::CodeBlock(_))) => in_code = true,
            Node::Event(Event::End(TagEnd::CodeBlock)) => in_code = false,
            Node::Event(Event::Text(text)) if !in_code && text.contains('年') => {
                for date in scan(text) {
                    if let Some(fault) = date.fault {
                        let place = work.part(item, date.range.start, date.range.len());
                        work.push(diagnose(fault, place));
                    }
                }
            }
            _ => {}
        }
    }
}

/// A fault of a date as a finding.
pub(crate) fn diagnose(fault: Fault, place: Place) -> Diagnostic {
    let make = if fault.severity == Severity::Error { error } else { warning };
    make("date", Some(place), fault.message).hint(fault.hint)
}

/// Marks dates in running text; headings, links and code keep theirs plain.
pub(super) fn mark_up<'a>(items: Vec<Item<'a>>, work: &Work<'_>) -> Vec<Item<'a>> {
    if !work.may_show("年") {
        return items;
    }
    let mut out = Vec::with_capacity(items.len() + 16);
    let mut around = vec![Around::Text];
    for item in items {
        match &item.node {
            Node::Event(Event::Start(tag)) => {
                let here = around.last().copied().unwrap_or(Around::Text);
                around.push(here.enter(tag));
            }
            Node::Event(Event::End(_)) => {
                around.pop();
            }
            Node::Event(Event::Text(text))
                if around.last() == Some(&Around::Text) && text.contains('年') =>
            {
                let text = text.clone();
                split(&text, &item, &mut out);
                continue;
            }
            _ => {}
        }
        out.push(item);
    }
    out
}

fn split<'a>(text: &CowStr<'a>, item: &Item<'a>, out: &mut Vec<Item<'a>>) {
    let mut push = |event| out.push(Item { node: Node::Event(event), at: item.at.clone() });
    let mut copied = 0;
    for date in scan(text) {
        let Some(machine) = date.machine else { continue };
        push(Event::Text(text[copied..date.range.start].to_owned().into()));
        push(Event::InlineHtml(format!("<time datetime=\"{}\">", escape(&machine)).into()));
        push(Event::Text(text[date.range.clone()].to_owned().into()));
        push(Event::InlineHtml("</time>".into()));
        copied = date.range.end;
    }
    if copied == 0 {
        push(Event::Text(text.clone()));
    } else if copied < text.len() {
        push(Event::Text(text[copied..].to_owned().into()));
    }
}
