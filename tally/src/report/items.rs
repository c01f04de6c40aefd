//! Figures of single questions over the whole city: difficulty, discrimination, わからない and
//! 該当なし.
//!
//! - 得点率 (facility index): points earned of points reachable by those to whom it applied.
//! - 識別力 (upper–lower index): facility among the best 27 % of people less that among the weakest
//!   27 %, in tenths of a percent. People are ranked by their 得点率 over the questions of all;
//!   whoever ties with the last of a group is in it too, so that no order of people matters.

use std::cmp::Ordering;

use selfcheck::set::Kind;

use super::answers::{Answers, Asked, Questions};
use super::figures::{Column, Group, Sum};
use super::partition::SMALLEST;
use crate::rate::Rate;

/// A question in the whole city.
pub(crate) struct QuestionFigures {
    /// `None` with fewer than five applicable answers.
    pub(crate) sum: Option<Sum>,
    /// `None` where the question does not offer it, or is hidden.
    pub(crate) dont_know: Option<Rate>,
    /// `None` where the question does not offer it, or is hidden.
    pub(crate) not_applicable: Option<Rate>,
    /// In tenths of a percent, -1000 to 1000; `None` with fewer than five people in either group,
    /// or when the groups are the same.
    pub(crate) discrimination: Option<i64>,
}

/// A share of this many percent of people on either side.
const TAIL_PERCENT: usize = 27;

/// Below this, in tenths of a percent, a question does not tell the able from the less able.
pub(crate) const POOR_DISCRIMINATION: i64 = 100;

impl QuestionFigures {
    /// All questions, in the order of [`Questions::all`]; `all` is the city.
    pub(crate) fn of_all(questions: &Questions, all: &Group, people: &[Answers<'_>]) -> Vec<Self> {
        let tails = Tails::of(questions, people);
        let asked = questions.all.iter().enumerate();
        asked.map(|(index, asked)| Self::of(index, asked, questions, all, people, &tails)).collect()
    }

    fn of(
        index: usize,
        asked: &Asked,
        questions: &Questions,
        all: &Group,
        people: &[Answers<'_>],
        tails: &Tails<'_>,
    ) -> Self {
        let mut sum = Sum::default();
        let (mut answered, mut dont_know) = (0, 0);
        for item in people.iter().map(|answers| answers.item(index)) {
            if let Some(points) = item.points() {
                sum.add(points);
                answered += 1;
                dont_know += u64::from(item.is_dont_know());
            }
        }
        // One decision for all outputs: where the table of groups hides it, it is hidden.
        let shown = match asked.of_all {
            true => all.sum(Column::Question(index), questions).is_some(),
            false => sum.people >= SMALLEST,
        };
        let (has_dk, has_na) = match asked.question.kind {
            Kind::Practice { allow_na } => (true, allow_na),
            _ => (false, false),
        };
        let rate = |part, offered| (shown && offered).then_some(Rate { part, whole: answered });
        Self {
            sum: shown.then_some(sum),
            dont_know: rate(dont_know, has_dk),
            not_applicable: rate(answered - sum.people, has_na),
            discrimination: if shown { tails.discrimination(index) } else { None },
        }
    }
}

/// The best and the weakest.
struct Tails<'a> {
    weakest: Vec<Answers<'a>>,
    best: Vec<Answers<'a>>,
}

impl<'a> Tails<'a> {
    fn of(questions: &Questions, people: &[Answers<'a>]) -> Self {
        let of_all: Vec<usize> =
            (0..questions.all.len()).filter(|&index| questions.all[index].of_all).collect();
        let total = |answers: Answers<'_>| {
            let mut sum = Sum::default();
            let items = of_all.iter().map(|&index| answers.item(index));
            items.filter_map(super::answers::Item::points).for_each(|points| sum.add(points));
            sum
        };
        let mut ranked: Vec<(Sum, Answers<'a>)> =
            people.iter().map(|answers| (total(*answers), *answers)).collect();
        ranked.sort_by(|(a, _), (b, _)| compare(*a, *b));
        let size = ranked.len() * TAIL_PERCENT / 100;
        let (mut weakest, mut best) = (Vec::new(), Vec::new());
        if size > 0 {
            let (low, high) = (ranked[size - 1].0, ranked[ranked.len() - size].0);
            if compare(low, high) == Ordering::Less {
                for (sum, answers) in ranked {
                    if compare(sum, low) != Ordering::Greater {
                        weakest.push(answers);
                    } else if compare(sum, high) != Ordering::Less {
                        best.push(answers);
                    }
                }
            }
        }
        Self { weakest, best }
    }

    fn discrimination(&self, index: usize) -> Option<i64> {
        let facility = |people: &[Answers<'_>]| {
            let mut sum = Sum::default();
            let points = people.iter().filter_map(|answers| answers.item(index).points());
            points.for_each(|points| sum.add(points));
            (sum.people >= SMALLEST).then(|| sum.rate().permille()).flatten()
        };
        let (best, weakest) = (facility(&self.best)?, facility(&self.weakest)?);
        Some(best.cast_signed() - weakest.cast_signed())
    }
}

/// Compares two rates by cross-multiplication.
pub(crate) fn compare(a: Sum, b: Sum) -> Ordering {
    let product = |x: u64, y: u64| u128::from(x) * u128::from(y);
    product(a.points, b.max).cmp(&product(b.points, a.max))
}
