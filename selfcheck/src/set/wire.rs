//! The written form of a question set: member names and order as in `selfcheck/FORMAT.md` §3.

use serde::{Deserialize, Serialize};

use super::{Acknowledgement, BadSet, Bands, Campaign, Category, Choice, Kind, Role};
use crate::id::{CategoryId, OrgId, PageId, QuestionId};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CampaignSet {
    org: OrgId,
    campaign: Campaign,
    role: Role,
    bands: Bands,
    acknowledgements: Vec<Acknowledgement>,
    categories: Vec<Category>,
    questions: Vec<Question>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct QuestionSet {
    bands: Bands,
    categories: Vec<Category>,
    questions: Vec<Question>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    id: QuestionId,
    rev: u32,
    kind: KindName,
    category: CategoryId,
    weight: u8,
    prompt: String,
    choices: Vec<Choice>,
    allow_na: bool,
    explanation: String,
    page: PageId,
    action: String,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum KindName {
    Single,
    Multiple,
    Practice,
    Scenario,
}

impl TryFrom<CampaignSet> for super::CampaignSet {
    type Error = BadSet;

    fn try_from(wire: CampaignSet) -> Result<Self, BadSet> {
        for (index, policy) in wire.acknowledgements.iter().enumerate() {
            if wire.acknowledgements[..index].iter().any(|earlier| earlier.page == policy.page) {
                return Err(BadSet::Duplicate(policy.page.to_string()));
            }
        }
        Ok(Self {
            org: wire.org,
            campaign: wire.campaign,
            role: wire.role,
            acknowledgements: wire.acknowledgements,
            questions: question_set(wire.bands, wire.categories, wire.questions)?,
        })
    }
}

impl From<super::CampaignSet> for CampaignSet {
    fn from(set: super::CampaignSet) -> Self {
        let QuestionSet { bands, categories, questions } = set.questions.into();
        Self {
            org: set.org,
            campaign: set.campaign,
            role: set.role,
            bands,
            acknowledgements: set.acknowledgements,
            categories,
            questions,
        }
    }
}

impl TryFrom<QuestionSet> for super::QuestionSet {
    type Error = BadSet;

    fn try_from(wire: QuestionSet) -> Result<Self, BadSet> {
        question_set(wire.bands, wire.categories, wire.questions)
    }
}

impl From<super::QuestionSet> for QuestionSet {
    fn from(set: super::QuestionSet) -> Self {
        Self {
            bands: set.bands,
            categories: set.categories,
            questions: set.questions.into_iter().map(Question::from).collect(),
        }
    }
}

fn question_set(
    bands: Bands,
    categories: Vec<Category>,
    questions: Vec<Question>,
) -> Result<super::QuestionSet, BadSet> {
    let questions =
        questions.into_iter().map(super::Question::try_from).collect::<Result<_, _>>()?;
    super::QuestionSet::new(bands, categories, questions)
}

impl TryFrom<Question> for super::Question {
    type Error = BadSet;

    fn try_from(wire: Question) -> Result<Self, BadSet> {
        if wire.allow_na && !matches!(wire.kind, KindName::Practice) {
            return Err(BadSet::NotApplicable(wire.id));
        }
        let kind = match wire.kind {
            KindName::Single => Kind::Single(wire.choices),
            KindName::Scenario => Kind::Scenario(wire.choices),
            KindName::Multiple => Kind::Multiple(wire.choices),
            KindName::Practice if wire.choices.is_empty() => {
                Kind::Practice { allow_na: wire.allow_na }
            }
            KindName::Practice => return Err(BadSet::Choices(wire.id)),
        };
        Ok(Self {
            id: wire.id,
            rev: wire.rev,
            kind,
            category: wire.category,
            weight: wire.weight,
            prompt: wire.prompt,
            explanation: wire.explanation,
            page: wire.page,
            action: wire.action,
        })
    }
}

impl From<super::Question> for Question {
    fn from(question: super::Question) -> Self {
        let (kind, choices, allow_na) = match question.kind {
            Kind::Single(choices) => (KindName::Single, choices, false),
            Kind::Scenario(choices) => (KindName::Scenario, choices, false),
            Kind::Multiple(choices) => (KindName::Multiple, choices, false),
            Kind::Practice { allow_na } => (KindName::Practice, Vec::new(), allow_na),
        };
        Self {
            id: question.id,
            rev: question.rev,
            kind,
            category: question.category,
            weight: question.weight,
            prompt: question.prompt,
            choices,
            allow_na,
            explanation: question.explanation,
            page: question.page,
            action: question.action,
        }
    }
}
