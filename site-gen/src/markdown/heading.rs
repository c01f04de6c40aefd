//! Headings: ASCII ids that stay, a link to copy, and the outline of the page.

use pulldown_cmark::{CowStr, Event, HeadingLevel, Tag, TagEnd};

use super::ruby::without_readings;
use super::{Item, Node, Work};
use crate::diagnostic::error;
use crate::load::Version;
use crate::source::Place;

/// One heading of a text.
#[derive(Debug, Clone)]
pub struct Heading {
    /// 2 or 3.
    pub level: u8,
    /// The anchor.
    pub id: String,
    /// Text without marks.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

/// Checks levels and ids, writes the anchors and fills the outline.
pub(super) fn anchor<'a>(items: Vec<Item<'a>>, work: &mut Work<'_>) -> Vec<Item<'a>> {
    let mut out = Vec::with_capacity(items.len());
    let mut items = items.into_iter();
    while let Some(item) = items.next() {
        let Node::Event(Event::Start(Tag::Heading { level, id, .. })) = &item.node else {
            out.push(item);
            continue;
        };
        let level = *level;
        let id = id.clone();
        let place = work.place(&item.at);
        let mut inner: Vec<Item<'a>> = Vec::new();
        for next in items.by_ref() {
            if matches!(next.node, Node::Event(Event::End(TagEnd::Heading(_)))) {
                break;
            }
            inner.push(next);
        }
        trim_end(&mut inner);
        let text = text_of(&inner);
        let heading =
            Heading { level: level as u8, id: check_id(id, &text, place, work), text, place };
        check_level(level, place, work);
        let html = |html: String| Item {
            node: Node::Event(Event::Html(html.into())),
            at: item.at.clone(),
        };
        out.push(html(format!("<h{} id=\"{}\">", heading.level, heading.id)));
        out.extend(label_number(inner));
        let name = match work.origin.version {
            Version::English => format!("Link to “{}”", heading.text),
            Version::Original | Version::Easy => format!("「{}」へのリンク", heading.text),
        };
        out.push(html(format!(
            " <a class=\"heading-link\" href=\"#{}\" aria-label=\"{}\">#</a></h{}>\n",
            heading.id,
            super::html::escape(&name),
            heading.level
        )));
        work.body.outline.push(heading);
    }
    out
}

/// `ルール1　使い回さない`: the number of a rule becomes a label of its own.
fn label_number(mut inner: Vec<Item<'_>>) -> Vec<Item<'_>> {
    let Some(Item { node: Node::Event(Event::Text(text)), at }) = inner.first_mut() else {
        return inner;
    };
    let Some((number, rest)) = text.split_once('　') else { return inner };
    if !number.starts_with("ルール") && !number.starts_with('第') {
        return inner;
    }
    let label = format!("<span class=\"rule-number\">{}</span> ", super::html::escape(number));
    let at = at.clone();
    *text = CowStr::from(rest.to_owned());
    inner.insert(0, Item { node: Node::Event(Event::InlineHtml(label.into())), at });
    inner
}

/// A full-width space before `{#id}` stays in the text otherwise.
fn trim_end(inner: &mut [Item<'_>]) {
    if let Some(Item { node: Node::Event(Event::Text(text)), .. }) = inner.last_mut() {
        let trimmed = text.trim_end().to_owned();
        *text = CowStr::from(trimmed);
    }
}

fn text_of(inner: &[Item<'_>]) -> String {
    inner
        .iter()
        .filter_map(|item| match &item.node {
            Node::Event(Event::Text(text)) => Some(without_readings(text)),
            Node::Event(Event::Code(text)) => Some(text.to_string()),
            _ => None,
        })
        .collect()
}

fn check_id(id: Option<CowStr<'_>>, text: &str, place: Place, work: &mut Work<'_>) -> String {
    let Some(id) = id else {
        work.push(
            error("heading-id", place, format!("見出し「{text}」に id がありません"))
                .hint("`## 見出し {#id}` のように、英小文字、数字、`-` の id を付けます。"),
        );
        return String::new();
    };
    let valid = !id.is_empty()
        && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if !valid {
        work.push(
            error("heading-id", place, format!("見出しの id「{id}」が使えません"))
                .hint("英小文字、数字、`-` だけで付けます。"),
        );
    }
    if let Some(other) = work.body.outline.iter().find(|heading| *heading.id == *id) {
        let other = other.place;
        work.push(
            error("duplicate-id", place, format!("見出しの id「{id}」が二度出てきます"))
                .with("先の見出し", other),
        );
    }
    id.to_string()
}

fn check_level(level: HeadingLevel, place: Place, work: &mut Work<'_>) {
    let level = level as u8;
    let previous = work.body.outline.last().map_or(1, |heading| heading.level);
    if level == 1 {
        work.push(
            error(
                "heading-level",
                place,
                "本文に `#` の見出しは書けません（題名がそれに当たります）",
            )
            .hint("`##` から始めます。"),
        );
    } else if level > previous + 1 {
        work.push(
            error("heading-level", place, "見出しの段階が飛んでいます")
                .hint(format!("`{}` にします。", "#".repeat(usize::from(previous) + 1))),
        );
    }
}
