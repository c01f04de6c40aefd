//! The tables of a report, once: the page, the CSV files and the workbook all write these.

use super::answers::Questions;
use super::figures::{Column, Figures, Level};
use super::load::Campaigned;
use super::summary::Summary;
use super::wareki;
use crate::rate::Rate;
use crate::roster::Person;

/// A table with a name for its file and a title for people.
pub(crate) struct Table {
    /// ASCII, for the file and the workbook's table.
    pub(crate) name: &'static str,
    pub(crate) title: &'static str,
    pub(crate) header: Vec<String>,
    pub(crate) rows: Vec<Vec<Cell>>,
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Cell {
    Text(String),
    Count(u64),
    Rate(Rate),
    /// Hidden: fewer than five people, or it would give such a number away.
    Hidden,
}

impl Cell {
    /// As people read it.
    pub(crate) fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Count(count) => count.to_string(),
            Self::Rate(rate) => rate.to_string(),
            Self::Hidden => "＊".to_owned(),
        }
    }

    fn optional(rate: Option<Rate>) -> Self {
        rate.map_or(Self::Hidden, Self::Rate)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

fn header(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// 実施状況: every section under its bureau. Counts of people are no scores.
pub(crate) fn completion(figures: &Figures) -> Table {
    let mut rows = Vec::new();
    for bureau in &figures.bureaus {
        rows.push(done_row(&bureau.name, "（部局計）", bureau.done));
        let own = figures.sections.iter().filter(|section| section.bureau == bureau.code);
        rows.extend(own.map(|section| done_row(&bureau.name, &section.name, section.done)));
    }
    rows.push(done_row("全庁", "（合計）", figures.completion));
    Table {
        name: "completion",
        title: "実施状況",
        header: header(&["部局", "所属", "対象", "提出", "紙で実施", "未提出", "実施率"]),
        rows,
    }
}

/// 部局別の実施状況, for figures.
pub(crate) fn bureaus(figures: &Figures) -> Table {
    let rows = figures.bureaus.iter().filter(|bureau| bureau.done.target > 0).map(|bureau| {
        let counts = [bureau.done.target, bureau.done.file + bureau.done.paper].map(Cell::Count);
        let [target, done] = counts;
        vec![Cell::from(bureau.name.as_str()), target, done, Cell::Rate(bureau.done.rate())]
    });
    Table {
        name: "bureaus",
        title: "部局別の実施率",
        header: header(&["部局", "対象", "実施", "実施率"]),
        rows: rows.collect(),
    }
}

fn done_row(bureau: &str, section: &str, done: crate::status::Done) -> Vec<Cell> {
    let open = done.target - done.file - done.paper;
    let mut row = vec![Cell::from(bureau), Cell::from(section)];
    row.extend([done.target, done.file, done.paper, open].map(Cell::Count));
    row.push(Cell::Rate(done.rate()));
    row
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

/// 分野別の推移: this year beside earlier ones, over the questions both asked.
pub(crate) fn categories(now: &Summary, earlier: &[Summary]) -> Table {
    let mut titles = vec!["分野".to_owned(), wareki::short(now.fiscal_year)];
    for year in earlier {
        let (now, then) = (wareki::short(now.fiscal_year), wareki::short(year.fiscal_year));
        titles.push(format!("{then}（共通の設問）"));
        titles.push(format!("{now}（{then} と共通の設問）"));
        titles.push(format!("{then} と共通の設問数"));
    }
    let categories = now.categories_of_all().map(|c| (c.title.as_str(), c.score, Some(&c.id)));
    let rows = categories.chain([("全体", now.total, None)]).map(|(title, score, category)| {
        let mut row = vec![Cell::from(title), Cell::optional(score.map(|score| score.rate()))];
        for year in earlier {
            let comparison = now.compare(year, category);
            row.extend([Cell::Rate(comparison.then), Cell::Rate(comparison.now)]);
            row.push(Cell::Count(comparison.questions as u64));
        }
        row
    });
    Table {
        name: "categories", title: "分野別の得点率", header: titles, rows: rows.collect()
    }
}

/// 設問別: difficulty, discrimination, don't-know and not-applicable rates, whole city only.
pub(crate) fn questions(figures: &Figures, questions: &Questions) -> Table {
    let rows = questions.all.iter().zip(&figures.questions).map(|(asked, figures)| {
        let question = &asked.question;
        let discrimination = figures.discrimination.map_or(Cell::Hidden, |permille| {
            let sign = if permille < 0 { "-" } else { "" };
            let size = permille.unsigned_abs();
            Cell::Text(format!("{sign}{}.{}", size / 10, size % 10))
        });
        let shown =
            |rate: Rate| if figures.sum.is_some() { Cell::Rate(rate) } else { Cell::Hidden };
        vec![
            Cell::from(question.id.as_str()),
            Cell::Count(u64::from(question.rev)),
            Cell::from(question.prompt.as_str()),
            Cell::from(if asked.of_all { "全員" } else { "管理者・担当者" }),
            Cell::from(if question.is_knowledge() { "知識" } else { "実践" }),
            Cell::Count(u64::from(question.weight)),
            Cell::optional(figures.sum.map(|sum| sum.rate())),
            discrimination,
            shown(figures.dont_know),
            shown(figures.not_applicable),
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
            "わからない",
            "該当なし",
            "ページ",
        ]),
        rows: rows.collect(),
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

/// ポリシーの確認.
pub(crate) fn policies(figures: &Figures, questions: &Questions) -> Table {
    let rows = questions.policies.iter().zip(&figures.policies).map(|(policy, counts)| {
        let mut row = vec![Cell::from(policy.title.as_str())];
        row.push(Cell::Text(policy.sha256.to_string()[..12].to_owned()));
        if figures.scored < super::partition::SMALLEST {
            row.extend([Cell::Hidden, Cell::Hidden, Cell::Hidden]);
        } else {
            row.extend(counts.map(Cell::Count));
        }
        row
    });
    Table {
        name: "policies",
        title: "ポリシーの確認",
        header: header(&[
            "ポリシー",
            "版（SHA-256 の先頭）",
            "同意する",
            "同意しない",
            "質問がある",
        ]),
        rows: rows.collect(),
    }
}

/// 受付不可, with what to tell the sender.
pub(crate) fn rejected(loaded: &Campaigned<'_>) -> Table {
    let rows = loaded.rejected.iter().map(|rejected| {
        vec![
            Cell::Text(rejected.file.clone()),
            Cell::from(rejected.reason.code()),
            Cell::from(rejected.reason.sentence()),
            Cell::from(rejected.reason.remedy()),
        ]
    });
    Table {
        name: "rejected",
        title: "受付不可のファイル",
        header: header(&["ファイル", "コード", "理由", "対処"]),
        rows: rows.collect(),
    }
}

/// 注意: accepted files to look at; for the secretariat only, since it names person numbers.
pub(crate) fn flags(loaded: &Campaigned<'_>) -> Table {
    let mut rows = Vec::new();
    for flagged in &loaded.flagged {
        let Person { sub, section, .. } = &loaded.roster.roster.people[flagged.person];
        for flag in &flagged.flags {
            rows.push(vec![
                Cell::from(sub.as_str()),
                Cell::from(section.as_str()),
                Cell::Text(flagged.jti.to_string()),
                Cell::from(flag.code()),
                Cell::from(flag.sentence()),
            ]);
        }
    }
    Table {
        name: "flags",
        title: "注意して見る結果",
        header: header(&["職員番号", "所属コード", "結果の番号", "コード", "内容"]),
        rows,
    }
}
