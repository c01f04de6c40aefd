//! `pages/**.md`: TOML front matter between `+++` lines, then Markdown.

use rayon::prelude::*;
use selfcheck::id::PageId;
use selfcheck::time::Date;

use super::files::Tree;
use super::matter;
use super::record::{Record, Toml, Word};
use super::version::{self, OwnWords, Version};
use crate::diagnostic::{Report, did_you_mean, error, nearest};
use crate::source::{FileId, Located, Place, Sources};
use crate::visibility::Visibility;

/// One page as written.
#[derive(Debug, Clone)]
pub struct Page {
    /// Path under `pages` without `.md`, and without the suffix of a version.
    pub id: PageId,
    /// The original, or one of its other versions.
    pub version: Version,
    /// For other versions: the day up to which they follow the original.
    pub translated: Option<Date>,
    /// For other versions: which facts they say in their own language.
    pub own_words: OwnWords,
    /// Where it stands.
    pub file: FileId,
    /// Byte at which the Markdown starts.
    pub body_start: usize,
    /// Unique per site.
    pub title: Located<String>,
    /// One sentence.
    pub summary: Located<String>,
    /// 課 and role.
    pub owner: Located<String>,
    /// Which of the three layers of the policy it belongs to, or 解説.
    pub layer: Layer,
    /// Who approved it; every rule has one.
    pub approver: Option<String>,
    /// 制定日; every rule has one.
    pub established: Option<Date>,
    /// 施行日
    pub effective: Option<Date>,
    /// What changed when, newest first.
    pub revised: Vec<Revision>,
    /// When it has to be looked at again.
    pub review_due: Date,
    /// Where that is written.
    pub review_place: Place,
    /// Drafts and superseded pages are not published.
    pub status: Located<Status>,
    /// Who may read it.
    pub visibility: Visibility,
    /// The sites it is pinned to; empty for all that may show it.
    pub only: Vec<Located<String>>,
    /// 情報の分類, when the page itself carries one.
    pub class: Option<String>,
    /// Who must act, identifiers of `data/roles.toml`.
    pub roles: Vec<Located<String>>,
    /// Laws it rests on.
    pub legal_basis: Vec<String>,
    /// Pages to read next.
    pub related: Vec<Located<String>>,
    /// Where the text comes from.
    pub source: Option<String>,
    /// Position within its folder.
    pub order: i64,
    /// Earlier ids that lead here.
    pub aliases: Vec<Located<String>>,
}

/// The three layers of a municipal policy set, and explanations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layer {
    /// 基本方針
    BasicPolicy,
    /// 対策基準
    Standard,
    /// 実施手順
    Procedure,
    /// 解説
    Guide,
}

impl Layer {
    /// As written and as read.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::BasicPolicy => "基本方針",
            Self::Standard => "対策基準",
            Self::Procedure => "実施手順",
            Self::Guide => "解説",
        }
    }

    /// Whether the page lays down rules.
    pub fn is_rule(self) -> bool {
        self != Self::Guide
    }
}

impl Word for Layer {
    const ALL: &'static [Self] = &[Self::BasicPolicy, Self::Standard, Self::Procedure, Self::Guide];

    fn word(self) -> &'static str {
        self.as_str()
    }
}

/// Where a page is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Being written.
    Draft,
    /// In force.
    Approved,
    /// Replaced.
    Superseded,
}

impl Word for Status {
    const ALL: &'static [Self] = &[Self::Approved, Self::Draft, Self::Superseded];

    fn word(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::Draft => "draft",
            Self::Superseded => "superseded",
        }
    }
}

/// One change of a page.
#[derive(Debug, Clone)]
pub struct Revision {
    /// When.
    pub date: Date,
    /// What changed, in plain words.
    pub note: String,
    /// Where it is written.
    pub place: Place,
}

impl Page {
    /// The Markdown after the front matter: the text that is hashed and acknowledged.
    pub fn body<'s>(&self, sources: &'s Sources) -> &'s str {
        &sources.file(self.file).text[self.body_start..]
    }

    /// The day of the last change, if there was one.
    pub fn last_revised(&self) -> Option<Date> {
        self.revised.iter().map(|revision| revision.date).max()
    }

    /// Path of the published page without `.html`: the id and the suffix of the version.
    pub fn address(&self) -> String {
        format!("{}{}", self.id, self.version.suffix())
    }

    /// Whether this is the original, the text that counts.
    pub fn is_original(&self) -> bool {
        self.version == Version::Original
    }

    /// The folder part of the id, empty at the top.
    pub fn folder(&self) -> &str {
        self.id.as_str().rsplit_once('/').map_or("", |(folder, _)| folder)
    }
}

/// Originals in order of their ids, then their other versions; drafts and superseded ones too.
pub(super) fn load(tree: &Tree, sources: &Sources, report: &mut Report) -> Vec<Page> {
    let mut originals = Vec::new();
    let mut versions = Vec::new();
    for (stem, file) in tree.in_folder("pages", "md") {
        match read_name(stem, file, report) {
            Some((id, Version::Original)) => originals.push((id, file)),
            Some((id, version)) => versions.push((id, version, file)),
            None => {}
        }
    }
    let read: Vec<(Option<Page>, Report)> = originals
        .into_par_iter()
        .map(|(id, file)| {
            let mut findings = Report::default();
            let page = read_file(file, sources, &mut findings, |record, report, body| {
                read(record, report, id, file, body)
            });
            (page, findings)
        })
        .collect();
    let mut pages = Vec::with_capacity(read.len() + versions.len());
    for (page, findings) in read {
        pages.extend(page);
        report.append(findings);
    }
    let mut translations = Vec::new();
    for (id, version, file) in versions {
        let Some(original) = pages.iter().find(|page| page.id == id) else {
            report_orphan(&id, file, &pages, tree, report);
            continue;
        };
        translations.extend(read_file(file, sources, report, |record, report, body| {
            version::read(record, report).complete(original, version, file, body, report)
        }));
    }
    pages.append(&mut translations);
    pages
}

fn read_name(stem: &str, file: FileId, report: &mut Report) -> Option<(PageId, Version)> {
    let Some((id, version)) = Version::split(stem) else {
        report.push(
            error("page-version", file.place(0..0), "ページのファイル名の版が使えません")
                .hint("英語は `名前.en.md`、やさしい日本語は `名前.easy.md` です。"),
        );
        return None;
    };
    match id.parse() {
        Ok(id) => Some((id, version)),
        Err(_) => {
            report.push(
                error("page-name", file.place(0..0), "ページのファイル名が使えません")
                    .hint("英小文字、数字、`-` だけで付け直します。"),
            );
            None
        }
    }
}

fn read_file(
    file: FileId,
    sources: &Sources,
    report: &mut Report,
    read: impl FnOnce(&Record<'_>, &mut Report, usize) -> Option<Page>,
) -> Option<Page> {
    let text = &sources.file(file).text;
    let matter = matter::split(file, text, report)?;
    Toml::new(file, matter.start, &text[matter.start..matter.end])
        .read(report, |record, report| read(record, report, matter.body))
}

/// A version without its original; silent when the original is there and has faults of its own.
fn report_orphan(id: &PageId, file: FileId, pages: &[Page], tree: &Tree, report: &mut Report) {
    if tree.holds(&format!("pages/{id}.md")) {
        return;
    }
    let message = format!("元のページ `{id}.md` がありません");
    let mut finding = error("page-version", file.place(0..0), message);
    if let Some(hint) =
        did_you_mean(&nearest(id.as_str(), pages.iter().map(|page| page.id.as_str())))
    {
        finding = finding.hint(hint);
    }
    report.push(finding.hint("先に日本語のページを書きます。"));
}

pub(super) fn read(
    record: &Record<'_>,
    report: &mut Report,
    id: PageId,
    file: FileId,
    body_start: usize,
) -> Option<Page> {
    let title = record.string("title", report);
    let summary = record.string("summary", report);
    let owner = record.string("owner", report);
    let layer = record.word::<Layer>("layer", report);
    let is_rule = layer.as_ref().is_some_and(|layer| layer.value.is_rule());
    let approver = record.optional_string("approver", report);
    let established = record.optional_date("established", report);
    let guide = ("layer", Layer::Guide.word());
    record.require_unless(guide, is_rule, &["approver", "established"]);
    let effective = record.optional_date("effective", report);
    let revised = record.tables("revised", report, read_revision);
    let review_due = record.date("review_due", report);
    let status = record.optional_word("status", report);
    let visibility = record.visibility(Visibility::Intranet, report);
    let only = record.strings("only", report);
    let class = record.optional_string("class", report);
    let roles = record.strings("roles", report);
    let legal_basis = record.strings("legal_basis", report);
    let related = record.strings("related", report);
    let source = record.optional_string("source", report);
    let order = record.optional_integer("order", report);
    let aliases = record.strings("aliases", report);
    Some(Page {
        id,
        version: Version::Original,
        translated: None,
        own_words: OwnWords::default(),
        file,
        body_start,
        status: status.unwrap_or(Located { value: Status::Approved, place: title.as_ref()?.place }),
        title: title?,
        summary: summary?,
        owner: owner?,
        layer: layer?.value,
        approver: approver.map(|text| text.value),
        established: established.map(|date| date.value),
        effective: effective.map(|date| date.value),
        revised,
        review_place: review_due.as_ref()?.place,
        review_due: review_due?.value,
        visibility,
        only,
        class: class.map(|text| text.value),
        roles,
        legal_basis: legal_basis.into_iter().map(|text| text.value).collect(),
        related,
        source: source.map(|text| text.value),
        order: order.unwrap_or(1000),
        aliases,
    })
}

pub(super) fn read_revision(record: &Record<'_>, report: &mut Report) -> Option<Revision> {
    let date = record.date("date", report);
    let note = record.string("note", report);
    Some(Revision { date: date?.value, note: note?.value, place: record.place() })
}
