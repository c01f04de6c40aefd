//! 「この端末から消す」: asks once, then removes.

use yew::Html;

use super::WIPE;
use super::context::Context;
use super::parts::{DANGER, QUIET, SECONDARY, button, el, text, with};
use crate::effects::Intent;
use crate::state::{Action, State};

pub fn view(context: &Context, state: &State) -> Html {
    let texts = context.texts();
    let ask = |asking| context.act(Action::AskToClear(asking));
    let (class, parts) = if state.asking_to_clear {
        // On the first screen nobody has said who they are: everything goes, and that is said.
        let question = if state.run().is_some() { texts.clear_own() } else { texts.clear_all() };
        let buttons = vec![
            button(DANGER, texts.clear_yes(), context.press(Intent::Clear)),
            button(SECONDARY, texts.clear_no(), ask(false)),
        ];
        let question = with("p", &["role"], &["alert"], vec![text(question)]);
        ("wipe", vec![question, el("div", "self-check__buttons", buttons)])
    } else {
        ("", vec![button(QUIET, texts.clear(), ask(true))])
    };
    // Takes the focus when the button that had it is gone.
    let keys = &["class", "id", "tabindex", "role", "aria-label"];
    with("div", keys, &[class, WIPE, "-1", "group", texts.clear()], parts)
}
