//! The choices of a question: real radios or checkboxes, or a list once the answer is settled.

use selfcheck::id::{ChoiceId, Reserved};
use selfcheck::order;
use selfcheck::set::{Choice, Kind, Question};
use yew::{Callback, Event, Html, TargetCast as _, html};

use super::Context;
use crate::run::Run;
use crate::state::Action;
use crate::texts::Texts;

/// Choices that can be picked.
pub fn open(context: &Context, run: &Run, question: &Question) -> Html {
    let kind = if matches!(question.kind, Kind::Multiple(_)) { "checkbox" } else { "radio" };
    html! {
        <div class="choices">
            { for run.choices(question).into_iter().map(|choice| {
                let id = format!("{}-{choice}", question.id);
                html! {
                    <label key={choice.as_str()} class="choice" for={id.clone()}>
                        <input type={kind} {id} name={question.id.to_string()}
                            value={choice.to_string()}
                            checked={run.picked(&question.id).contains(&choice)}
                            onchange={on_pick(context, question, &choice)} />
                        <span class="choice__text">{ text(context.texts(), question, &choice) }</span>
                    </label>
                }
            }) }
        </div>
    }
}

fn on_pick(context: &Context, question: &Question, choice: &ChoiceId) -> Callback<Event> {
    let dispatch = context.dispatch.clone();
    let (question, choice) = (question.id.clone(), choice.clone());
    Callback::from(move |event: Event| {
        let on = event
            .target_dyn_into::<web_sys::HtmlInputElement>()
            .is_some_and(|input| input.checked());
        dispatch.dispatch(Action::Pick(question.clone(), choice.clone(), on));
    })
}

/// The settled answer beside the right one, in words and not by colour alone.
pub fn locked(context: &Context, run: &Run, question: &Question) -> Html {
    let texts = context.texts();
    let mark = |on: bool, class: &'static str, text: &'static str| {
        on.then(|| html! { <span class={yew::classes!("badge", class)}>{ text }</span> })
    };
    html! {
        <ul class="choices choices--locked">
            { for run.choices(question).into_iter().map(|choice| {
                let right = is_right(question, &choice);
                let picked = run.picked(&question.id).contains(&choice);
                let class = if right { "choice choice--right" } else { "choice" };
                html! {
                    <li key={choice.as_str()} {class}>
                        <span class="choice__text">{ text(texts, question, &choice) }</span>
                        <span class="choice__marks">
                            { mark(picked, "badge--neutral", texts.your_answer) }
                            { mark(right, "badge--good", texts.right_choice) }
                        </span>
                    </li>
                }
            }) }
        </ul>
    }
}

/// The words of a choice.
pub fn text(texts: &Texts, question: &Question, choice: &ChoiceId) -> String {
    let [yes, no, unknown, not_applicable] = texts.reserved;
    match order::reserved(choice) {
        Some(Reserved::Yes) => yes.to_owned(),
        Some(Reserved::No) => no.to_owned(),
        Some(Reserved::DontKnow) => unknown.to_owned(),
        Some(Reserved::NotApplicable) => not_applicable.to_owned(),
        None => find(question, choice).map(|choice| choice.text.clone()).unwrap_or_default(),
    }
}

fn is_right(question: &Question, choice: &ChoiceId) -> bool {
    find(question, choice).is_some_and(|choice| choice.correct)
}

fn find<'a>(question: &'a Question, choice: &ChoiceId) -> Option<&'a Choice> {
    match &question.kind {
        Kind::Single(choices) | Kind::Scenario(choices) | Kind::Multiple(choices) => {
            choices.iter().find(|each| each.id == *choice)
        }
        Kind::Practice { .. } => None,
    }
}
