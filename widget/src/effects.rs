//! What a press asks of the world: clock, random bytes, storage, download, print.
//!
//! Buttons carry an [`Intent`]; [`perform`] does it and says what the reducer is to do.

use std::rc::Rc;

use selfcheck::keys::PublicKey;
use selfcheck::result::ReadError;

use crate::browser::file::ChosenFile;
use crate::browser::{clock, download, focus, page, payload, random, storage, window};
use crate::identity::{self, FieldErrors};
use crate::inspection::{Inspection, Keys, inspect};
use crate::keeping;
use crate::outcome;
use crate::page::Page;
use crate::run::{Holder, Run, Trouble, Who};
use crate::sheet::Sheet;
use crate::state::{Action, Offer, Opened, Screen, Start, State};

/// The id of the field for the person number.
pub const NUMBER: &str = "person-number";
/// The id of the field for the enrolment code.
pub const CODE: &str = "enrolment-code";
/// The id of the field for a result file to look at.
pub const FILE: &str = "result-file";
/// The id of the field for a public key to hold it against.
pub const KEY: &str = "public-key";
/// The id of the first radio button for the role.
pub const FIRST_ROLE: &str = "role-general";

/// What a press asks for. It carries nothing of the state: a press that comes before the last one is
/// seen still means the answers as they are then.
pub enum Intent {
    /// Only the state changes.
    Do(Action),
    /// Nothing more: what has changed is to be seen.
    Show,
    /// Begin without a number, on the sheet of the chosen role or else on everybody's.
    Try(Who),
    /// Begin with the number and code in the fields.
    Begin,
    /// Take up what another tab has saved.
    LoadNewer,
    /// Grade and sign.
    Finish,
    /// Save the file.
    Download,
    /// The file is safe: remove the kept answers.
    Confirm,
    /// Print the slip.
    Print,
    /// Remove this person's answers; on the first screen, everybody's.
    Clear,
    /// Another tab has changed the record with this name (any, without one); it may be gone.
    OtherTab(Option<String>, bool),
    /// A file was chosen or dropped: read it.
    ChooseFile,
    /// The file is read: look at it.
    Inspect(Rc<ChosenFile>),
}

/// Asks the browser for what is wanted; says what the reducer is to do.
pub fn perform(page: &Page, state: &State, intent: &Intent) -> Option<Action> {
    Some(match intent {
        Intent::Try(who) => {
            // Not a second time, before the first press is seen.
            let Screen::Start(start) = &state.screen else { return None };
            let sheet = page.chosen_sheet(start).unwrap_or(page.first_sheet());
            let run = Run::new(who.clone(), Rc::clone(sheet), clock::now());
            Action::Open(Opened { run: Rc::new(run), outcome: None })
        }
        Intent::Begin => {
            let Screen::Start(start) = &state.screen else { return None };
            begin(page, start)
        }
        Intent::LoadNewer => load_newer(page, state.run()?),
        Intent::Finish => {
            let Screen::Running(run) = &state.screen else { return None };
            outcome::finish(run, &page.site, clock::now(), random::bytes())
                .map_or(Action::Refuse, Action::Finish)
        }
        Intent::Download => {
            let file = state.outcome()?.file.as_ref()?;
            download::offer(&file.name, &file.text);
            Action::Offered
        }
        Intent::Confirm => {
            keeping::forget(state.run()?);
            Action::Confirm
        }
        Intent::Print => {
            // A browser without printing has nothing to print to.
            let _ = window().print();
            return None;
        }
        Intent::Clear => {
            match state.run() {
                Some(run) => keeping::forget(run),
                None => storage::remove_all(),
            }
            Action::Clear
        }
        Intent::OtherTab(name, there) => {
            let run = state.run()?;
            let ours = name.as_ref().is_none_or(|name| keeping::is_record_of(run, name));
            let trouble = if *there { Trouble::Elsewhere } else { Trouble::Removed };
            return ours.then_some(Action::NotKept(trouble));
        }
        Intent::Inspect(file) => look_at(page, state, file),
        // The app's own: they need no browser, or take a while.
        Intent::Do(_) | Intent::Show | Intent::ChooseFile => return None,
    })
}

/// Reads the fields once; the code goes nowhere but into the check that begins.
fn begin(page: &Page, start: &Start) -> Action {
    let Some(frozen) = page.first_sheet().frozen() else { return Action::Refuse };
    let read = identity::read(&page::typed(NUMBER), &page::typed(CODE), &frozen.set.org);
    let sheet = page.chosen_sheet(start);
    match (read, sheet) {
        (Ok(holder), Some(sheet)) => enter(page, Rc::new(holder), sheet),
        (read, sheet) => {
            let errors = read.err().unwrap_or_default();
            focus::move_to(match errors {
                _ if sheet.is_none() => FIRST_ROLE,
                FieldErrors { number: true, .. } => NUMBER,
                _ => CODE,
            });
            Action::RefuseStart(errors)
        }
    }
}

/// Takes up kept answers, or begins.
fn enter(page: &Page, holder: Rc<Holder>, sheet: &Rc<Sheet>) -> Action {
    let mut fresh = Run::new(Who::Holder(Rc::clone(&holder)), Rc::clone(sheet), clock::now());
    match keeping::load(&holder, sheet) {
        Some(record) => {
            let (kept, fit) = record.take_up(&holder, sheet, &page.sheets);
            fresh.keeping = kept.run.keeping;
            Action::Offer(Rc::new(Offer { kept, fresh: Rc::new(fresh), fit }))
        }
        None => Action::Open(Opened { run: Rc::new(fresh), outcome: None }),
    }
}

/// Holds a file against the keys at hand: of the check under way or of the fields on the start
/// screen, and the public key where one is given.
fn look_at(page: &Page, state: &State, file: &ChosenFile) -> Action {
    let typed = page::typed(KEY);
    let given = match typed.trim() {
        "" => None,
        x => match x.parse().ok().and_then(|x| PublicKey::from_x(&x).ok()) {
            Some(key) => Some(key),
            None => return Action::RefuseKey,
        },
    };
    let own = match state.run() {
        Some(run) => run.holder().cloned(),
        None => page.first_sheet().frozen().and_then(|frozen| {
            let holder = identity::read(&page::typed(NUMBER), &page::typed(CODE), &frozen.set.org);
            holder.ok().map(Rc::new)
        }),
    };
    let found = match &file.bytes {
        Ok(bytes) => inspect(bytes, &Keys { own, given }, &page.sheets, payload::parse),
        Err(size) => Err(ReadError::TooLarge(*size)),
    };
    Action::Inspected(Rc::new(Inspection { name: file.name.clone(), found }))
}

fn load_newer(page: &Page, run: &Run) -> Action {
    let newer = run.holder().and_then(|holder| {
        let record = keeping::load(holder, &run.sheet)?;
        Some(record.take_up(holder, &run.sheet, &page.sheets).0)
    });
    newer.map_or(Action::NotKept(Trouble::Removed), Action::Open)
}
