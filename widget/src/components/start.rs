//! The first screen: what this is, how long it takes, who reads what; then the form.

mod facts;
mod form;

use yew::{Callback, Html, Properties, component, html};

use super::{Context, HEADING, PRIMARY, SECONDARY, button};
use crate::browser::clock;
use crate::page::Period;
use crate::run::{Run, Who};
use crate::state::{Action, Note, Opened};

#[derive(Properties, PartialEq)]
pub struct StartProps {
    pub context: Context,
    /// Something to say first.
    pub note: Option<Note>,
}

#[component]
pub fn Start(props: &StartProps) -> Html {
    let context = &props.context;
    let texts = context.texts();
    let campaign = context.page.campaign();
    let title = campaign.map_or(texts.residents_title, |campaign| campaign.title.as_str());
    let period = campaign.map(|campaign| Period::of(campaign, &context.page.opened));
    html! {
        <section class="start" aria-labelledby={HEADING}>
            if props.note == Some(Note::Cleared) {
                <p class="self-check__note" role="status">{ texts.cleared }</p>
            }
            { super::heading(title) }
            { period.map(|period| state_of(context, period)) }
            { facts::view(context) }
            if let Some(period) = period {
                if period != Period::Before {
                    <form::Form context={context.clone()} />
                }
                { trial(context) }
            } else {
                <div class="self-check__buttons">
                    { button(PRIMARY, texts.begin, on_try(context, Who::Resident)) }
                </div>
            }
        </section>
    }
}

fn state_of(context: &Context, period: Period) -> Html {
    let texts = context.texts();
    let (label, note, class) = match period {
        Period::Before => (texts.before, texts.before_note, "badge--neutral"),
        Period::Open => (texts.open, "", "badge--good"),
        Period::Late => (texts.late, texts.late_note, "badge--review"),
    };
    html! {
        <>
            <p><span class={yew::classes!("badge", class)}>{ label }</span></p>
            if !note.is_empty() {
                <p class="self-check__note self-check__note--warning">{ note }</p>
            }
        </>
    }
}

fn trial(context: &Context) -> Html {
    let texts = context.texts();
    html! {
        <section class="start__trial" aria-labelledby="self-check-trial">
            <h3 id="self-check-trial">{ texts.trial_title }</h3>
            <p>{ texts.trial_text }</p>
            { button(SECONDARY, texts.trial, on_try(context, Who::Trial)) }
        </section>
    }
}

/// Begins without a number, on everybody's sheet.
fn on_try(context: &Context, who: Who) -> Callback<yew::MouseEvent> {
    let page = context.page.clone();
    context.on_click(move || {
        let run = Run::new(who.clone(), page.first_sheet().clone(), clock::now());
        Action::Open(Box::new(Opened { run, outcome: None }))
    })
}
