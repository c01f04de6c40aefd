//! What is asked: the frozen set of a campaign and role, or the residents' short check.

use selfcheck::digest::Sha256;
use selfcheck::id::QuestionId;
use selfcheck::set::{Acknowledgement, BadSet, FrozenSet, Question, QuestionSet};

/// The questions on screen, and what surrounds them.
#[derive(Debug, PartialEq, Eq)]
pub enum Sheet {
    /// One document a role, frozen for a campaign.
    Campaign(FrozenSet),
    /// The residents' check: questions only, nothing to sign.
    Residents {
        /// The questions.
        questions: QuestionSet,
        /// Over the bytes in the page; decides the order of choices.
        sha256: Sha256,
    },
}

impl Sheet {
    /// Reads the text of a `set-…` element of staff.
    pub fn campaign(text: &str) -> Result<Self, BadSet> {
        FrozenSet::parse(text.as_bytes()).map(Self::Campaign)
    }

    /// Reads the text of `set-residents`.
    pub fn residents(text: &str) -> Result<Self, BadSet> {
        let questions = QuestionSet::parse(text.as_bytes())?;
        Ok(Self::Residents { questions, sha256: Sha256::of(text.as_bytes()) })
    }

    /// The campaign's set; `None` for residents.
    pub fn frozen(&self) -> Option<&FrozenSet> {
        match self {
            Self::Campaign(frozen) => Some(frozen),
            Self::Residents { .. } => None,
        }
    }

    /// Questions with categories and bands.
    pub fn set(&self) -> &QuestionSet {
        match self {
            Self::Campaign(frozen) => &frozen.set.questions,
            Self::Residents { questions, .. } => questions,
        }
    }

    /// The questions, in order.
    pub fn questions(&self) -> &[Question] {
        self.set().questions()
    }

    /// The question with this id.
    pub fn question(&self, id: &QuestionId) -> Option<&Question> {
        self.questions().iter().find(|question| question.id == *id)
    }

    /// The hash that a result and a kept record are bound to.
    pub fn sha256(&self) -> Sha256 {
        match self {
            Self::Campaign(frozen) => frozen.sha256,
            Self::Residents { sha256, .. } => *sha256,
        }
    }

    /// Policies to acknowledge, in order.
    pub fn policies(&self) -> &[Acknowledgement] {
        self.frozen().map_or(&[], |frozen| &frozen.set.acknowledgements)
    }
}
