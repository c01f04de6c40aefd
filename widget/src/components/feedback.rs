//! What follows an answer: verdict, explanation, what to do, and the page with the rule.

use selfcheck::grade::{Response, grade_question};
use selfcheck::id::{ChoiceId, Reserved};
use selfcheck::order;
use selfcheck::set::Question;
use yew::Html;

use super::FEEDBACK;
use super::context::Context;
use super::parts::{anew, asked, el, p, page_link, section, text, with, words};
use crate::run::Run;
use crate::texts::Texts;

pub fn view(context: &Context, run: &Run, index: usize) -> Html {
    let texts = context.texts();
    let question = &run.sheet.questions()[index];
    let verdict = verdict(texts, question, &run.answers[index].picked);
    let values = ["feedback__verdict", FEEDBACK, "-1"];
    let mut all = vec![
        with("h3", &["class", "id", "tabindex"], &values, vec![text(verdict.words)]),
        asked("p", "", question.explanation.clone()),
    ];
    if verdict.short {
        let label = words("strong", "", texts.action());
        all.push(el(
            "p",
            "feedback__action",
            vec![label, asked("span", "", question.action.clone())],
        ));
    }
    all.push(page_link(context, &question.page, texts.rule_link()));
    if !question.is_knowledge() {
        all.push(p("self-check__hint", texts.practice_change()));
    }
    // A practice answer changes while the screen stays.
    anew("div", verdict.words, section(verdict.class, FEEDBACK, all))
}

/// What is said about an answer.
pub struct Verdict {
    /// In words.
    pub words: &'static str,
    class: &'static str,
    /// Whether less than all was earned.
    short: bool,
}

/// The verdict on what is picked.
pub fn verdict(texts: &Texts, question: &Question, picked: &[ChoiceId]) -> Verdict {
    let points = Response::new(picked.to_vec())
        .and_then(|response| grade_question(question, &response).ok())
        .unwrap_or_default();
    let short = points.is_short();
    let (words, class) = match picked.first().and_then(order::reserved) {
        Some(Reserved::Yes) => (texts.practice_yes(), "feedback feedback--right"),
        Some(Reserved::No) => (texts.practice_no(), "feedback feedback--part"),
        Some(Reserved::DontKnow) => (texts.practice_unknown(), "feedback feedback--part"),
        Some(Reserved::NotApplicable) => (texts.practice_na(), "feedback"),
        None if !short => (texts.verdict_right(), "feedback feedback--right"),
        None if points.points > 0 => (texts.verdict_part(), "feedback feedback--part"),
        None => (texts.verdict_wrong(), "feedback feedback--wrong"),
    };
    Verdict { words, class, short }
}
