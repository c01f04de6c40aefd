//! Two years of results over the questions they have in common: those that both asked of everybody
//! under the same id and revision (`selfcheck/FORMAT.md` §1). Points of the summaries are added up,
//! as the committee's report does; nothing is graded.

use maud::{Markup, html};

use super::results::{dash, number, rate, year};
use super::{table, text};
use crate::load::data::results::{CategoryScore, QuestionScore, Results, Score};

/// Two years over the same questions.
#[derive(Clone, Copy)]
struct Common {
    questions: usize,
    now: Score,
    then: Score,
}

impl Common {
    fn of(now: &Results, then: &Results, wanted: impl Fn(&QuestionScore) -> bool) -> Self {
        let nothing = Score { points: 0, max: 0, people: 0 };
        let mut common = Self { questions: 0, now: nothing, then: nothing };
        let asked = now.summary.questions.iter().filter(|question| question.of_all);
        for question in asked.filter(|question| wanted(question)) {
            let same = then.summary.questions.iter().find(|other| {
                (&other.id, other.rev, other.of_all) == (&question.id, question.rev, true)
            });
            if let (Some(now), Some(then)) = (question.score, same.and_then(|same| same.score)) {
                common.questions += 1;
                add(&mut common.now, now);
                add(&mut common.then, then);
            }
        }
        common
    }

    /// The earlier rate, the later one, and over how many questions.
    fn cells(self) -> [Markup; 3] {
        if self.questions == 0 {
            return [number(&dash()), number(&dash()), number("0問")];
        }
        [
            number(&rate(Some(self.then))),
            number(&rate(Some(self.now))),
            number(&format!("{}問", self.questions)),
        ]
    }
}

fn add(sum: &mut Score, score: Score) {
    sum.points = sum.points.saturating_add(score.points);
    sum.max = sum.max.saturating_add(score.max);
}

/// Categories that everybody was asked about, beside those of the year before.
pub(super) fn categories(now: &Results, then: &Results) -> Markup {
    let is_of_all = |category: &&CategoryScore| {
        let mut questions = now.summary.questions.iter();
        questions.any(|question| question.of_all && question.category == category.id)
    };
    let rows: Vec<Vec<Markup>> = now
        .summary
        .categories
        .iter()
        .filter(is_of_all)
        .map(|category| {
            let common = Common::of(now, then, |question| question.category == category.id);
            [text(&category.title)].into_iter().chain(common.cells()).collect()
        })
        .collect();
    let (this, last) = (year(now), year(then));
    html! {
        p {
            (last) "との比較は、両方の年度で全員に尋ねた、内容の変わらない設問（共通の設問）だけで行います。"
        }
        (table(
            &format!("分野ごとの{last}との比較（共通の設問）"),
            &["分野", &last, &this, "共通の設問"],
            &rows,
        ))
    }
}

/// Each earlier year beside the latest; `years` starts with it.
pub(super) fn years(years: &[&Results]) -> Markup {
    let Some((now, earlier)) = years.split_first().filter(|(_, earlier)| !earlier.is_empty())
    else {
        return html! {};
    };
    let kinds = [("全体", None), ("知識の設問", Some(true)), ("実践の設問", Some(false))];
    let rows: Vec<Vec<Markup>> = earlier
        .iter()
        .flat_map(|then| {
            kinds.map(|(kind, wanted)| {
                let is_wanted = |question: &QuestionScore| {
                    wanted.is_none_or(|wanted| question.is_knowledge == wanted)
                };
                let common = Common::of(now, then, is_wanted);
                [text(&year(then)), text(kind)].into_iter().chain(common.cells()).collect()
            })
        })
        .collect();
    let this = year(now);
    table(
        &format!("年度ごとの{this}との比較（共通の設問）"),
        &["比べる年度", "種類", "その年度", &this, "共通の設問"],
        &rows,
    )
}
