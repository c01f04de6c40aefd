//! The first screen: what this is, how long it takes, who reads what; then the form.

use selfcheck::set::Campaign;
use yew::Html;

use super::context::Context;
use super::parts::{
    PRIMARY, SECONDARY, badge, button, el, heading, note, p, section, subheading, warning,
};
use super::{HEADING, facts, form, inspection};
use crate::effects::Intent;
use crate::page::{Period, last_day};
use crate::run::Who;
use crate::state::{Start, State};
use crate::texts::fill;

pub fn view(context: &Context, state: &State, start: &Start) -> Html {
    let texts = context.texts();
    let mut all = Vec::new();
    if start.cleared {
        all.push(note(texts.cleared()));
    }
    let Some(campaign) = context.page.campaign() else {
        let begin = button(PRIMARY, texts.begin(), context.press(Intent::Try(Who::Resident)));
        all.push(heading(texts.residents_title()));
        all.push(facts::view(context));
        all.push(el("div", "self-check__buttons", vec![begin]));
        return section("start", HEADING, all);
    };
    let period = Period::of(campaign, &context.page.opened);
    all.push(heading(campaign.title.clone()));
    all.push(status(context, campaign, period));
    all.push(facts::view(context));
    if matches!(period, Period::Open | Period::Late) {
        all.push(form::view(context, start));
    }
    all.push(trial(context));
    all.push(inspection::view(context, state));
    section("start", HEADING, all)
}

fn status(context: &Context, campaign: &Campaign, period: Period) -> Html {
    let texts = context.texts();
    let (class, label, words) = match period {
        Period::Before => ("badge badge--neutral", texts.before(), texts.before_note()),
        Period::Open => return el("p", "", vec![badge("badge badge--good", texts.open())]),
        Period::Late => ("badge badge--review", texts.late(), texts.late_note()),
        Period::Closed => ("badge badge--review", texts.closed(), texts.closed_note()),
    };
    let last_day = last_day(campaign).map(|day| texts.date(day)).unwrap_or_default();
    let note = fill(words, &[&last_day]);
    el("div", "", vec![el("p", "", vec![badge(class, label)]), warning(note)])
}

fn trial(context: &Context) -> Html {
    let texts = context.texts();
    section(
        "start__trial",
        "self-check-trial",
        vec![
            subheading("self-check-trial", texts.trial_title()),
            p("", texts.trial_text()),
            button(SECONDARY, texts.trial(), context.press(Intent::Try(Who::Trial))),
        ],
    )
}
