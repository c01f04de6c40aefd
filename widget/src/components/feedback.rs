//! What follows an answer: verdict, explanation, what to do, and the page with the rule.

use selfcheck::grade::{Response, grade_question};
use selfcheck::id::Reserved;
use selfcheck::order;
use selfcheck::set::Question;
use yew::{Html, html};

use super::{Context, FEEDBACK};
use crate::run::Run;
use crate::texts::Texts;

pub fn view(context: &Context, run: &Run, question: &Question) -> Html {
    let texts = context.texts();
    let (verdict, class, short) = verdict(texts, run, question);
    html! {
        <section class={yew::classes!("feedback", class)} aria-labelledby={FEEDBACK}>
            <h3 id={FEEDBACK} class="feedback__verdict" tabindex="-1">{ verdict }</h3>
            <p>{ question.explanation.clone() }</p>
            if short {
                <p class="feedback__action">
                    <strong>{ texts.action }</strong>{ question.action.clone() }
                </p>
            }
            { context.page_link(&question.page, texts.rule_link) }
            if !question.is_knowledge() {
                <p class="self-check__hint">{ texts.practice_change }</p>
            }
        </section>
    }
}

/// The verdict in words, its class, and whether less than all was earned.
pub fn verdict(
    texts: &Texts,
    run: &Run,
    question: &Question,
) -> (&'static str, &'static str, bool) {
    let picked = run.picked(&question.id);
    let points = Response::new(picked.to_vec())
        .and_then(|response| grade_question(question, &response).ok())
        .unwrap_or_default();
    let short = points.is_short();
    let (text, class) = match picked.first().and_then(order::reserved) {
        Some(Reserved::Yes) => (texts.practice_yes, "feedback--right"),
        Some(Reserved::No) => (texts.practice_no, "feedback--action"),
        Some(Reserved::DontKnow) => (texts.practice_unknown, "feedback--action"),
        Some(Reserved::NotApplicable) => (texts.practice_na, "feedback--neutral"),
        None if !short => (texts.verdict_right, "feedback--right"),
        None if points.points > 0 => (texts.verdict_part, "feedback--part"),
        None => (texts.verdict_wrong, "feedback--wrong"),
    };
    (text, class, short)
}
