//! The live region: says what happened to those who do not see it.

use yew::{Html, html};

use super::{Context, feedback};
use crate::run::{Place, Run};
use crate::state::State;

/// Always in the page, because screen readers watch only regions that were there before.
pub fn view(context: &Context, state: &State) -> Html {
    let text = match state {
        State::Running(run) => verdict(context, run),
        _ => "",
    };
    html! { <p class="visually-hidden" role="status" aria-live="polite">{ text }</p> }
}

/// A practice answer may change under the reader's hand without any move of the focus.
fn verdict(context: &Context, run: &Run) -> &'static str {
    let Place::Question(index) = run.place else { return "" };
    match run.sheet.questions().get(index) {
        Some(question) if !question.is_knowledge() && run.answered.contains(&question.id) => {
            feedback::verdict(context.texts(), run, question).0
        }
        _ => "",
    }
}
