//! What is shown of the whole city alone, beside the columns of groups: questions of managers and
//! contacts, and what people said to the policies.
//!
//! A place in the lists of this file is one number that a second report could be subtracted from:
//! for each question that not everybody is asked those who were asked and those to whom it applied,
//! then for each policy those who were asked to confirm it.

use super::answers::{Answers, Questions};
use super::items::QuestionFigures;
use super::partition::SMALLEST;

/// What of it concerns a person.
pub(super) fn concerns(answers: Answers<'_>, questions: &Questions) -> Vec<bool> {
    let mut places = Vec::new();
    for (index, _) in questions.all.iter().enumerate().filter(|(_, asked)| !asked.of_all) {
        let points = answers.item(index).points();
        places.extend([points.is_some(), points.is_some_and(|points| points.max > 0)]);
    }
    places.extend(answers.decisions(questions).map(|decision| decision.is_some()));
    places
}

/// How many people each place concerns, `None` where its figure is hidden.
pub(super) fn shown(
    questions: &Questions,
    figures: &[QuestionFigures],
    people: &[Answers<'_>],
) -> Vec<Option<u64>> {
    let of_some = questions.all.iter().zip(figures).filter(|(asked, _)| !asked.of_all);
    let mut is_shown: Vec<bool> =
        of_some.flat_map(|(_, figures)| [figures.sum.is_some(); 2]).collect();
    let mut counts = vec![0; is_shown.len() + questions.policies.len()];
    for answers in people {
        let places = counts.iter_mut().zip(concerns(*answers, questions));
        places.for_each(|(count, yes)| *count += u64::from(yes));
    }
    is_shown.extend(counts[is_shown.len()..].iter().map(|&count| count >= SMALLEST));
    counts.into_iter().zip(is_shown).map(|(count, shown)| shown.then_some(count)).collect()
}
