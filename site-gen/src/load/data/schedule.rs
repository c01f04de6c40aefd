//! The plan's schedule: rows by fiscal year.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use super::{Record, Report, visibility};
use crate::diagnostic::{did_you_mean, error, nearest};
use crate::source::Located;
use crate::visibility::Visibility;

/// `schedule.toml`
#[derive(Debug)]
pub struct Schedule {
    /// First fiscal year of the plan.
    pub first: u16,
    /// Last fiscal year of the plan.
    pub last: u16,
    /// Rows, in order.
    pub rows: Vec<ScheduleRow>,
}

/// One row.
#[derive(Debug)]
pub struct ScheduleRow {
    /// Unique.
    pub id: Located<String>,
    /// As readers see it.
    pub title: String,
    /// The row it belongs under.
    pub group: Option<Located<String>>,
    /// What is done in which fiscal year; a missing year is empty.
    pub cells: BTreeMap<u16, String>,
    /// The cells are not stated in the plan.
    pub inferred: bool,
    /// Who may see it.
    pub visibility: Visibility,
}

pub(super) fn read(record: &Record<'_>, report: &mut Report) -> Option<Schedule> {
    let first = record.integer("first_fiscal_year", 1990..=9999, report);
    let last = record.integer("last_fiscal_year", 1990..=9999, report);
    // Rows are read against the years; without them they are read all the same.
    let years = read_years(&first, &last, report);
    let known = years.clone().unwrap_or(0..=u16::MAX);
    let mut faults = Report::default();
    let rows = record.tables("rows", &mut faults, |row, report| read_row(row, &known, report));
    // A row with a fault of its own is not missing.
    if !faults.has_errors() {
        check_groups(&rows, &mut faults);
    }
    report.append(faults);
    let (first, last) = years?.into_inner();
    Some(Schedule { first, last, rows })
}

/// The years of the plan; `None`, reported, when they make no plan.
fn read_years(
    first: &Option<Located<i64>>,
    last: &Option<Located<i64>>,
    report: &mut Report,
) -> Option<RangeInclusive<u16>> {
    let first = u16::try_from(first.as_ref()?.value).ok()?;
    let last_at = last.as_ref()?;
    let last = u16::try_from(last_at.value).ok()?;
    if last < first || last - first > 20 {
        report.push(error(
            "years",
            last_at.place,
            "年度の範囲が正しくありません（1 から 21 年度分）",
        ));
        return None;
    }
    Some(first..=last)
}

fn read_row(
    record: &Record<'_>,
    years: &RangeInclusive<u16>,
    report: &mut Report,
) -> Option<ScheduleRow> {
    let id = record.string("id", report);
    let title = record.string("title", report);
    let group = record.optional_string("group", report);
    let mut cells = BTreeMap::new();
    for (key, text) in record.entries("cells", report) {
        match key.value.parse::<u16>() {
            Ok(year) if years.contains(&year) => {
                if !text.is_empty() {
                    cells.insert(year, text);
                }
            }
            _ => report.push(
                error("years", key.place, format!("「{}」は計画の年度ではありません", key.value))
                    .hint(format!("{} から {} までの年度を書きます。", years.start(), years.end())),
            ),
        }
    }
    let inferred = record.flag("inferred", report);
    let visibility = visibility(record, report);
    Some(ScheduleRow { id: id?, title: title?.value, group, cells, inferred, visibility })
}

fn check_groups(rows: &[ScheduleRow], report: &mut Report) {
    for (index, row) in rows.iter().enumerate() {
        if rows[..index].iter().any(|other| other.id.value == row.id.value) {
            let message = format!("行の id「{}」が二度出てきます", row.id.value);
            report.push(error("duplicate-id", row.id.place, message));
        }
        let Some(group) = &row.group else { continue };
        if !rows.iter().any(|other| other.id.value == group.value) {
            let message = format!("`group` の「{}」という行はありません", group.value);
            let ids = rows.iter().map(|row| row.id.value.as_str());
            let mut finding = error("unknown-row", group.place, message);
            if let Some(hint) = did_you_mean(&nearest(&group.value, ids)) {
                finding = finding.hint(hint);
            }
            report.push(finding);
        }
    }
}
