//! Kept answers were found: go on, or start over.

use yew::Html;

use super::HEADING;
use super::context::Context;
use super::parts::{PRIMARY, SECONDARY, button, el, heading, nothing, p, section};
use crate::state::{Action, Offer};
use crate::texts::fill;

pub fn view(context: &Context, offer: &Offer) -> Html {
    let texts = context.texts();
    let run = &offer.kept.run;
    let (all, answered) = (run.answers.len().to_string(), run.answered().to_string());
    let found = fill(texts.offer_text(), &[&texts.time(&run.started), &all, &answered]);
    let fit = if offer.fit.same_set {
        texts.offer_same().to_owned()
    } else {
        fill(texts.offer_changed(), &[&offer.fit.dropped.to_string()])
    };
    let again = match offer.fit.asked_again {
        0 => nothing(),
        count => p("", fill(texts.offer_policies(), &[&count.to_string()])),
    };
    let signed = offer.kept.outcome.is_some();
    section(
        "offer",
        HEADING,
        vec![
            heading(texts.offer_title()),
            p("", found),
            if signed { p("", texts.offer_signed()) } else { nothing() },
            p("", fit),
            again,
            el(
                "div",
                "self-check__buttons",
                vec![
                    button(PRIMARY, texts.resume(), context.act(Action::Resume)),
                    button(SECONDARY, texts.start_over(), context.act(Action::StartOver)),
                ],
            ),
            p("self-check__hint", texts.start_over_note()),
        ],
    )
}
