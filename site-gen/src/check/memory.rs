//! Texts compiled before: a server that runs on compiles only what changed.

use std::collections::HashMap;
use std::sync::Arc;

use crate::diagnostic::Report;
use crate::load::site::MarkdownOptions;
use crate::load::version::VersionIndex;
use crate::load::{Content, Ids, Page};
use crate::markdown::Body;
use crate::source::{FileId, SourceFile, Sources};

/// The pages of the last check. What a page became is used again while its file and everything
/// else that pages are compiled from are the same to the byte.
#[derive(Debug, Default)]
pub struct Memory {
    ground: Option<Ground>,
    pages: HashMap<FileId, Remembered>,
}

/// What pages are compiled from beside their own files.
#[derive(Debug, PartialEq)]
struct Ground {
    /// Id and names of every term, in order.
    terms: Vec<(String, Vec<String>)>,
    ids: Ids,
    options: MarkdownOptions,
    versions: VersionIndex,
}

#[derive(Debug)]
struct Remembered {
    /// Places in findings and links hold the file's id, so both must be the same.
    file: SourceFile,
    body: Arc<Body>,
    findings: Report,
}

impl Ground {
    fn new(content: &Content, versions: &VersionIndex) -> Self {
        let terms = content.glossary.iter().map(|term| {
            let names = std::iter::once(&term.term).chain(&term.aliases);
            (term.id.clone(), names.map(|name| name.value.clone()).collect())
        });
        Self {
            terms: terms.collect(),
            ids: content.ids.clone(),
            options: content.config.markdown.clone(),
            versions: versions.clone(),
        }
    }
}

impl Memory {
    /// Forgets everything when something has changed that may show on any page.
    pub(super) fn begin(&mut self, content: &Content, versions: &VersionIndex) {
        let ground = Ground::new(content, versions);
        if self.ground.as_ref() != Some(&ground) {
            self.pages.clear();
            self.ground = Some(ground);
        }
    }

    /// What became of a page whose file has not changed.
    pub(super) fn recall(&self, page: &Page, sources: &Sources) -> Option<(Arc<Body>, Report)> {
        let known = self.pages.get(&page.file)?;
        (known.file == *sources.file(page.file))
            .then(|| (Arc::clone(&known.body), known.findings.clone()))
    }

    /// Keeps what has just become of all pages, and nothing else.
    pub(super) fn keep(
        &mut self,
        pages: &[Page],
        compiled: &[(Arc<Body>, Report)],
        sources: &Sources,
    ) {
        let remembered = pages.iter().zip(compiled).map(|(page, (body, findings))| {
            let file = sources.file(page.file).clone();
            (page.file, Remembered { file, body: Arc::clone(body), findings: findings.clone() })
        });
        self.pages = remembered.collect();
    }
}
