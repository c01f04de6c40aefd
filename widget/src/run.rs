//! A check under way: who, which questions, what was picked.

use std::rc::Rc;

use selfcheck::code::EnrolmentCode;
use selfcheck::grade::Response;
use selfcheck::id::{ChoiceId, PersonId};
use selfcheck::order;
use selfcheck::result::Decision;
use selfcheck::set::{Kind, Question};
use selfcheck::time::Timestamp;

use crate::sheet::Sheet;

/// Who answers.
#[derive(Clone)]
pub enum Who {
    /// Somebody with a number and its code: answers are kept, a file is signed.
    Holder(Rc<Holder>),
    /// Without a number: everything stays in memory, no file.
    Trial,
    /// The public check: like a trial, without any talk of numbers and files.
    Resident,
}

/// A person and the code that fits their number. Lives in memory only.
#[derive(PartialEq, Eq)]
pub struct Holder {
    /// The person number.
    pub person: PersonId,
    /// The secret; keys are derived from it when needed.
    pub code: EnrolmentCode,
}

/// A check under way.
#[derive(Clone)]
pub struct Run {
    /// Who answers.
    pub who: Who,
    /// What is asked.
    pub sheet: Rc<Sheet>,
    /// When the first question was shown.
    pub started: Timestamp,
    /// Which screen.
    pub place: Place,
    /// Whether the review was seen; from then on everything leads back to it.
    pub reviewed: bool,
    /// One a question, in set order.
    pub answers: Vec<Answer>,
    /// One a policy, in set order; nothing is decided beforehand.
    pub decisions: Vec<Option<Decision>>,
    /// Whether a step was refused because something was still missing.
    pub incomplete: bool,
    /// Whether the question on screen was answered just now, so that its feedback is announced.
    pub just_answered: bool,
    /// The answers in the browser.
    pub keeping: Keeping,
}

/// What is picked for a question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// Also before 「回答する」, so that a reload brings back even a hesitation.
    pub picked: Vec<ChoiceId>,
    /// Whether 「回答する」 was pressed.
    pub given: bool,
}

/// A screen of a check under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A question, by index.
    Question(usize),
    /// Acknowledgement of the policies.
    Policies,
    /// The list before signing.
    Review,
}

/// How the kept record fares.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Keeping {
    /// Revision of the record as this tab knows it; 0 before the first save.
    pub revision: u32,
    /// Why the last save did not happen.
    pub trouble: Option<Trouble>,
}

/// Why answers are not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The browser refuses or has no room.
    Refused,
    /// Another tab has saved since; ours must not overwrite it.
    Elsewhere,
    /// Another tab has removed the record.
    Removed,
}

impl Run {
    /// A check with no answers.
    pub fn new(who: Who, sheet: Rc<Sheet>, started: Timestamp) -> Self {
        Self {
            who,
            started,
            place: Place::Question(0),
            reviewed: false,
            answers: vec![Answer::default(); sheet.questions().len()],
            decisions: vec![None; sheet.policies().len()],
            incomplete: false,
            just_answered: false,
            keeping: Keeping::default(),
            sheet,
        }
    }

    /// The person whose answers are kept.
    pub fn holder(&self) -> Option<&Rc<Holder>> {
        match &self.who {
            Who::Holder(holder) => Some(holder),
            Who::Trial | Who::Resident => None,
        }
    }

    /// The choices in the order this person sees them; without a number, as person ``.
    pub fn choices(&self, question: &Question) -> Vec<ChoiceId> {
        let person = self.holder().map_or("", |holder| holder.person.as_str());
        order::on_screen(question, &self.sheet.sha256(), person)
    }

    /// Picks a choice, or takes it back where several may be picked. Settled answers stay.
    pub fn pick(&mut self, index: usize, choice: ChoiceId) {
        let (question, answer) = (&self.sheet.questions()[index], &mut self.answers[index]);
        if question.is_knowledge() && answer.given {
            return;
        }
        let before = answer.picked.len();
        if matches!(question.kind, Kind::Multiple(_)) {
            answer.picked.retain(|picked| *picked != choice);
        } else {
            answer.picked.clear();
        }
        if answer.picked.len() == before || !matches!(question.kind, Kind::Multiple(_)) {
            answer.picked.push(choice);
        }
        self.incomplete = false;
    }

    /// Takes what is picked as the answer; without a pick only says so.
    pub fn answer(&mut self, index: usize) {
        let answer = &mut self.answers[index];
        self.incomplete = answer.picked.is_empty();
        if !self.incomplete && !answer.given {
            answer.given = true;
            self.just_answered = true;
        }
    }

    /// The answers given, in the form that is graded: one a question, in set order.
    pub fn responses(&self) -> Vec<Option<Response>> {
        let mut responses = Vec::new();
        for answer in &self.answers {
            responses.push(Response::new(answer.picked.clone()).filter(|_| answer.given));
        }
        responses
    }

    /// How many questions are answered.
    pub fn answered(&self) -> usize {
        self.answers.iter().filter(|answer| answer.given).count()
    }

    /// Whether every policy is decided.
    pub fn decided(&self) -> bool {
        self.decisions.iter().all(Option::is_some)
    }

    /// How many questions and policies are still open.
    pub fn open_items(&self) -> usize {
        let undecided = self.decisions.iter().filter(|decision| decision.is_none()).count();
        self.answers.len() - self.answered() + undecided
    }

    /// Where to go on: the first open question, the policies, or the review.
    pub fn next_open(&self) -> Place {
        match self.answers.iter().position(|answer| !answer.given) {
            Some(index) => Place::Question(index),
            None if !self.decided() => Place::Policies,
            None => Place::Review,
        }
    }

    /// The screen after the present one. What is opened from the review leads back to it, and so
    /// does what was open last when the check is taken up: not past all that is answered already.
    pub fn after(&self) -> Place {
        match self.place {
            _ if self.reviewed || self.open_items() == 0 => Place::Review,
            Place::Question(index) if index + 1 < self.answers.len() => Place::Question(index + 1),
            Place::Question(_) if !self.decisions.is_empty() => Place::Policies,
            Place::Question(_) | Place::Policies | Place::Review => Place::Review,
        }
    }

    /// The screen before the present one; `None` on the first question.
    pub fn before(&self) -> Option<Place> {
        let last = self.answers.len().checked_sub(1).map(Place::Question);
        match self.place {
            Place::Question(index) => index.checked_sub(1).map(Place::Question),
            Place::Review if !self.decisions.is_empty() => Some(Place::Policies),
            Place::Policies | Place::Review => last,
        }
    }
}
