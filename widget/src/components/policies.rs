//! Acknowledgement of the policies; nothing is chosen beforehand.

use selfcheck::result::Decision;
use selfcheck::set::Acknowledgement;
use yew::Html;

use super::HEADING;
use super::context::Context;
use super::parts::{
    PRIMARY, SECONDARY, asked, button, choice, el, error, heading, p, page_link, section, text,
    with, words,
};
use crate::run::{Place, Run};
use crate::state::Action;
use crate::texts::fill;

pub fn view(context: &Context, run: &Run) -> Html {
    let texts = context.texts();
    let mut all = vec![heading(texts.policies_title()), p("", texts.policies_text())];
    for (index, policy) in run.sheet.policies().iter().enumerate() {
        all.push(one(context, index, policy, run.decisions[index]));
    }
    all.push(error("policies-error", if run.incomplete { texts.policies_missing() } else { "" }));
    let mut buttons = Vec::new();
    if let Some(before) = run.before() {
        buttons.push(button(SECONDARY, texts.back(), context.act(Action::Go(before))));
    }
    buttons.push(button(PRIMARY, texts.to_review(), context.act(Action::Go(Place::Review))));
    all.push(el("div", "self-check__steps", buttons));
    section("policies", HEADING, all)
}

fn one(
    context: &Context,
    index: usize,
    policy: &Acknowledgement,
    decided: Option<Decision>,
) -> Html {
    let texts = context.texts();
    let mut rows = Vec::new();
    for (place, decision) in Decision::ALL.into_iter().enumerate() {
        let name = fill("policy-{}", &[&index.to_string()]);
        let id = fill("{}-{}", &[&name, &place.to_string()]);
        let on = context.choose(Action::Decide(index, decision));
        let label = words("span", "choice__text", texts.decision_name(decision));
        rows.push(choice("radio", &id, &name, decided == Some(decision), label, on));
    }
    let digest = words("code", "", policy.sha256.text());
    with(
        "fieldset",
        &["class", "data-policy"],
        &["policy", policy.page.as_str()],
        vec![
            asked("legend", "policy__title", policy.title.clone()),
            page_link(context, &policy.page, texts.policy_read()),
            asked("p", "policy__statement", policy.statement.clone()),
            el("div", "choices", rows),
            el("p", "policy__digest", vec![text(texts.policy_digest()), text(" "), digest]),
        ],
    )
}
