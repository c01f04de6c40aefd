//! The whole check: holds the state, saves it, moves the focus, chooses the screen.

use std::rc::Rc;

use yew::{Html, Properties, component, html, use_reducer};

use super::{Context, FEEDBACK, HEADING, frame, offer, policies, question, result, review, start};
use crate::hooks::use_focus::use_focus;
use crate::hooks::use_keeping::use_keeping;
use crate::hooks::use_other_tabs::use_other_tabs;
use crate::page::Page;
use crate::run::Place;
use crate::state::State;

/// What the app is started with.
#[derive(Properties)]
pub struct AppProps {
    /// What the page was built with.
    pub page: Rc<Page>,
    /// The first screen; other than the start only in tests.
    pub initial: State,
}

impl PartialEq for AppProps {
    /// Nobody gives a running app other properties.
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// The whole check.
#[component]
pub fn App(props: &AppProps) -> Html {
    let initial = props.initial.clone();
    let state = use_reducer(move || initial);
    use_keeping(&state);
    use_other_tabs(&state);
    let answered = state.run().is_some_and(|run| run.just_answered);
    use_focus((state.screen(), answered), if answered { FEEDBACK } else { HEADING });
    let context = Context { page: Rc::clone(&props.page), dispatch: state.dispatcher() };
    let screen = match &*state {
        State::Start(note) => html! { <start::Start context={context.clone()} note={*note} /> },
        State::Offer(offer) => offer::view(&context, offer),
        State::Running(run) => match run.place {
            Place::Question(index) => question::view(&context, run, index),
            Place::Policies => policies::view(&context, run),
            Place::Review => review::view(&context, run),
        },
        State::Done(run, outcome) => result::view(&context, run, outcome),
    };
    // Keyed, so that a translator or an extension that has changed the nodes of one screen cannot
    // make them stand for another.
    let screen = html! { <div key={state.screen()} class="self-check__screen">{ screen }</div> };
    frame::view(&context, &state, screen)
}
