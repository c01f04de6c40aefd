//! Readings above words: `{脆弱|ぜいじゃく}`.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::html::escape;
use super::{Item, Node};

/// Expands readings outside code.
pub(super) fn expand(items: Vec<Item<'_>>) -> Vec<Item<'_>> {
    let mut out = Vec::with_capacity(items.len());
    let mut in_code = false;
    for item in items {
        match &item.node {
            Node::Event(Event::Start(Tag::CodeBlock(_))) => in_code = true,
            Node::Event(Event::End(TagEnd::CodeBlock)) => in_code = false,
            Node::Event(Event::Text(text)) if !in_code && text.contains('{') => {
                let text = text.to_string();
                expand_text(&text, &item, &mut out);
                continue;
            }
            _ => {}
        }
        out.push(item);
    }
    out
}

/// The words without their readings, for places that take plain text.
pub(super) fn without_readings(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, base, _, after)) = next_ruby(rest) {
        plain.push_str(before);
        plain.push_str(base);
        rest = after;
    }
    plain + rest
}

fn expand_text<'a>(text: &str, item: &Item<'_>, out: &mut Vec<Item<'a>>) {
    let mut push = |event| out.push(Item { node: Node::Event(event), at: item.at.clone() });
    let mut rest = text;
    while let Some((before, base, reading, after)) = next_ruby(rest) {
        push(Event::Text(before.to_owned().into()));
        push(Event::InlineHtml(
            format!(
                "<ruby>{}<rp>（</rp><rt>{}</rt><rp>）</rp></ruby>",
                escape(base),
                escape(reading)
            )
            .into(),
        ));
        rest = after;
    }
    push(Event::Text(rest.to_owned().into()));
}

/// Text before, base, reading, text after of the first `{base|reading}`.
fn next_ruby(text: &str) -> Option<(&str, &str, &str, &str)> {
    let mut from = 0;
    while let Some(open) = text[from..].find('{').map(|at| at + from) {
        let inner = &text[open + 1..];
        let close = inner.find('}')?;
        if let Some((base, reading)) = inner[..close].split_once('|')
            && !base.is_empty()
            && !reading.is_empty()
            && reading.chars().all(|c| matches!(c, 'ぁ'..='ゖ' | 'ァ'..='ヺ' | 'ー' | '・'))
        {
            return Some((&text[..open], base, reading, &inner[close + 1..]));
        }
        from = open + 1;
    }
    None
}
