//! Who has answered. Counts of people are no scores.

use super::{Cell, Table, header};
use crate::report::figures::Figures;
use crate::status::Done;

/// 実施状況: every section under its bureau. Counts of people are no scores.
pub(crate) fn completion(figures: &Figures) -> Table {
    let mut rows = vec![done_row("全庁", "（合計）", figures.completion)];
    for bureau in &figures.bureaus {
        rows.push(done_row(&bureau.name, "（部局計）", bureau.done));
        let own = figures.sections.iter().filter(|section| section.bureau == bureau.code);
        rows.extend(own.map(|section| done_row(&bureau.name, &section.name, section.done)));
    }
    Table {
        name: "completion",
        title: "実施状況",
        header: header(&["部局", "所属", "対象", "提出", "紙で実施", "未提出", "実施率"]),
        rows,
    }
}

/// 部局別: completion of every bureau.
pub(crate) fn bureaus(figures: &Figures) -> Table {
    let rows = figures.bureaus.iter().filter(|bureau| bureau.done.target > 0).map(|bureau| {
        let silent = figures.sections.iter().filter(|section| section.bureau == bureau.code);
        let silent = silent.filter(|section| section.is_silent()).count();
        let done = bureau.done.file + bureau.done.paper;
        let mut row = vec![Cell::from(bureau.name.as_str())];
        row.extend([bureau.done.target, done].map(Cell::Count));
        row.push(Cell::Rate(bureau.done.rate()));
        row.push(Cell::Count(silent as u64));
        row
    });
    Table {
        name: "bureaus",
        title: "部局別の実施率",
        header: header(&["部局", "対象", "実施", "実施率", "報告のない所属"]),
        rows: rows.collect(),
    }
}

fn done_row(bureau: &str, section: &str, done: Done) -> Vec<Cell> {
    let open = done.target - done.file - done.paper;
    let mut row = vec![Cell::from(bureau), Cell::from(section)];
    row.extend([done.target, done.file, done.paper, open].map(Cell::Count));
    row.push(Cell::Rate(done.rate()));
    row
}
