//! How far one is, as text and as a bar.

use yew::{Html, html};

use super::Context;
use crate::run::Run;
use crate::texts::fill;

pub fn view(context: &Context, run: &Run, index: usize) -> Html {
    let texts = context.texts();
    let question = &run.sheet.questions()[index];
    let category =
        run.sheet.set().categories().iter().find(|category| category.id == question.category);
    let all = run.sheet.questions().len().to_string();
    let answered = run.answered.len().to_string();
    html! {
        <div class="progress">
            <p class="progress__text">
                <span class="progress__place">
                    { fill(texts.progress, &[&(index + 1).to_string(), &all]) }
                </span>
                <span class="progress__category">{ category.map(|c| c.title.clone()) }</span>
            </p>
            <progress class="progress__bar" max={all.clone()} value={answered.clone()}
                aria-label={fill(texts.answered_of, &[&all, &answered])} />
        </div>
    }
}
