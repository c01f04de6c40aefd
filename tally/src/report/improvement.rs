//! 改善策 sheets, pre-filled for every section: Markdown to work on and a workbook to hand round.
//!
//! A section that is too small to be shown alone gets the figures of the group it is shown in;
//! no sheet shows anything that the committee's tables would hide.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::Files;
use super::figures::{Column, Figures, Group, Level, UnitDone};
use super::load::Campaigned;
use super::summary::band;
use super::tables::{Cell, Table};
use super::{sheet_csv, wareki, workbook};
use crate::fault::Fault;
use crate::roster::UnitCode;

/// Adds the sheets to the report's files, and a list of them.
///
/// # Errors
/// [`Fault::Workbook`].
pub(crate) fn write(
    loaded: &Campaigned<'_>,
    figures: &Figures,
    files: &mut Files,
) -> Result<(), Fault> {
    let mut list = Table {
        name: "index",
        title: "改善策票の一覧",
        header: ["所属コード", "所属", "示した結果", "票"].map(str::to_owned).to_vec(),
        rows: Vec::new(),
    };
    let mut taken = BTreeSet::new();
    for section in figures.sections.iter().filter(|section| section.done.target > 0) {
        let group = figures.leaf_of(&section.code);
        let tables = [
            about(loaded, figures, section, group),
            categories(loaded, figures, group),
            items(loaded, figures, group),
        ];
        let name = file_name(&section.code, &mut taken);
        let text = markdown(loaded, section, &tables).into_bytes();
        files.insert(format!("improvement/{name}.md"), text);
        let bytes = workbook::write(loaded.campaign.closes, loaded.questions.bands, &tables)?;
        files.insert(format!("improvement/{name}.xlsx"), bytes);
        list.rows.push(vec![
            Cell::from(section.code.as_str()),
            Cell::from(section.name.as_str()),
            Cell::from(group.title.as_str()),
            Cell::Text(format!("{name}.xlsx")),
        ]);
    }
    files.insert("improvement/index.csv".to_owned(), sheet_csv::write(&list));
    Ok(())
}

/// The name of a section's sheet. On Windows `section-ab` is the file `section-AB`, so the second of
/// two such codes gets a mark that no code can have.
fn file_name(code: &UnitCode, taken: &mut BTreeSet<String>) -> String {
    let mut name = format!("section-{code}");
    while !taken.insert(name.to_ascii_lowercase()) {
        name.push('~');
    }
    name
}

/// What the sheet shows, in words.
fn about(loaded: &Campaigned<'_>, figures: &Figures, section: &UnitDone, group: &Group) -> Table {
    let bureau = figures.bureaus.iter().find(|bureau| bureau.code == section.bureau);
    let is_alone = group.id == format!("section-{}", section.code);
    let shown = match group.level {
        _ if is_alone => format!("この所属の {} 人の結果です。", group.people),
        _ if group.people == 0 => "示せる結果はありません。".to_owned(),
        Level::Section => format!(
            "この所属だけでは答えた人が 5 人未満か、ほかの所属の結果が分かるため、「{}」{} 人の結果です。",
            group.title, group.people
        ),
        Level::Bureau => format!(
            "この所属だけの結果は示せないため、「{}」{} 人の結果です。",
            group.title, group.people
        ),
        Level::All => {
            format!("この所属だけの結果は示せないため、全庁 {} 人の結果です。", group.people)
        }
    };
    let row = |title: &str, cell: Cell| vec![Cell::from(title), cell];
    Table {
        name: "about",
        title: "改善策票",
        header: ["項目", "内容"].map(str::to_owned).to_vec(),
        rows: vec![
            row("年度", Cell::Text(wareki::fiscal_year(loaded.campaign.fiscal_year))),
            row("部局", Cell::from(bureau.map_or("", |bureau| bureau.name.as_str()))),
            row("所属", Cell::from(section.name.as_str())),
            row("実施率", Cell::Text(section.done.rate().to_string())),
            row("示した結果", Cell::Text(shown)),
            row("＊の意味", Cell::from("5 人未満の答えが分かるため、示しません。")),
            row(
                "使い方",
                Cell::from(
                    "人を責めるためでなく、仕事の進め方を直すために使います。「改善策」の原因から後ろの欄を埋め、管理者が確認して責任者に報告します。",
                ),
            ),
            row("管理者（確認）", Cell::from("")),
            row("責任者（確認）", Cell::from("")),
        ],
    }
}

fn categories(loaded: &Campaigned<'_>, figures: &Figures, group: &Group) -> Table {
    let questions = loaded.questions;
    let cell = |group: &Group, column| {
        group.sum(column, questions).map_or(Cell::Hidden, |sum| Cell::Rate(sum.rate()))
    };
    let rows = questions.categories_of_all().map(|(index, category)| {
        let column = Column::Category(index);
        let rate = group.sum(column, questions).map(|sum| sum.rate());
        vec![
            Cell::from(category.title.as_str()),
            cell(group, column),
            cell(figures.all(), column),
            rate.map_or(Cell::Hidden, |rate| Cell::from(band(rate, questions.bands))),
        ]
    });
    Table {
        name: "categories_of_group",
        title: "分野別",
        header: ["分野", "示した結果", "全庁", "判定"].map(str::to_owned).to_vec(),
        rows: rows.collect(),
    }
}

/// 重点項目 under 90 % and the five weakest, each with its action and room for the decision.
fn items(loaded: &Campaigned<'_>, figures: &Figures, group: &Group) -> Table {
    let questions = loaded.questions;
    let mut shown: Vec<_> = (0..questions.all.len())
        .filter(|&index| questions.all[index].of_all)
        .filter_map(|index| Some((index, group.sum(Column::Question(index), questions)?.rate())))
        .collect();
    shown.sort_by_key(|(index, rate)| (rate.permille(), *index));
    let rows = shown.iter().enumerate().filter(|(place, (index, rate))| {
        let is_priority = questions.all[*index].question.weight == 3 && rate.is_below(90);
        is_priority || (*place < 5 && rate.is_below(100))
    });
    let rows = rows.map(|(_, (index, rate))| {
        let question = &questions.all[*index].question;
        let all = figures.all().sum(Column::Question(*index), questions);
        let kind = if question.weight == 3 { "重点" } else { "" };
        let mut row = vec![
            Cell::from(question.id.as_str()),
            Cell::from(kind),
            Cell::from(question.prompt.as_str()),
            Cell::Rate(*rate),
            all.map_or(Cell::Hidden, |sum| Cell::Rate(sum.rate())),
            Cell::from(question.action.as_str()),
            Cell::from(question.page.as_str()),
        ];
        row.extend(std::iter::repeat_n(Cell::from(""), 5));
        row
    });
    let header = [
        "設問",
        "区分",
        "内容",
        "示した結果",
        "全庁",
        "取組の例",
        "ページ",
        "原因",
        "対策",
        "担当",
        "期限",
        "確認日",
    ];
    Table {
        name: "improvement",
        title: "改善策",
        header: header.map(str::to_owned).to_vec(),
        rows: rows.collect(),
    }
}

fn markdown(loaded: &Campaigned<'_>, section: &UnitDone, tables: &[Table]) -> String {
    let mut text = format!(
        "# {} 改善策票（{}）\n",
        escape(&section.name),
        wareki::fiscal_year(loaded.campaign.fiscal_year),
    );
    for table in tables {
        if table.name != "about" {
            let _ = write!(text, "\n## {}\n", table.title);
        }
        text.push('\n');
        push_row(&mut text, table.header.iter().cloned());
        push_row(&mut text, table.header.iter().map(|_| "---".to_owned()));
        for row in &table.rows {
            push_row(&mut text, row.iter().map(Cell::text));
        }
    }
    text
}

fn push_row(text: &mut String, cells: impl Iterator<Item = String>) {
    for cell in cells {
        let _ = write!(text, "| {} ", escape(&cell));
    }
    text.push_str("|\n");
}

/// Text from the roster must stay text in Markdown: no cell, no HTML, no link, no emphasis.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' => escaped.push(' '),
            '\\' | '|' | '<' | '>' | '&' | '*' | '_' | '`' | '[' | ']' | '#' | '!' => {
                escaped.push('\\');
                escaped.push(c);
            }
            _ => escaped.push(c),
        }
    }
    escaped
}
