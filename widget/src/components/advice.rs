//! What to do next: priority items first, then everything else that was short of full.

use selfcheck::id::QuestionId;
use yew::Html;

use super::context::Context;
use super::parts::{asked, details, el, nothing, p, page_link, section, subheading};
use crate::outcome::Outcome;
use crate::run::Run;
use crate::texts::fill;

pub fn view(context: &Context, run: &Run, outcome: &Outcome) -> Html {
    let texts = context.texts();
    let score = &outcome.score;
    let mut all = vec![subheading("self-check-advice", texts.priority_title())];
    if score.priority_items.is_empty() {
        all.push(p("", texts.priority_none()));
    } else {
        let items = score.priority_items.iter().map(|id| one(context, run, id)).collect();
        all.push(p("", texts.priority_text()));
        all.push(el("ul", "advice__list", items));
    }
    let mut others = Vec::new();
    for (id, points) in &score.items {
        if points.is_short() && !score.priority_items.contains(id) {
            others.push(one(context, run, id));
        }
    }
    if !others.is_empty() {
        let summary = fill(texts.others_title(), &[&others.len().to_string()]);
        all.push(details(summary, vec![el("ul", "advice__list", others)]));
    }
    section("advice", "self-check-advice", all)
}

fn one(context: &Context, run: &Run, id: &QuestionId) -> Html {
    let mut questions = run.sheet.questions().iter();
    let Some(question) = questions.find(|question| question.id == *id) else { return nothing() };
    el(
        "li",
        "advice__item",
        vec![
            asked("p", "advice__action", question.action.clone()),
            asked("p", "advice__prompt", question.prompt.clone()),
            page_link(context, &question.page, context.texts().rule_link()),
        ],
    )
}
