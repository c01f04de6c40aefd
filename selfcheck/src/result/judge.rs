//! Holding a verified payload against the set it claims to answer, and grading it again.

use std::fmt;

use super::{Claimed, Payload};
use crate::grade::{CannotGrade, Response, Score, grade};
use crate::id::{PageId, QuestionId};
use crate::set::FrozenSet;

/// What a result is worth, reckoned from its answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// The score that counts.
    pub score: Score,
    /// Whether the page claimed another one: a finding, not a rejection.
    pub claim_differs: bool,
    /// Whether the claimed end lies after the campaign's last day: a flag, not a rejection.
    pub finished_late: bool,
    /// Whether the claimed end lies before the claimed start: the PC's clock was set in between, which
    /// is a flag, not a rejection.
    pub ends_before_start: bool,
}

/// Why a properly signed payload does not answer this set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mismatch {
    /// Another organisation.
    Org,
    /// Another campaign or another nonce.
    Campaign,
    /// Another set; the caller looks sets up by hash, so this is a mix-up.
    Set,
    /// The set is for another role than the payload says.
    Role,
    /// The answers are not every question of the set once, in order; holds the first that differs.
    Questions(Option<QuestionId>),
    /// An answer that the question does not offer.
    Answer(CannotGrade),
    /// The policies are not those of the set, in order; holds the first that differs.
    Policies(Option<PageId>),
}

impl Mismatch {
    /// A stable code for machines, lists and tests.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Org => "org",
            Self::Campaign => "campaign",
            Self::Set => "set",
            Self::Role => "role-of-set",
            Self::Questions(_) => "questions",
            Self::Answer(error) => error.code(),
            Self::Policies(_) => "policies",
        }
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Org => f.write_str("made for another organisation"),
            Self::Campaign => f.write_str("made for another campaign"),
            Self::Set => f.write_str("made from another question set"),
            Self::Role => f.write_str("the role is not that of its question set"),
            Self::Questions(Some(id)) => write!(f, "the answers differ from the set at `{id}`"),
            Self::Questions(None) => f.write_str("answers are missing"),
            Self::Answer(error) => error.fmt(f),
            Self::Policies(Some(page)) => {
                write!(f, "the policies differ from the set at `{page}`")
            }
            Self::Policies(None) => f.write_str("policies are missing"),
        }
    }
}

impl std::error::Error for Mismatch {}

/// Judges `payload` by `frozen`.
///
/// # Errors
/// [`Mismatch`], the first rule broken.
pub fn judge(payload: &Payload, frozen: &FrozenSet) -> Result<Judgement, Mismatch> {
    let set = &frozen.set;
    if payload.org != set.org {
        return Err(Mismatch::Org);
    }
    if payload.campaign.id != set.campaign.id || payload.campaign.nonce != set.campaign.nonce {
        return Err(Mismatch::Campaign);
    }
    if payload.set.sha256 != frozen.sha256 {
        return Err(Mismatch::Set);
    }
    if payload.role != set.role {
        return Err(Mismatch::Role);
    }
    check_policies(payload, frozen)?;
    let score = grade(&set.questions, &responses(payload, frozen)?).map_err(Mismatch::Answer)?;
    Ok(Judgement {
        claim_differs: payload.claimed != Claimed::of(&score),
        finished_late: set.campaign.finished_late(&payload.finished),
        ends_before_start: payload.finished.unix_seconds() < payload.started.unix_seconds(),
        score,
    })
}

fn responses<'a>(
    payload: &'a Payload,
    frozen: &FrozenSet,
) -> Result<Vec<Option<&'a Response>>, Mismatch> {
    let questions = frozen.set.questions.questions();
    let differing = payload.answers.iter().enumerate().find(|(index, answer)| {
        questions.get(*index).map(|question| &question.id) != Some(&answer.q)
    });
    if let Some((_, answer)) = differing {
        return Err(Mismatch::Questions(Some(answer.q.clone())));
    }
    if payload.answers.len() != questions.len() {
        return Err(Mismatch::Questions(None));
    }
    Ok(payload.answers.iter().map(|answer| Some(&answer.a)).collect())
}

fn check_policies(payload: &Payload, frozen: &FrozenSet) -> Result<(), Mismatch> {
    let policies = &frozen.set.acknowledgements;
    let differing = payload.ack.iter().enumerate().find(|(index, ack)| {
        policies.get(*index).map(|policy| (&policy.page, policy.sha256))
            != Some((&ack.page, ack.sha256))
    });
    match differing {
        Some((_, ack)) => Err(Mismatch::Policies(Some(ack.page.clone()))),
        None if payload.ack.len() != policies.len() => Err(Mismatch::Policies(None)),
        None => Ok(()),
    }
}
