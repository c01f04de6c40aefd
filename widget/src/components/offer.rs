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
    let signed = offer.kept.outcome.as_ref().and(run.sheet.frozen());
    let fit = match signed {
        Some(frozen) => fill(texts.offer_signed(), &[texts.role_name(frozen.set.role)]),
        None if offer.fit.same_set => texts.offer_same().to_owned(),
        None => fill(texts.offer_changed(), &[&offer.fit.dropped.to_string()]),
    };
    let again = match offer.fit.asked_again {
        0 => nothing(),
        count => p("", fill(texts.offer_policies(), &[&count.to_string()])),
    };
    section(
        "offer",
        HEADING,
        vec![
            heading(texts.offer_title()),
            p("", found),
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
            p(
                "self-check__hint",
                if signed.is_some() { texts.start_over_signed() } else { texts.start_over_note() },
            ),
        ],
    )
}
