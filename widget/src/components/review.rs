//! The list before signing: what was answered, what is still open, what can be changed.

use selfcheck::set::Question;
use yew::{Callback, Html, html};

use super::{Context, HEADING, PRIMARY, SECONDARY, button, choices, heading};
use crate::browser::{clock, random};
use crate::outcome;
use crate::run::{Place, Run};
use crate::state::Action;
use crate::texts::fill;

pub fn view(context: &Context, run: &Run) -> Html {
    let texts = context.texts();
    let open = run.open_questions() + run.open_policies();
    let sign = if run.holder().is_some() { texts.sign } else { texts.show_result };
    let before = run.before();
    html! {
        <section class="review" aria-labelledby={HEADING}>
            { heading(texts.review_title) }
            <p>{ texts.review_text }</p>
            if open > 0 {
                <p class="self-check__note self-check__note--warning">
                    { fill(texts.review_open, &[&open.to_string()]) }
                </p>
            }
            <h3>{ texts.review_questions }</h3>
            <ol class="review__list">
                { for run.sheet.questions().iter().enumerate().map(|(index, question)| {
                    one(context, run, index, question)
                }) }
            </ol>
            { policies(context, run) }
            if open == 0 && run.holder().is_some() {
                <p>{ texts.sign_text }</p>
            }
            <div class="self-check__steps">
                { before.map(|before| {
                    button(SECONDARY, texts.back, context.on_click(move || Action::Go(before)))
                }) }
                if open == 0 {
                    { button(PRIMARY, sign, on_finish(context, run)) }
                }
            </div>
        </section>
    }
}

fn one(context: &Context, run: &Run, index: usize, question: &Question) -> Html {
    let texts = context.texts();
    let picked: Vec<String> = run
        .choices(question)
        .iter()
        .filter(|choice| run.picked(&question.id).contains(choice))
        .map(|choice| choices::text(texts, question, choice))
        .collect();
    let answered = run.answered.contains(&question.id);
    let place = Place::Question(index);
    let what = question.prompt.as_str();
    html! {
        <li key={question.id.as_str()} class="review__item">
            <p class="review__prompt">{ question.prompt.clone() }</p>
            <p class="review__answer">
                if answered {
                    { picked.join("／") }
                } else {
                    <span class="badge badge--review">{ texts.unanswered }</span>
                }
            </p>
            if !answered {
                { go(context, place, texts.answer, &fill(texts.answer_now, &[what])) }
            } else if question.is_knowledge() {
                <span class="badge badge--neutral">{ texts.locked }</span>
            } else {
                { go(context, place, texts.change, &fill(texts.change_what, &[what])) }
            }
        </li>
    }
}

fn policies(context: &Context, run: &Run) -> Html {
    let texts = context.texts();
    if run.sheet.policies().is_empty() {
        return Html::default();
    }
    html! {
        <>
            <h3>{ texts.review_policies }</h3>
            <ul class="review__list">
                { for run.sheet.policies().iter().map(|policy| {
                    let decision = run.decisions.get(&policy.page);
                    let answer = decision.map_or(texts.unanswered, |d| texts.decision_name(*d));
                    let name = fill(texts.change_what, &[&policy.title]);
                    html! {
                        <li key={policy.page.as_str()} class="review__item">
                            <p class="review__prompt">{ policy.title.clone() }</p>
                            <p class="review__answer">{ answer }</p>
                            { go(context, Place::Policies, texts.change, &name) }
                        </li>
                    }
                }) }
            </ul>
        </>
    }
}

/// A short button whose spoken name says what it is about.
fn go(context: &Context, place: Place, text: &'static str, name: &str) -> Html {
    let on_click = context.on_click(move || Action::Go(place));
    html! {
        <button type="button" class="button button--quiet" aria-label={name.to_owned()}
            onclick={on_click}>{ text }</button>
    }
}

fn on_finish(context: &Context, run: &Run) -> Callback<yew::MouseEvent> {
    let (page, dispatch, run) = (context.page.clone(), context.dispatch.clone(), run.clone());
    Callback::from(move |_| {
        let finished = outcome::finish(&run, &page, clock::now(), random::bytes());
        dispatch.dispatch(finished.map_or(Action::Refuse, Action::Finish));
    })
}
