//! The choices of a question: real radios or checkboxes, or a list once the answer is settled.

use selfcheck::id::{ChoiceId, Reserved};
use selfcheck::order;
use selfcheck::set::{Choice, Kind, Question};
use yew::Html;

use super::context::Context;
use super::parts::{asked, badge, choice as row, el, words};
use crate::run::Run;
use crate::state::Action;
use crate::texts::{Texts, fill};

/// Choices that can be picked.
pub fn open(context: &Context, run: &Run, index: usize) -> Html {
    let question = &run.sheet.questions()[index];
    let kind = if matches!(question.kind, Kind::Multiple(_)) { "checkbox" } else { "radio" };
    let mut rows = Vec::new();
    for choice in run.choices(question) {
        let name = question.id.as_str();
        let id = fill("{}-{}", &[name, choice.as_str()]);
        let picked = run.answers[index].picked.contains(&choice);
        let label = label_of(context.texts(), question, &choice);
        let on = context.choose(Action::Pick(index, choice));
        rows.push(row(kind, &id, name, picked, label, on));
    }
    el("div", "choices", rows)
}

/// The settled answer beside the right one, in words and not by colour alone.
pub fn locked(context: &Context, run: &Run, index: usize) -> Html {
    let texts = context.texts();
    let question = &run.sheet.questions()[index];
    let mut rows = Vec::new();
    for choice in run.choices(question) {
        let right = find(question, &choice).is_some_and(|choice| choice.correct);
        let mut marks = Vec::new();
        if run.answers[index].picked.contains(&choice) {
            marks.push(badge("badge badge--neutral", texts.your_answer()));
        }
        if right {
            marks.push(badge("badge badge--good", texts.right_choice()));
        }
        let class = if right { "choice choice--right" } else { "choice" };
        let label = label_of(texts, question, &choice);
        rows.push(el("li", class, vec![label, el("span", "choice__marks", marks)]));
    }
    el("ul", "choices choices--locked", rows)
}

/// The words of a choice, in their language.
fn label_of(texts: &Texts, question: &Question, choice: &ChoiceId) -> Html {
    let words_of = if question.is_knowledge() { asked } else { words };
    words_of("span", "choice__text", label(texts, question, choice))
}

/// The words of a choice.
pub fn label(texts: &Texts, question: &Question, choice: &ChoiceId) -> String {
    let words = match order::reserved(choice) {
        Some(Reserved::Yes) => texts.answer_yes(),
        Some(Reserved::No) => texts.answer_no(),
        Some(Reserved::DontKnow) => texts.answer_dk(),
        Some(Reserved::NotApplicable) => texts.answer_na(),
        None => find(question, choice).map_or("", |choice| &choice.text),
    };
    words.to_owned()
}

fn find<'a>(question: &'a Question, choice: &ChoiceId) -> Option<&'a Choice> {
    match &question.kind {
        Kind::Single(choices) | Kind::Scenario(choices) | Kind::Multiple(choices) => {
            choices.iter().find(|each| each.id == *choice)
        }
        Kind::Practice { .. } => None,
    }
}
