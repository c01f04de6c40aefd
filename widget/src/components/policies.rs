//! Acknowledgement of the policies; nothing is chosen beforehand.

use selfcheck::result::Decision;
use selfcheck::set::Acknowledgement;
use yew::{Callback, Html, html};

use super::{Context, HEADING, PRIMARY, SECONDARY, button, heading};
use crate::run::{Place, Run};
use crate::state::Action;

const DECISIONS: [Decision; 3] = [Decision::Accept, Decision::Decline, Decision::Question];

pub fn view(context: &Context, run: &Run) -> Html {
    let texts = context.texts();
    let complete = run.open_policies() == 0;
    let on_forward =
        context.on_click(
            move || if complete { Action::Go(Place::Review) } else { Action::Refuse },
        );
    html! {
        <section class="policies" aria-labelledby={HEADING}>
            { heading(texts.policies_title) }
            <p>{ texts.policies_text }</p>
            { for run.sheet.policies().iter().enumerate().map(|(index, policy)| {
                one(context, run, index, policy)
            }) }
            <p class="field__error" role="alert">
                if run.incomplete { { texts.policies_missing } }
            </p>
            <div class="self-check__steps">
                { run.before().map(|before| {
                    button(SECONDARY, texts.back, context.on_click(move || Action::Go(before)))
                }) }
                { button(PRIMARY, texts.to_review, on_forward) }
            </div>
        </section>
    }
}

fn one(context: &Context, run: &Run, index: usize, policy: &Acknowledgement) -> Html {
    let texts = context.texts();
    let decided = run.decisions.get(&policy.page);
    let on_decide = |decision: Decision| {
        let (dispatch, page) = (context.dispatch.clone(), policy.page.clone());
        Callback::from(move |_| dispatch.dispatch(Action::Decide(page.clone(), decision)))
    };
    html! {
        <fieldset key={policy.page.as_str()} class="policy" data-policy={policy.page.to_string()}>
            <legend class="policy__title">{ policy.title.clone() }</legend>
            { context.page_link(&policy.page, texts.policy_read) }
            <p class="policy__statement">{ policy.statement.clone() }</p>
            <div class="choices">
                { for DECISIONS.into_iter().enumerate().map(|(place, decision)| {
                    let id = format!("policy-{index}-{place}");
                    html! {
                        <label key={place} class="choice" for={id.clone()}>
                            <input type="radio" {id} name={format!("policy-{index}")}
                                checked={decided == Some(&decision)}
                                onchange={on_decide(decision)} />
                            <span class="choice__text">{ texts.decision_name(decision) }</span>
                        </label>
                    }
                }) }
            </div>
            <p class="policy__digest">
                { texts.policy_digest }{ " " }<code>{ policy.sha256.to_string() }</code>
            </p>
        </fieldset>
    }
}
