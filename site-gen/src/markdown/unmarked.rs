//! Known terms that stand in a text without a mark.
//!
//! The longest name counts, so 個人情報 is not found inside 特定個人情報; nor is a name inside a run
//! of its own script, a link, code or a heading. Whether a use is told is for `check` to say, which
//! knows what the page's readers may read.

use pulldown_cmark::{Event, TagEnd};

use super::shim::BAR;
use super::term::Around;
use super::{Item, Node, Work};
use crate::source::Place;

/// The first plain use of a term.
#[derive(Debug, Clone)]
pub struct PlainUse {
    /// Index of the term in the glossary.
    pub term: usize,
    /// Where.
    pub place: Place,
}

/// Gathers the first plain use of each term.
pub(super) fn gather(items: &[Item<'_>], work: &mut Work<'_>) {
    let terms = work.dialect.terms;
    let mut around = vec![Around::Text];
    for (index, item) in items.iter().enumerate() {
        match &item.node {
            Node::Event(Event::Start(tag)) => {
                let here = around.last().copied().unwrap_or(Around::Text);
                around.push(here.enter(tag));
            }
            Node::Event(Event::End(_)) => {
                around.pop();
            }
            Node::Event(Event::Text(text)) if around.last() == Some(&Around::Text) => {
                for (range, term) in terms.occurrences(text) {
                    let known = work.body.plain_terms.iter().any(|known| known.term == term);
                    if known || is_inside(text, range.start, range.end) {
                        continue;
                    }
                    if is_marked(&text[range.end..], &items[index + 1..]) {
                        continue;
                    }
                    let place = work.part(item, range.start, range.len());
                    work.body.plain_terms.push(PlainUse { term, place });
                }
            }
            _ => {}
        }
    }
}

/// Whether the name is part of a longer word: its script goes on before or behind it.
fn is_inside(text: &str, start: usize, end: usize) -> bool {
    // A word under a reading goes on with it.
    if text[..start].ends_with('}') || text[end..].starts_with('{') {
        return true;
    }
    let name = &text[start..end];
    let before = text[..start].chars().next_back();
    let after = text[end..].chars().next();
    let goes_on = |inner: Option<char>, outer: Option<char>| match (inner, outer) {
        (Some(inner), Some(outer)) => script(inner) != 0 && script(inner) == script(outer),
        _ => false,
    };
    goes_on(name.chars().next(), before) || goes_on(name.chars().next_back(), after)
}

/// Scripts whose letters run on into one word; hiragana is mostly the grammar around it.
fn script(c: char) -> u8 {
    match c {
        'ァ'..='ヺ' | 'ー' => 1,
        c if c.is_ascii_alphanumeric() => 2,
        '\u{3400}'..='\u{9FFF}' | '々' => 3,
        _ => 0,
    }
}

/// Whether the mark follows: at once, behind a reading, or behind closing emphasis.
fn is_marked(after: &str, next: &[Item<'_>]) -> bool {
    let after = match after.strip_prefix(['|', BAR]) {
        Some(reading) => reading.split_once('}').map_or("", |(_, after)| after),
        None => after,
    };
    if !after.is_empty() {
        return after.starts_with('※');
    }
    let closes = |item: &&Item<'_>| {
        matches!(
            item.node,
            Node::Event(Event::End(TagEnd::Strong | TagEnd::Emphasis | TagEnd::Strikethrough))
        )
    };
    match next.iter().find(|item| !closes(item)) {
        Some(Item { node: Node::Event(Event::Text(text)), .. }) => text.starts_with('※'),
        _ => false,
    }
}
