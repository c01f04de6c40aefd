//! What is asked: the frozen set of a campaign and role, or the residents' short check.

use selfcheck::digest::Sha256;
use selfcheck::set::{Acknowledgement, FrozenSet, Question, QuestionSet};

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
