//! The record kept in the browser: what it holds, and how it fits a set that may have changed.
//!
//! The bytes are sealed by `selfcheck::store`; this is what is inside. `browser::record` writes
//! and reads it and lets unknown members pass, so that an older page reads what a newer one wrote.

use std::rc::Rc;

use selfcheck::digest::Sha256;
use selfcheck::id::{ChoiceId, PageId, QuestionId};
use selfcheck::result::Decision;
use selfcheck::time::Timestamp;

use crate::outcome::{self, ResultFile};
use crate::run::{Answer, Holder, Keeping, Run, Who};
use crate::sheet::Sheet;
use crate::state::Opened;

/// Answers under way, or a signed file that was not yet confirmed as saved.
#[derive(Debug, PartialEq)]
pub struct Record {
    /// Rises with every save; two tabs notice each other by it.
    pub revision: u32,
    /// The set that was asked.
    pub set: Sha256,
    /// When the first question was shown.
    pub started: Timestamp,
    /// What is picked, in set order.
    pub answers: Vec<KeptAnswer>,
    /// What is decided, in set order.
    pub decisions: Vec<KeptDecision>,
    /// The signed file.
    pub file: Option<ResultFile>,
}

/// Question, its revision, picks, and whether the answer was given.
#[derive(Debug, PartialEq)]
pub struct KeptAnswer(pub QuestionId, pub u32, pub Vec<ChoiceId>, pub bool);

/// Policy, its text, and the decision.
#[derive(Debug, PartialEq)]
pub struct KeptDecision(pub PageId, pub Sha256, pub Decision);

/// How kept answers fit today's set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fit {
    /// Whether it is the very same set.
    pub same_set: bool,
    /// Answers that could not be taken over.
    pub dropped: usize,
    /// Policies whose text has changed since they were decided.
    pub asked_again: usize,
}

impl Record {
    /// What is to be kept of a run. The revision is that of the next save.
    pub fn of(run: &Run, file: Option<&ResultFile>) -> Self {
        let mut answers = Vec::new();
        for (question, answer) in run.sheet.questions().iter().zip(&run.answers) {
            if !answer.picked.is_empty() {
                let (id, picked) = (question.id.clone(), answer.picked.clone());
                answers.push(KeptAnswer(id, question.rev, picked, answer.given));
            }
        }
        let mut decisions = Vec::new();
        for (policy, decision) in run.sheet.policies().iter().zip(&run.decisions) {
            if let Some(decision) = *decision {
                decisions.push(KeptDecision(policy.page.clone(), policy.sha256, decision));
            }
        }
        Self {
            revision: run.keeping.revision + 1,
            set: run.sheet.sha256(),
            started: run.started.clone(),
            answers,
            decisions,
            file: file.cloned(),
        }
    }

    /// Whether two records hold the same answers, whatever their revisions.
    pub fn same_content(&self, other: &Self) -> bool {
        self.set == other.set
            && self.started == other.started
            && self.answers == other.answers
            && self.decisions == other.decisions
            && self.file == other.file
    }

    /// Takes the record up with today's sheet: an answer stays where id and revision of the
    /// question agree, a decision where the text of the policy is the same, the signed file where
    /// the whole set is. What is signed already opens with the one of all `sheets` that was asked,
    /// in whatever role: the first save of another role would put an end to the file.
    pub fn take_up(
        self,
        holder: &Rc<Holder>,
        sheet: &Rc<Sheet>,
        sheets: &[Rc<Sheet>],
    ) -> (Opened, Fit) {
        let signed = |other: &&Rc<Sheet>| self.file.is_some() && other.sha256() == self.set;
        let sheet = sheets.iter().find(signed).unwrap_or(sheet);
        let who = Who::Holder(Rc::clone(holder));
        let mut run = Run::new(who, Rc::clone(sheet), self.started);
        let (mut dropped, mut asked_again) = (0, 0);
        for KeptAnswer(id, rev, picked, given) in self.answers {
            let place = sheet.questions().iter().position(|question| {
                let offered = question.choice_ids();
                question.id == id
                    && question.rev == rev
                    && picked.iter().all(|choice| offered.contains(choice))
            });
            match place {
                Some(index) => run.answers[index] = Answer { picked, given },
                None => dropped += usize::from(given),
            }
        }
        for KeptDecision(page, sha256, decision) in self.decisions {
            let same_text = |policy: &selfcheck::set::Acknowledgement| {
                policy.page == page && policy.sha256 == sha256
            };
            match sheet.policies().iter().position(same_text) {
                Some(index) => run.decisions[index] = Some(decision),
                None => asked_again += 1,
            }
        }
        run.keeping = Keeping { revision: self.revision, trouble: None };
        run.place = run.next_open();
        let fit = Fit { same_set: self.set == sheet.sha256(), dropped, asked_again };
        let outcome = self.file.filter(|_| fit.same_set).and_then(|file| {
            let finished = file.finished.clone();
            outcome::reopen(&run, Some(file), finished).ok()
        });
        (Opened { run: Rc::new(run), outcome }, fit)
    }
}
