//! Tables: header cells with a scope, inside a box that scrolls by keyboard.

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::heading::Heading;
use super::html::escape;
use super::{Item, Node};
use crate::load::Version;

/// Writes the tags of tables by hand; their cells stay events.
pub(super) fn scope(items: &mut [Item<'_>], outline: &[Heading], version: Version) {
    let mut headings = outline.iter();
    let mut section = "";
    let mut count = 0;
    let mut in_head = false;
    for item in items {
        let html: CowStr<'_> = match &item.node {
            // Written by the step before; a rule (`<hr>`) is an event of its own.
            Node::Event(Event::Html(html)) if is_heading(html) => {
                section = headings.next().map(|heading| heading.text.as_str()).unwrap_or_default();
                count = 0;
                continue;
            }
            Node::Event(Event::Start(Tag::Table(_))) => {
                count += 1;
                open_table(section, count, version).into()
            }
            Node::Event(Event::End(TagEnd::Table)) => "</tbody></table></div>\n".into(),
            Node::Event(Event::Start(Tag::TableHead)) => {
                in_head = true;
                "<thead><tr>".into()
            }
            Node::Event(Event::End(TagEnd::TableHead)) => {
                in_head = false;
                "</tr></thead>\n<tbody>\n".into()
            }
            Node::Event(Event::Start(Tag::TableRow)) => "<tr>".into(),
            Node::Event(Event::End(TagEnd::TableRow)) => "</tr>\n".into(),
            Node::Event(Event::Start(Tag::TableCell)) if in_head => "<th scope=\"col\">".into(),
            Node::Event(Event::End(TagEnd::TableCell)) if in_head => "</th>".into(),
            Node::Event(Event::Start(Tag::TableCell)) => "<td>".into(),
            Node::Event(Event::End(TagEnd::TableCell)) => "</td>".into(),
            _ => continue,
        };
        item.node = Node::Event(Event::Html(html));
    }
}

fn is_heading(html: &str) -> bool {
    let mut bytes = html.bytes();
    bytes.next() == Some(b'<')
        && bytes.next() == Some(b'h')
        && bytes.next().is_some_and(|byte| byte.is_ascii_digit())
}

fn open_table(section: &str, count: usize, version: Version) -> String {
    let english = version == Version::English;
    let name = match (section, count) {
        ("", _) if english => format!("Table {count}"),
        (_, 1) if english => format!("Table: {section}"),
        _ if english => format!("Table {count}: {section}"),
        ("", 1) => "表".to_owned(),
        ("", _) => format!("表{count}"),
        (_, 1) => format!("「{section}」の表"),
        _ => format!("「{section}」の表{count}"),
    };
    format!(
        "<div class=\"table-scroll\" role=\"group\" aria-label=\"{}\" tabindex=\"0\"><table>\n",
        escape(&name)
    )
}
