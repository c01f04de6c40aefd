//! One question a screen.

use selfcheck::set::{Kind, Question};
use yew::{Callback, Html, SubmitEvent, html};

use super::{Context, HEADING, PRIMARY, SECONDARY, button, choices, feedback, progress};
use crate::run::{Place, Run};
use crate::state::Action;
use crate::texts::Texts;

pub fn view(context: &Context, run: &Run, index: usize) -> Html {
    let Some(question) = run.sheet.questions().get(index) else { return Html::default() };
    let texts = context.texts();
    let answered = run.answered.contains(&question.id);
    let locked = answered && question.is_knowledge();
    html! {
        <section class="question" key={question.id.as_str()} data-question={question.id.to_string()}>
            { progress::view(context, run, index) }
            <form onsubmit={on_answer(context, question)}>
                <fieldset class="question__fieldset" aria-describedby="self-check-hint">
                    <legend class="question__legend">
                        <h2 id={HEADING} class="question__prompt" tabindex="-1">
                            { question.prompt.clone() }
                        </h2>
                    </legend>
                    <p class="self-check__hint" id="self-check-hint">
                        if !locked { { hint(texts, question) } }
                    </p>
                    if locked {
                        { choices::locked(context, run, question) }
                    } else {
                        { choices::open(context, run, question) }
                    }
                </fieldset>
                <p class="field__error" role="alert">
                    if run.incomplete { { texts.nothing_picked } }
                </p>
                if !answered {
                    <div class="self-check__buttons">
                        <button type="submit" class="button button--primary">
                            { texts.answer }
                        </button>
                    </div>
                }
            </form>
            if answered {
                { feedback::view(context, run, question) }
            }
            { steps(context, run, answered) }
        </section>
    }
}

fn hint(texts: &Texts, question: &Question) -> &'static str {
    match question.kind {
        Kind::Single(_) | Kind::Scenario(_) => texts.hint_one,
        Kind::Multiple(_) => texts.hint_many,
        Kind::Practice { .. } => texts.hint_practice,
    }
}

fn on_answer(context: &Context, question: &Question) -> Callback<SubmitEvent> {
    let (dispatch, id) = (context.dispatch.clone(), question.id.clone());
    Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        dispatch.dispatch(Action::Answer(id.clone()));
    })
}

/// Back and forward.
fn steps(context: &Context, run: &Run, answered: bool) -> Html {
    let texts = context.texts();
    let after = run.after();
    let forward = match after {
        Place::Policies => texts.to_policies,
        Place::Review => texts.to_review,
        Place::Question(_) if answered => texts.next,
        Place::Question(_) => texts.later,
    };
    let class = if answered { PRIMARY } else { SECONDARY };
    html! {
        <div class="self-check__steps">
            { run.before().map(|before| {
                button(SECONDARY, texts.back, context.on_click(move || Action::Go(before)))
            }) }
            { button(class, forward, context.on_click(move || Action::Go(after))) }
        </div>
    }
}
