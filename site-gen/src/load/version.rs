//! Versions of a page: `a/b.md` is the Japanese original, `a/b.en.md` its English translation and
//! `a/b.easy.md` the same in やさしい日本語.
//!
//! A version has its own title, summary and text. Everything that says what the page is and who
//! may read it (visibility, sites, layer, dates, review) is that of the original, so a translation
//! can never travel further than its source.

use std::collections::BTreeSet;

use selfcheck::id::PageId;
use selfcheck::time::Date;

use super::page::{Page, Revision, Status, read_revision};
use super::record::Record;
use crate::diagnostic::{Report, error};
use crate::source::{FileId, Located};
use crate::visibility::Visibility;

/// Which version of a page a text is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Version {
    /// The Japanese text: the one that counts.
    #[default]
    Original,
    /// English.
    English,
    /// やさしい日本語: plain Japanese for those who are learning it.
    Easy,
}

impl Version {
    /// All versions, in the order of the language switch.
    pub const ALL: [Self; 3] = [Self::Original, Self::Easy, Self::English];

    /// What stands between the page's id and `.md` or `.html`.
    pub fn suffix(self) -> &'static str {
        match self {
            Self::Original => "",
            Self::English => ".en",
            Self::Easy => ".easy",
        }
    }

    /// The language, for `lang` and `hreflang` (BCP 47).
    pub fn lang(self) -> &'static str {
        match self {
            Self::Original | Self::Easy => "ja",
            Self::English => "en",
        }
    }

    /// Its name in its own language.
    pub fn label(self) -> &'static str {
        match self {
            Self::Original => "日本語",
            Self::English => "English",
            Self::Easy => "やさしい日本語",
        }
    }

    /// Splits `a/b.en` into `a/b` and the version; `None` when there is no such version.
    pub fn split(stem: &str) -> Option<(&str, Self)> {
        let name = stem.rsplit('/').next().unwrap_or_default();
        let Some(dot) = name.find('.') else { return Some((stem, Self::Original)) };
        let at = stem.len() - name.len() + dot;
        let (id, suffix) = stem.split_at(at);
        let version = Self::ALL.into_iter().find(|version| version.suffix() == suffix)?;
        Some((id, version))
    }
}

/// Which pages have which versions beside the original, so that links lead to the reader's own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VersionIndex(BTreeSet<(PageId, Version)>);

impl VersionIndex {
    /// Indexes all pages.
    pub fn new(pages: &[Page]) -> Self {
        let others = pages.iter().filter(|page| !page.is_original());
        Self(others.map(|page| (page.id.clone(), page.version)).collect())
    }

    /// The version of `id` that suits a reader of `version`; the original where there is none.
    pub fn prefer(&self, id: &PageId, version: Version) -> Version {
        let there = version != Version::Original && self.0.contains(&(id.clone(), version));
        if there { version } else { Version::Original }
    }
}

/// The front matter of a version: what it says itself.
pub(super) struct Matter {
    title: Option<Located<String>>,
    summary: Option<Located<String>>,
    translated: Option<Located<Date>>,
    owner: Option<Located<String>>,
    approver: Option<Located<String>>,
    revised: Vec<Revision>,
    status: Option<Located<Status>>,
    visibility: Option<Located<Visibility>>,
}

pub(super) fn read(record: &Record<'_>, report: &mut Report) -> Matter {
    Matter {
        title: record.string("title", report),
        summary: record.string("summary", report),
        translated: record.date("translated", report),
        owner: record.optional_string("owner", report),
        approver: record.optional_string("approver", report),
        revised: record.tables("revised", report, read_revision),
        status: record.optional_word("status", report),
        visibility: record.optional_word("visibility", report),
    }
}

impl Matter {
    /// The version as a page: what it does not say itself is that of `original`.
    pub(super) fn complete(
        self,
        original: &Page,
        version: Version,
        file: FileId,
        body_start: usize,
        report: &mut Report,
    ) -> Option<Page> {
        let Self { owner, approver, revised, status, .. } = self;
        if let Some(written) = self.visibility {
            check_visibility(&written, original, report);
        }
        Some(Page {
            version,
            translated: self.translated.map(|date| date.value),
            file,
            body_start,
            title: self.title?,
            summary: self.summary?,
            own_words: OwnWords {
                owner: owner.is_some(),
                approver: approver.is_some(),
                revised: !revised.is_empty(),
            },
            owner: owner.unwrap_or_else(|| original.owner.clone()),
            approver: approver.map(|text| text.value).or_else(|| original.approver.clone()),
            revised: if revised.is_empty() { original.revised.clone() } else { revised },
            status: status
                .filter(|_| original.status.value == Status::Approved)
                .unwrap_or_else(|| original.status.clone()),
            aliases: Vec::new(),
            ..original.clone()
        })
    }
}

/// Which of the facts a version says in its own language; the others are the original's.
#[derive(Debug, Clone, Copy, Default)]
pub struct OwnWords {
    /// 所管
    pub owner: bool,
    /// 決裁
    pub approver: bool,
    /// What changed when.
    pub revised: bool,
}

/// A version may repeat the visibility of its original, and nothing else.
fn check_visibility(written: &Located<Visibility>, original: &Page, report: &mut Report) {
    if written.value != original.visibility {
        let message = format!(
            "公開範囲（{}）が、元のページ（{}）と違います",
            written.value.label(),
            original.visibility.label()
        );
        report.push(
            error("version-visibility", written.place, message)
                .with("元のページ", original.title.place)
                .hint("この行を消します。版の公開範囲は、いつも元のページと同じです。"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_names() {
        assert_eq!(Version::split("a/b"), Some(("a/b", Version::Original)));
        assert_eq!(Version::split("a/b.en"), Some(("a/b", Version::English)));
        assert_eq!(Version::split("b.easy"), Some(("b", Version::Easy)));
        assert_eq!(Version::split("a/b.fr"), None);
        assert_eq!(Version::split("a/b.en.easy"), None);
    }
}
