//! Kept answers were found: go on, or start over.

use yew::{Html, html};

use super::{Context, HEADING, PRIMARY, SECONDARY, button, heading};
use crate::state::{Action, Offer};
use crate::texts::fill;

pub fn view(context: &Context, offer: &Offer) -> Html {
    let texts = context.texts();
    let run = &offer.kept.run;
    let questions = run.sheet.questions().len().to_string();
    let answered = run.answered.len().to_string();
    let fit = if offer.fit.same_set {
        texts.offer_same.to_owned()
    } else {
        fill(texts.offer_changed, &[&offer.fit.dropped.to_string()])
    };
    html! {
        <section class="offer" aria-labelledby={HEADING}>
            { heading(texts.offer_title) }
            <p>{ fill(texts.offer_text, &[&texts.time(&run.started), &questions, &answered]) }</p>
            if offer.kept.outcome.is_some() {
                <p>{ texts.offer_signed }</p>
            }
            <p>{ fit }</p>
            <div class="self-check__buttons">
                { button(PRIMARY, texts.resume, context.on_click(|| Action::Resume)) }
                { button(SECONDARY, texts.start_over, context.on_click(|| Action::StartOver)) }
            </div>
            <p class="self-check__hint">{ texts.start_over_note }</p>
        </section>
    }
}
