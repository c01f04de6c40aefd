//! The workbook: a sheet a table, real Excel tables, rates as numbers with the colours of the
//! bands, and charts (`chart`).
//!
//! Lines and fills are those of cells, not of the table's style: programs other than Excel do not
//! draw such styles, and paper should look the same from all of them. Heights of rows are set for the
//! same reason. The date is the campaign's last day, so that the same inputs make the same bytes.

mod chart;

use rust_xlsxwriter::{
    Color, ConditionalFormatCell, ConditionalFormatCellRule, DocProperties, ExcelDateTime, Format,
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
        let widths = widths(table);
        fill(sheet, table)?;
        measure(sheet, table, &widths)?;
        let coloured = colour(sheet, table, bands)?;
        let next = notes(sheet, table, coloured.then_some(bands))?;
        chart::add(sheet, table, next, widths.iter().sum())?;
        set_up_page(sheet, table, widths.iter().sum())?;
    }
    workbook.save_to_buffer()
}

/// Sheet names hold none of `/ \ ? * [ ] :` and at most 31 characters.
fn sheet_name(table: &Table) -> String {
    table.title.replace(['/', '\\', '?', '*', '[', ']', ':'], "・").chars().take(31).collect()
}

/// Row and column numbers as the library counts them.
fn row_number(row: usize) -> u32 {
    u32::try_from(row).unwrap_or(u32::MAX)
}

fn column_number(column: usize) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}

fn base() -> Format {
    // The font of the printed report; wherever it is missing another one is taken.
    Format::new().set_font_name("BIZ UDPゴシック").set_font_size(10)
}

fn cell_format(cell: &Cell, is_sum: bool) -> Format {
    let format = base()
        .set_align(FormatAlign::Top)
        .set_border(FormatBorder::Thin)
        .set_border_color(Color::RGB(0x00B3_B3B3));
    let format = match is_sum {
        true => format.set_bold().set_background_color(Color::RGB(0x00F1_F1F4)),
        false => format,
    };
    match cell {
        Cell::Text(_) => format.set_text_wrap().set_align(FormatAlign::Left).set_indent(1),
        Cell::Count(_) => format,
        Cell::Rate(rate) if rate.permille().is_some() => format.set_num_format("0.0%"),
        Cell::Points(_) => format.set_num_format("+0.0;-0.0;0.0"),
        Cell::Rate(_) | Cell::Hidden | Cell::None => format.set_align(FormatAlign::Right),
    }
}

fn fill(sheet: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
    for (row, cells) in (1..).zip(&table.rows) {
        let is_sum = table.is_sum(cells);
        for (column, cell) in (0..).zip(cells) {
            let format = cell_format(cell, is_sum);
            let number = match cell {
                Cell::Count(count) => Some(*count as f64),
                Cell::Rate(rate) => rate.permille().map(|permille| permille as f64 / 1000.0),
                Cell::Points(permille) => Some(*permille as f64 / 10.0),
                Cell::Text(_) | Cell::Hidden | Cell::None => None,
            };
            match number {
                Some(number) => sheet.write_number_with_format(row, column, number, &format)?,
                // Written as text, never as a formula.
                None => sheet.write_string_with_format(row, column, cell.text(), &format)?,
            };
        }
    }
    let is_number = |column: usize| {
        let first = table.rows.first().and_then(|row| row.get(column));
        first.is_some_and(|cell| !matches!(cell, Cell::Text(_)))
    };
    let head = |column: usize| {
        base()
            .set_bold()
            .set_text_wrap()
            .set_align(FormatAlign::VerticalCenter)
            .set_align(if is_number(column) { FormatAlign::Center } else { FormatAlign::Left })
            .set_indent(u8::from(!is_number(column)))
            .set_border(FormatBorder::Thin)
            .set_border_color(Color::RGB(0x00B3_B3B3))
            .set_background_color(Color::RGB(0x00E8_F1FE))
    };
    for (column, title) in table.header.iter().enumerate() {
        // A table writes its own titles over these, in the same words.
        sheet.write_string_with_format(0, column_number(column), title, &head(column))?;
    }
    if table.rows.is_empty() {
        sheet.write_string_with_format(1, 0, "ありません", &base())?;
    } else {
        let columns = table.header.iter().enumerate().map(|(column, title)| {
            TableColumn::new().set_header(title).set_header_format(head(column))
        });
        let excel = ExcelTable::new()
            .set_name(table.name)
            .set_columns(&columns.collect::<Vec<_>>())
            .set_style(TableStyle::None);
        let last = (row_number(table.rows.len()), column_number(table.header.len() - 1));
        sheet.add_table(0, 0, last.0, last.1, &excel)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

/// Columns are wide enough for their text, long text is wrapped, and rows are high enough for that.
fn measure(sheet: &mut Worksheet, table: &Table, widths: &[usize]) -> Result<(), XlsxError> {
    for (column, width) in widths.iter().enumerate() {
        sheet.set_column_width(column_number(column), *width as f64)?;
    }
    let lines = |texts: &mut dyn Iterator<Item = String>| {
        texts.zip(widths).map(|(text, width)| lines_of(&text, *width)).max().unwrap_or(1)
    };
    // The buttons of the table lie on the titles.
    let head = lines(&mut table.header.iter().cloned()).max(2);
    sheet.set_row_height(0, height(head))?;
    for (row, cells) in table.rows.iter().enumerate() {
        // Numbers are not wrapped.
        let lines = lines(&mut cells.iter().map(|cell| match cell {
            Cell::Text(text) => text.clone(),
            _ => String::new(),
        }));
        if lines > 1 {
            sheet.set_row_height(row_number(row + 1), height(lines))?;
        }
    }
    Ok(())
}

/// A Japanese letter is two columns wide.
fn columns_of(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

/// Widths of the columns in letters of the default font, some to spare. Tables of many columns are
/// narrower, so that they can be read on paper.
fn widths(table: &Table) -> Vec<usize> {
    let (longest, lines, spare) = if table.header.len() > 8 { (28, 3, 3) } else { (56, 2, 4) };
    let width = |(column, title): (usize, &String)| {
        let cells = table.rows.iter().filter_map(|row| row.get(column));
        let text = cells.map(|cell| columns_of(&cell.text())).max().unwrap_or_default();
        if !table.rows.is_empty() && text == 0 {
            // To be written in by hand: 原因 and 対策 need more than a name or a date.
            return if matches!(title.as_str(), "原因" | "対策") { 24 } else { 11 };
        }
        let title = columns_of(title).div_ceil(lines) + 2;
        text.max(title).clamp(5, longest) + spare
    };
    table.header.iter().enumerate().map(width).collect()
}

fn lines_of(text: &str, width: usize) -> usize {
    // A letter that does not fit goes to the next line whole.
    text.lines().map(|line| columns_of(line).div_ceil(width - 3).max(1)).sum::<usize>().max(1)
}

/// In points.
fn height(lines: usize) -> f64 {
    lines as f64 * 13.5 + 4.5
}

/// What signs and colours mean, below the table; returns the first row after it all.
fn notes(sheet: &mut Worksheet, table: &Table, bands: Option<Bands>) -> Result<u32, XlsxError> {
    let mut row = row_number(table.rows.len().max(1) + 2);
    let has_hidden = table.rows.iter().flatten().any(|cell| *cell == Cell::Hidden);
    let hidden = has_hidden.then(|| {
        "＊：5 人未満の答えが分かるため、示しません（引き算で分かる数字も示しません）。".to_owned()
    });
    let colours = bands.map(|Bands { good, review, .. }| {
        format!(
            "色：桃は要改善（{review}% 未満）、黄は要確認（{review}% 以上 {good}% 未満）、色なしは良好です。"
        )
    });
    for note in [hidden, colours].into_iter().flatten() {
        sheet.write_string_with_format(row, 0, note, &base().set_font_size(9))?;
        row += 1;
    }
    Ok(row + 1)
}

/// The letters that fit across a page of A4 held upright, a little smaller than on the screen.
const UPRIGHT: usize = 116;

fn set_up_page(sheet: &mut Worksheet, table: &Table, width: usize) -> Result<(), XlsxError> {
    if width <= UPRIGHT {
        sheet.set_portrait();
    } else {
        sheet.set_landscape();
    }
    sheet.set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_header(format!("&L{}", table.title)).set_footer("&R&P / &N");
    Ok(())
}

/// Scores below the bounds of the bands stand out, where there are any; the words 要確認 and 要改善 say the same.
fn colour(sheet: &mut Worksheet, table: &Table, bands: Bands) -> Result<bool, XlsxError> {
    let columns = match table.name {
        "groups" => (3, table.header.len()),
        "categories" => (1, 2),
        "questions" => (6, 7),
        _ => return Ok(false),
    };
    let last = row_number(table.rows.len());
    let (first_column, end_column) = (column_number(columns.0), column_number(columns.1));
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
    let is_any = last > 0 && end_column > first_column;
    if is_any {
        for rule in [&improve, &review] {
            sheet.add_conditional_format(1, first_column, last, end_column - 1, rule)?;
        }
    }
    Ok(is_any)
}
