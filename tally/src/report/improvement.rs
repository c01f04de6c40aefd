//! 改善策 sheets, pre-filled for every group that stands alone: Markdown to work on and a workbook
//! to hand round.

use std::fmt::Write as _;

use super::Files;
use super::figures::{Column, Figures, Group, Level};
use super::load::Campaigned;
use super::tables::{Cell, Table};
use super::{wareki, workbook};
use crate::fault::Fault;

/// Adds the sheets to the report's files.
///
/// # Errors
/// [`Fault::Workbook`].
pub(crate) fn write(
    loaded: &Campaigned<'_>,
    figures: &Figures,
    files: &mut Files,
) -> Result<(), Fault> {
    for (index, group) in figures.groups.iter().enumerate() {
        if is_leaf(figures, index) {
            let tables = [categories(loaded, figures, group), items(loaded, figures, group)];
            let name = format!("improvement/{}", group.id);
            files.insert(format!("{name}.md"), markdown(loaded, group, &tables).into_bytes());
            let bytes = workbook::write(loaded.campaign.closes, &tables)?;
            files.insert(format!("{name}.xlsx"), bytes);
        }
    }
    Ok(())
}

/// Sections, and bureaus that show none.
fn is_leaf(figures: &Figures, index: usize) -> bool {
    let next = figures.groups.get(index + 1).map(|group| group.level);
    match figures.groups[index].level {
        Level::All => false,
        Level::Bureau => next != Some(Level::Section),
        Level::Section => true,
    }
}

fn categories(loaded: &Campaigned<'_>, figures: &Figures, group: &Group) -> Table {
    let questions = loaded.questions;
    let cell = |group: &Group, column| {
        group.sum(column, questions).map_or(Cell::Hidden, |sum| Cell::Rate(sum.rate()))
    };
    let rows = questions.categories_of_all().map(|(index, category)| {
        let column = Column::Category(index);
        let band = match group.sum(column, questions).map(|sum| sum.rate()) {
            None => "＊",
            Some(rate) if rate.whole == 0 => "対象外",
            Some(rate) if rate.is_below(u64::from(questions.bands.review)) => "要改善",
            Some(rate) if rate.is_below(u64::from(questions.bands.good)) => "要確認",
            Some(_) => "良好",
        };
        vec![
            Cell::from(category.title.as_str()),
            cell(group, column),
            cell(figures.all(), column),
            Cell::from(band),
        ]
    });
    Table {
        name: "categories_of_group",
        title: "分野別",
        header: ["分野", "所属", "全庁", "判定"].map(str::to_owned).to_vec(),
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
        "所属",
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

fn markdown(loaded: &Campaigned<'_>, group: &Group, tables: &[Table; 2]) -> String {
    let mut text = format!(
        "# {} 改善策票（{}）\n\n集計した人数は{}人です。＊は、5人未満の結果が分かるため示しません。\n\
         人を責めるためでなく、仕事の進め方を直すために使います。\n",
        group.title,
        wareki::fiscal_year(loaded.campaign.fiscal_year),
        group.people,
    );
    for table in tables {
        let _ = write!(text, "\n## {}\n\n", table.title);
        push_row(&mut text, table.header.iter().cloned());
        push_row(&mut text, table.header.iter().map(|_| "---".to_owned()));
        for row in &table.rows {
            push_row(&mut text, row.iter().map(Cell::text));
        }
    }
    text.push_str("\n管理者（確認）：　　　　　　　責任者（確認）：　　　　　　　\n");
    text
}

fn push_row(text: &mut String, cells: impl Iterator<Item = String>) {
    for cell in cells {
        let cell = cell.replace('\\', "\\\\").replace('|', "\\|").replace(['\n', '\r'], " ");
        let _ = write!(text, "| {cell} ");
    }
    text.push_str("|\n");
}
