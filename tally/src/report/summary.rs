//! `summary.json`: the figures for machines, for the site's results figure, and for next year's
//! comparison. A format with a version: other years read it.

use std::path::Path;

use selfcheck::id::{CampaignId, CategoryId, OrgId, PageId, QuestionId};
use selfcheck::set::Bands;
use selfcheck::time::Date;
use serde::{Deserialize, Serialize};

use super::answers::Questions;
use super::figures::{Column, Figures, Group, Level, Sum};
use super::items::compare;
use super::load::Campaigned;
use crate::detail::of_json;
use crate::fault::Fault;
use crate::files;
use crate::rate::Rate;

/// The document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Summary {
    pub(crate) v: u8,
    pub(crate) org: OrgId,
    pub(crate) campaign: CampaignId,
    pub(crate) title: String,
    pub(crate) fiscal_year: u16,
    pub(crate) opens: Date,
    pub(crate) closes: Date,
    pub(crate) completion: Completion,
    /// People whose answers are scored.
    pub(crate) scored: u64,
    pub(crate) total: Option<Score>,
    pub(crate) knowledge: Option<Score>,
    pub(crate) practice: Option<Score>,
    pub(crate) categories: Vec<CategoryScore>,
    pub(crate) questions: Vec<QuestionScore>,
    /// Bureaus and sections as they may be shown; rates in tenths of a percent.
    pub(crate) groups: Vec<GroupScore>,
}

/// Counts of people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Completion {
    pub(crate) target: u64,
    pub(crate) file: u64,
    pub(crate) paper: u64,
}

/// Milli-points of the whole city, and for how many people something applied.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Score {
    pub(crate) points: u64,
    pub(crate) max: u64,
    pub(crate) people: u64,
}

/// How 得点率 is called (DOMAIN: 良好, 要確認, 要改善).
pub(crate) fn band(rate: Rate, bands: Bands) -> &'static str {
    match rate.whole {
        0 => "対象外",
        _ if rate.is_below(u64::from(bands.review)) => "要改善",
        _ if rate.is_below(u64::from(bands.good)) => "要確認",
        _ => "良好",
    }
}

/// A category in the whole city.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CategoryScore {
    pub(crate) id: CategoryId,
    pub(crate) title: String,
    pub(crate) score: Option<Score>,
}

/// A question in the whole city.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct QuestionScore {
    pub(crate) id: QuestionId,
    pub(crate) rev: u32,
    pub(crate) category: CategoryId,
    pub(crate) weight: u8,
    /// Whether it has a right answer; otherwise it asks what is done (実践).
    pub(crate) is_knowledge: bool,
    pub(crate) prompt: String,
    pub(crate) page: PageId,
    /// Whether everybody was asked; otherwise managers or contacts only.
    pub(crate) of_all: bool,
    pub(crate) score: Option<Score>,
    pub(crate) dont_know_permille: Option<u64>,
    pub(crate) not_applicable_permille: Option<u64>,
    pub(crate) discrimination_permille: Option<i64>,
}

/// A bureau or section group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct GroupScore {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) level: String,
    pub(crate) people: u64,
    pub(crate) total_permille: Option<u64>,
    pub(crate) knowledge_permille: Option<u64>,
    pub(crate) practice_permille: Option<u64>,
    /// In the order of the categories.
    pub(crate) categories_permille: Vec<Option<u64>>,
}

impl From<Sum> for Score {
    fn from(Sum { points, max, people }: Sum) -> Self {
        Self { points, max, people }
    }
}

impl Score {
    /// 得点率
    pub(crate) fn rate(self) -> Rate {
        Rate { part: self.points, whole: self.max }
    }
}

/// A summary of an earlier year is about 100 KB.
const MAX_SUMMARY_BYTES: u64 = 16 * 1024 * 1024;

impl Summary {
    /// The figures as they stand in the document.
    pub(crate) fn of(loaded: &Campaigned<'_>, figures: &Figures) -> Self {
        let Campaigned { campaign, questions, .. } = *loaded;
        let all = figures.all();
        let score = |column| all.sum(column, questions).map(Score::from);
        let done = figures.completion;
        Self {
            v: 1,
            org: loaded.roster.roster.org.clone(),
            campaign: campaign.id.clone(),
            title: campaign.title.clone(),
            fiscal_year: campaign.fiscal_year,
            opens: campaign.opens,
            closes: campaign.closes,
            completion: Completion { target: done.target, file: done.file, paper: done.paper },
            scored: figures.scored,
            total: score(Column::Total),
            knowledge: score(Column::Knowledge),
            practice: score(Column::Practice),
            categories: questions
                .categories
                .iter()
                .enumerate()
                .map(|(index, category)| CategoryScore {
                    id: category.id.clone(),
                    title: category.title.clone(),
                    score: score(Column::Category(index)),
                })
                .collect(),
            questions: question_scores(questions, figures),
            groups: figures.groups[1..].iter().map(|group| group_score(group, questions)).collect(),
        }
    }

    /// Reads the summary in the folder of an earlier report.
    ///
    /// # Errors
    /// [`Fault::Read`] and its like, [`Fault::Previous`].
    pub(crate) fn read(folder: &Path) -> Result<Self, Fault> {
        let path = folder.join("summary.json");
        let bytes = files::read_own(&path, MAX_SUMMARY_BYTES)?;
        let summary: Self = serde_json::from_slice(&bytes)
            .map_err(|error| Fault::Previous { path: path.clone(), problem: of_json(&error) })?;
        if summary.v == 1 {
            Ok(summary)
        } else {
            Err(Fault::Previous { path, problem: format!("版 {} は読めません", summary.v) })
        }
    }

    /// The categories that everybody is asked about.
    pub(crate) fn categories_of_all(&self) -> impl Iterator<Item = &CategoryScore> {
        let of_all = |category: &CategoryScore| {
            self.questions
                .iter()
                .any(|question| question.of_all && question.category == category.id)
        };
        self.categories.iter().filter(move |category| of_all(category))
    }

    /// Questions everybody was asked, weakest first; hidden ones are left out.
    pub(crate) fn weakest(&self) -> Vec<&QuestionScore> {
        self.weakest_where(|question| question.of_all)
    }

    /// 重点項目 (weight 3) below 90 %, weakest first, those of managers and contacts too.
    pub(crate) fn priority(&self) -> Vec<&QuestionScore> {
        self.weakest_where(|question| {
            question.weight == 3 && question.score.is_some_and(|score| score.rate().is_below(90))
        })
    }

    fn weakest_where(&self, wanted: impl Fn(&QuestionScore) -> bool) -> Vec<&QuestionScore> {
        let shown = |question: &&QuestionScore| question.score.is_some() && wanted(question);
        let mut weakest: Vec<&QuestionScore> = self.questions.iter().filter(shown).collect();
        let sum = |question: &QuestionScore| {
            let Score { points, max, people } = question.score.unwrap_or_default();
            Sum { points, max, people }
        };
        // Stable: ties keep the order of the set.
        weakest.sort_by(|a, b| compare(sum(a), sum(b)));
        weakest
    }

    /// 実施率
    pub(crate) fn completion_rate(&self) -> Rate {
        let Completion { target, file, paper } = self.completion;
        Rate { part: file + paper, whole: target }
    }

    /// This year's and an earlier year's rate over the questions of all that both asked with the
    /// same id and revision, and how many those are. `category` narrows them to one category.
    pub(crate) fn compare(&self, earlier: &Self, category: Option<&CategoryId>) -> Comparison {
        self.compare_where(earlier, |question| {
            category.is_none_or(|category| *category == question.category)
        })
    }

    /// The same over knowledge items only, over practice items only, or over all.
    pub(crate) fn compare_kind(&self, earlier: &Self, is_knowledge: Option<bool>) -> Comparison {
        self.compare_where(earlier, |question| {
            is_knowledge.is_none_or(|wanted| wanted == question.is_knowledge)
        })
    }

    fn compare_where(&self, earlier: &Self, wanted: impl Fn(&QuestionScore) -> bool) -> Comparison {
        let mut comparison = Comparison::default();
        for question in self.questions.iter().filter(|question| question.of_all) {
            let same = earlier.questions.iter().find(|other| {
                (&other.id, other.rev, other.of_all) == (&question.id, question.rev, true)
            });
            let then = same.filter(|_| wanted(question)).and_then(|same| same.score);
            if let (Some(now), Some(then)) = (question.score, then) {
                comparison.questions += 1;
                comparison.now.part += now.points;
                comparison.now.whole += now.max;
                comparison.then.part += then.points;
                comparison.then.whole += then.max;
            }
        }
        comparison
    }
}

/// Two years over the same questions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Comparison {
    /// 0: nothing can be compared.
    pub(crate) questions: usize,
    pub(crate) now: Rate,
    pub(crate) then: Rate,
}

fn question_scores(questions: &Questions, figures: &Figures) -> Vec<QuestionScore> {
    questions
        .all
        .iter()
        .zip(&figures.questions)
        .map(|(asked, figures)| QuestionScore {
            id: asked.question.id.clone(),
            rev: asked.question.rev,
            category: asked.question.category.clone(),
            weight: asked.question.weight,
            is_knowledge: asked.question.is_knowledge(),
            prompt: asked.question.prompt.clone(),
            page: asked.question.page.clone(),
            of_all: asked.of_all,
            score: figures.sum.map(Score::from),
            dont_know_permille: figures.dont_know.and_then(Rate::permille),
            not_applicable_permille: figures.not_applicable.and_then(Rate::permille),
            discrimination_permille: figures.discrimination,
        })
        .collect()
}

fn group_score(group: &Group, questions: &Questions) -> GroupScore {
    let permille = |column| group.sum(column, questions).and_then(|sum: Sum| sum.rate().permille());
    GroupScore {
        id: group.id.clone(),
        title: group.title.clone(),
        level: if group.level == Level::Section { "section" } else { "bureau" }.to_owned(),
        people: group.people,
        total_permille: permille(Column::Total),
        knowledge_permille: permille(Column::Knowledge),
        practice_permille: permille(Column::Practice),
        categories_permille: (0..questions.categories.len())
            .map(|index| permille(Column::Category(index)))
            .collect(),
    }
}
