//! 「この端末から消す」: asks once, then removes.

use yew::Html;

use super::context::Context;
use super::parts::{DANGER, QUIET, SECONDARY, button, el, text, with};
use crate::effects::Intent;
use crate::state::{Action, State};

pub fn view(context: &Context, state: &State) -> Html {
    let texts = context.texts();
    let ask = |asking| context.act(Action::AskToClear(asking));
    if !state.asking_to_clear {
        return button(QUIET, texts.clear(), ask(true));
    }
    // On the first screen nobody has said who they are: everything goes, and that is said.
    let own = state.run().cloned();
    let question = if own.is_some() { texts.clear_own() } else { texts.clear_all() };
    with(
        "div",
        &["class", "role", "aria-label"],
        &["wipe", "group", texts.clear()],
        vec![
            with("p", &["role"], &["alert"], vec![text(question)]),
            el(
                "div",
                "self-check__buttons",
                vec![
                    button(DANGER, texts.clear_yes(), context.press(Intent::Clear(own))),
                    button(SECONDARY, texts.clear_no(), ask(false)),
                ],
            ),
        ],
    )
}
