//! CSV for the office: UTF-8 with BOM and CR LF, as Excel in Japan opens it, and nothing that
//! Excel would run as a formula.

use super::tables::{Cell, Table};

/// The bytes of a table.
pub(crate) fn write(table: &Table) -> Vec<u8> {
    let mut text = String::from("\u{feff}");
    push_row(&mut text, table.header.iter().map(|title| safe(title)));
    for row in &table.rows {
        // Numbers are ours; a sign before one is no formula.
        push_row(
            &mut text,
            row.iter().map(|cell| match cell {
                Cell::Text(text) => safe(text),
                number => number.text(),
            }),
        );
    }
    text.into_bytes()
}

fn push_row(text: &mut String, cells: impl Iterator<Item = String>) {
    let cells: Vec<String> = cells.map(|cell| quote(&cell)).collect();
    text.push_str(&cells.join(","));
    text.push_str("\r\n");
}

/// An apostrophe before whatever a spreadsheet may take for a formula, also after leading white
/// space and at the start of every line of the cell. Numbers of our own are left alone.
pub(crate) fn safe(cell: &str) -> String {
    let lines = cell.split_inclusive(['\n', '\r']).map(|line| {
        let start = line.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{a0}');
        let is_number = line.strip_prefix('-').is_some_and(|rest| {
            !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        });
        let starts = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
        let is_formula = start.starts_with(starts) || line.starts_with(['\t', '\r', '\n']);
        if is_formula && !is_number { format!("'{line}") } else { line.to_owned() }
    });
    lines.collect()
}

fn quote(cell: &str) -> String {
    if cell.contains([',', '"', '\r', '\n']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::safe;

    #[test]
    fn formulas_become_text() {
        for (cell, expected) in [
            ("総務部", "総務部"),
            ("-1.5", "-1.5"),
            ("=1+1", "'=1+1"),
            ("+1", "'+1"),
            ("-1+cmd|' /C calc'!A0", "'-1+cmd|' /C calc'!A0"),
            ("@SUM(A1)", "'@SUM(A1)"),
            (" \u{a0}=1", "' \u{a0}=1"),
            ("\t=1", "'\t=1"),
            ("a\n=1", "a\n'=1"),
            ("＝１", "'＝１"),
        ] {
            assert_eq!(safe(cell), expected);
        }
    }
}
