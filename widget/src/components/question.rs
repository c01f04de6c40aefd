//! One question a screen.

use selfcheck::set::{Kind, Question};
use yew::Html;

use super::context::Context;
use super::parts::{
    PRIMARY, SECONDARY, asked, button, el, error, form, nothing, submit, text, with, words,
};
use super::{HEADING, choices, feedback};
use crate::effects::Intent;
use crate::run::{Place, Run};
use crate::state::Action;
use crate::texts::{Texts, fill};

pub fn view(context: &Context, run: &Run, index: usize) -> Html {
    let texts = context.texts();
    let question = &run.sheet.questions()[index];
    let given = run.answers[index].given;
    let locked = given && question.is_knowledge();
    let values = ["question__prompt", HEADING, "-1", "ja"];
    let prompt = vec![text(question.prompt.clone())];
    let prompt = with("h2", &["class", "id", "tabindex", "lang"], &values, prompt);
    let fieldset = el(
        "fieldset",
        "question__fieldset",
        vec![
            el("legend", "question__legend", vec![prompt]),
            if locked { nothing() } else { words("p", "self-check__hint", hint(texts, question)) },
            if locked {
                choices::locked(context, run, index)
            } else {
                choices::open(context, run, index)
            },
        ],
    );
    let answer = form(
        "",
        HEADING,
        context.submit(Intent::Do(Action::Answer(index))),
        vec![
            fieldset,
            error("question-error", if run.incomplete { texts.nothing_picked() } else { "" }),
            if given { nothing() } else { submit(texts.answer()) },
        ],
    );
    with(
        "section",
        &["class", "data-question", "aria-labelledby"],
        &["question", question.id.as_str(), HEADING],
        vec![
            progress(context, run, index),
            answer,
            if given { feedback::view(context, run, index) } else { nothing() },
            steps(context, run, given),
        ],
    )
}

/// How far one is, as text and as a bar.
fn progress(context: &Context, run: &Run, index: usize) -> Html {
    let texts = context.texts();
    let question = &run.sheet.questions()[index];
    let categories = run.sheet.set().categories();
    let category = categories.iter().find(|category| category.id == question.category);
    let (place, all) = ((index + 1).to_string(), run.answers.len().to_string());
    let answered = run.answered().to_string();
    let label = fill(texts.answered_of(), &[&all, &answered]);
    let bar = ["progress__bar", all.as_str(), &answered, &label];
    let keys = &["class", "max", "value", "aria-label"];
    el(
        "div",
        "progress",
        vec![
            words("p", "progress__place", fill(texts.progress(), &[&place, &all])),
            asked("p", "progress__category", category.map_or("", |c| &c.title).to_owned()),
            with("progress", keys, &bar, Vec::new()),
        ],
    )
}

fn hint(texts: &Texts, question: &Question) -> &'static str {
    match question.kind {
        Kind::Single(_) | Kind::Scenario(_) => texts.hint_one(),
        Kind::Multiple(_) => texts.hint_many(),
        Kind::Practice { .. } => texts.hint_practice(),
    }
}

/// Back and forward.
fn steps(context: &Context, run: &Run, given: bool) -> Html {
    let texts = context.texts();
    let after = run.after();
    let forward = match after {
        Place::Policies => texts.to_policies(),
        Place::Review => texts.to_review(),
        Place::Question(_) if given => texts.next(),
        Place::Question(_) => texts.later(),
    };
    let class = if given { PRIMARY } else { SECONDARY };
    let mut buttons = Vec::new();
    if let Some(before) = run.before() {
        buttons.push(button(SECONDARY, texts.back(), context.act(Action::Go(before))));
    }
    buttons.push(button(class, forward, context.act(Action::Go(after))));
    el("div", "self-check__steps", buttons)
}
