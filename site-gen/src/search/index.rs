//! The index of one language of a site.

use serde::Serialize;

use super::page_text::{PageText, Section};
use super::pieces;
use super::texts::Texts;

/// More pages than this are not worth loading whole.
const MAX_PAGES: usize = 1_000;

/// More text than this neither; compressed it is about one megabyte.
const MAX_TEXT_BYTES: usize = 5_000_000;

/// What an index is made of.
#[derive(Debug)]
pub struct Source<'a> {
    /// Pages in reading order.
    pub pages: Vec<Page<'a>>,
    /// The terms the site shows.
    pub terms: Vec<Term<'a>>,
    /// Output path of the page that explains them.
    pub glossary: Option<&'a str>,
    /// What the results say.
    pub texts: &'a Texts,
    /// Output path of the script that reads a large index, seen from the index.
    pub large_script: &'a str,
    /// Output path of the index without `.js`; pieces of a large one are named after it.
    pub path: &'a str,
}

/// One page and what it says.
#[derive(Debug)]
pub struct Page<'a> {
    /// Output path without `.html`.
    pub id: &'a str,
    /// Its text.
    pub text: PageText,
}

/// One term: what it is called and what it means, in short.
#[derive(Debug, Serialize)]
pub struct Term<'a> {
    /// Its anchor on the glossary page.
    pub anchor: String,
    /// The word.
    pub term: &'a str,
    /// The short definition.
    pub short: &'a str,
    /// Reading, English and other words for it.
    pub names: Vec<&'a str>,
}

/// Takes the output path and the bytes of a file, on several threads at once.
pub type Put<'p> = dyn Fn(&str, &[u8]) -> anyhow::Result<()> + Sync + 'p;

/// Whether an index has been cut into pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// One script.
    Whole,
    /// Pieces, which another script reads.
    Pieces,
}

/// What every index begins with.
#[derive(Serialize)]
struct Head<'a, P> {
    texts: &'a Texts,
    glossary: Option<&'a str>,
    terms: Vec<Term<'a>>,
    pages: P,
    #[serde(skip_serializing_if = "Option::is_none")]
    large: Option<Large<'a>>,
}

/// How a large index is cut.
#[derive(Serialize)]
struct Large<'a> {
    script: &'a str,
    /// First page of each piece of text.
    pieces: Vec<usize>,
    /// Number of files of lists; a power of two.
    lists: usize,
}

/// Anchor, heading, text, readings and whether it only goes along with the page's own text.
#[derive(Serialize)]
pub(super) struct Record<'a>(&'a str, &'a str, &'a str, &'a str, u8);

/// Whether a site of so many pages with so much text is read in pieces.
pub fn is_large(pages: usize, text_bytes: usize) -> bool {
    pages > MAX_PAGES || text_bytes > MAX_TEXT_BYTES
}

/// Writes the index: classic scripts, each handed to `put` as soon as it is made.
///
/// # Errors
/// Those of `put`.
pub fn write(source: Source<'_>, put: &Put<'_>) -> anyhow::Result<Form> {
    let Source { pages, texts, glossary, terms, large_script: script, path } = source;
    let bytes = pages.iter().map(|page| page.text.bytes()).sum();
    let name = format!("{path}.js");
    if !is_large(pages.len(), bytes) {
        let pages: Vec<(&str, &str, Vec<Record<'_>>)> = pages
            .iter()
            .map(|page| (page.id, page.text.title.as_str(), records(&page.text)))
            .collect();
        put(&name, &call("index", None, &Head { texts, glossary, terms, pages, large: None }))?;
        return Ok(Form::Whole);
    }
    let titles: Vec<(&str, String)> =
        pages.iter().map(|page| (page.id, page.text.title.clone())).collect();
    let cut = pieces::cut(pages, path, put)?;
    let large = Some(Large { script, pieces: cut.first_pages, lists: cut.lists });
    put(&name, &call("index", None, &Head { texts, glossary, terms, pages: titles, large }))?;
    Ok(Form::Pieces)
}

/// A script that hands `data` to one of the functions of `public/search.js`.
pub(super) fn call(function: &str, number: Option<usize>, data: &impl Serialize) -> Vec<u8> {
    let mut script = match number {
        Some(number) => format!("siteSearch.{function}({number},"),
        None => format!("siteSearch.{function}("),
    }
    .into_bytes();
    serde_json::to_writer(&mut script, data).expect("plain data, written to memory");
    script.extend_from_slice(b");\n");
    script
}

/// The sections of a page, as the script reads them.
pub(super) fn records(page: &PageText) -> Vec<Record<'_>> {
    page.sections().map(record).collect()
}

fn record(section: Section<'_>) -> Record<'_> {
    let Section { anchor, heading, text, readings } = section;
    // Terms, questions, related pages and history stand below the page's own text.
    Record(anchor, heading, text, readings, u8::from(anchor.starts_with("page-")))
}
