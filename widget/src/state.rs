//! State, actions and the reducer of the whole check: pure, so that it is tested natively.
//!
//! Clock, random bytes and storage come in with the actions; `effects` and `keeping` fetch them.

use std::rc::Rc;

use selfcheck::id::ChoiceId;
use selfcheck::result::Decision;
use selfcheck::set::Role;

use crate::identity::FieldErrors;
use crate::inspection::Inspection;
use crate::outcome::Outcome;
use crate::record::Fit;
use crate::run::{Place, Run, Trouble};

/// What is on screen.
#[derive(Clone)]
pub struct State {
    /// The part of the check.
    pub screen: Screen,
    /// Whether 「この端末から消す」 waits for a second press.
    pub asking_to_clear: bool,
    /// The file that was looked at last on this screen.
    pub inspection: Option<Rc<Inspection>>,
    /// Whether what was given as a public key is none.
    pub wrong_key: bool,
}

/// The parts of the check.
#[derive(Clone)]
pub enum Screen {
    /// Purpose, period, number and code.
    Start(Start),
    /// Kept answers were found.
    Offer(Rc<Offer>),
    /// Questions, policies, review.
    Running(Rc<Run>),
    /// Result and file.
    Done(Rc<Run>, Outcome),
}

/// The first screen. Number and code stay in their fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Start {
    /// Whether kept answers were removed just now.
    pub cleared: bool,
    /// The chosen role; nothing is chosen beforehand.
    pub role: Option<Role>,
    /// What was wrong when the form was sent.
    pub errors: Option<FieldErrors>,
}

/// Kept answers of this person, beside an empty check.
pub struct Offer {
    /// As kept, as far as it still fits.
    pub kept: Opened,
    /// From the beginning; takes over the record's revision.
    pub fresh: Rc<Run>,
    /// How the kept answers fit today's set.
    pub fit: Fit,
}

/// A check to go on with.
pub struct Opened {
    /// The answers.
    pub run: Rc<Run>,
    /// There when it was signed already.
    pub outcome: Option<Outcome>,
}

/// Everything that can happen.
pub enum Action {
    /// A role is chosen.
    ChooseRole(Role),
    /// The form was sent with mistakes.
    RefuseStart(FieldErrors),
    /// Begin or take up a check.
    Open(Opened),
    /// Kept answers were found: ask.
    Offer(Rc<Offer>),
    /// Go on with the kept answers.
    Resume,
    /// Begin anew and give the kept answers up.
    StartOver,
    /// Pick a choice of the question at this index, or take it back.
    Pick(usize, ChoiceId),
    /// 「回答する」
    Answer(usize),
    /// Another screen of the check.
    Go(Place),
    /// A decision on the policy at this index.
    Decide(usize, Decision),
    /// The step was refused: something is missing.
    Refuse,
    /// Graded, and signed where there is a code.
    Finish(Outcome),
    /// The file was offered for saving.
    Offered,
    /// The person has the file.
    Confirm,
    /// The answers were saved as this revision.
    Kept(u32),
    /// The answers were not saved.
    NotKept(Trouble),
    /// 「この端末から消す」, or 「やめる」.
    AskToClear(bool),
    /// Everything was removed from this device.
    Clear,
    /// A file was looked at.
    Inspected(Rc<Inspection>),
    /// The given public key is none; the file was not looked at.
    RefuseKey,
}

impl State {
    /// The first screen.
    pub fn start() -> Self {
        Self::at(Screen::Start(Start::default()))
    }

    fn at(screen: Screen) -> Self {
        Self { screen, asking_to_clear: false, inspection: None, wrong_key: false }
    }

    /// Does an action; what does not fit the present screen changes nothing.
    pub fn apply(&mut self, action: &Action) {
        let next = match (&mut self.screen, action) {
            (_, Action::AskToClear(asking)) => return self.asking_to_clear = *asking,
            (_, Action::Inspected(inspection)) => {
                self.wrong_key = false;
                return self.inspection = Some(Rc::clone(inspection));
            }
            (_, Action::RefuseKey) => {
                self.wrong_key = true;
                return self.inspection = None;
            }
            (_, Action::Clear) => Screen::Start(Start { cleared: true, ..Start::default() }),
            (_, Action::Open(opened)) => opened.screen(),
            (_, Action::Offer(offer)) => Screen::Offer(Rc::clone(offer)),
            (Screen::Start(start), Action::ChooseRole(role)) => return start.role = Some(*role),
            (Screen::Start(start), Action::RefuseStart(errors)) => {
                return start.errors = Some(*errors);
            }
            (Screen::Offer(offer), Action::Resume) => offer.kept.screen(),
            (Screen::Offer(offer), Action::StartOver) => Screen::Running(Rc::clone(&offer.fresh)),
            (Screen::Running(run), Action::Finish(outcome)) => {
                Screen::Done(Rc::clone(run), outcome.clone())
            }
            (Screen::Running(run), action) => return step(Rc::make_mut(run), action),
            (Screen::Done(_, outcome), Action::Offered) => return outcome.offered = true,
            (Screen::Done(_, outcome), Action::Confirm) => return outcome.confirmed = true,
            // Once the record is gone by the person's own will, other tabs are no trouble any more.
            (Screen::Done(_, outcome), Action::NotKept(_)) if outcome.confirmed => return,
            (Screen::Done(run, _), action @ (Action::Kept(_) | Action::NotKept(_))) => {
                return step(Rc::make_mut(run), action);
            }
            _ => return,
        };
        *self = Self::at(next);
    }

    /// The state after an action.
    #[cfg(test)]
    pub fn after(mut self, action: Action) -> Self {
        self.apply(&action);
        self
    }

    /// The check under way or finished.
    pub fn run(&self) -> Option<&Rc<Run>> {
        match &self.screen {
            Screen::Running(run) | Screen::Done(run, _) => Some(run),
            Screen::Start(_) | Screen::Offer(_) => None,
        }
    }

    /// The outcome, on the last screen.
    pub fn outcome(&self) -> Option<&Outcome> {
        match &self.screen {
            Screen::Done(_, outcome) => Some(outcome),
            _ => None,
        }
    }

    /// Whether the screen has turned into another one of the same name: the question is answered,
    /// the kept answers are removed.
    pub fn has_turned(&self) -> bool {
        match &self.screen {
            Screen::Start(start) => start.cleared,
            Screen::Running(run) => match run.place {
                Place::Question(index) => run.answers[index].given,
                Place::Policies | Place::Review => false,
            },
            Screen::Offer(_) | Screen::Done(..) => false,
        }
    }

    /// A name for what is on screen, unlike that of any other screen; a question has its id.
    pub fn screen_name(&self) -> &str {
        match &self.screen {
            Screen::Start(_) => "start",
            Screen::Offer(_) => "offer",
            Screen::Done(..) => "result",
            Screen::Running(run) => match run.place {
                Place::Question(index) => run.sheet.questions()[index].id.as_str(),
                Place::Policies => "policies",
                Place::Review => "review",
            },
        }
    }
}

impl Opened {
    fn screen(&self) -> Screen {
        let run = Rc::clone(&self.run);
        match &self.outcome {
            Some(outcome) => Screen::Done(run, outcome.clone()),
            None => Screen::Running(run),
        }
    }
}

/// One step within the questions, or what became of a save.
fn step(run: &mut Run, action: &Action) {
    match *action {
        Action::Pick(index, ref choice) => run.pick(index, choice.clone()),
        Action::Answer(index) => run.answer(index),
        // Past the policies only when each is decided.
        Action::Go(Place::Review) if run.place == Place::Policies && !run.decided() => {
            run.incomplete = true;
        }
        Action::Go(place) => {
            run.place = place;
            run.reviewed |= place == Place::Review;
            run.incomplete = false;
            run.just_answered = false;
        }
        Action::Decide(index, decision) => {
            run.decisions[index] = Some(decision);
            run.incomplete = false;
        }
        Action::Refuse => run.incomplete = true,
        Action::Kept(revision) => {
            run.keeping.revision = revision;
            run.keeping.trouble = None;
        }
        Action::NotKept(trouble) => run.keeping.trouble = Some(trouble),
        _ => {}
    }
}
