//! One reading of the text as written, for every check that looks at its characters.
//!
//! [`signs`](super::signs) knows the characters at which a check may have something to say, so that
//! the text is gone through once, and each check only looks where it may find something.

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use super::lint::{self, Characters, Indented, Sentences, Tables};
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
    tables: Tables,
    indented: Indented,
    terms: PlainTerms,
    seen: Signs,
    /// Whether anything but headings stands in the text.
    has_text: bool,
}

/// Tells everything that is told of characters, and gathers plain terms. Returns what was seen in
/// any text, so that later steps need not look for what is not there.
pub(super) fn read(items: &[Item<'_>], work: &mut Work<'_>) -> Signs {
    let mut reader = Reader {
        around: vec![Around::Text],
        in_code_block: false,
        characters: Characters::new(work),
        sentences: Sentences::default(),
        tables: Tables::default(),
        indented: Indented::default(),
        terms: PlainTerms::default(),
        seen: Signs::default(),
        has_text: false,
    };
    for (index, item) in items.iter().enumerate() {
        let Node::Event(event) = &item.node else { continue };
        match event {
            Event::Text(text) => reader.text(text, items, index, work),
            Event::Code(text) => reader.sentences.add(text, &item.at),
            Event::HardBreak => reader.sentences.end(),
            Event::Start(tag) => {
                let here = reader.around().enter(tag);
                reader.around.push(here);
                reader.has_text |= !matches!(tag, Tag::Heading { .. });
                match tag {
                    Tag::CodeBlock(kind) => {
                        reader.in_code_block = true;
                        if *kind == CodeBlockKind::Indented {
                            reader.indented.add(work.place(&item.at));
                        }
                    }
                    Tag::Table(columns) => reader.tables.begin(columns.len()),
                    Tag::TableRow => reader.tables.row(item, &items[index + 1..], work),
                    _ => {}
                }
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
    reader.tables.tell(work);
    reader.indented.tell(work);
    if !reader.has_text {
        lint::report_empty(work);
    }
    reader.seen
}

impl Reader {
    fn around(&self) -> Around {
        self.around.last().copied().unwrap_or(Around::Text)
    }

    /// Reads the text of the event at `index`.
    fn text(&mut self, text: &str, items: &[Item<'_>], index: usize, work: &mut Work<'_>) {
        let (item, before, next) = (&items[index], &items[..index], &items[index + 1..]);
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
        if seen.has(Signs::READING) || seen.has(Signs::LEFTOVER) && text.contains('｛') {
            lint::report_readings(item, work);
        }
        if seen.has(Signs::LEFTOVER) && around != Around::Code {
            if text.contains([']', '］']) {
                lint::report_links(item, work);
                lint::report_box(item, before, work);
            }
            if text.starts_with('|') {
                self.tables.line(item, before, work);
            }
        }
    }
}
