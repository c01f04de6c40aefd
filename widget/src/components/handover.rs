//! Saving the file, and removing the kept answers once it is safe.

use std::rc::Rc;

use yew::Html;

use super::context::Context;
use super::parts::words;
use super::parts::{PRIMARY, SECONDARY, button, el, p, section, subheading, text, warning, with};
use crate::effects::Intent;
use crate::outcome::{Outcome, ResultFile};
use crate::run::Run;

pub fn view(context: &Context, run: &Rc<Run>, outcome: &Outcome, file: &Rc<ResultFile>) -> Html {
    let texts = context.texts();
    let campaign = context.page.campaign();
    let late = campaign.is_some_and(|campaign| campaign.finished_late(&outcome.finished));
    let mut all = vec![subheading("self-check-file", texts.file_title()), p("", texts.file_text())];
    if late {
        all.push(warning(texts.file_late()));
    }
    all.push(el("p", "handover__name", vec![words("code", "", file.name.clone())]));
    let on_download = context.press(Intent::Download(Rc::clone(file)));
    all.push(button(PRIMARY, texts.download(), on_download));
    let status = match (outcome.confirmed, outcome.offered) {
        (true, _) => texts.confirmed(),
        (false, true) => texts.download_done(),
        (false, false) => "",
    };
    all.push(with("p", &["role"], &["status"], vec![text(status)]));
    if outcome.offered && !outcome.confirmed {
        all.push(p("", texts.confirm_text()));
        all.push(button(
            SECONDARY,
            texts.confirm(),
            context.press(Intent::Confirm(Rc::clone(run))),
        ));
    }
    section("handover", "self-check-file", all)
}
