//! Notices when another tab saves or removes the same record.

use gloo::events::EventListener;
use wasm_bindgen::JsCast as _;
use web_sys::StorageEvent;
use yew::{UseReducerHandle, hook, use_effect_with};

use crate::browser::window;
use crate::keeping;
use crate::run::Trouble;
use crate::state::{Action, State};

/// Listens to `storage` events, which a browser sends to every tab but the one that wrote.
#[hook]
pub fn use_other_tabs(state: &UseReducerHandle<State>) {
    let name = state
        .run()
        .filter(|_| !state.outcome().is_some_and(|outcome| outcome.confirmed))
        .and_then(|run| keeping::store_of(run.holder()?, &run.sheet))
        .map(|store| store.name().to_owned());
    let dispatch = state.dispatcher();
    use_effect_with(name, move |name| {
        let listener = name.clone().map(|name| {
            EventListener::new(&window(), "storage", move |event| {
                let Some(event) = event.dyn_ref::<StorageEvent>() else { return };
                // A removal of everything has no key.
                if event.key().is_none_or(|key| key == name) {
                    let there = event.new_value().is_some();
                    let trouble = if there { Trouble::Elsewhere } else { Trouble::Removed };
                    dispatch.dispatch(Action::NotKept(trouble));
                }
            })
        });
        move || drop(listener)
    });
}
