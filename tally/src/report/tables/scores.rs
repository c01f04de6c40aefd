//! What people know and do, as far as it may be shown.

use selfcheck::id::CategoryId;
use selfcheck::set::Bands;

use super::{Cell, Table, header};
use crate::rate::Rate;
use crate::report::answers::Questions;
use crate::report::figures::{Column, Figures, Level, Sum};
use crate::report::items::POOR_DISCRIMINATION;
use crate::report::summary::{QuestionScore, Score, Summary, band};
use crate::report::wareki;

/// 主な数字: what the digest of the report shows, beside the year before.
pub(crate) fn figures(now: &Summary, earlier: &[Summary]) -> Table {
    let last = earlier.last();
    let score = |score: Option<Score>| Cell::optional(score.map(Score::rate));
    let compared = |kind: Option<bool>| {
        last.map(|last| now.compare_kind(last, kind)).filter(|comparison| comparison.questions > 0)
    };
    let mut rows = vec![vec![
        Cell::from("実施率"),
        Cell::Rate(now.completion_rate()),
        last.map_or(Cell::None, |last| Cell::Rate(last.completion_rate())),
        Cell::None,
        last.map_or(Cell::None, |last| difference(now.completion_rate(), last.completion_rate())),
        Cell::None,
    ]];
    for (title, own, kind) in [
        ("得点率", now.total, None),
        ("知識（正しく知っているか）", now.knowledge, Some(true)),
        ("実践（行っているか）", now.practice, Some(false)),
    ] {
        let mut row = vec![Cell::from(title), score(own)];
        match compared(kind) {
            Some(both) => row.extend([
                Cell::Rate(both.then),
                Cell::Rate(both.now),
                difference(both.now, both.then),
                Cell::Count(both.questions as u64),
            ]),
            None => row.extend([Cell::None, Cell::None, Cell::None, Cell::None]),
        }
        rows.push(row);
    }
    let year = last.map_or_else(|| "前年度".to_owned(), |last| wareki::short(last.fiscal_year));
    let this = wareki::short(now.fiscal_year);
    Table {
        name: "figures",
        title: "主な数字",
        header: vec![
            "項目".to_owned(),
            this.clone(),
            format!("{year}（共通の設問）"),
            format!("{this}（共通の設問）"),
            "差（ポイント）".to_owned(),
            "共通の設問数".to_owned(),
        ],
        rows,
    }
}

/// The second less the first, where both are there.
fn difference(now: Rate, then: Rate) -> Cell {
    match (now.permille(), then.permille()) {
        (Some(now), Some(then)) => Cell::Points(now.cast_signed() - then.cast_signed()),
        _ => Cell::None,
    }
}

/// 所属別の得点率: groups by category.
pub(crate) fn groups(figures: &Figures, questions: &Questions) -> Table {
    let mut columns = vec![Column::Total, Column::Knowledge, Column::Practice];
    columns.extend(questions.categories_of_all().map(|(index, _)| Column::Category(index)));
    let mut titles = header(&["区分", "名前", "人数", "全体", "知識", "実践"]);
    titles.extend(questions.categories_of_all().map(|(_, category)| category.title.clone()));
    let rows = figures.groups.iter().filter(|group| group.people > 0).map(|group| {
        let level = match group.level {
            Level::All => "全庁",
            Level::Bureau => "部局",
            Level::Section => "所属",
        };
        let mut row =
            vec![Cell::from(level), Cell::from(group.title.as_str()), Cell::Count(group.people)];
        row.extend(
            columns
                .iter()
                .map(|&column| Cell::optional(group.sum(column, questions).map(|sum| sum.rate()))),
        );
        row
    });
    Table {
        name: "groups", title: "部局・所属別の得点率", header: titles, rows: rows.collect()
    }
}

/// 分野別: this year beside the year before, over the questions both asked.
pub(crate) fn categories(now: &Summary, last: Option<&Summary>, bands: Bands) -> Table {
    let short = wareki::short(now.fiscal_year);
    let mut titles = vec!["分野".to_owned(), short.clone(), "判定".to_owned()];
    if let Some(last) = last {
        let then = wareki::short(last.fiscal_year);
        titles.push(format!("{then}（共通の設問）"));
        titles.push(format!("{short}（共通の設問）"));
        titles.extend(["差（ポイント）".to_owned(), "共通の設問数".to_owned()]);
    }
    let rows = rows_of_categories(now).map(|(title, score, category)| {
        let rate = score.map(Score::rate);
        let mut row = vec![Cell::from(title), Cell::optional(rate)];
        row.push(rate.map_or(Cell::Hidden, |rate| Cell::from(band(rate, bands))));
        if let Some(last) = last {
            let both = now.compare(last, category);
            row.extend([both.then, both.now].map(|rate| match rate.whole {
                0 => Cell::None,
                _ => Cell::Rate(rate),
            }));
            row.extend([difference(both.now, both.then), Cell::Count(both.questions as u64)]);
        }
        row
    });
    Table {
        name: "categories", title: "分野別の得点率", header: titles, rows: rows.collect()
    }
}

/// 分野別の推移: how much higher this year is than each earlier one, over the questions both asked.
pub(crate) fn changes(now: &Summary, earlier: &[Summary]) -> Table {
    let mut titles = vec!["分野".to_owned()];
    for year in earlier {
        let then = wareki::short(year.fiscal_year);
        titles.extend([format!("{then} との差"), format!("{then} と同じ設問数")]);
    }
    let rows = rows_of_categories(now).map(|(title, _, category)| {
        let mut row = vec![Cell::from(title)];
        for year in earlier {
            let both = now.compare(year, category);
            row.extend([difference(both.now, both.then), Cell::Count(both.questions as u64)]);
        }
        row
    });
    Table {
        name: "changes",
        title: "分野別の推移（今年度との差、ポイント）",
        header: titles,
        rows: rows.collect(),
    }
}

/// Categories of all with their scores and ids, and the whole.
fn rows_of_categories(
    now: &Summary,
) -> impl Iterator<Item = (&str, Option<Score>, Option<&CategoryId>)> {
    let categories = now.categories_of_all().map(|c| (c.title.as_str(), c.score, Some(&c.id)));
    categories.chain([("全体", now.total, None)])
}

/// 設問別: difficulty, discrimination, don't-know and not-applicable rates, whole city only.
pub(crate) fn questions(figures: &Figures, questions: &Questions) -> Table {
    let rows = questions.all.iter().zip(&figures.questions).map(|(asked, figures)| {
        let question = &asked.question;
        let hidden = || if figures.sum.is_some() { Cell::None } else { Cell::Hidden };
        let rate = |rate: Option<Rate>| rate.map_or_else(hidden, Cell::Rate);
        let is_poor = figures.discrimination.is_some_and(|found| found < POOR_DISCRIMINATION);
        vec![
            Cell::from(question.id.as_str()),
            Cell::Count(u64::from(question.rev)),
            Cell::from(question.prompt.as_str()),
            Cell::from(if asked.of_all { "全員" } else { "管理者・担当者" }),
            Cell::from(if question.is_knowledge() { "知識" } else { "実践" }),
            Cell::Count(u64::from(question.weight)),
            Cell::optional(figures.sum.map(Sum::rate)),
            figures.discrimination.map_or_else(hidden, Cell::Points),
            Cell::from(if is_poor { "要見直し" } else { "" }),
            rate(figures.dont_know),
            rate(figures.not_applicable),
            Cell::from(question.page.as_str()),
        ]
    });
    Table {
        name: "questions",
        title: "設問別の得点率",
        header: header(&[
            "設問",
            "版",
            "内容",
            "対象",
            "種別",
            "重み",
            "得点率",
            "識別力",
            "設問の見直し",
            "わからない",
            "該当なし",
            "ページ",
        ]),
        rows: rows.collect(),
    }
}

/// 重点項目 under 90 %, and the five weakest questions of all.
pub(crate) fn priority(now: &Summary) -> Table {
    let row = |kind: &str, question: &QuestionScore| {
        vec![
            Cell::from(kind),
            Cell::from(question.id.as_str()),
            Cell::from(question.prompt.as_str()),
            Cell::optional(question.score.map(Score::rate)),
            Cell::from(question.page.as_str()),
        ]
    };
    let weakest = now.weakest();
    let weakest = weakest.into_iter().take(5).map(|question| row("弱い設問", question));
    let priority = now.priority().into_iter().map(|question| row("重点項目（90%未満）", question));
    Table {
        name: "weak",
        title: "弱い設問と重点項目",
        header: header(&["区分", "設問", "内容", "得点率", "ページ"]),
        rows: weakest.chain(priority).collect(),
    }
}

/// 推移: completion of all years; scores only over common questions with this year.
pub(crate) fn trend(now: &Summary, earlier: &[Summary]) -> Table {
    let rows = earlier.iter().map(|year| {
        let comparison = now.compare(year, None);
        vec![
            Cell::Text(wareki::fiscal_year(year.fiscal_year)),
            Cell::Rate(year.completion_rate()),
            Cell::optional(year.total.map(|score| score.rate())),
            Cell::Count(comparison.questions as u64),
            Cell::Rate(comparison.then),
            Cell::Rate(comparison.now),
        ]
    });
    let mut rows: Vec<Vec<Cell>> = rows.collect();
    let own = now.questions.iter().filter(|question| question.of_all).count() as u64;
    rows.push(vec![
        Cell::Text(wareki::fiscal_year(now.fiscal_year)),
        Cell::Rate(now.completion_rate()),
        Cell::optional(now.total.map(|score| score.rate())),
        Cell::Count(own),
        Cell::optional(now.total.map(|score| score.rate())),
        Cell::optional(now.total.map(|score| score.rate())),
    ]);
    Table {
        name: "trend",
        title: "年度ごとの推移",
        header: header(&[
            "年度",
            "実施率",
            "得点率（その年の全設問）",
            "今年度と共通の設問数",
            "その年（共通の設問）",
            "今年度（共通の設問）",
        ]),
        rows,
    }
}
