//! Charts below the tables: beside them they would make the printed page too small to read.

use rust_xlsxwriter::{
    Chart, ChartDataLabel, ChartDataLabelPosition, ChartFont, ChartFormat, ChartLegendPosition,
    ChartLine, ChartMarker, ChartMarkerType, ChartSolidFill, ChartType, Color, Worksheet,
    XlsxError,
};

use super::{column_number, row_number, sheet_name};
use crate::report::tables::Table;

/// Each with a mark of its own, so that colour is not all that tells them apart.
const SERIES: [(u32, ChartMarkerType); 2] =
    [(0x0000_17C1, ChartMarkerType::Circle), (0x00B0_4A00, ChartMarkerType::Square)];

/// Adds the chart of a table, if it has one, from this row on.
/// `width` is that of the table, in letters.
pub(super) fn add(
    sheet: &mut Worksheet,
    table: &Table,
    row: u32,
    width: usize,
) -> Result<(), XlsxError> {
    let (kind, columns): (_, &[usize]) = match table.name {
        "bureaus" => (ChartType::Bar, &[3]),
        "categories" if table.header.len() > 3 => (ChartType::Bar, &[3, 4]),
        "categories" => (ChartType::Bar, &[1]),
        "trend" => (ChartType::Line, &[1, 2]),
        "questions" => (ChartType::Column, &[6]),
        _ => return Ok(()),
    };
    if table.rows.is_empty() {
        return Ok(());
    }
    let (name, last) = (sheet_name(table), row_number(table.rows.len()));
    let name = name.as_str();
    let mut font = ChartFont::new();
    font.set_size(9);
    let mut chart = Chart::new(kind);
    for (&column, (colour, mark)) in columns.iter().zip(SERIES) {
        let (column, colour) = (column_number(column), Color::RGB(colour));
        let mut format = ChartFormat::new();
        if kind == ChartType::Line {
            format.set_line(ChartLine::new().set_color(colour).set_width(2.25));
        } else {
            format.set_solid_fill(ChartSolidFill::new().set_color(colour));
        }
        let series = chart
            .add_series()
            .set_name((name, 0, column))
            .set_categories((name, 1, 0, last, 0))
            .set_values((name, 1, column, last, column))
            .set_format(&mut format);
        if kind == ChartType::Line {
            let mut fill = ChartFormat::new();
            fill.set_solid_fill(ChartSolidFill::new().set_color(colour));
            series.set_marker(ChartMarker::new().set_type(mark).set_size(8).set_format(&mut fill));
        }
        // Forty columns are too narrow for numbers; they stand in the table.
        if kind != ChartType::Column {
            let mut label = ChartDataLabel::new();
            label.show_value().set_font(&font);
            if kind == ChartType::Line {
                label.set_position(ChartDataLabelPosition::Above);
            }
            series.set_data_label(&label);
        }
    }
    chart.title().set_name(table.title);
    if columns.len() > 1 {
        chart.legend().set_position(ChartLegendPosition::Bottom);
    } else {
        chart.legend().set_hidden();
    }
    let axis = if kind == ChartType::Bar { chart.x_axis() } else { chart.y_axis() };
    axis.set_min(0).set_max(1).set_num_format("0%").set_font(&font);
    axis.set_major_gridlines_line(ChartLine::new().set_color(Color::RGB(0x00D9_D9D9)));
    if kind == ChartType::Bar {
        // Excel draws bars from the bottom up; the table reads from the top down.
        chart.y_axis().set_reverse();
    }
    let names = if kind == ChartType::Bar { chart.y_axis() } else { chart.x_axis() };
    names.set_font(&font);
    let height = match kind {
        ChartType::Bar => 120 + 26 * last * column_number(columns.len()) as u32,
        _ => 380,
    };
    // A letter is seven pixels wide.
    let wide = row_number(width * 7).clamp(700, 1300);
    chart.set_width(wide).set_height(height.min(640));
    chart.set_alt_text(format!("{}の図。数字は上の表にあります。", table.title));
    sheet.insert_chart(row, 0, &chart)?;
    Ok(())
}
