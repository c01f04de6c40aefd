//! Question sets as the page and `tally` use them, frozen for one campaign and role.
//!
//! [`FrozenSet`] is the exact bytes plus what they mean; its hash binds a result to them.
//! The written form is in `wire`; everything here has been checked on the way in, so grading need
//! not doubt it. Source: `selfcheck/FORMAT.md` §3.

mod wire;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::b64::B64;
use crate::digest::Sha256;
use crate::id::{CampaignId, CategoryId, ChoiceId, OrgId, PageId, QuestionId, Reserved};
use crate::time::{Date, Timestamp};

/// The frozen bytes of a set, what they mean, and their hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrozenSet {
    /// What the bytes mean.
    pub set: CampaignSet,
    /// SHA-256 of exactly the frozen bytes.
    pub sha256: Sha256,
}

/// One document a role: everything a person is asked in a campaign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "wire::CampaignSet", into = "wire::CampaignSet")]
pub struct CampaignSet {
    /// Whose campaign it is.
    pub org: OrgId,
    /// The yearly round.
    pub campaign: Campaign,
    /// Whom the set is for.
    pub role: Role,
    /// Policies to acknowledge, in order.
    pub acknowledgements: Vec<Acknowledgement>,
    /// The questions with all that grading needs.
    pub questions: QuestionSet,
}

/// What grading needs: bands, categories and questions. Residents' checks are just this.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "wire::QuestionSet", into = "wire::QuestionSet")]
pub struct QuestionSet {
    bands: Bands,
    categories: Vec<Category>,
    questions: Vec<Question>,
}

/// One yearly round (実施回).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Campaign {
    /// For example `r8`.
    pub id: CampaignId,
    /// Random at each campaign: shows that a result was not made before the round was published.
    pub nonce: B64<16>,
    /// As people read it.
    pub title: String,
    /// The year in which the fiscal year starts in April.
    pub fiscal_year: u16,
    /// First day, in Japan.
    pub opens: Date,
    /// Last day, in Japan; the whole day counts.
    pub closes: Date,
    /// How many days after `closes` a file may still be first seen without being late.
    pub grace_days: u16,
}

impl Campaign {
    /// Whether the claimed end lies after the last day.
    pub fn finished_late(&self, finished: &Timestamp) -> bool {
        finished.unix_seconds() >= self.closes.end_unix_seconds()
    }
}

/// Whom a set is for: everyone's questions, plus those of managers (管), contacts (担) or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// All staff.
    General,
    /// 情報セキュリティ管理者
    Manager,
    /// 情報セキュリティ担当者
    Contact,
    /// Both at once.
    ManagerContact,
}

impl Role {
    /// All roles, in the order they are offered.
    pub const ALL: [Self; 4] = [Self::General, Self::Manager, Self::Contact, Self::ManagerContact];

    /// The written form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::General => "general",
            Self::Manager => "manager",
            Self::Contact => "contact",
            Self::ManagerContact => "manager-contact",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Lower bounds of the bands in percent; below `review` is 要改善.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bands {
    /// 良好 from here.
    pub good: u8,
    /// 要確認 from here.
    pub review: u8,
}

/// A policy a person is asked to accept, bound to the text as published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Acknowledgement {
    /// The page.
    pub page: PageId,
    /// Its title at the time of freezing.
    pub title: String,
    /// SHA-256 of the page's Markdown after the front matter.
    pub sha256: Sha256,
    /// The words that are accepted.
    pub statement: String,
}

/// A category of questions (分野).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// For example `pw`.
    pub id: CategoryId,
    /// As people read it.
    pub title: String,
}

/// One question (設問).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Never changes its subject.
    pub id: QuestionId,
    /// Rises with any change of prompt, choices or key, from 1.
    pub rev: u32,
    /// What is asked of the reader, and the answer key.
    pub kind: Kind,
    /// Its category.
    pub category: CategoryId,
    /// 1 to 3; 3 means that a lapse alone can cause a leak or a late report.
    pub weight: u8,
    /// The question.
    pub prompt: String,
    /// Shown right after the answer.
    pub explanation: String,
    /// The page with the rule.
    pub page: PageId,
    /// What to do when the answer was short of full.
    pub action: String,
}

/// The kinds of question, each with its own answer key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// 単: one right choice.
    Single(Vec<Choice>),
    /// 場: a situation with one right choice.
    Scenario(Vec<Choice>),
    /// 複: one or more right choices, with part marks.
    Multiple(Vec<Choice>),
    /// 実: はい, いいえ, わからない and, where it can be true, 該当なし.
    Practice {
        /// Whether 該当なし is offered.
        allow_na: bool,
    },
}

/// One choice of a knowledge item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// `a`, `b`, … in source order.
    pub id: ChoiceId,
    /// As people read it.
    pub text: String,
    /// Whether it belongs to the answer key.
    pub correct: bool,
}

impl Question {
    /// The ids that may be answered, in source order; of a practice item the reserved ones.
    pub fn choice_ids(&self) -> Vec<ChoiceId> {
        match &self.kind {
            Kind::Single(choices) | Kind::Scenario(choices) | Kind::Multiple(choices) => {
                choices.iter().map(|choice| choice.id.clone()).collect()
            }
            Kind::Practice { allow_na } => Reserved::ALL
                .into_iter()
                .filter(|&reserved| *allow_na || reserved != Reserved::NotApplicable)
                .map(ChoiceId::reserved)
                .collect(),
        }
    }

    /// Knowledge items lock when answered; practice items may be changed until signing.
    pub fn is_knowledge(&self) -> bool {
        !matches!(self.kind, Kind::Practice { .. })
    }
}

/// Why bytes or parts are no question set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BadSet {
    /// Not the JSON of a set; holds the parser's words.
    Json(String),
    /// An id that stands twice.
    Duplicate(String),
    /// A question whose category is not among the categories.
    UnknownCategory(QuestionId),
    /// A weight other than 1, 2 or 3, or a revision of 0.
    OutOfRange(QuestionId),
    /// Choices that are too few, out of order, or have the wrong number of right ones.
    Choices(QuestionId),
    /// 該当なし on a question that is no practice item.
    NotApplicable(QuestionId),
    /// No question, no category, or a band out of order.
    Empty(&'static str),
}

impl fmt::Display for BadSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Json(error) => write!(f, "not a question set: {error}"),
            Self::Duplicate(id) => write!(f, "`{id}` stands twice"),
            Self::UnknownCategory(id) => write!(f, "question `{id}` has an unknown category"),
            Self::OutOfRange(id) => write!(f, "question `{id}`: weight is 1 to 3, rev from 1"),
            Self::Choices(id) => write!(
                f,
                "question `{id}`: choices need the ids a, b, … in order, two or more of them, \
                 and one right one (`multiple`: one or more)"
            ),
            Self::NotApplicable(id) => {
                write!(f, "question `{id}`: only practice items can allow `na`")
            }
            Self::Empty(what) => write!(f, "a question set needs {what}"),
        }
    }
}

impl std::error::Error for BadSet {}

impl QuestionSet {
    /// Puts a set together, checking every rule that grading relies on.
    ///
    /// # Errors
    /// The first [`BadSet`] found.
    pub fn new(
        bands: Bands,
        categories: Vec<Category>,
        questions: Vec<Question>,
    ) -> Result<Self, BadSet> {
        if bands.good > 100 || bands.review > bands.good {
            return Err(BadSet::Empty("bands with 0 ≤ review ≤ good ≤ 100"));
        }
        if questions.is_empty() {
            return Err(BadSet::Empty("a question"));
        }
        // Scans, not ordered sets: a set has some forty questions, and the page carries the code.
        for (index, category) in categories.iter().enumerate() {
            if categories[..index].iter().any(|earlier| earlier.id == category.id) {
                return Err(BadSet::Duplicate(category.id.as_str().to_owned()));
            }
        }
        for (index, question) in questions.iter().enumerate() {
            if questions[..index].iter().any(|earlier| earlier.id == question.id) {
                return Err(BadSet::Duplicate(question.id.as_str().to_owned()));
            }
            if categories.iter().all(|category| category.id != question.category) {
                return Err(BadSet::UnknownCategory(question.id.clone()));
            }
            question.check()?;
        }
        Ok(Self { bands, categories, questions })
    }

    /// Lower bounds of the bands.
    pub fn bands(&self) -> Bands {
        self.bands
    }

    /// The categories, in order.
    pub fn categories(&self) -> &[Category] {
        &self.categories
    }

    /// The questions, in order.
    pub fn questions(&self) -> &[Question] {
        &self.questions
    }

    /// Reads the JSON of a set without campaign (the residents' check).
    ///
    /// # Errors
    /// [`BadSet`] when it breaks a rule.
    pub fn parse(json: &[u8]) -> Result<Self, BadSet> {
        serde_json::from_slice(json).map_err(|error| BadSet::Json(error.to_string()))
    }

    /// The written form: one line of JSON that is safe inside a `<script>` element.
    pub fn to_json(&self) -> String {
        script_safe_json(self)
    }
}

impl Question {
    fn check(&self) -> Result<(), BadSet> {
        if !(1..=3).contains(&self.weight) || self.rev == 0 {
            return Err(BadSet::OutOfRange(self.id.clone()));
        }
        let (choices, one_right) = match &self.kind {
            Kind::Single(choices) | Kind::Scenario(choices) => (choices, true),
            Kind::Multiple(choices) => (choices, false),
            Kind::Practice { .. } => return Ok(()),
        };
        let in_order = choices
            .iter()
            .enumerate()
            .all(|(index, choice)| ChoiceId::nth(index).as_ref() == Some(&choice.id));
        let right = choices.iter().filter(|choice| choice.correct).count();
        let fits = if one_right { right == 1 } else { right >= 1 };
        if choices.len() >= 2 && in_order && fits {
            Ok(())
        } else {
            Err(BadSet::Choices(self.id.clone()))
        }
    }
}

impl CampaignSet {
    /// The written form: one line of JSON that is safe inside a `<script>` element.
    pub fn to_json(&self) -> String {
        script_safe_json(self)
    }
}

impl FrozenSet {
    /// Reads frozen bytes; the hash is over exactly these.
    ///
    /// # Errors
    /// [`BadSet`] when they are no set or break one of its rules.
    pub fn parse(bytes: &[u8]) -> Result<Self, BadSet> {
        let set = serde_json::from_slice(bytes).map_err(|error| BadSet::Json(error.to_string()))?;
        Ok(Self { set, sha256: Sha256::of(bytes) })
    }
}

/// `<` could end the `<script>` element the text stands in; `\u003c` is the same JSON string.
fn script_safe_json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("sets are plain data").replace('<', "\\u003c")
}
