//! The workbook: a sheet a table, real Excel tables, rates as numbers, and two charts.
//!
//! Its date is the campaign's last day, so that the same inputs make the same bytes.

use rust_xlsxwriter::{
    Chart, ChartType, DocProperties, ExcelDateTime, Format, FormatAlign, Table as ExcelTable,
    TableColumn, Workbook, Worksheet, XlsxError,
};
use selfcheck::time::Date;

use super::tables::{Cell, Table};
use crate::fault::Fault;

/// The bytes of a workbook with these tables, one a sheet.
///
/// # Errors
/// [`Fault::Workbook`].
pub(crate) fn write(day: Date, tables: &[Table]) -> Result<Vec<u8>, Fault> {
    build(day, tables).map_err(|error| Fault::Workbook(error.to_string()))
}

fn build(day: Date, tables: &[Table]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_ymd(day.year(), day.month(), day.day())?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    for table in tables {
        let sheet = workbook.add_worksheet();
        sheet.set_name(table.title)?;
        fill(sheet, table)?;
        match table.name {
            "bureaus" => chart(sheet, table, ChartType::Bar, 3)?,
            "categories" => chart(sheet, table, ChartType::Column, 1)?,
            _ => {}
        }
    }
    workbook.save_to_buffer()
}

fn fill(sheet: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
    let wrap = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let percent = Format::new().set_num_format("0.0%").set_align(FormatAlign::Top);
    for (row, cells) in (1..).zip(&table.rows) {
        for (column, cell) in (0..).zip(cells) {
            match cell {
                // Written as text, never as a formula.
                Cell::Text(text) => sheet.write_string_with_format(row, column, text, &wrap)?,
                Cell::Count(count) => sheet.write_number(row, column, *count as f64)?,
                Cell::Rate(rate) => match rate.permille() {
                    Some(permille) => {
                        let part = permille as f64 / 1000.0;
                        sheet.write_number_with_format(row, column, part, &percent)?
                    }
                    None => sheet.write_string(row, column, cell.text())?,
                },
                Cell::Hidden => sheet.write_string(row, column, cell.text())?,
            };
        }
    }
    for (column, title) in (0..).zip(&table.header) {
        let longest = table.rows.iter().filter_map(|row| row.get(usize::from(column)));
        let longest = longest.map(|cell| cell.text().chars().count());
        let wide = longest.chain([title.chars().count()]).max().unwrap_or_default().min(30);
        sheet.set_column_width(column, wide as f64 * 2.0 + 3.0)?;
    }
    let last_column = u16::try_from(table.header.len()).unwrap_or(u16::MAX) - 1;
    let last_row = u32::try_from(table.rows.len()).unwrap_or(u32::MAX);
    let columns: Vec<TableColumn> =
        table.header.iter().map(|title| TableColumn::new().set_header(title)).collect();
    if table.rows.is_empty() {
        for (column, title) in (0..).zip(&table.header) {
            sheet.write_string(0, column, title)?;
        }
    } else {
        let excel = ExcelTable::new().set_name(table.name).set_columns(&columns);
        sheet.add_table(0, 0, last_row, last_column, &excel)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    Ok(())
}

/// A chart of one column of rates beside the table.
fn chart(
    sheet: &mut Worksheet,
    table: &Table,
    kind: ChartType,
    column: u16,
) -> Result<(), XlsxError> {
    let Ok(last) = u32::try_from(table.rows.len()) else { return Ok(()) };
    if last == 0 {
        return Ok(());
    }
    let mut chart = Chart::new(kind);
    chart
        .add_series()
        .set_name((table.title, 0, column))
        .set_categories((table.title, 1, 0, last, 0))
        .set_values((table.title, 1, column, last, column));
    chart.title().set_name(table.title);
    chart.legend().set_hidden();
    let axis = if kind == ChartType::Bar { chart.x_axis() } else { chart.y_axis() };
    axis.set_min(0).set_max(1).set_num_format("0%");
    let beside = u16::try_from(table.header.len()).unwrap_or(u16::MAX - 1) + 1;
    sheet.insert_chart(1, beside, &chart)?;
    Ok(())
}
