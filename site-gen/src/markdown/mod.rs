//! Markdown to HTML: events in, events out, one pass each.
//!
//! The steps, in order, are the body of [`compile`]; each has its own module. CommonMark stays
//! exact where no extension of ours applies. What a page says about the outside world (links,
//! images, terms, figures) is gathered with its place, for `check` to resolve.

mod admonition;
mod emphasis;
mod figure;
mod heading;
mod html;
mod image;
mod link;
mod ruby;
mod soft_break;
mod table;
mod term;
mod width;

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, TextMergeWithOffset};
use selfcheck::id::PageId;

use crate::diagnostic::{Diagnostic, Report, error};
use crate::load::Version;
use crate::load::version::VersionIndex;
use crate::source::{FileId, Place};

pub use figure::{Figure, FigureUse};
pub use heading::Heading;
pub use image::ImageUse;
pub use link::{LinkTarget, LinkUse, relative_href};
pub use term::{TermIndex, TermUse, fold};

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
    /// The visible text, a line a block, without ※ of terms.
    pub text: String,
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
    /// Whether uses of terms get an id to come back to.
    pub backlinks: bool,
}

/// One event, and the bytes of the Markdown text it came from.
struct Item<'a> {
    node: Node<'a>,
    at: Range<usize>,
}

enum Node<'a> {
    Event(Event<'a>),
    Figure(FigureUse),
}

/// What the steps share.
struct Work<'a> {
    origin: Origin<'a>,
    marks: emphasis::Marks,
    body: Body,
    report: &'a mut Report,
}

impl Work<'_> {
    /// The place of a stretch of the text in its file.
    fn place(&self, at: &Range<usize>) -> Place {
        let start = self.marks.original(at.start) + self.origin.start;
        let end = self.marks.original(at.end) + self.origin.start;
        self.origin.file.place(start..end)
    }

    fn push(&mut self, diagnostic: Diagnostic) {
        self.report.push(diagnostic);
    }
}

/// Compiles one Markdown text.
pub fn compile(text: &str, origin: Origin<'_>, terms: &TermIndex, report: &mut Report) -> Body {
    let (marked, marks) = emphasis::mark(text);
    let mut work = Work { origin, marks, body: Body::default(), report };
    let parser = Parser::new_ext(&marked, options()).into_offset_iter();
    let items: Vec<Item<'_>> = TextMergeWithOffset::new(parser)
        .map(|(event, at)| Item { node: Node::Event(emphasis::unmark(event)), at })
        .collect();
    refuse_raw_html(&items, &mut work);
    emphasis::report_leftovers(&items, &marked, &mut work);
    let items = figure::extract(items, &mut work);
    let items = admonition::label(items, origin.version);
    let items = soft_break::drop_between_wide(items);
    let items = term::link(items, terms, &mut work);
    let items = image::resolve(items, &mut work);
    let items = link::resolve(items, &mut work);
    let items = heading::anchor(items, &mut work);
    let items = ruby::expand(items);
    let items = table::scope(items, &work.body.outline, origin.version);
    html::write(items, &mut work.body);
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

fn refuse_raw_html(items: &[Item<'_>], work: &mut Work<'_>) {
    for item in items {
        if let Node::Event(Event::Html(html) | Event::InlineHtml(html)) = &item.node
            && !html.trim().is_empty()
        {
            let place = work.place(&item.at);
            let tag = html.trim().lines().next().unwrap_or_default().to_owned();
            work.push(
                error("raw-html", place, format!("HTML（`{tag}`）はそのまま書けません"))
                    .hint("Markdown で書くか、記号なら `\\<` のように書きます。"),
            );
        }
    }
}
