//! Known terms that stand in a text without a mark.
//!
//! The longest name counts, so 個人情報 is not found inside 特定個人情報; nor is a name inside a run
//! of its own script, a link, code or a heading. Whether a use is told is for `check` to say, which
//! knows what the page's readers may read.

use pulldown_cmark::{Event, TagEnd};

use super::shim::BAR;
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

/// The first plain use of each term.
#[derive(Default)]
pub(super) struct PlainTerms {
    /// Where the last name ended: names do not overlap.
    end: usize,
}

impl PlainTerms {
    /// A new text begins.
    pub(super) fn begin(&mut self) {
        self.end = 0;
    }

    /// Gathers the term whose name starts at byte `at` of an item's text, if one does; `next` is
    /// what follows the item.
    pub(super) fn look(
        &mut self,
        text: &str,
        at: usize,
        item: &Item<'_>,
        next: &[Item<'_>],
        work: &mut Work<'_>,
    ) {
        if at < self.end {
            return;
        }
        let Some((end, term)) = work.dialect.terms.name_at(text, at) else { return };
        self.end = end;
        let known = work.body.plain_terms.iter().any(|known| known.term == term);
        if known || is_inside(text, at, end) || is_marked(&text[end..], next) {
            return;
        }
        let place = work.part(item, at, end - at);
        work.body.plain_terms.push(PlainUse { term, place });
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
