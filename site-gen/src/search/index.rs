//! The index of one language of a site.

use serde::Serialize;

use super::page_text::{PageText, Section};
use super::pieces::Pieces;
use super::texts::Texts;

/// More pages than this are not worth loading whole.
const MAX_PAGES: usize = 1_000;

/// More text than this neither; compressed it is about one megabyte.
const MAX_TEXT_BYTES: usize = 5_000_000;

/// What an index says beside its pages.
#[derive(Debug)]
pub struct Source<'a> {
    /// The terms the site shows.
    pub terms: Vec<Term<'a>>,
    /// Output path of the page that explains them.
    pub glossary: Option<&'a str>,
    /// What the results say.
    pub texts: &'a Texts,
    /// Output path of the script that reads a large index, seen from the index.
    pub large_script: &'a str,
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
    pieces: &'a [usize],
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

/// An index that grows page by page; once it is large, what fills a piece is written at once and
/// need not be kept.
pub struct Index<'a> {
    /// Output path without `.js`; pieces of a large one are named after it.
    path: &'a str,
    /// Pages that have not been written.
    waiting: Vec<Page<'a>>,
    /// Output path without `.html` and title of all pages.
    titles: Vec<(&'a str, String)>,
    /// How much text all pages have.
    bytes: usize,
    pieces: Pieces,
}

impl<'a> Index<'a> {
    /// An index of no pages.
    pub fn new(path: &'a str) -> Self {
        let (waiting, titles, pieces) = Default::default();
        Self { path, waiting, titles, bytes: 0, pieces }
    }

    /// Whether it has no pages.
    pub fn is_empty(&self) -> bool {
        self.titles.is_empty()
    }

    /// Adds the pages that follow in reading order.
    ///
    /// # Errors
    /// Those of `put`.
    pub fn add(
        &mut self,
        pages: impl IntoIterator<Item = Page<'a>>,
        put: &Put<'_>,
    ) -> anyhow::Result<()> {
        for page in pages {
            self.bytes += page.text.bytes();
            self.titles.push((page.id, page.text.title.clone()));
            self.waiting.push(page);
        }
        if is_large(self.titles.len(), self.bytes) {
            self.pieces.write(&mut self.waiting, false, self.path, put)?;
        }
        Ok(())
    }

    /// Writes what is left: classic scripts, each handed to `put` as soon as it is made.
    ///
    /// # Errors
    /// Those of `put`.
    pub fn finish(mut self, source: Source<'_>, put: &Put<'_>) -> anyhow::Result<Form> {
        let Source { texts, glossary, terms, large_script: script } = source;
        let name = format!("{}.js", self.path);
        if !is_large(self.titles.len(), self.bytes) {
            let pages: Vec<(&str, &str, Vec<Record<'_>>)> = self
                .waiting
                .iter()
                .map(|page| (page.id, page.text.title.as_str(), records(&page.text)))
                .collect();
            put(&name, &call("index(", &Head { texts, glossary, terms, pages, large: None }))?;
            return Ok(Form::Whole);
        }
        self.pieces.write(&mut self.waiting, true, self.path, put)?;
        let Self { path, titles: pages, pieces, .. } = self;
        let lists = pieces.lists();
        let large = Some(Large { script, pieces: &pieces.first_pages, lists });
        let head = Head { texts, glossary, terms, pages, large };
        let (head, lists) =
            rayon::join(|| put(&name, &call("index(", &head)), || pieces.write_lists(path, put));
        head.and(lists)?;
        Ok(Form::Pieces)
    }
}

/// A script that hands `data` to one of the functions of `public/search.js`; `start` is its name
/// and what stands before the data: `index(`, `piece(3,`.
pub(super) fn call(start: &str, data: &impl Serialize) -> Vec<u8> {
    let mut script = format!("siteSearch.{start}").into_bytes();
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
