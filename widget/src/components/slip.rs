//! 修了票: the slip for the drawer. What it proves and what not stands on it.

use yew::Html;

use super::context::Context;
use super::parts::{SECONDARY, button, el, facts, nothing, p, section, subheading};
use super::score;
use crate::effects::Intent;
use crate::outcome::Outcome;
use crate::run::Run;

pub fn view(context: &Context, run: &Run, outcome: &Outcome) -> Html {
    let Some(frozen) = run.sheet.frozen() else { return nothing() };
    let texts = context.texts();
    let person = run.holder().map_or(texts.slip_trial(), |holder| holder.person.as_str());
    let mut lines = vec![
        (texts.slip_campaign(), frozen.set.campaign.title.clone()),
        (texts.slip_person(), person.to_owned()),
        (texts.role(), texts.role_name(frozen.set.role).to_owned()),
        (texts.slip_started(), texts.time(&run.started)),
        (texts.slip_finished(), texts.time(&outcome.finished)),
    ];
    if let Some(file) = &outcome.file {
        lines.push((texts.file_name(), file.name.clone()));
        lines.push((texts.file_id(), file.jti.clone()));
        lines.push((texts.file_digest(), file.payload_sha256.text()));
    }
    let proves = if outcome.file.is_some() { texts.slip_proves() } else { texts.trial_result() };
    let slip = section(
        "slip",
        "self-check-slip",
        vec![
            subheading("self-check-slip", texts.slip_title()),
            facts("slip__facts", lines),
            score::total(context, run, outcome),
            score::table(context, run, outcome, false),
            p("slip__proves", proves),
        ],
    );
    let print = button(SECONDARY, texts.slip_print(), context.press(Intent::Print));
    el("div", "", vec![slip, p("self-check__hint", texts.slip_intro()), print])
}
