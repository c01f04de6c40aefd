//! The last screen: score, file, categories, advice, slip.

use yew::Html;

use super::context::Context;
use super::parts::{heading, note, nothing, section, subheading};
use super::{HEADING, advice, handover, inspection, score, slip};
use crate::outcome::Outcome;
use crate::run::{Run, Who};
use crate::state::State;

pub fn view(context: &Context, state: &State, run: &Run, outcome: &Outcome) -> Html {
    let texts = context.texts();
    let after_score = match (&outcome.file, &run.who) {
        (Some(file), _) => handover::view(context, outcome, file),
        (None, Who::Trial) => note(texts.trial_result()),
        (None, _) => nothing(),
    };
    let look_at_a_file =
        if run.sheet.frozen().is_some() { inspection::view(context, state) } else { nothing() };
    let categories = section(
        "",
        "self-check-categories",
        vec![
            subheading("self-check-categories", texts.by_category()),
            score::table(context, run, outcome, true),
        ],
    );
    section(
        "result",
        HEADING,
        vec![
            heading(texts.result_title()),
            score::total(context, run, outcome),
            after_score,
            categories,
            advice::view(context, run, outcome),
            slip::view(context, run, outcome),
            look_at_a_file,
        ],
    )
}
