//! One reading of the text as written, for every check that looks at its characters.
//!
//! [`signs`](super::signs) knows the characters at which a check may have something to say, so that
//! the text is gone through once, and each check only looks where it may find something.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::lint::{Characters, Sentences};
use super::signs::Signs;
use super::soft_break::is_block_edge;
use super::term::Around;
use super::unmarked::PlainTerms;
use super::{Item, Node, Work, date, emphasis, footnote};

/// Where the reading is.
struct Reader {
    around: Vec<Around>,
    in_code_block: bool,
    characters: Characters,
    sentences: Sentences,
    terms: PlainTerms,
    seen: Signs,
}

/// Tells everything that is told of characters, and gathers plain terms. Returns what was seen in
/// any text, so that later steps need not look for what is not there.
pub(super) fn read(items: &[Item<'_>], work: &mut Work<'_>) -> Signs {
    let mut reader = Reader {
        around: vec![Around::Text],
        in_code_block: false,
        characters: Characters::new(work),
        sentences: Sentences::default(),
        terms: PlainTerms::default(),
        seen: Signs::default(),
    };
    for (index, item) in items.iter().enumerate() {
        let Node::Event(event) = &item.node else { continue };
        match event {
            Event::Text(text) => reader.text(text, item, &items[index + 1..], work),
            Event::Code(text) => reader.sentences.add(text, &item.at),
            Event::HardBreak => reader.sentences.end(),
            Event::Start(tag) => {
                let here = reader.around().enter(tag);
                reader.around.push(here);
                reader.in_code_block |= matches!(tag, Tag::CodeBlock(_));
            }
            Event::End(tag) => {
                reader.around.pop();
                reader.in_code_block &= *tag != TagEnd::CodeBlock;
            }
            _ => {}
        }
        if is_block_edge(event) {
            reader.sentences.end();
        }
    }
    reader.characters.tell(work);
    reader.sentences.tell(work);
    reader.seen
}

impl Reader {
    fn around(&self) -> Around {
        self.around.last().copied().unwrap_or(Around::Text)
    }

    fn text(&mut self, text: &str, item: &Item<'_>, next: &[Item<'_>], work: &mut Work<'_>) {
        let around = self.around();
        let table = work.dialect.terms.signs();
        let mut seen = Signs::default();
        let mut chars = 0;
        self.sentences.begin();
        self.characters.begin();
        self.terms.begin();
        for (at, c) in text.char_indices() {
            chars += 1;
            let mut signs = table.signs(c);
            if signs.are_idle() {
                continue;
            }
            if signs.has(Signs::YEAR) && !date::may_count(&text[..at]) {
                signs.remove(Signs::YEAR);
            }
            seen.add(signs);
            if signs.has(Signs::MARK) {
                chars -= 1;
            } else if signs.has(Signs::END) {
                self.sentences.mark(at + c.len_utf8(), chars);
            }
            let rest = &text[at + c.len_utf8()..];
            if around == Around::Text && table.may_be_name(signs, rest) {
                self.terms.look(text, at, item, next, work);
            }
            if signs.has(Signs::SUSPECT) && around != Around::Code {
                self.characters.look(text, at, item, around, work);
            }
            if signs.has(Signs::YEAR) && !self.in_code_block {
                date::report_impossible(text, at, item, work);
            }
        }
        self.seen.add(seen);
        if self.in_code_block {
            return;
        }
        if seen.has(Signs::READING) {
            self.sentences.add(text, &item.at);
        } else {
            self.sentences.add_counted(text.len(), chars, &item.at);
        }
        if seen.has(Signs::NOTE) {
            footnote::report_undefined(text, item, work);
        }
        if seen.has(Signs::EMPHASIS) {
            emphasis::report_leftovers(text, item, work);
        }
    }
}
