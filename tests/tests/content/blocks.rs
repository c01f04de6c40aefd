//! A page cut into blocks: what a reader sees as one piece of text.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Heading,
    Paragraph,
    Item,
    Cell,
    /// 理由, 例
    Word,
    /// What stands beside it.
    Definition,
}

/// One block.
#[derive(Debug)]
pub struct Block {
    pub kind: Kind,
    /// The anchor of the heading it stands under; empty before the first.
    pub under: String,
    /// Visible text without ※ and without readings.
    pub text: String,
}

/// Cuts a Markdown text.
pub fn blocks(markdown: &str) -> Vec<Block> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST;
    let mut blocks: Vec<Block> = Vec::new();
    let mut open: Vec<Kind> = Vec::new();
    let mut under = String::new();
    let mut text = String::new();
    let mut close = |kind: Option<&Kind>, text: &mut String, under: &str| {
        let visible = without_readings(&std::mem::take(text));
        let visible = visible.replace(['※', '*'], "").trim().to_owned();
        if let (Some(&kind), false) = (kind, visible.is_empty()) {
            blocks.push(Block { kind, under: under.to_owned(), text: visible });
        }
    };
    for event in Parser::new_ext(markdown, options) {
        let kind = match &event {
            Event::Start(Tag::Heading { id, .. }) => {
                under = id.as_deref().unwrap_or_default().to_owned();
                Kind::Heading
            }
            // Within an item or a definition, a paragraph is the same piece of text.
            Event::Start(Tag::Paragraph) => open.last().copied().unwrap_or(Kind::Paragraph),
            Event::Start(Tag::Item) => Kind::Item,
            Event::Start(Tag::TableCell) => Kind::Cell,
            Event::Start(Tag::DefinitionListTitle) => Kind::Word,
            Event::Start(Tag::DefinitionListDefinition) => Kind::Definition,
            Event::End(
                TagEnd::Heading(_)
                | TagEnd::Paragraph
                | TagEnd::Item
                | TagEnd::TableCell
                | TagEnd::DefinitionListTitle
                | TagEnd::DefinitionListDefinition,
            ) => {
                close(open.last(), &mut text, &under);
                open.pop();
                continue;
            }
            Event::Text(part) | Event::Code(part) => {
                text.push_str(part);
                continue;
            }
            _ => continue,
        };
        close(open.last(), &mut text, &under);
        open.push(kind);
    }
    blocks
}

/// `{脆弱|ぜいじゃく}` as a reader without readings sees it.
fn without_readings(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, base, _, after)) = next_reading(rest) {
        plain.push_str(before);
        plain.push_str(base);
        rest = after;
    }
    plain + rest
}

/// Text before, word, reading, text after of the first reading; `\\|` is how a table cell has it.
pub fn next_reading(text: &str) -> Option<(&str, &str, &str, &str)> {
    let (before, rest) = text.split_once('{')?;
    let (inside, after) = rest.split_once('}')?;
    match inside.split_once('|') {
        Some((base, reading)) => Some((before, base.trim_end_matches('\\'), reading, after)),
        // An anchor such as `{#rules}`: look behind it.
        None => {
            let skipped = text.len() - after.len();
            let (between, base, reading, after) = next_reading(after)?;
            Some((&text[..skipped + between.len()], base, reading, after))
        }
    }
}
