//! What stands in the content folder and did not become a part of the content.
//!
//! A fault is told once, where it is. What merely follows from it (a link to that page, a term no
//! other page uses) would be told falsely, so checks ask here before they call something missing.

use std::collections::BTreeMap;

use super::Page;
use super::page::Status;
use crate::diagnostic::{Report, Severity};
use crate::markdown::fold;
use crate::source::{Place, Sources, Text};

/// Files with faults, and pages that are not to be published.
#[derive(Debug, Default)]
pub struct Unread {
    /// By path in lower case; without a text where none could be read.
    faulty: BTreeMap<String, Text>,
    /// By address.
    withheld: BTreeMap<String, Withheld>,
}

/// A page that its author keeps from being published.
#[derive(Debug)]
pub struct Withheld {
    /// Why.
    pub status: Status,
    /// Where that is written.
    pub place: Place,
    text: Text,
}

impl Withheld {
    /// What is told of it: 「…のため、載りません」.
    pub fn reason(&self) -> &'static str {
        match self.status {
            Status::Superseded => "置き換え済み（`status = \"superseded\"`）",
            Status::Draft | Status::Approved => "下書き（`status = \"draft\"`）",
        }
    }
}

impl Unread {
    /// What is wrong so far, and the pages that were put aside.
    pub(super) fn new(withheld: &[Page], sources: &Sources, report: &Report) -> Self {
        let faults = report.iter().filter(|finding| finding.severity == Severity::Error);
        let faulty = faults.filter_map(|finding| finding.place).map(|place| {
            let file = sources.file(place.file);
            (file.within.to_ascii_lowercase(), file.text.clone())
        });
        let withheld = withheld.iter().map(|page| {
            let text = sources.file(page.file).text.clone();
            let (status, place) = (page.status.value, page.status.place);
            (page.address(), Withheld { status, place, text })
        });
        Self { faulty: faulty.collect(), withheld: withheld.collect() }
    }

    /// Whether this file has a fault of its own.
    pub fn file(&self, path: &str) -> bool {
        !self.faulty.is_empty() && self.faulty.contains_key(&path.to_ascii_lowercase())
    }

    /// Whether the page at this address stands there and has a fault of its own.
    pub fn page(&self, address: &str) -> bool {
        self.file(&format!("pages/{address}.md"))
    }

    /// Whether a file of this folder has a fault.
    pub fn any_in(&self, folder: &str) -> bool {
        self.of(folder).next().is_some()
    }

    /// Whether a faulty file of this folder names `word`, or may do so.
    pub fn mentions(&self, folder: &str, word: &str) -> bool {
        self.of(folder).any(|text| text.trim().is_empty() || text.contains(word))
    }

    /// Whether a page that is not read uses `word`, or may do so.
    pub fn page_mentions(&self, word: &str) -> bool {
        self.mentions("pages", word) || self.withheld.values().any(|page| page.text.contains(word))
    }

    /// Whether `words` end with a term whose entry has a fault.
    pub fn has_term_before(&self, words: &str) -> bool {
        let words = fold(words);
        self.of("glossary").any(|text| {
            let mut names = names(text).map(fold).filter(|name| name.chars().count() > 1);
            text.trim().is_empty() || names.any(|name| words.ends_with(&name) || name == words)
        })
    }

    /// The page at this address, when its author keeps it back.
    pub fn withheld(&self, address: &str) -> Option<&Withheld> {
        self.withheld.get(address)
    }

    fn of(&self, folder: &str) -> impl Iterator<Item = &Text> {
        let files = self.faulty.iter();
        files.filter(move |(path, _)| path.split('/').next() == Some(folder)).map(|(_, text)| text)
    }
}

/// What may be the names of a term whose front matter cannot be read: the words of the lines that
/// have a `=`, whatever their quotation marks.
fn names(text: &str) -> impl Iterator<Item = &str> {
    let is_mark = |c: char| "\"'“”‘’＂「」[]［］,，、".contains(c);
    let values = text.lines().filter_map(|line| line.split_once(['=', '＝'])).map(|(_, v)| v);
    values.flat_map(move |value| value.split(is_mark)).map(str::trim)
}
