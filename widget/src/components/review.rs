//! The list before signing: what was answered, what is still open, what can be changed.

use yew::Html;

use super::HEADING;
use super::choices;
use super::context::Context;
use super::parts::{
    PRIMARY, QUIET, SECONDARY, asked, badge, button, button_for, el, heading, nothing, p, section,
    text, warning, words,
};
use crate::effects::Intent;
use crate::run::{Place, Run};
use crate::state::Action;
use crate::texts::fill;

pub fn view(context: &Context, run: &Run) -> Html {
    let texts = context.texts();
    let open = run.open_items();
    let mut all = vec![heading(texts.review_title()), p("", texts.review_text())];
    if open > 0 {
        all.push(warning(fill(texts.review_open(), &[&open.to_string()])));
    }
    all.push(words("h3", "", texts.review_questions()));
    let questions = (0..run.answers.len()).map(|index| question(context, run, index));
    all.push(el("ol", "review__list", questions.collect()));
    if !run.decisions.is_empty() {
        all.push(words("h3", "", texts.review_policies()));
        let policies = (0..run.decisions.len()).map(|index| policy(context, run, index));
        all.push(el("ul", "review__list", policies.collect()));
    }
    let signs = run.holder().is_some();
    if open == 0 && signs {
        all.push(p("", texts.sign_text()));
    }
    let mut buttons = Vec::new();
    if let Some(before) = run.before() {
        buttons.push(button(SECONDARY, texts.back(), context.act(Action::Go(before))));
    }
    if open == 0 {
        let label = if signs { texts.sign() } else { texts.show_result() };
        buttons.push(button(PRIMARY, label, context.press(Intent::Finish)));
    }
    all.push(el("div", "self-check__steps", buttons));
    section("review", HEADING, all)
}

fn question(context: &Context, run: &Run, index: usize) -> Html {
    let texts = context.texts();
    let (question, answer) = (&run.sheet.questions()[index], &run.answers[index]);
    let mut said = String::new();
    for choice in run.choices(question) {
        if answer.picked.contains(&choice) {
            said += if said.is_empty() { "" } else { "／" };
            said += &choices::label(texts, question, &choice);
        }
    }
    let settled = answer.given && question.is_knowledge();
    item(
        &question.prompt,
        if answer.given {
            asked("span", "", said)
        } else {
            badge("badge badge--review", texts.unanswered())
        },
        if settled {
            badge("badge badge--neutral", texts.locked())
        } else {
            let label = if answer.given { texts.change() } else { texts.answer() };
            let go = context.act(Action::Go(Place::Question(index)));
            button_for(QUIET, label, &question.prompt, go)
        },
    )
}

fn policy(context: &Context, run: &Run, index: usize) -> Html {
    let texts = context.texts();
    let title = &run.sheet.policies()[index].title;
    let answer = match run.decisions[index] {
        Some(decision) => text(texts.decision_name(decision)),
        None => badge("badge badge--review", texts.unanswered()),
    };
    let go = context.act(Action::Go(Place::Policies));
    item(title, answer, button_for(QUIET, texts.change(), title, go))
}

fn item(prompt: &str, answer: Html, action: Html) -> Html {
    el(
        "li",
        "review__item",
        vec![
            asked("p", "review__prompt", prompt.to_owned()),
            el("p", "review__answer", vec![answer]),
            el("div", "review__action", vec![action]),
            nothing(),
        ],
    )
}
