//! What the accessibility tests said: the standard, the tools, and the result by criterion.

use selfcheck::time::Date;

use super::{Record, Report, Word, visibility};
use crate::visibility::Visibility;

/// `accessibility.toml`. The pages are not in it: they are counted when a site is rendered.
#[derive(Debug)]
pub struct Accessibility {
    /// The standard and level that was tested, for example `JIS X 8341-3:2016 適合レベルAA`.
    pub standard: String,
    /// The same in English.
    pub standard_en: Option<String>,
    /// The day of the test.
    pub tested: Date,
    /// What judged the pages, in order.
    pub tools: Vec<Tool>,
    /// Success criteria of the standard and those added later, each in order.
    pub criteria: Vec<Criterion>,
    /// Who may see it at all.
    pub visibility: Visibility,
}

/// A program that judged every page, or a walk through it.
#[derive(Debug)]
pub struct Tool {
    /// Its name.
    pub name: String,
    /// Its name in English, where it has another one.
    pub name_en: Option<String>,
    /// Its version; none for rules of our own.
    pub version: Option<String>,
    /// What it looks at.
    pub looks_at: String,
    /// The same in English.
    pub looks_at_en: Option<String>,
    /// Who may see it.
    pub visibility: Visibility,
}

/// One success criterion.
#[derive(Debug)]
pub struct Criterion {
    /// Number, for example `1.4.3`.
    pub id: String,
    /// As the standard names it.
    pub title: String,
    /// As the standard names it in English.
    pub title_en: Option<String>,
    /// A or AA.
    pub level: String,
    /// The guideline that added it after the standard, for example `WCAG 2.2`; none for the
    /// standard's own.
    pub added_by: Option<String>,
    /// Whether the pages meet it.
    pub result: Conformance,
    /// How that was found out.
    pub method: String,
    /// The same in English.
    pub method_en: Option<String>,
    /// Who may see it.
    pub visibility: Visibility,
}

/// Whether the pages meet a criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conformance {
    /// 適合
    Met,
    /// 不適合
    NotMet,
    /// 適用なし: nothing on the pages that it speaks of.
    NotApplicable,
}

impl Conformance {
    /// As written and as read.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Met => "適合",
            Self::NotMet => "不適合",
            Self::NotApplicable => "適用なし",
        }
    }
}

impl Word for Conformance {
    const ALL: &'static [Self] = &[Self::Met, Self::NotMet, Self::NotApplicable];

    fn word(self) -> &'static str {
        self.as_str()
    }
}

pub(super) fn read(record: &Record<'_>, report: &mut Report) -> Option<Accessibility> {
    let standard = record.string("standard", report);
    let standard_en = english(record, "standard_en", report);
    let tested = record.date("tested", report);
    let tools = record.tables("tools", report, |tool, report| {
        let name = tool.string("name", report);
        let name_en = english(tool, "name_en", report);
        let version = tool.optional_string("version", report);
        let looks_at = tool.string("looks_at", report);
        let looks_at_en = english(tool, "looks_at_en", report);
        let visibility = visibility(tool, report);
        Some(Tool {
            name: name?.value,
            name_en,
            version: version.map(|text| text.value),
            looks_at: looks_at?.value,
            looks_at_en,
            visibility,
        })
    });
    let criteria = record.tables("criteria", report, |criterion, report| {
        let id = criterion.string("id", report);
        let title = criterion.string("title", report);
        let title_en = english(criterion, "title_en", report);
        let level = criterion.string("level", report);
        let added_by = criterion.optional_string("added_by", report);
        let result = criterion.word("result", report);
        let method = criterion.string("method", report);
        let method_en = english(criterion, "method_en", report);
        let visibility = visibility(criterion, report);
        Some(Criterion {
            id: id?.value,
            title: title?.value,
            title_en,
            level: level?.value,
            added_by: added_by.map(|text| text.value),
            result: result?.value,
            method: method?.value,
            method_en,
            visibility,
        })
    });
    let visibility = visibility(record, report);
    Some(Accessibility {
        standard: standard?.value,
        standard_en,
        tested: tested?.value,
        tools,
        criteria,
        visibility,
    })
}

/// Words for the English version of a page; without them it shows the Japanese ones.
fn english(record: &Record<'_>, key: &'static str, report: &mut Report) -> Option<String> {
    record.optional_string(key, report).map(|text| text.value)
}
