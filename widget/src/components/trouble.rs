//! Says plainly when answers are not kept.

use yew::Html;

use super::context::Context;
use super::parts::{SECONDARY, button, el, nothing, said, with};
use crate::effects::Intent;
use crate::run::Trouble;
use crate::state::State;

pub fn view(context: &Context, state: &State) -> Html {
    let texts = context.texts();
    let Some(run) = state.run() else { return nothing() };
    let Some(trouble) = run.keeping.trouble else { return nothing() };
    let words = match trouble {
        Trouble::Refused => texts.refused(),
        Trouble::Elsewhere => texts.elsewhere(),
        Trouble::Removed => texts.removed(),
    };
    let mut children = vec![el("p", "", vec![said(words)])];
    if trouble == Trouble::Elsewhere {
        children.push(button(SECONDARY, texts.load_newer(), context.press(Intent::LoadNewer)));
    }
    let class = "self-check__note self-check__note--warning";
    with("div", &["class", "role"], &[class, "alert"], children)
}
