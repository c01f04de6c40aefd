//! The workbook: a sheet a table, real Excel tables, rates as numbers with the colours of the
//! bands, and charts.
//!
//! Its date is the campaign's last day, so that the same inputs make the same bytes.

use rust_xlsxwriter::{
    Chart, ChartFormat, ChartLegendPosition, ChartLine, ChartSolidFill, ChartType, Color,
    ConditionalFormatCell, ConditionalFormatCellRule, DocProperties, ExcelDateTime, Format,
    FormatAlign, FormatBorder, Table as ExcelTable, TableColumn, TableStyle, Workbook, Worksheet,
    XlsxError,
};
use selfcheck::set::Bands;
use selfcheck::time::Date;

use super::tables::{Cell, Table};
use crate::fault::Fault;

/// The bytes of a workbook with these tables, one a sheet.
///
/// # Errors
/// [`Fault::Workbook`].
pub(crate) fn write(day: Date, bands: Bands, tables: &[Table]) -> Result<Vec<u8>, Fault> {
    build(day, bands, tables).map_err(|error| Fault::Workbook(error.to_string()))
}

fn build(day: Date, bands: Bands, tables: &[Table]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_ymd(day.year(), day.month(), day.day())?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    for table in tables {
        let sheet = workbook.add_worksheet();
        sheet.set_name(sheet_name(table))?;
        fill(sheet, table)?;
        colour(sheet, table, bands)?;
        match table.name {
            "bureaus" => chart(sheet, table, ChartType::Bar, &[3])?,
            "categories" if table.header.len() > 3 => {
                chart(sheet, table, ChartType::Column, &[3, 4])?;
            }
            "categories" => chart(sheet, table, ChartType::Column, &[1])?,
            "trend" => chart(sheet, table, ChartType::Line, &[1, 2])?,
            "questions" => chart(sheet, table, ChartType::Column, &[6])?,
            _ => {}
        }
    }
    workbook.save_to_buffer()
}

/// Sheet names hold none of `/ \ ? * [ ] :` and at most 31 characters.
fn sheet_name(table: &Table) -> String {
    table.title.replace(['/', '\\', '?', '*', '[', ']', ':'], "・").chars().take(31).collect()
}

fn fill(sheet: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
    let plain = Format::new().set_align(FormatAlign::Top);
    let wrap = plain.clone().set_text_wrap();
    let right = plain.clone().set_align(FormatAlign::Right);
    let percent = plain.clone().set_num_format("0.0%");
    let points = plain.clone().set_num_format("+0.0;-0.0;0.0");
    for (row, cells) in (1..).zip(&table.rows) {
        for (column, cell) in (0..).zip(cells) {
            match cell {
                // Written as text, never as a formula.
                Cell::Text(text) => sheet.write_string_with_format(row, column, text, &wrap)?,
                Cell::Count(count) => {
                    sheet.write_number_with_format(row, column, *count as f64, &plain)?
                }
                Cell::Rate(rate) => match rate.permille() {
                    Some(permille) => {
                        let part = permille as f64 / 1000.0;
                        sheet.write_number_with_format(row, column, part, &percent)?
                    }
                    None => sheet.write_string_with_format(row, column, cell.text(), &right)?,
                },
                Cell::Points(permille) => {
                    let part = *permille as f64 / 10.0;
                    sheet.write_number_with_format(row, column, part, &points)?
                }
                Cell::Hidden | Cell::None => {
                    sheet.write_string_with_format(row, column, cell.text(), &right)?
                }
            };
        }
    }
    for (column, title) in (0..).zip(&table.header) {
        sheet.set_column_width(column, width(table, usize::from(column), title))?;
    }
    let last_column = u16::try_from(table.header.len()).unwrap_or(u16::MAX) - 1;
    let last_row = u32::try_from(table.rows.len()).unwrap_or(u32::MAX);
    let head = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::VerticalCenter);
    if table.rows.is_empty() {
        for (column, title) in (0..).zip(&table.header) {
            sheet.write_string_with_format(
                0,
                column,
                title,
                &head.clone().set_border(FormatBorder::Thin),
            )?;
        }
    } else {
        let columns: Vec<TableColumn> = table
            .header
            .iter()
            .map(|title| TableColumn::new().set_header(title).set_header_format(&head))
            .collect();
        let excel = ExcelTable::new()
            .set_name(table.name)
            .set_columns(&columns)
            .set_style(TableStyle::Light9);
        sheet.add_table(0, 0, last_row, last_column, &excel)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_header(format!("&L{}", table.title)).set_footer("&R&P / &N");
    Ok(())
}

/// Wide enough for its text: a Japanese letter is two columns wide, long text is wrapped.
fn width(table: &Table, column: usize, title: &str) -> f64 {
    let of = |text: &str| text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
    let cells = table.rows.iter().filter_map(|row| row.get(column));
    let longest = cells.map(|cell| of(&cell.text())).max().unwrap_or_default();
    // A heading may be wrapped to two lines.
    let wide = longest.max(of(title).div_ceil(2)).clamp(6, 56);
    wide as f64 + 4.0
}

/// Scores below the bounds of the bands stand out; the words 要確認 and 要改善 say the same.
fn colour(sheet: &mut Worksheet, table: &Table, bands: Bands) -> Result<(), XlsxError> {
    let columns = match table.name {
        "groups" => (3, table.header.len()),
        "categories" => (1, 2),
        "questions" => (6, 7),
        _ => return Ok(()),
    };
    let (Ok(last), Ok(first_column), Ok(end_column)) =
        (u32::try_from(table.rows.len()), u16::try_from(columns.0), u16::try_from(columns.1))
    else {
        return Ok(());
    };
    let share = |percent: u8| f64::from(percent) / 100.0;
    let improve = ConditionalFormatCell::new()
        .set_rule(ConditionalFormatCellRule::LessThan(share(bands.review)))
        .set_format(Format::new().set_background_color(Color::RGB(0x00FF_D9D9)));
    let review = ConditionalFormatCell::new()
        .set_rule(ConditionalFormatCellRule::Between(
            share(bands.review),
            share(bands.good) - 0.001,
        ))
        .set_format(Format::new().set_background_color(Color::RGB(0x00FF_F3C7)));
    if last > 0 && end_column > first_column {
        for rule in [&improve, &review] {
            sheet.add_conditional_format(1, first_column, last, end_column - 1, rule)?;
        }
    }
    Ok(())
}

const COLOURS: [u32; 3] = [0x0000_17C1, 0x00B0_4A00, 0x0000_704A];

/// A chart of columns of rates beside the table.
fn chart(
    sheet: &mut Worksheet,
    table: &Table,
    kind: ChartType,
    columns: &[u16],
) -> Result<(), XlsxError> {
    let Ok(last) = u32::try_from(table.rows.len()) else { return Ok(()) };
    if last == 0 {
        return Ok(());
    }
    let name = sheet_name(table);
    let name = name.as_str();
    let mut chart = Chart::new(kind);
    for (&column, colour) in columns.iter().zip(COLOURS) {
        let mut format = ChartFormat::new();
        if kind == ChartType::Line {
            format.set_line(ChartLine::new().set_color(Color::RGB(colour)).set_width(2.25));
        } else {
            format.set_solid_fill(ChartSolidFill::new().set_color(Color::RGB(colour)));
        }
        chart
            .add_series()
            .set_name((name, 0, column))
            .set_categories((name, 1, 0, last, 0))
            .set_values((name, 1, column, last, column))
            .set_format(&mut format);
    }
    chart.title().set_name(table.title);
    if columns.len() > 1 {
        chart.legend().set_position(ChartLegendPosition::Bottom);
    } else {
        chart.legend().set_hidden();
    }
    let axis = if kind == ChartType::Bar { chart.x_axis() } else { chart.y_axis() };
    axis.set_min(0).set_max(1).set_num_format("0%");
    if kind == ChartType::Bar {
        // Excel draws bars from the bottom up; the table reads from the top down.
        chart.y_axis().set_reverse();
    }
    chart.set_width(760).set_height(if last > 12 { 480 } else { 380 });
    chart.set_alt_text(format!("{}の図。数字は左の表にあります。", table.title));
    let beside = u16::try_from(table.header.len()).unwrap_or(u16::MAX - 1) + 1;
    sheet.insert_chart(1, beside, &chart)?;
    Ok(())
}
