//! What is on screen: one screen, or part of one, a file.
//!
//! [`app::App`] holds the state and chooses the screen. Parts without hooks are plain functions
//! that get a [`Context`].

pub mod app;
mod announcer;
mod question;
mod choices;
mod feedback;
mod frame;
mod offer;
mod policies;
mod progress;
mod result;
mod review;
mod start;
mod trouble;
mod wipe;

use std::rc::Rc;

use selfcheck::id::PageId;
use yew::{Callback, Html, MouseEvent, UseReducerDispatcher, html};

use crate::page::Page;
use crate::state::{Action, State};
use crate::texts::{Texts, fill};

/// The heading that takes the focus when a screen changes; each screen has one.
pub const HEADING: &str = "self-check-heading";
/// The heading of the feedback on an answer.
pub const FEEDBACK: &str = "self-check-feedback";

/// What every part of the screen needs.
#[derive(Clone)]
pub struct Context {
    /// What the page was built with.
    pub page: Rc<Page>,
    /// Sends actions to the reducer.
    pub dispatch: UseReducerDispatcher<State>,
}

impl PartialEq for Context {
    /// There is one page and one reducer as long as the check is open.
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.page, &other.page)
    }
}

impl Context {
    /// The words of the page's language.
    pub fn texts(&self) -> &'static Texts {
        self.page.texts
    }

    /// A callback that sends the action made by `action`.
    pub fn on_click(&self, action: impl Fn() -> Action + 'static) -> Callback<MouseEvent> {
        let dispatch = self.dispatch.clone();
        Callback::from(move |_| dispatch.dispatch(action()))
    }

    /// A link to a page of the site, in a new tab: the check stays where it is. Nothing where the
    /// page is not known; the wording of `template` has a place for the title.
    pub fn page_link(&self, page: &PageId, template: &str) -> Html {
        let Some(link) = self.page.links.get(page) else { return Html::default() };
        html! {
            <p class="self-check__link">
                <a href={link.href.clone()} target="_blank" rel="noopener">
                    { fill(template, &[&link.title]) }{ self.texts().new_tab }
                </a>
            </p>
        }
    }
}

/// A heading of a screen.
fn heading(text: &str) -> Html {
    html! { <h2 id={HEADING} class="self-check__heading" tabindex="-1">{ text.to_owned() }</h2> }
}

/// A button.
fn button(class: &'static str, text: &'static str, on_click: Callback<MouseEvent>) -> Html {
    html! {
        <button type="button" class={yew::classes!("button", class)} onclick={on_click}>
            { text }
        </button>
    }
}

const PRIMARY: &str = "button--primary";
const SECONDARY: &str = "button--secondary";
const QUIET: &str = "button--quiet";
const DANGER: &str = "button--danger";
