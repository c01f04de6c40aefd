//! Results of past campaigns: `summary.json` of `tally report`, put into `data/results/`, and
//! `results.toml`, which says who may see them.

use selfcheck::id::{CampaignId, CategoryId, OrgId, PageId, QuestionId};
use selfcheck::time::Date;
use serde::Deserialize;

use super::super::files::Tree;
use super::{Record, Report, visibility};
use crate::diagnostic::{did_you_mean, error, nearest};
use crate::source::{Located, Sources};
use crate::visibility::Visibility;

/// One campaign's results.
#[derive(Debug)]
pub struct Results {
    /// The file in `data/results/`.
    pub file: Located<String>,
    /// The day the committee received them (受理).
    pub received: Option<Date>,
    /// Who may see the figures of the whole office.
    pub visibility: Visibility,
    /// Who may see the figures of bureaus and sections.
    pub groups: Visibility,
    /// What `tally report` wrote.
    pub summary: Summary,
}

/// Version 1 of `summary.json`; unknown members are a fault, so that nothing is misread.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Summary {
    v: u8,
    /// The office.
    pub org: OrgId,
    /// The campaign.
    pub campaign: CampaignId,
    /// Its title.
    pub title: String,
    /// The fiscal year.
    pub fiscal_year: u16,
    /// First day.
    pub opens: Date,
    /// Last day.
    pub closes: Date,
    /// Who answered.
    pub completion: Completion,
    /// People whose answers are scored.
    pub scored: u64,
    /// All questions.
    pub total: Option<Score>,
    /// Questions with right answers.
    pub knowledge: Option<Score>,
    /// Questions on what one does.
    pub practice: Option<Score>,
    /// By category.
    pub categories: Vec<CategoryScore>,
    /// By question.
    pub questions: Vec<QuestionScore>,
    /// Bureaus and sections, as they may be shown.
    pub groups: Vec<GroupScore>,
}

/// Counts of people.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Completion {
    /// Who should answer.
    pub target: u64,
    /// Handed in a file.
    pub file: u64,
    /// Answered on paper.
    pub paper: u64,
}

/// Milli-points, and for how many people something applied.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Score {
    /// Reached.
    pub points: u64,
    /// Possible.
    pub max: u64,
    /// People.
    pub people: u64,
}

impl Score {
    /// 得点率 in tenths of a percent, rounded down; `None` when nothing applied.
    pub fn permille(self) -> Option<u64> {
        self.points.checked_mul(1000)?.checked_div(self.max)
    }
}

/// One category.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CategoryScore {
    /// Its id, by which years are compared.
    pub id: CategoryId,
    /// Its title.
    pub title: String,
    /// Nothing when too few answered.
    pub score: Option<Score>,
}

/// One question.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionScore {
    /// Its id.
    pub id: QuestionId,
    /// Its revision.
    pub rev: u32,
    /// Its category.
    pub category: CategoryId,
    /// Its weight.
    pub weight: u8,
    /// Whether it has a right answer; otherwise it asks what is done.
    pub is_knowledge: bool,
    /// What was asked.
    pub prompt: String,
    /// The page with the rule.
    pub page: PageId,
    /// Whether everybody was asked.
    pub of_all: bool,
    /// Nothing when too few answered.
    pub score: Option<Score>,
    /// わからない, in tenths of a percent.
    pub dont_know_permille: Option<u64>,
    /// 該当なし, in tenths of a percent.
    pub not_applicable_permille: Option<u64>,
    /// How well the question tells people apart.
    pub discrimination_permille: Option<i64>,
}

/// One bureau or section.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupScore {
    /// Its id.
    pub id: String,
    /// Its name.
    pub title: String,
    /// `bureau` or `section`.
    pub level: String,
    /// People whose answers are in it.
    pub people: u64,
    /// All questions.
    pub total_permille: Option<u64>,
    /// Questions with right answers.
    pub knowledge_permille: Option<u64>,
    /// Questions on what one does.
    pub practice_permille: Option<u64>,
    /// In the order of the categories.
    pub categories_permille: Vec<Option<u64>>,
}

/// The newest first.
pub(super) fn read(
    record: &Record<'_>,
    tree: &Tree,
    sources: &Sources,
    report: &mut Report,
) -> Option<Vec<Results>> {
    let mut results = record.tables("results", report, |record, report| {
        let file = record.string("file", report);
        let received = record.optional_date("received", report);
        let visibility = visibility(record, report);
        let groups = record.optional_word::<Visibility>("groups", report);
        let file = file?;
        let summary = read_summary(&file, tree, sources, report)?;
        Some(Results {
            received: received.map(|date| date.value),
            visibility,
            groups: groups.map_or(Visibility::Restricted, |level| level.value).max(visibility),
            summary,
            file,
        })
    });
    results.sort_by_key(|one| std::cmp::Reverse(one.summary.fiscal_year));
    Some(results)
}

fn read_summary(
    file: &Located<String>,
    tree: &Tree,
    sources: &Sources,
    report: &mut Report,
) -> Option<Summary> {
    let Some(&id) = tree.texts.get(&format!("data/results/{}", file.value)) else {
        if tree.holds(&format!("data/results/{}", file.value)) {
            return None;
        }
        let known = tree.texts.keys().filter_map(|path| path.strip_prefix("data/results/"));
        let message = format!("`data/results/{}` がありません", file.value);
        let mut finding = error("unknown-results", file.place, message);
        if let Some(hint) = did_you_mean(&nearest(&file.value, known)) {
            finding = finding.hint(hint);
        }
        report.push(finding.hint("`tally report` が書いた summary.json を、この名で置きます。"));
        return None;
    };
    match serde_json::from_str::<Summary>(&sources.file(id).text) {
        Ok(summary) if summary.v == 1 => Some(summary),
        Ok(summary) => {
            let message = format!("版 {} の結果は読めません（読めるのは版 1）", summary.v);
            report.push(error("results", id.place(0..0), message).with("名指し", file.place));
            None
        }
        Err(fault) => {
            let message = format!("結果のファイルとして読めません（{fault}）");
            report.push(
                error("results", id.place(0..0), message)
                    .with("名指し", file.place)
                    .hint("`tally report` が書いた committee/summary.json を、直さずに置きます。"),
            );
            None
        }
    }
}
