//! Grading: responses to milli-points, in integers only.
//!
//! This is the one place where points are reckoned; the page shows and `tally` counts what comes
//! from here. Source: `selfcheck/FORMAT.md` §5.

use std::fmt;
use std::ops::AddAssign;

use serde::{Deserialize, Deserializer, Serialize, de};

use crate::id::{CategoryId, ChoiceId, QuestionId, Reserved};
use crate::set::{Bands, Choice, Kind, Question, QuestionSet};

/// Milli-points for one unit of weight.
const UNIT: u32 = 1000;

/// The choices a person picked: at least one, ascending, none twice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Response(Vec<ChoiceId>);

impl Response {
    /// Sorts what was picked; `None` when nothing or something twice was picked.
    pub fn new(picked: Vec<ChoiceId>) -> Option<Self> {
        let mut ascending: Vec<ChoiceId> = Vec::with_capacity(picked.len());
        for choice in picked {
            // As in `order`: cheaper in the page than a library sort.
            let at = ascending.partition_point(|earlier| *earlier < choice);
            if ascending.get(at) == Some(&choice) {
                return None;
            }
            ascending.insert(at, choice);
        }
        (!ascending.is_empty()).then_some(Self(ascending))
    }

    /// The picked choices, ascending.
    pub fn choices(&self) -> &[ChoiceId] {
        &self.0
    }

    fn is(&self, reserved: Reserved) -> bool {
        matches!(self.0.as_slice(), [only] if only.as_str() == reserved.as_str())
    }
}

impl<'de> Deserialize<'de> for Response {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let picked = Vec::<ChoiceId>::deserialize(deserializer)?;
        let ascending = picked.windows(2).all(|pair| pair[0] < pair[1]);
        if picked.is_empty() || !ascending {
            return Err(de::Error::custom("choices must be given, ascending and none twice"));
        }
        Ok(Self(picked))
    }
}

/// Earned and reachable milli-points; a `max` of 0 means 対象外 (nothing applied).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Points {
    /// Earned, `0..=max`.
    pub points: u32,
    /// Reachable: 1000 × weight, summed over what applied.
    pub max: u32,
}

impl AddAssign for Points {
    fn add_assign(&mut self, other: Self) {
        self.points += other.points;
        self.max += other.max;
    }
}

impl Points {
    /// The band, by cross-multiplication; `None` for 対象外.
    pub fn band(self, bands: Bands) -> Option<Band> {
        let reaches =
            |percent: u8| 100 * u64::from(self.points) >= u64::from(percent) * u64::from(self.max);
        match self.max {
            0 => None,
            _ if reaches(bands.good) => Some(Band::Good),
            _ if reaches(bands.review) => Some(Band::Review),
            _ => Some(Band::Improve),
        }
    }

    /// Whole percent, rounded down, for showing; `None` for 対象外. Bands never come from this.
    pub fn percent(self) -> Option<u8> {
        let percent = (100 * u64::from(self.points)).checked_div(u64::from(self.max))?;
        u8::try_from(percent).ok()
    }

    /// Whether less than all was earned.
    pub fn is_short(self) -> bool {
        self.points < self.max
    }
}

/// The band of a category or of the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Band {
    /// 良好
    Good,
    /// 要確認
    Review,
    /// 要改善
    Improve,
}

/// The result of grading a whole set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Score {
    /// Sum over all items.
    pub total: Points,
    /// Sum by category, in set order.
    pub categories: Vec<(CategoryId, Points)>,
    /// By question, in set order.
    pub items: Vec<(QuestionId, Points)>,
    /// 重点項目: weight-3 items short of full, in set order.
    pub priority_items: Vec<QuestionId>,
}

/// Why a response cannot be graded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CannotGrade {
    /// A question of the set has no response.
    Missing(QuestionId),
    /// A response holds a choice that the question does not offer.
    UnknownChoice(QuestionId, ChoiceId),
    /// A question with one answer got several.
    TooMany(QuestionId),
}

impl CannotGrade {
    /// A stable code for machines, lists and tests.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing(_) => "answer-missing",
            Self::UnknownChoice(..) => "answer-choice",
            Self::TooMany(_) => "answer-too-many",
        }
    }
}

impl fmt::Display for CannotGrade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(question) => write!(f, "no response to `{question}`"),
            Self::UnknownChoice(question, choice) => {
                write!(f, "`{question}` has no choice `{choice}`")
            }
            Self::TooMany(question) => write!(f, "`{question}` takes one choice"),
        }
    }
}

impl std::error::Error for CannotGrade {}

/// Grades one response.
///
/// Returns earned and reachable milli-points; 該当なし reaches 0 of 0.
///
/// # Errors
/// [`CannotGrade::UnknownChoice`] and [`CannotGrade::TooMany`].
pub fn grade_question(question: &Question, response: &Response) -> Result<Points, CannotGrade> {
    let offered = question.choice_ids();
    if let Some(choice) = response.choices().iter().find(|choice| !offered.contains(choice)) {
        return Err(CannotGrade::UnknownChoice(question.id.clone(), choice.clone()));
    }
    if response.choices().len() > 1 && !matches!(question.kind, Kind::Multiple(_)) {
        return Err(CannotGrade::TooMany(question.id.clone()));
    }
    let max = UNIT * u32::from(question.weight);
    let all_or_nothing = |earned| Points { points: if earned { max } else { 0 }, max };
    Ok(match &question.kind {
        Kind::Single(choices) | Kind::Scenario(choices) => {
            all_or_nothing(picks(choices, response).right == 1)
        }
        Kind::Multiple(choices) => {
            let picks = picks(choices, response);
            let net = picks.right.saturating_sub(picks.wrong);
            Points { points: max * net / picks.key, max }
        }
        Kind::Practice { .. } if response.is(Reserved::NotApplicable) => Points::default(),
        Kind::Practice { .. } => all_or_nothing(response.is(Reserved::Yes)),
    })
}

struct Picks {
    right: u32,
    wrong: u32,
    /// How many right choices there are, at least 1.
    key: u32,
}

fn picks(choices: &[Choice], response: &Response) -> Picks {
    let mut picks = Picks { right: 0, wrong: 0, key: 0 };
    for choice in choices {
        picks.key += u32::from(choice.correct);
        if response.choices().contains(&choice.id) {
            *(if choice.correct { &mut picks.right } else { &mut picks.wrong }) += 1;
        }
    }
    picks
}

/// Grades a whole set. `responses` stand in set order; what is behind the last question is not
/// looked at.
///
/// # Errors
/// [`CannotGrade`] for the first question in set order whose response is missing or does not fit.
pub fn grade(set: &QuestionSet, responses: &[Option<&Response>]) -> Result<Score, CannotGrade> {
    let mut score = Score {
        total: Points::default(),
        categories: set
            .categories()
            .iter()
            .map(|category| (category.id.clone(), Points::default()))
            .collect(),
        items: Vec::with_capacity(set.questions().len()),
        priority_items: Vec::new(),
    };
    for (index, question) in set.questions().iter().enumerate() {
        let Some(response) = responses.get(index).copied().flatten() else {
            return Err(CannotGrade::Missing(question.id.clone()));
        };
        let points = grade_question(question, response)?;
        score.total += points;
        for (category, sum) in &mut score.categories {
            if *category == question.category {
                *sum += points;
            }
        }
        if question.weight == 3 && points.is_short() {
            score.priority_items.push(question.id.clone());
        }
        score.items.push((question.id.clone(), points));
    }
    Ok(score)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn question(kind: Kind, weight: u8) -> Question {
        Question {
            id: "q1".parse().unwrap(),
            rev: 1,
            kind,
            category: "pw".parse().unwrap(),
            weight,
            prompt: String::new(),
            explanation: String::new(),
            page: "people/password".parse().unwrap(),
            action: String::new(),
        }
    }

    fn choices(key: &str) -> Vec<Choice> {
        key.chars()
            .enumerate()
            .map(|(index, mark)| Choice {
                id: ChoiceId::nth(index).unwrap(),
                text: String::new(),
                correct: mark == '+',
            })
            .collect()
    }

    fn response(picked: &str) -> Response {
        Response::new(picked.split(' ').map(|id| id.parse().unwrap()).collect()).unwrap()
    }

    fn check(kind: Kind, weight: u8, picked: &str, expected: (u32, u32)) {
        let points = grade_question(&question(kind, weight), &response(picked)).unwrap();
        assert_eq!((points.points, points.max), expected, "{picked}");
    }

    #[test]
    fn single_and_scenario() {
        check(Kind::Single(choices("-+-")), 2, "b", (2000, 2000));
        check(Kind::Single(choices("-+-")), 2, "a", (0, 2000));
        check(Kind::Scenario(choices("+-")), 3, "a", (3000, 3000));
    }

    #[test]
    fn multiple_with_part_marks() {
        let kind = || Kind::Multiple(choices("+++--"));
        check(kind(), 2, "a b c", (2000, 2000));
        check(kind(), 2, "a b", (1333, 2000));
        check(kind(), 2, "a b d", (666, 2000));
        check(kind(), 2, "a d e", (0, 2000));
        check(kind(), 2, "a b c d e", (666, 2000));
    }

    #[test]
    fn practice() {
        let kind = || Kind::Practice { allow_na: true };
        check(kind(), 3, "yes", (3000, 3000));
        check(kind(), 3, "no", (0, 3000));
        check(kind(), 3, "dk", (0, 3000));
        check(kind(), 3, "na", (0, 0));
    }

    #[test]
    fn refuses_what_is_not_offered() {
        let practice = question(Kind::Practice { allow_na: false }, 1);
        assert!(matches!(
            grade_question(&practice, &response("na")),
            Err(CannotGrade::UnknownChoice(..))
        ));
        assert!(matches!(
            grade_question(&practice, &response("no yes")),
            Err(CannotGrade::TooMany(_))
        ));
        let single = question(Kind::Single(choices("+-")), 1);
        assert!(matches!(
            grade_question(&single, &response("c")),
            Err(CannotGrade::UnknownChoice(..))
        ));
    }

    #[test]
    fn bands_by_cross_multiplication() {
        let bands = Bands { good: 85, review: 70 };
        let band = |points, max| Points { points, max }.band(bands);
        assert_eq!(band(0, 0), None);
        assert_eq!(band(850, 1000), Some(Band::Good));
        assert_eq!(band(849, 1000), Some(Band::Review));
        assert_eq!(band(700, 1000), Some(Band::Review));
        assert_eq!(band(699, 1000), Some(Band::Improve));
    }

    fn any_case() -> impl Strategy<Value = (Question, Response)> {
        (proptest::collection::vec(any::<bool>(), 2..8), 1_u8..=3, 1_u8..=255).prop_map(
            |(mut key, weight, picked)| {
                key[0] = true;
                let marks: String = key.iter().map(|&c| if c { '+' } else { '-' }).collect();
                let picked: Vec<ChoiceId> = (0..key.len())
                    .filter(|index| picked >> index & 1 == 1)
                    .filter_map(ChoiceId::nth)
                    .collect();
                let response = Response::new(picked)
                    .unwrap_or_else(|| Response::new(vec![ChoiceId::nth(0).unwrap()]).unwrap());
                (question(Kind::Multiple(choices(&marks)), weight), response)
            },
        )
    }

    proptest! {
        #[test]
        fn never_below_zero_never_above_weight((question, response) in any_case()) {
            let points = grade_question(&question, &response).unwrap();
            prop_assert!(points.points <= points.max);
            prop_assert_eq!(points.max, 1000 * u32::from(question.weight));
        }

        #[test]
        fn order_of_picks_does_not_matter((question, response) in any_case()) {
            let reversed: Vec<_> = response.choices().iter().rev().cloned().collect();
            let reversed = Response::new(reversed).unwrap();
            prop_assert_eq!(
                grade_question(&question, &response),
                grade_question(&question, &reversed)
            );
        }
    }
}
