//! Footnotes: numbered in the order of the text, gathered at its end, with the way back.

use std::collections::{HashMap, VecDeque};
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::emphasis::is_escaped;
use super::html::escape;
use super::{Item, Items, Node, Work};
use crate::diagnostic::{error, warning};
use crate::load::Version;

/// A note as written, and the uses found so far.
struct Note<'a> {
    items: Vec<Item<'a>>,
    at: Range<usize>,
    /// 1 for the note the text asks for first; 0 while nobody has.
    number: usize,
    uses: usize,
}

type Notes<'a> = HashMap<CowStr<'a>, Note<'a>>;

/// Replaces references and moves the notes to the end of the text.
pub(super) fn gather(items: &mut Items<'_>, work: &mut Work<'_>) {
    let is_note = |item: &Item<'_>| {
        matches!(item.node, Node::Event(Event::Start(Tag::FootnoteDefinition(_))))
    };
    if !items.iter().any(is_note) {
        return;
    }
    let (mut text, mut notes) = take_out(std::mem::take(items.list()), work);
    let mut order = VecDeque::new();
    let mut count = 0;
    refer(&mut text, &mut notes, &mut order, &mut count, work);
    let end = text.last().map_or(0..0, |item| item.at.clone());
    let mut list = Vec::new();
    while let Some(name) = order.pop_front() {
        // Taken out while its own references are counted: a note may refer to itself.
        let Some(note) = notes.get_mut(&name) else { continue };
        let mut inner = std::mem::take(&mut note.items);
        refer(&mut inner, &mut notes, &mut order, &mut count, work);
        list.push((name, inner));
    }
    if !list.is_empty() {
        text.push(html(open_section(work), &end));
        for (name, inner) in list {
            let note = &notes[&name];
            write_note(note, inner, work, &mut text);
        }
        text.push(html("</ol></section>\n", &end));
    }
    for (name, note) in &notes {
        if note.number == 0 {
            let place = work.place(&note.at);
            work.push(
                warning("footnote", place, format!("注「{name}」は本文で使われていません"))
                    .hint(format!("本文に `[^{name}]` を置くか、注を消します。")),
            );
        }
    }
    *items.list() = text;
}

fn take_out<'a>(items: Vec<Item<'a>>, work: &mut Work<'_>) -> (Vec<Item<'a>>, Notes<'a>) {
    let mut text = Vec::with_capacity(items.len());
    let mut notes = Notes::new();
    let mut items = items.into_iter();
    while let Some(item) = items.next() {
        let Node::Event(Event::Start(Tag::FootnoteDefinition(name))) = &item.node else {
            text.push(item);
            continue;
        };
        let name = name.clone();
        let inner: Vec<Item<'a>> = items
            .by_ref()
            .take_while(|item| {
                !matches!(item.node, Node::Event(Event::End(TagEnd::FootnoteDefinition)))
            })
            .collect();
        if let Some(other) = notes.get(&name) {
            let (place, other) = (work.place(&item.at), work.place(&other.at));
            work.push(
                error("footnote", place, format!("注「{name}」が二度書かれています"))
                    .with("先の注", other)
                    .hint("名前を変えるか、一つにまとめます。"),
            );
            continue;
        }
        notes.insert(name, Note { items: inner, at: item.at, number: 0, uses: 0 });
    }
    (text, notes)
}

/// Numbers the references of `items`; names seen for the first time go to `order`.
fn refer<'a>(
    items: &mut [Item<'a>],
    notes: &mut Notes<'a>,
    order: &mut VecDeque<CowStr<'a>>,
    count: &mut usize,
    work: &Work<'_>,
) {
    let prefix = work.origin.id_prefix();
    let word = if work.origin.version == Version::English { "Note " } else { "注" };
    for item in items {
        let Node::Event(Event::FootnoteReference(name)) = &item.node else { continue };
        let Some(note) = notes.get_mut(name) else { continue };
        if note.number == 0 {
            *count += 1;
            note.number = *count;
            order.push_back(name.clone());
        }
        note.uses += 1;
        let (number, uses) = (note.number, note.uses);
        let reference = format!(
            "<sup class=\"footnote-ref\"><a id=\"fnref-{prefix}{number}-{uses}\" \
             role=\"doc-noteref\" href=\"#fn-{prefix}{number}\">{word}{number}</a></sup>"
        );
        item.node = Node::Event(Event::InlineHtml(reference.into()));
    }
}

fn open_section(work: &Work<'_>) -> String {
    let word = if work.origin.version == Version::English { "Notes" } else { "注" };
    let role = "<section class=\"footnotes\" role=\"doc-endnotes\"";
    match work.origin.term {
        Some(_) => format!("{role} aria-label=\"{word}\"><ol>\n"),
        None => {
            format!("{role} aria-labelledby=\"page-notes\"><h2 id=\"page-notes\">{word}</h2><ol>\n")
        }
    }
}

fn write_note<'a>(
    note: &Note<'a>,
    mut inner: Vec<Item<'a>>,
    work: &Work<'_>,
    out: &mut Vec<Item<'a>>,
) {
    let (prefix, number) = (work.origin.id_prefix(), note.number);
    let mut back = String::new();
    for place in 1..=note.uses {
        let which = if note.uses == 1 { String::new() } else { format!("（{place}）") };
        let name = match work.origin.version {
            Version::English => format!("Back to note {number} in the text {which}"),
            Version::Original | Version::Easy => format!("注{number}の本文の位置へ戻る{which}"),
        };
        back.push_str(&format!(
            " <a class=\"backlink\" role=\"doc-backlink\" href=\"#fnref-{prefix}{number}-{place}\" \
             aria-label=\"{}\">↩</a>",
            escape(name.trim_end())
        ));
    }
    let back = Item { node: Node::Event(Event::InlineHtml(back.into())), at: note.at.clone() };
    // The way back stands at the end of the last paragraph, if the note ends with one.
    let is_end = |item: &Item<'_>| matches!(item.node, Node::Event(Event::End(TagEnd::Paragraph)));
    let position = inner.len() - usize::from(inner.last().is_some_and(is_end));
    inner.insert(position, back);
    out.push(html(format!("<li id=\"fn-{prefix}{number}\">"), &note.at));
    out.extend(inner);
    out.push(html("</li>\n", &note.at));
}

fn html<'a>(html: impl Into<CowStr<'a>>, at: &Range<usize>) -> Item<'a> {
    Item { node: Node::Event(Event::Html(html.into())), at: at.clone() }
}

/// `[^名]` without a note stays literal, which nobody wants; the first of a text is told.
pub(super) fn report_undefined(text: &str, item: &Item<'_>, work: &mut Work<'_>) {
    let Some((before, rest)) = text.split_once("[^") else { return };
    let Some((name, _)) = rest.split_once(']') else { return };
    let place = work.part(item, before.len(), "[^".len() + name.len() + 1);
    // `\[^` is meant.
    if is_escaped(work.source.as_bytes(), place.start - work.origin.start) {
        return;
    }
    work.push(
        error("footnote", place, format!("注 `[^{name}]` の中身がありません"))
            .hint(format!("ページの終わりに `[^{name}]: 注の文` の行を加えます。")),
    );
}
