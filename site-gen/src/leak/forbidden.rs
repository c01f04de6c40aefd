//! Words the office never wants to see on a site: names of machines, numbers, code names.
//!
//! `site.toml` lists them, however short; they are looked for everywhere, in names of files too.
//! A sentence is secret because of where it stands, such a word because somebody said so.

use std::collections::HashMap;

use super::fold::Folded;
use crate::check::Checked;
use crate::diagnostic::{Diagnostic, error};
use crate::source::{FileId, Place, Sources};
use crate::visibility::Visibility;

/// One such word.
#[derive(Debug, Clone)]
pub(super) struct Forbidden {
    folded: Vec<u32>,
    text: String,
    /// Sites of this level and above may show it.
    visibility: Visibility,
    /// Where `site.toml` says so.
    place: Place,
    /// Where the content has it, and how visible that is.
    sources: Vec<(Visibility, Place)>,
}

/// The words of a content, with the places that have them.
pub(super) fn gather(checked: &Checked, sources: &Sources) -> Vec<Forbidden> {
    let content = &checked.content;
    let words = &content.config.forbidden;
    if words.is_empty() {
        return Vec::new();
    }
    let pages = content.pages.iter().map(|page| (page.file, page.visibility));
    let terms = content.glossary.iter().map(|term| (term.file, term.visibility));
    let visibilities: HashMap<FileId, Visibility> = pages.chain(terms).collect();
    words
        .iter()
        .map(|word| {
            let text = &word.text.value;
            let mut folded = Folded::default();
            folded.push_text(text);
            let stands = sources.iter().enumerate().filter_map(|(index, file)| {
                let (id, at) = (sources.id(index), file.text.find(text.as_str())?);
                let visibility = visibilities.get(&id).copied().unwrap_or(Visibility::Public);
                Some((visibility, id.place(at..at + text.len())))
            });
            let itself = word.text.place.file;
            Forbidden {
                folded: folded.to_vec(),
                text: text.clone(),
                visibility: word.visibility,
                place: word.text.place,
                sources: stands.filter(|(_, place)| place.file != itself).collect(),
            }
        })
        .collect()
}

impl Forbidden {
    /// Whether a site of `level` must not show it.
    pub(super) fn is_above(&self, level: Visibility) -> bool {
        self.visibility > level
    }

    /// Whether it stands in a folded text.
    pub(super) fn is_in(&self, text: &[u32]) -> bool {
        let Some(&first) = self.folded.first() else { return false };
        let last = (text.len() + 1).saturating_sub(self.folded.len());
        let starts = text[..last].iter().enumerate().filter(|&(_, &c)| c == first);
        let mut starts = starts.map(|(at, _)| &text[at..]);
        starts.any(|rest| rest.starts_with(&self.folded))
    }

    /// What to tell: where it must not stand, who says so, and where it probably comes from.
    pub(super) fn finding(&self, site: &str, level: Visibility, path: &str) -> Diagnostic {
        let message = format!(
            "サイト「{site}」の `{path}` に、載せないと決めた言葉「{}」があります",
            self.text
        );
        let source = self.sources.iter().find(|(visibility, _)| *visibility <= level);
        match source {
            Some(&(_, place)) => error("leak", place, message).with("決めた所", self.place),
            None => error("leak", self.place, message),
        }
        .hint("書かれている所から取り除くか、そのページの公開範囲を狭めてください。")
    }
}
