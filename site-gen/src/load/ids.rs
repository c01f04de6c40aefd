//! `ids.toml`: every anchor that was ever published, so that none is lost by an edit.
//!
//! Written by `site-gen ids`, read by everything else. Ids of headings are listed by page; those
//! that no author wrote are listed with the heading's text.

use std::collections::BTreeMap;

use super::files::Tree;
use super::record::{Record, Toml};
use crate::diagnostic::{Report, error};
use crate::source::{FileId, Located, Place, Sources};

/// Path within the content folder.
pub const IDS_FILE: &str = "ids.toml";

/// The record of anchors.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ids {
    /// Where it stands; `None` while nothing was recorded.
    pub file: Option<FileId>,
    /// By page id.
    pub pages: BTreeMap<String, PageIds>,
    /// Ids of terms.
    pub terms: Vec<String>,
}

/// The anchors of one page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageIds {
    /// Ids that stand, or stood, in the text.
    pub ids: Vec<String>,
    /// Ids given to headings without one, by the heading's text.
    pub assigned: BTreeMap<String, String>,
}

impl PageIds {
    /// All ids of the page.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.ids.iter().chain(self.assigned.values()).map(String::as_str)
    }
}

impl Ids {
    /// The id recorded for a heading without one.
    pub fn assigned(&self, page: &str, text: &str) -> Option<&str> {
        self.pages.get(page)?.assigned.get(text).map(String::as_str)
    }

    /// Where the record names `id` under `page`, as near as can be told.
    pub fn place(&self, page: &str, id: &str, sources: &Sources) -> Option<Place> {
        let file = self.file?;
        let text = &sources.file(file).text;
        let table = text.find(&format!("[pages.\"{page}\"")).unwrap_or(0);
        let quoted = format!("\"{id}\"");
        let start = text[table..].find(&quoted).map_or(table, |at| table + at);
        Some(file.place(start..start + quoted.len()))
    }
}

pub(super) fn load(tree: &Tree, sources: &Sources, report: &mut Report) -> Ids {
    let Some(&file) = tree.texts.get(IDS_FILE) else { return Ids::default() };
    let mut faults = Report::default();
    let ids = Toml::new(file, 0, &sources.file(file).text).read(&mut faults, read);
    if faults.has_errors() {
        report.push(
            error("ids", file.place(0..0), "id の記録を読めません").hint(
                "このファイルは `site-gen ids` が書きます。手で直した所を元に戻してください。",
            ),
        );
        report.append(faults);
    }
    Ids { file: Some(file), ..ids.unwrap_or_default() }
}

pub(super) fn read(record: &Record<'_>, report: &mut Report) -> Option<Ids> {
    let values = |texts: Vec<Located<String>>| texts.into_iter().map(|text| text.value).collect();
    let terms = values(record.strings("terms", report));
    let pages = record.named_tables("pages", report, |page, report| {
        let ids = values(page.strings("ids", report));
        let assigned = page.entries("assigned", report);
        let assigned = assigned.into_iter().map(|(text, id)| (text.value, id)).collect();
        Some(PageIds { ids, assigned })
    });
    Some(Ids { file: None, pages: pages.into_iter().collect(), terms })
}
