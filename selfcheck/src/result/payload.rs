//! What is signed: exactly these members in this order.

use serde::{Deserialize, Deserializer, Serialize, de};

use super::canonical;
use crate::b64::B64;
use crate::digest::Sha256;
use crate::grade::{CannotGrade, Response, Score, grade};
use crate::id::{CampaignId, CategoryId, OrgId, PageId, PersonId, QuestionId, Version};
use crate::set::{FrozenSet, Role};
use crate::time::Timestamp;

/// The payload of a result document.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Payload {
    /// The version of the format; there is one.
    pub v: V1,
    /// Random id of this result.
    pub jti: B64<16>,
    /// The organisation.
    pub org: OrgId,
    /// The person number.
    pub sub: PersonId,
    /// The role the person chose on the page.
    pub role: Role,
    /// The campaign, with its nonce.
    pub campaign: CampaignRef,
    /// The frozen set that was asked.
    pub set: SetRef,
    /// What the page ran.
    pub app: App,
    /// Claim of this PC's clock.
    pub started: Timestamp,
    /// Claim of this PC's clock.
    pub finished: Timestamp,
    /// Every question of the set once, in set order.
    pub answers: Vec<Answer>,
    /// Every policy once, in set order.
    pub ack: Vec<Ack>,
    /// What the page showed; compared, never used.
    pub claimed: Claimed,
}

/// Version 1, written as the number 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct V1;

/// As it is written.
pub(super) const VERSION: &str = "1";

/// Which campaign a result belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CampaignRef {
    /// The campaign.
    pub id: CampaignId,
    /// Its nonce.
    pub nonce: B64<16>,
}

/// Which frozen set was asked.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetRef {
    /// SHA-256 of the frozen bytes.
    pub sha256: Sha256,
}

/// Versions, as claimed by the page.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct App {
    /// Version of the widget.
    pub version: Version,
    /// Version of the built site.
    pub site: Version,
}

/// One answered question.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// The question.
    pub q: QuestionId,
    /// The picked choices, ascending.
    pub a: Response,
}

/// One policy, and what the person said to it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ack {
    /// The policy's page.
    pub page: PageId,
    /// SHA-256 of the text that was published.
    pub sha256: Sha256,
    /// The decision.
    pub decision: Decision,
}

/// What a person can say to a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Decision {
    /// 同意する
    Accept,
    /// 同意しない
    Decline,
    /// 質問がある
    Question,
}

impl Decision {
    /// All three, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::Accept, Self::Decline, Self::Question];

    /// The written form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Decline => "decline",
            Self::Question => "question",
        }
    }
}

/// The score the page showed, in milli-points.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claimed {
    /// Earned.
    pub points: u32,
    /// Reachable.
    pub max: u32,
    /// By category, in set order.
    pub categories: Vec<CategoryClaim>,
}

/// The claimed score of one category, in milli-points.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CategoryClaim {
    /// The category.
    pub id: CategoryId,
    /// Earned.
    pub points: u32,
    /// Reachable.
    pub max: u32,
}

/// What the page knows when a person signs; [`Payload::compose`] adds what follows from it.
#[derive(Debug, Clone)]
pub struct Inputs {
    /// 16 fresh random bytes.
    pub jti: [u8; 16],
    /// The person.
    pub sub: PersonId,
    /// Versions.
    pub app: App,
    /// When the first question was shown.
    pub started: Timestamp,
    /// When the person signs.
    pub finished: Timestamp,
    /// Responses in set order.
    pub responses: Vec<Option<Response>>,
    /// Decisions in the order of the set's acknowledgements.
    pub decisions: Vec<Decision>,
}

impl Payload {
    /// Puts a payload together and grades it for the claim.
    ///
    /// # Errors
    /// [`CannotGrade`] when a response is missing or does not fit the set.
    ///
    /// # Panics
    /// When there are not as many decisions as acknowledgements: the caller asks for each.
    pub fn compose(frozen: &FrozenSet, inputs: Inputs) -> Result<Self, CannotGrade> {
        let set = &frozen.set;
        let given: Vec<_> = inputs.responses.iter().map(Option::as_ref).collect();
        let score = grade(&set.questions, &given)?;
        assert_eq!(inputs.decisions.len(), set.acknowledgements.len(), "one decision a policy");
        let answers = set
            .questions
            .questions()
            .iter()
            .zip(inputs.responses)
            .filter_map(|(question, a)| Some(Answer { q: question.id.clone(), a: a? }))
            .collect();
        let ack = set
            .acknowledgements
            .iter()
            .zip(inputs.decisions)
            .map(|(policy, decision)| Ack {
                page: policy.page.clone(),
                sha256: policy.sha256,
                decision,
            })
            .collect();
        Ok(Self {
            v: V1,
            jti: B64(inputs.jti),
            org: set.org.clone(),
            sub: inputs.sub,
            role: set.role,
            campaign: CampaignRef { id: set.campaign.id.clone(), nonce: set.campaign.nonce },
            set: SetRef { sha256: frozen.sha256 },
            app: inputs.app,
            started: inputs.started,
            finished: inputs.finished,
            answers,
            ack,
            claimed: Claimed::of(&score),
        })
    }

    /// The canonical bytes: one line of JSON without white space.
    pub fn to_bytes(&self) -> Vec<u8> {
        canonical::write(self).into_bytes()
    }

    /// The name of the file: `<campaign>-<first 8 of jti>.selfcheck.json`.
    pub fn file_name(&self) -> String {
        [self.campaign.id.as_str(), "-", &self.jti.text()[..8], ".selfcheck.json"].concat()
    }
}

impl Claimed {
    /// The claim that honest grading makes.
    pub fn of(score: &Score) -> Self {
        Self {
            points: score.total.points,
            max: score.total.max,
            categories: score
                .categories
                .iter()
                .map(|(id, sum)| CategoryClaim { id: id.clone(), points: sum.points, max: sum.max })
                .collect(),
        }
    }
}

impl<'de> Deserialize<'de> for V1 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match u8::deserialize(deserializer)? {
            1 => Ok(Self),
            _ => Err(de::Error::custom("only version 1 is known")),
        }
    }
}
