//! The last screen: result, file, advice, slip.

mod advice;
mod handover;
mod score;
mod slip;

use yew::{Html, html};

use super::{Context, HEADING, heading};
use crate::outcome::Outcome;
use crate::run::{Run, Who};

pub fn view(context: &Context, run: &Run, outcome: &Outcome) -> Html {
    let texts = context.texts();
    html! {
        <section class="result" aria-labelledby={HEADING}>
            { heading(texts.result_title) }
            { score::total(context, run, outcome) }
            if let Some(file) = &outcome.file {
                <handover::Handover context={context.clone()} file={handover::File(file.clone())}
                    late={outcome.late} confirmed={outcome.confirmed}
                    run={super::wipe::OfRun(run.clone())} />
            } else if matches!(run.who, Who::Trial) {
                <p class="self-check__note">{ texts.trial_result }</p>
            }
            { score::categories(context, run, outcome) }
            { advice::view(context, run, outcome) }
            if !matches!(run.who, Who::Resident) {
                { slip::view(context, run, outcome) }
            }
        </section>
    }
}
