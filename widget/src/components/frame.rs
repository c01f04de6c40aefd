//! What surrounds every screen: troubles above; announcements, where answers are kept and
//! 「この端末から消す」 below.

use yew::Html;

use super::context::Context;
use super::parts::{el, said, with};
use super::{feedback, trouble, wipe};
use crate::run::{Place, Who};
use crate::state::{Screen, State};

pub fn view(context: &Context, state: &State, screen: Html) -> Html {
    let announced = announcement(context, state);
    // The live region is always there: screen readers watch only what was there before.
    let keys = &["class", "role", "aria-live"];
    let live = ["visually-hidden", "status", "polite"];
    let mut all =
        vec![trouble::view(context, state), screen, with("p", keys, &live, vec![said(announced)])];
    if context.page.campaign().is_some() {
        let kept = el("p", "self-check__kept", vec![said(kept(context, state))]);
        all.push(el("div", "self-check__foot", vec![kept, wipe::view(context, state)]));
    }
    el("div", "self-check__frame", all)
}

/// A practice answer may be changed without any move of the focus; the new verdict is announced.
fn announcement(context: &Context, state: &State) -> &'static str {
    let Screen::Running(run) = &state.screen else { return "" };
    let Place::Question(index) = run.place else { return "" };
    let question = &run.sheet.questions()[index];
    if !run.answers[index].given || question.is_knowledge() {
        return "";
    }
    feedback::verdict(context.texts(), question, &run.answers[index].picked).words
}

fn kept(context: &Context, state: &State) -> &'static str {
    let Some(run) = state.run() else { return "" };
    let confirmed = state.outcome().is_some_and(|outcome| outcome.confirmed);
    match run.who {
        _ if confirmed || run.keeping.trouble.is_some() => "",
        Who::Holder(_) => context.texts().saved(),
        Who::Trial | Who::Resident => context.texts().not_kept(),
    }
}
