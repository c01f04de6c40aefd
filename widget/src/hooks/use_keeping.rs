//! Saves after every step.

use yew::{UseReducerHandle, hook, use_effect, use_mut_ref};

use crate::browser::clock;
use crate::keeping;
use crate::record::Record;
use crate::run::Trouble;
use crate::state::{Action, State};

/// Seals and stores the answers whenever they differ from what was stored last.
#[hook]
pub fn use_keeping(state: &UseReducerHandle<State>) {
    let last = use_mut_ref(|| None::<Record>);
    let state = state.clone();
    use_effect(move || {
        let mut last = last.borrow_mut();
        if let Some(action) = save(&state, &mut last) {
            state.dispatch(action);
        }
    });
}

/// Saves if there is something new to save.
fn save(state: &State, last: &mut Option<Record>) -> Option<Action> {
    let Some(run) = state.run() else {
        *last = None;
        return None;
    };
    let outcome = state.outcome();
    let (holder, frozen) = (run.holder()?, run.sheet.frozen()?);
    let elsewhere = matches!(run.keeping.trouble, Some(Trouble::Elsewhere | Trouble::Removed));
    if elsewhere || outcome.is_some_and(|outcome| outcome.confirmed) {
        return None;
    }
    let file = outcome.and_then(|outcome| outcome.file.as_deref());
    let record = Record::of(run, file);
    let (known, revision) = (run.keeping.revision, record.revision);
    if last.as_ref().is_some_and(|last| last.same_content(&record)) {
        return None;
    }
    let store = keeping::store_of(holder, &run.sheet)?;
    let keep_until = keeping::keep_until(&frozen.set.campaign, clock::now().unix_seconds());
    let saved = keeping::save(&store, known, &record, keep_until);
    *last = Some(record);
    Some(match saved {
        Ok(()) => Action::Kept(revision),
        Err(trouble) => Action::NotKept(trouble),
    })
}
