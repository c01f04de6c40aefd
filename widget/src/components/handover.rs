//! Saving the file, and removing the kept answers once it is safe.

use yew::Html;

use super::context::Context;
use super::parts::{
    PRIMARY, SECONDARY, button, el, nothing, p, said, section, subheading, warning, with, words,
};
use crate::effects::Intent;
use crate::outcome::{Outcome, ResultFile};

pub fn view(context: &Context, outcome: &Outcome, file: &ResultFile) -> Html {
    let texts = context.texts();
    let campaign = context.page.campaign();
    let late = campaign.is_some_and(|campaign| campaign.finished_late(&outcome.finished));
    let mut all = vec![subheading("self-check-file", texts.file_title()), p("", texts.file_text())];
    if late {
        all.push(warning(texts.file_late()));
    }
    all.push(el("p", "handover__name", vec![words("code", "", file.name.clone())]));
    all.push(button(PRIMARY, texts.download(), context.press(Intent::Download)));
    let status = match (outcome.confirmed, outcome.offered) {
        (true, _) => texts.confirmed(),
        (false, true) => texts.download_done(),
        (false, false) => "",
    };
    all.push(with("p", &["role"], &["status"], vec![said(status)]));
    // One place in the list whatever is there, so that the button above keeps the focus.
    all.push(if outcome.offered && !outcome.confirmed {
        let confirm = button(SECONDARY, texts.confirm(), context.press(Intent::Confirm));
        el("div", "", vec![p("", texts.confirm_text()), confirm])
    } else {
        nothing()
    });
    section("handover", "self-check-file", all)
}
