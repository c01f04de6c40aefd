//! The plan's schedule as one table: rows by fiscal year, and the same in sentences.

use maud::{Markup, html};

use crate::load::data::schedule::{Schedule, ScheduleRow};
use crate::render::view::View;
use crate::wareki;

pub(super) fn render(view: &View<'_>) -> Markup {
    let Some(schedule) = &view.content().data.schedule else {
        return super::nothing_yet("年度計画はまだ登録されていません。");
    };
    let rows: Vec<&ScheduleRow> =
        schedule.rows.iter().filter(|row| view.shows(row.visibility)).collect();
    let caption = format!(
        "年度計画（{}から{}まで）",
        wareki::format_fiscal_year(schedule.first),
        wareki::format_fiscal_year(schedule.last)
    );
    let inferred = rows.iter().any(|row| row.inferred);
    html! {
        figure.figure.figure--schedule {
            div.table-scroll role="group" aria-label=(caption) tabindex="0" {
                table.schedule {
                    caption { (caption) }
                    thead {
                        tr {
                            th scope="col" { "取組" }
                            @for year in schedule.first..=schedule.last {
                                th scope="col" data-fiscal-year=(year) { (wareki::format_fiscal_year_short(year)) }
                            }
                        }
                    }
                    tbody { @for row in &rows { (table_row(schedule, row)) } }
                }
            }
            @if inferred {
                p.figure__note { "＊の行は、計画に年度ごとの記載がないため、案として示しています。" }
            }
            details.figure__text {
                summary { "年度計画を文章で読む" }
                ul { @for row in &rows { li { (sentence(schedule, row)) } } }
            }
        }
    }
}

fn table_row(schedule: &Schedule, row: &ScheduleRow) -> Markup {
    let is_group = schedule
        .rows
        .iter()
        .any(|other| other.group.as_ref().is_some_and(|group| group.value == row.id.value));
    let class = match (&row.group, is_group) {
        (Some(_), _) => Some("schedule__member"),
        (None, true) => Some("schedule__group"),
        (None, false) => None,
    };
    html! {
        tr class=[class] {
            th scope="row" { (row.title) @if row.inferred { "＊" } }
            @for year in schedule.first..=schedule.last {
                @match row.cells.get(&year) {
                    Some(text) => { td class=[row.inferred.then_some("inferred")] { (text) } },
                    None => { td {} },
                }
            }
        }
    }
}

/// Runs of years with the same text become one clause.
fn sentence(schedule: &Schedule, row: &ScheduleRow) -> String {
    let mut runs: Vec<(u16, u16, &str)> = Vec::new();
    for year in schedule.first..=schedule.last {
        let Some(text) = row.cells.get(&year) else { continue };
        match runs.last_mut() {
            Some((_, last, known)) if *last + 1 == year && known == text => *last = year,
            _ => runs.push((year, year, text)),
        }
    }
    if runs.is_empty() {
        return format!("{}：予定はありません。", row.title);
    }
    let clauses: Vec<String> = runs
        .iter()
        .map(|&(first, last, text)| {
            let first_name = wareki::format_fiscal_year(first);
            if first == last {
                format!("{first_name}に{text}")
            } else {
                format!("{first_name}から{}まで毎年度{text}", wareki::format_fiscal_year(last))
            }
        })
        .collect();
    format!("{}：{}。", row.title, clauses.join("、"))
}
