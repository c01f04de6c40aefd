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

/// Output paths and texts of classic scripts.
pub type Index = Vec<(String, String)>;

/// What every index begins with.
#[derive(Serialize)]
struct Head<'a, P> {
    texts: &'a Texts,
    glossary: Option<&'a str>,
    terms: &'a [Term<'a>],
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

/// Writes the index.
pub fn write(source: &Source<'_>) -> Index {
    let bytes = source.pages.iter().map(|page| page.text.bytes()).sum();
    let path = format!("{}.js", source.path);
    if !is_large(source.pages.len(), bytes) {
        let pages: Vec<(&str, &str, Vec<Record<'_>>)> = source
            .pages
            .iter()
            .map(|page| (page.id, page.text.title.as_str(), records(&page.text)))
            .collect();
        return vec![(path, head(source, pages, None))];
    }
    let cut = pieces::cut(source);
    let pages: Vec<(&str, &str)> =
        source.pages.iter().map(|page| (page.id, page.text.title.as_str())).collect();
    let large = Large { script: source.large_script, pieces: cut.first_pages, lists: cut.lists };
    let mut index = vec![(path, head(source, pages, Some(large)))];
    index.extend(cut.files);
    index
}

fn head<P: Serialize>(source: &Source<'_>, pages: P, large: Option<Large<'_>>) -> String {
    let Source { texts, glossary, terms, .. } = source;
    call("index", None, &Head { texts, glossary: *glossary, terms, pages, large })
}

/// A script that hands `data` to one of the functions of `public/search.js`.
pub(super) fn call(function: &str, number: Option<usize>, data: &impl Serialize) -> String {
    let data = serde_json::to_string(data).expect("plain data");
    match number {
        Some(number) => format!("siteSearch.{function}({number},{data});\n"),
        None => format!("siteSearch.{function}({data});\n"),
    }
}

/// The sections of a page, as the script reads them.
pub(super) fn records(page: &PageText) -> Vec<Record<'_>> {
    page.sections.iter().map(record).collect()
}

fn record(section: &Section) -> Record<'_> {
    let Section { anchor, heading, text, readings } = section;
    // Terms, questions, related pages and history stand below the page's own text.
    Record(anchor, heading, text, readings, u8::from(anchor.starts_with("page-")))
}
