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
use super::{FEEDBACK, HEADING, frame, offer, policies, question, result, review, start};
use crate::browser::{file, focus, storage};
use crate::effects::{FILE, Intent, perform};
use crate::keeping::Keeper;
use crate::page::Page;
use crate::run::Place;
use crate::state::{Action, Screen, State};

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
    /// The screen that has the focus, and the element it was moved to.
    focused: (String, &'static str),
    /// Listens to other tabs as long as the app lives.
    other_tabs: Option<EventListener>,
}

impl Component for App {
    type Message = Rc<Intent>;
    type Properties = AppProps;

    fn create(context: &yew::Context<Self>) -> Self {
        let state = context.props().initial.clone();
        // Nothing takes the focus when the page opens: the reader has not come to the check yet.
        let focused = (state.screen_name().to_owned(), HEADING);
        Self { state, keeper: Keeper::default(), focused, other_tabs: None }
    }

    fn update(&mut self, context: &yew::Context<Self>, intent: Rc<Intent>) -> bool {
        match &*intent {
            Intent::Do(action) => {
                let trouble = self.state.run().is_some_and(|run| run.keeping.trouble.is_some());
                self.state.apply(action);
                // Comes after every step, and is seen only where it ends a trouble.
                return trouble || !matches!(action, Action::Kept(_));
            }
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
        true
    }

    fn view(&self, context: &yew::Context<Self>) -> Html {
        let page = Rc::clone(&context.props().page);
        let context = Context { page, link: context.link().clone() };
        // Keyed by screen and question, and by whether it is answered, so that a translator or an
        // extension that has changed the nodes of one cannot make them stand for another.
        let mut name = self.state.screen_name().to_owned();
        if self.state.is_answered() {
            name.push('!');
        }
        let screen = anew("div", &name, self.screen(&context));
        frame::view(&context, &self.state, screen)
    }

    fn rendered(&mut self, context: &yew::Context<Self>, first: bool) {
        let link = context.link();
        if first {
            let other = link.clone();
            self.other_tabs = Some(storage::on_change(move |name, there| {
                other.send_message(Rc::new(Intent::OtherTab(name, there)));
            }));
        }
        if let Some(action) = self.keeper.keep(&self.state) {
            link.send_message(Rc::new(Intent::Do(action)));
        }
        let answered = self.state.run().is_some_and(|run| run.just_answered);
        let id = if answered { FEEDBACK } else { HEADING };
        if self.focused.0 != self.state.screen_name() || self.focused.1 != id {
            self.focused = (self.state.screen_name().to_owned(), id);
            focus::move_to(id);
        }
    }
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
