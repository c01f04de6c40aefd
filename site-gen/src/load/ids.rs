//! `ids.toml`: every anchor that was ever published, so that none is lost by an edit.
//!
//! Written by `site-gen ids`, read by everything else. Ids of headings are listed by page; those
//! that no author wrote are listed with the heading's text.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::files::Tree;
use crate::diagnostic::{Report, error};
use crate::source::{FileId, Place, Sources};

/// Path within the content folder.
pub const IDS_FILE: &str = "ids.toml";

/// The record of anchors.
#[derive(Debug, Default)]
pub struct Ids {
    /// Where it stands; `None` while nothing was recorded.
    pub file: Option<FileId>,
    /// By page id.
    pub pages: BTreeMap<String, PageIds>,
    /// Ids of terms.
    pub terms: Vec<String>,
}

/// The anchors of one page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageIds {
    /// Ids that stand, or stood, in the text.
    #[serde(default)]
    pub ids: Vec<String>,
    /// Ids given to headings without one, by the heading's text.
    #[serde(default)]
    pub assigned: BTreeMap<String, String>,
}

impl PageIds {
    /// All ids of the page.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.ids.iter().chain(self.assigned.values()).map(String::as_str)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    terms: Vec<String>,
    #[serde(default)]
    pages: BTreeMap<String, PageIds>,
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
    match toml::from_str::<Written>(&sources.file(file).text) {
        Ok(written) => Ids { file: Some(file), pages: written.pages, terms: written.terms },
        Err(fault) => {
            let message = format!("id の記録を読めません（{}）", fault.message());
            report.push(error("ids", file.place(fault.span().unwrap_or(0..0)), message).hint(
                "このファイルは `site-gen ids` が書きます。手で直した所を元に戻してください。",
            ));
            Ids { file: Some(file), ..Ids::default() }
        }
    }
}
