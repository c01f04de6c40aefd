//! Raw HTML: refused, but for a short list of tags that `site.toml` allows.
//!
//! What is allowed passes a sanitiser, which knows harmful attributes and addresses; whatever it
//! would take away is told as an error, because a page must not say less than its author believes.

use std::collections::{HashMap, HashSet};

use pulldown_cmark::{CowStr, Event};

use super::soft_break::is_block_edge;
use super::{Item, Node, Work};
use crate::diagnostic::error;

/// Tags an office may allow: inline ones that carry a meaning Markdown has no sign for.
pub const ALLOWABLE: [&str; 12] =
    ["br", "cite", "del", "ins", "kbd", "mark", "q", "samp", "small", "sub", "sup", "var"];

/// Refuses raw HTML, or cleans what is allowed.
pub(super) fn clean(items: &mut [Item<'_>], work: &mut Work<'_>) {
    let is_raw =
        |item: &Item<'_>| matches!(item.node, Node::Event(Event::Html(_) | Event::InlineHtml(_)));
    if !items.iter().any(is_raw) {
        return;
    }
    let allowed: HashSet<&str> = work.dialect.options.html.iter().map(String::as_str).collect();
    // Inline tags opened in the present block, with the position of each.
    let mut open: Vec<(String, usize)> = Vec::new();
    for index in 0..items.len() {
        match &items[index].node {
            Node::Event(event) if is_block_edge(event) => report_open(&mut open, items, work),
            // A block has no place for inline tags, and nothing else is ever allowed.
            Node::Event(Event::Html(html)) if !html.trim().is_empty() => {
                let html = html.to_string();
                settle(items, index, &html, None, work);
            }
            Node::Event(Event::InlineHtml(html)) => {
                let html = html.to_string();
                let cleaned = match closing_name(&html) {
                    Some(name) => match open.last() {
                        Some((last, _)) if *last == name => {
                            open.pop();
                            Some(format!("</{name}>"))
                        }
                        _ => None,
                    },
                    None => clean_opening(&html, &allowed, |name| open.push((name, index))),
                };
                settle(items, index, &html, cleaned, work);
            }
            _ => {}
        }
    }
    report_open(&mut open, items, work);
}

fn settle(
    items: &mut [Item<'_>],
    index: usize,
    written: &str,
    cleaned: Option<String>,
    work: &mut Work<'_>,
) {
    let Some(cleaned) = cleaned else {
        let place = work.place(&items[index].at);
        let tag = written.trim().lines().next().unwrap_or_default();
        let hint = match work.dialect.options.html.as_slice() {
            [] => "Markdown で書くか、記号なら `\\<` のように書きます。".to_owned(),
            allowed => format!(
                "Markdown で書くか、記号なら `\\<` のように書きます。使えるタグ: {}",
                allowed.join("、")
            ),
        };
        work.push(
            error("raw-html", place, format!("HTML（`{tag}`）はそのまま書けません")).hint(hint),
        );
        return;
    };
    if let Node::Event(Event::InlineHtml(html)) = &mut items[index].node {
        *html = CowStr::from(cleaned);
    }
}

fn report_open(open: &mut Vec<(String, usize)>, items: &[Item<'_>], work: &mut Work<'_>) {
    for (name, index) in open.drain(..) {
        let place = work.place(&items[index].at);
        work.push(
            error("raw-html", place, format!("`<{name}>` が閉じられていません"))
                .hint(format!("同じ段落の中に `</{name}>` を置きます。")),
        );
    }
}

/// One opening tag, cleaned; elements that never close are told apart by `opened`.
fn clean_opening(
    html: &str,
    allowed: &HashSet<&str>,
    opened: impl FnOnce(String),
) -> Option<String> {
    let cleaned = sanitiser(allowed).clean(html).to_string();
    let names = tags(html);
    let [(name, attributes)] = names.as_slice() else { return None };
    // The sanitiser closes what it finds open.
    let closing = format!("</{name}>");
    let tag = cleaned.strip_suffix(&closing).unwrap_or(&cleaned);
    let kept = tags(tag);
    if kept.as_slice() != [(name.clone(), *attributes)] {
        return None;
    }
    if tag.len() < cleaned.len() {
        opened(name.clone());
    }
    Some(tag.to_owned())
}

fn sanitiser<'a>(allowed: &HashSet<&'a str>) -> ammonia::Builder<'a> {
    let mut builder = ammonia::Builder::new();
    builder
        .tags(allowed.clone())
        .clean_content_tags(HashSet::new())
        .generic_attributes(HashSet::from(["lang"]))
        .tag_attributes(HashMap::new())
        .tag_attribute_values(HashMap::new())
        .set_tag_attribute_values(HashMap::new())
        .link_rel(None);
    builder
}

/// The name of a closing tag.
fn closing_name(html: &str) -> Option<String> {
    let name = html.trim().strip_prefix("</")?.strip_suffix('>')?;
    Some(name.trim().to_ascii_lowercase())
}

/// Opening tags with the number of their attributes, in order; anything else in angle brackets
/// (comments, declarations) counts as a tag of its own.
fn tags(html: &str) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        if rest.starts_with('/') {
            continue;
        }
        let name: String = rest
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '!' | '?' | '-'))
            .collect::<String>()
            .to_ascii_lowercase();
        let (attributes, length) = attributes(&rest[name.len()..]);
        rest = &rest[name.len() + length..];
        found.push((name, attributes));
    }
    found
}

/// How many attributes stand before the end of a tag, and the bytes up to it.
fn attributes(text: &str) -> (usize, usize) {
    let mut count = 0;
    let mut quote = None;
    let mut in_word = false;
    let mut after_equals = false;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => {
                quote = Some(c);
                after_equals = false;
                in_word = true;
            }
            (None, '>') => return (count, at),
            (None, '=') => after_equals = true,
            (None, c) if c.is_whitespace() || c == '/' => in_word = false,
            (None, _) => {
                if !in_word && !after_equals {
                    count += 1;
                }
                in_word = true;
                after_equals = false;
            }
        }
    }
    (count, text.len())
}
