//! The whole check: holds the state, does what is asked, saves, moves the focus, chooses the
//! screen.
//!
//! A struct component with one reducer (`state`): the hooks of a function component that would do
//! the same weigh 10 KB of Wasm more.

use std::rc::Rc;

use gloo::events::EventListener;
use yew::{Component, Html, Properties};

use super::context::Context;
use super::parts::anew;
use super::{FEEDBACK, HEADING, WIPE, frame, offer, policies, question, result, review, start};
use crate::browser::{file, focus, later, storage};
use crate::effects::{FILE, Intent, perform};
use crate::keeping::Keeper;
use crate::page::Page;
use crate::run::Place;
use crate::state::{Screen, State};

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
pub struct App {
    state: State,
    keeper: Keeper,
    /// The screen that has the focus.
    focused: String,
    /// Whether it was asked before removing when the screen was last shown.
    asked: bool,
    /// Listens to other tabs as long as the app lives.
    other_tabs: Option<EventListener>,
    /// Whether the screen is to be made anew in a task that has not run yet.
    due: bool,
}

impl Component for App {
    type Message = Rc<Intent>;
    type Properties = AppProps;

    fn create(context: &yew::Context<Self>) -> Self {
        let state = context.props().initial.clone();
        // Nothing takes the focus when the page opens: the reader has not come to the check yet.
        let focused = name_of(&state);
        Self {
            state,
            keeper: Keeper::default(),
            focused,
            asked: false,
            other_tabs: None,
            due: false,
        }
    }

    /// Does and saves at once what is asked, and shows it in a task of its own: on a slow PC a press,
    /// what it does, the new screen and its layout would together hold the page up for too long.
    fn update(&mut self, context: &yew::Context<Self>, intent: Rc<Intent>) -> bool {
        match &*intent {
            Intent::Show => {
                self.due = false;
                return true;
            }
            Intent::Do(action) => self.state.apply(action),
            Intent::ChooseFile => {
                let link = context.link().clone();
                file::read(FILE, move |chosen| link.send_message(Rc::new(Intent::Inspect(chosen))));
            }
            intent => {
                if let Some(action) = perform(&context.props().page, &self.state, intent) {
                    self.state.apply(&action);
                }
            }
        }
        if let Some(action) = self.keeper.keep(&self.state) {
            self.state.apply(&action);
        }
        if !self.due {
            self.due = true;
            let link = context.link().clone();
            later::run(move || link.send_message(Rc::new(Intent::Show)));
        }
        false
    }

    fn view(&self, context: &yew::Context<Self>) -> Html {
        let page = Rc::clone(&context.props().page);
        let context = Context { page, link: context.link().clone() };
        // Keyed, so that a translator or an extension that has changed the nodes of one screen cannot
        // make them stand for another.
        let screen = anew("div", &name_of(&self.state), self.screen(&context));
        frame::view(&context, &self.state, screen)
    }

    fn rendered(&mut self, context: &yew::Context<Self>, first: bool) {
        if first {
            let other = context.link().clone();
            self.other_tabs = Some(storage::on_change(move |name, there| {
                other.send_message(Rc::new(Intent::OtherTab(name, there)));
            }));
        }
        let name = name_of(&self.state);
        if self.focused != name {
            self.focused = name;
            let answered = self.state.run().is_some_and(|run| run.just_answered);
            focus::move_to(if answered { FEEDBACK } else { HEADING });
        } else if self.asked != self.state.asking_to_clear {
            focus::move_to(WIPE);
        }
        self.asked = self.state.asking_to_clear;
    }
}

/// Screen and question, and what they have turned into.
fn name_of(state: &State) -> String {
    let mut name = state.screen_name().to_owned();
    if state.has_turned() {
        name.push('!');
    }
    name
}

impl App {
    fn screen(&self, context: &Context) -> Html {
        match &self.state.screen {
            Screen::Start(start) => start::view(context, &self.state, start),
            Screen::Offer(offer) => offer::view(context, offer),
            Screen::Running(run) => match run.place {
                Place::Question(index) => question::view(context, run, index),
                Place::Policies => policies::view(context, run),
                Place::Review => review::view(context, run),
            },
            Screen::Done(run, outcome) => result::view(context, &self.state, run, outcome),
        }
    }
}
