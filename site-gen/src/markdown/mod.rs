//! Markdown to HTML: events in, events out, one pass each.
//!
//! The steps, in order, are the body of [`compile`]; each has its own module. CommonMark stays
//! exact where no extension of ours applies. What a page says about the outside world (links,
//! images, terms, figures) is gathered with its place, for `check` to resolve.

mod admonition;
mod date;
mod emphasis;
mod figure;
mod fold;
mod footnote;
mod heading;
mod html;
mod image;
mod items;
mod link;
mod lint;
mod pending;
mod phrase;
mod raw;
mod reading;
mod ruby;
mod shim;
mod signs;
mod soft_break;
mod table;
mod task;
mod term;
mod unmarked;
mod width;
mod wrong_link;

use std::ops::Range;

use pulldown_cmark::{Options, Parser};
use selfcheck::id::PageId;

use crate::diagnostic::{Diagnostic, Report};
use crate::load::site::MarkdownOptions;
use crate::load::version::VersionIndex;
use crate::load::{Ids, Version};
use crate::source::{FileId, Place};

use items::{Item, Items, Node};
use signs::Signs;

pub use figure::{Figure, FigureUse};
pub use fold::fold;
pub use heading::Heading;
pub use image::ImageUse;
pub use link::{LinkTarget, LinkUse, relative_href};
pub use phrase::phrased;
pub use raw::ALLOWABLE as ALLOWABLE_HTML;
pub use ruby::base_text;
pub use term::{TermIndex, TermUse};
pub use unmarked::PlainUse;

pub(crate) use date::diagnose as diagnose_date;
pub(crate) use lint::{check_plain, check_string};

/// A compiled text: HTML in pieces between figures, and everything it refers to.
#[derive(Debug, Default)]
pub struct Body {
    /// HTML and figures, in order.
    pub segments: Vec<Segment>,
    /// Headings, in order.
    pub outline: Vec<Heading>,
    /// Links to pages, files and fragments.
    pub links: Vec<LinkUse>,
    /// Images.
    pub images: Vec<ImageUse>,
    /// Marked terms in order of first use.
    pub terms: Vec<TermUse>,
    /// Known terms without a mark: the first use of each, in order.
    pub plain_terms: Vec<PlainUse>,
    /// Of the definition of a term: its visible text, a line a block, without ※ of terms.
    pub text: String,
}

impl Body {
    /// Gives back what growing lists took too much: thousands of these are kept at once.
    fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.segments.shrink_to_fit();
        self.outline.shrink_to_fit();
        self.terms.shrink_to_fit();
    }
}

/// A piece of a compiled text.
#[derive(Debug)]
pub enum Segment {
    /// Finished HTML.
    Html(String),
    /// A figure, drawn from data when a site is rendered.
    Figure(FigureUse),
}

/// Where a Markdown text stands.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    /// The file.
    pub file: FileId,
    /// Byte at which the text starts.
    pub start: usize,
    /// The page, so that relative links can be followed.
    pub page: &'a PageId,
    /// Which version of the page it is; its language decides the words added to the text.
    pub version: Version,
    /// The versions there are of other pages.
    pub versions: &'a VersionIndex,
    /// The id of the term when the text is its definition. Definitions stand together on one
    /// page, so their own ids carry it and uses of terms get none to come back to.
    pub term: Option<&'a str>,
}

impl Origin<'_> {
    /// The page's address without `.html`.
    fn address(&self) -> String {
        format!("{}{}", self.page, self.version.suffix())
    }

    /// What ids inside the text start with.
    fn id_prefix(&self) -> String {
        self.term.map(|term| format!("{term}-")).unwrap_or_default()
    }
}

/// What all texts of a content folder share.
#[derive(Debug, Clone, Copy)]
pub struct Dialect<'a> {
    /// The glossary.
    pub terms: &'a TermIndex,
    /// Ids recorded for headings without one.
    pub ids: &'a Ids,
    /// The office's choices in `site.toml`.
    pub options: &'a MarkdownOptions,
}

/// What the steps share.
struct Work<'a> {
    origin: Origin<'a>,
    dialect: Dialect<'a>,
    /// The text as written.
    source: &'a str,
    edits: shim::Edits,
    /// What stands in any of its texts.
    seen: Signs,
    body: Body,
    report: &'a mut Report,
}

impl Work<'_> {
    /// The place of a stretch of the prepared text in its file.
    fn place(&self, at: &Range<usize>) -> Place {
        self.place_of(&self.range(at))
    }

    /// The place of a stretch of the text as written.
    fn place_of(&self, at: &Range<usize>) -> Place {
        self.origin.file.place(at.start + self.origin.start..at.end + self.origin.start)
    }

    fn range(&self, at: &Range<usize>) -> Range<usize> {
        self.edits.original(at.start)..self.edits.original(at.end)
    }

    /// What was written there.
    fn written(&self, at: &Range<usize>) -> &str {
        self.source.get(self.range(at)).unwrap_or_default()
    }

    /// The place of `length` bytes from byte `from` of an item's text; escapes and entities before
    /// it are longer in the source.
    fn part(&self, item: &Item<'_>, from: usize, length: usize) -> Place {
        let text = item.visible().unwrap_or_default();
        let written = self.written(&item.at);
        let start = self.range(&item.at).start + position_in_source(written, text, from);
        self.place_of(&(start..start + length))
    }

    fn push(&mut self, diagnostic: Diagnostic) {
        self.report.push(diagnostic);
    }
}

/// The byte of `written` that became byte `from` of `text`.
fn position_in_source(written: &str, text: &str, from: usize) -> usize {
    if written.starts_with(text.get(..from).unwrap_or_default()) {
        return from;
    }
    let mut source = written.char_indices().peekable();
    for wanted in text[..from].chars() {
        let wanted = if wanted == shim::BAR { '|' } else { wanted };
        while let Some((at, c)) = source.next() {
            let entity = if c == '&' { entity_length(&written[at..]) } else { 0 };
            if entity > 0 {
                // An entity is one character of the text.
                while source.next_if(|&(next, _)| next < at + entity).is_some() {}
                break;
            }
            if c == wanted {
                break;
            }
        }
    }
    source.peek().map_or(written.len(), |&(at, _)| at)
}

/// How many bytes the entity is that `text` starts with; 0 for an ordinary `&`.
fn entity_length(text: &str) -> usize {
    let name: usize = text
        .bytes()
        .skip(1)
        .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#')
        .count();
    if name > 0 && text[1 + name..].starts_with(';') { name + 2 } else { 0 }
}

/// Compiles one Markdown text.
pub fn compile(text: &str, origin: Origin<'_>, dialect: Dialect<'_>, report: &mut Report) -> Body {
    let (prepared, edits) = shim::prepare(text);
    let (seen, body) = (Signs::default(), Body::default());
    let mut work = Work { origin, dialect, source: text, edits, seen, body, report };
    let parser = Parser::new_ext(&prepared, options()).into_offset_iter();
    let mut items = Items::parse(parser);
    shim::restore_all(&prepared, &mut items);
    // What is told of the text as the author wrote it.
    lint::check_lines(&items, &mut work);
    work.seen = reading::read(&items, &mut work);
    // What becomes of it.
    raw::clean(&mut items, &mut work);
    figure::extract(&mut items, &mut work);
    admonition::label(&mut items, origin.version);
    task::label(&mut items, origin.version);
    soft_break::drop_between_wide(&mut items, &mut work);
    term::link(&mut items, dialect.terms, &mut work);
    ruby::expand(&mut items, &work);
    date::mark_up(&mut items, &work);
    image::resolve(&mut items, &mut work);
    link::resolve(&mut items, &mut work);
    heading::anchor(&mut items, &mut work);
    footnote::gather(&mut items, &mut work);
    table::scope(&mut items, &work.body.outline, origin.version);
    html::write(&mut items, origin.term.is_some(), &mut work.body);
    work.body.shrink();
    work.body
}

/// One CommonMark text to HTML with every extension off, as the CommonMark suite wants it.
pub fn render_commonmark(text: &str) -> String {
    let mut html = String::with_capacity(text.len() * 3 / 2);
    pulldown_cmark::html::push_html(&mut html, Parser::new_ext(text, Options::empty()));
    html
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
}
