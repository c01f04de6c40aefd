//! Grading holds its promises for any set and any answers.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod common;

use common::{frozen, grade, place, responses};
use proptest::prelude::*;
use selfcheck::grade::{CannotGrade, Points, Response, grade_question};
use selfcheck::id::{CategoryId, ChoiceId};
use selfcheck::set::{Bands, Category, Choice, Kind, Question, QuestionSet};

const BANDS: Bands = Bands { good: 85, review: 70 };

/// A question and a response that fits it.
fn any_item() -> impl Strategy<Value = (Question, Response)> {
    let key = proptest::collection::vec(any::<bool>(), 2..=26);
    (0..4_u8, key, any::<u32>(), 0..26_usize, 1..=3_u8, 0..3_u8, any::<bool>()).prop_map(
        |(kind, mut key, picks, one, weight, category, allow_na)| {
            let one = one % key.len();
            if kind != 2 {
                key = (0..key.len()).map(|index| index == one).collect();
            }
            key[one] = true;
            let choices = choices(&key);
            let kind = match kind {
                0 => Kind::Single(choices),
                1 => Kind::Scenario(choices),
                2 => Kind::Multiple(choices),
                _ => Kind::Practice { allow_na },
            };
            let question = question(kind, weight, category);
            let picked = picked(&question, picks);
            (question, picked)
        },
    )
}

fn choices(key: &[bool]) -> Vec<Choice> {
    let choice = |(index, &correct)| Choice {
        id: ChoiceId::nth(index).unwrap(),
        text: String::new(),
        correct,
    };
    key.iter().enumerate().map(choice).collect()
}

fn question(kind: Kind, weight: u8, category: u8) -> Question {
    Question {
        id: "q".parse().unwrap(),
        rev: 1,
        kind,
        category: format!("c{category}").parse().unwrap(),
        weight,
        prompt: String::new(),
        explanation: String::new(),
        page: "people/password".parse().unwrap(),
        action: String::new(),
    }
}

/// One offered choice, or for `multiple` those whose bit is set.
fn picked(question: &Question, picks: u32) -> Response {
    let offered = question.choice_ids();
    let one = offered[picks as usize % offered.len()].clone();
    let several = || {
        let of_bit =
            |(index, id): (usize, &ChoiceId)| (picks >> index & 1 == 1).then(|| id.clone());
        Response::new(offered.iter().enumerate().filter_map(of_bit).collect())
    };
    match question.kind {
        Kind::Multiple(_) => several().unwrap_or_else(|| Response::new(vec![one]).unwrap()),
        _ => Response::new(vec![one]).unwrap(),
    }
}

/// The rule of the format in signed arithmetic, as one would reckon it by hand.
fn by_hand(question: &Question, response: &Response) -> (i64, i64) {
    let has = |id: &ChoiceId| response.choices().contains(id);
    let max = 1000 * i64::from(question.weight);
    let all_if = |full| (if full { max } else { 0 }, max);
    match &question.kind {
        Kind::Single(choices) | Kind::Scenario(choices) => {
            all_if(choices.iter().all(|choice| choice.correct == has(&choice.id)))
        }
        Kind::Multiple(choices) => {
            let value = |choice: &Choice| if choice.correct { 1 } else { -1 };
            let net: i64 = choices.iter().filter(|choice| has(&choice.id)).map(value).sum();
            let right = choices.iter().filter(|choice| choice.correct).count() as i64;
            (max * net.max(0) / right, max)
        }
        Kind::Practice { .. } if has(&"na".parse().unwrap()) => (0, 0),
        Kind::Practice { .. } => all_if(has(&"yes".parse().unwrap())),
    }
}

fn pair(points: Points) -> (i64, i64) {
    (points.points.into(), points.max.into())
}

fn any_set() -> impl Strategy<Value = (QuestionSet, Vec<Option<Response>>)> {
    proptest::collection::vec(any_item(), 1..12).prop_map(|items| {
        let number = |(index, (mut question, response)): (usize, (Question, Response))| {
            question.id = format!("q{index}").parse().unwrap();
            (question, response)
        };
        let items: Vec<_> = items.into_iter().enumerate().map(number).collect();
        let responses = items.iter().map(|(_, response)| Some(response.clone())).collect();
        let category = |index| Category {
            id: format!("c{index}").parse::<CategoryId>().unwrap(),
            title: String::new(),
        };
        let questions = items.into_iter().map(|(question, _)| question).collect();
        (QuestionSet::new(BANDS, (0..3).map(category).collect(), questions).unwrap(), responses)
    })
}

proptest! {
    #[test]
    fn never_below_zero_never_above_weight((question, response) in any_item()) {
        let points = grade_question(&question, &response).unwrap();
        prop_assert!(points.points <= points.max);
        prop_assert!(points.max <= 1000 * u32::from(question.weight));
        prop_assert_eq!(pair(points), by_hand(&question, &response));
    }

    #[test]
    fn order_of_picks_is_irrelevant((question, response) in any_item(), turn in 0..26_usize) {
        let mut other = response.choices().to_vec();
        other.reverse();
        let turn = turn % other.len();
        other.rotate_left(turn);
        prop_assert_eq!(&Response::new(other).unwrap(), &response);
        prop_assert!(grade_question(&question, &response).is_ok());
    }

    #[test]
    fn order_of_offered_choices_is_irrelevant((mut question, response) in any_item()) {
        let before = grade_question(&question, &response);
        if let Kind::Single(choices) | Kind::Scenario(choices) | Kind::Multiple(choices) =
            &mut question.kind
        {
            choices.reverse();
        }
        prop_assert_eq!(grade_question(&question, &response), before);
    }

    #[test]
    fn one_more_right_pick_never_costs((question, response) in any_item()) {
        if let Kind::Multiple(choices) = &question.kind {
            let before = grade_question(&question, &response).unwrap();
            for choice in choices.iter().filter(|choice| !response.choices().contains(&choice.id)) {
                let mut more = response.choices().to_vec();
                more.push(choice.id.clone());
                let after = grade_question(&question, &Response::new(more).unwrap()).unwrap();
                let (less, more) = if choice.correct { (before, after) } else { (after, before) };
                prop_assert!(less.points <= more.points);
            }
        }
    }

    #[test]
    fn totals_are_sums((set, responses) in any_set()) {
        let score = grade(&set, &responses).unwrap();
        let sum = |points: &mut dyn Iterator<Item = Points>| {
            points.fold((0, 0), |(points, max), item| (points + item.points, max + item.max))
        };
        let total = (score.total.points, score.total.max);
        prop_assert_eq!(sum(&mut score.items.iter().map(|(_, points)| *points)), total);
        prop_assert_eq!(sum(&mut score.categories.iter().map(|(_, points)| *points)), total);
        for (id, points) in &score.categories {
            let of_category = set.questions().iter().zip(&score.items);
            let mut items = of_category
                .filter(|(question, _)| question.category == *id)
                .map(|(_, (_, points))| *points);
            prop_assert_eq!(sum(&mut items), (points.points, points.max));
        }
    }

    #[test]
    fn priority_items_have_weight_3_and_are_short((set, responses) in any_set()) {
        let score = grade(&set, &responses).unwrap();
        for (question, (id, points)) in set.questions().iter().zip(&score.items) {
            prop_assert_eq!(
                score.priority_items.contains(id),
                question.weight == 3 && points.points < points.max
            );
        }
    }

    #[test]
    fn not_applicable_leaves_the_denominator((set, responses) in any_set()) {
        let before = grade(&set, &responses).unwrap();
        for (index, (question, (_, points))) in
            set.questions().iter().zip(&before.items).enumerate()
        {
            if question.kind != (Kind::Practice { allow_na: true }) {
                continue;
            }
            let mut responses = responses.clone();
            responses[index] = Some(common::response("na"));
            let after = grade(&set, &responses).unwrap();
            prop_assert_eq!(after.total.max, before.total.max - points.max);
            prop_assert_eq!(after.total.points, before.total.points - points.points);
        }
    }

    #[test]
    fn bands_agree_with_exact_fractions(points in 0..=20_000_u32, more in 0..=20_000_u32) {
        let points = Points { points, max: points + more };
        let exact = |percent: u32| 100 * points.points >= percent * points.max;
        let expected = match points.max {
            0 => None,
            _ if exact(85) => Some(selfcheck::grade::Band::Good),
            _ if exact(70) => Some(selfcheck::grade::Band::Review),
            _ => Some(selfcheck::grade::Band::Improve),
        };
        prop_assert_eq!(points.band(BANDS), expected);
    }
}

#[test]
fn what_cannot_be_graded_has_a_code() {
    let check = |question: &str, picked: Option<&str>, code: &str| {
        let mut responses = responses();
        responses[place(question)] = picked.map(common::response);
        let error = grade(&frozen().set.questions, &responses).unwrap_err();
        assert_eq!(error.code(), code, "{error}");
    };
    check("ml1", None, "answer-missing");
    check("pw1", Some("d"), "answer-choice");
    check("pw1", Some("dk"), "answer-choice");
    check("pw2", Some("na"), "answer-choice");
    check("pw1", Some("a b"), "answer-too-many");
    check("os1", Some("no yes"), "answer-too-many");
}

#[test]
fn what_is_behind_the_last_question_does_not_count() {
    let mut more = responses();
    more.push(Some(common::response("yes")));
    let set = frozen().set.questions;
    assert_eq!(grade(&set, &more), grade(&set, &responses()));
    assert_eq!(grade(&set, &[]), Err(CannotGrade::Missing("pw1".parse().unwrap())));
}
