//! Every score that a report's folder publishes.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx, open_workbook_from_rs};
use serde_json::Value;

/// What stands in which output: group id and column (`total`, `knowledge`, `practice`, a
/// category's title or a question's id), and the rate in tenths of a percent.
pub type Cells = BTreeMap<(String, String), u64>;

/// One table as read back: its header and its rows.
type Rows = Vec<Vec<String>>;

/// The cells of each output by the name of its file; HTML and workbooks by sheet or table.
pub fn cells(files: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Cells> {
    let text = |name: &str| String::from_utf8(files[name].clone()).unwrap();
    let summary: Value = serde_json::from_str(&text("committee/summary.json")).unwrap();
    let names = Names::of(&summary, &csv_rows(&files["improvement/index.csv"]));
    let mut found = BTreeMap::new();
    found.insert("summary.json".to_owned(), of_summary(&summary));
    let of_site: Value = serde_json::from_str(&text("site/results/r8.json")).unwrap();
    found.insert("results/r8.json".to_owned(), of_summary(&of_site));
    let html = text("committee/report.html");
    for (name, read) in TABLES {
        let csv = csv_rows(&files[&format!("committee/{name}.csv")]);
        found.insert(format!("{name}.csv"), read(&csv, &names));
        // On the page the weakest are a list, which the digest repeats.
        if name == "weak" {
            continue;
        }
        let rows = html_rows(&html, name);
        assert_eq!(rows, csv, "page and CSV say the same of {name}");
        found.insert(format!("report.html {name}"), read(&rows, &names));
    }
    for (sheet, rows) in sheets(&files["committee/report.xlsx"]) {
        let read = SHEETS.iter().find(|(title, _)| *title == sheet);
        if let Some((_, table)) = read {
            let (_, read) = TABLES.iter().find(|(name, _)| name == table).unwrap();
            found.insert(format!("report.xlsx {table}"), read(&rows, &names));
        }
    }
    found.insert("report.html figures".to_owned(), of_figures(&html, &names));
    for (file, bytes) in files.iter().filter(|(file, _)| file.starts_with("improvement/section-")) {
        let section = file.trim_start_matches("improvement/section-");
        let (code, kind) = section.split_once('.').unwrap();
        let group = names.of_section[code].clone();
        let (categories, items) = match kind {
            "md" => markdown_rows(std::str::from_utf8(bytes).unwrap()),
            _ => {
                let mut sheets: BTreeMap<String, Rows> = sheets(bytes).into_iter().collect();
                (sheets.remove("分野別").unwrap(), sheets.remove("改善策").unwrap())
            }
        };
        let mut cells = Cells::new();
        for (rows, column, own) in [(&categories, 0, 1), (&items, 0, 3)] {
            for row in rows.iter().skip(1) {
                keep(&mut cells, &group, &names.column(&row[column]), &row[own]);
                keep(&mut cells, "all", &names.column(&row[column]), &row[own + 1]);
            }
        }
        found.insert(file.clone(), cells);
    }
    found
}

/// Groups by title, columns by heading.
struct Names {
    groups: BTreeMap<String, String>,
    of_section: BTreeMap<String, String>,
}

impl Names {
    fn of(summary: &Value, index: &Rows) -> Self {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let groups = summary["groups"].as_array().unwrap();
        let mut by_title: BTreeMap<String, String> =
            groups.iter().map(|group| (text(&group["title"]), text(&group["id"]))).collect();
        assert_eq!(by_title.len(), groups.len(), "titles of groups are unique");
        by_title.insert("全庁".to_owned(), "all".to_owned());
        let of_section =
            index.iter().skip(1).map(|row| (row[0].clone(), by_title[&row[2]].clone()));
        Self { of_section: of_section.collect(), groups: by_title.clone() }
    }

    fn column(&self, heading: &str) -> String {
        match heading {
            "全体" => "total",
            "知識" | "知識（正しく知っているか）" => "knowledge",
            "実践" | "実践（行っているか）" => "practice",
            other => other,
        }
        .to_owned()
    }
}

type Read = fn(&Rows, &Names) -> Cells;

const TABLES: [(&str, Read); 4] = [
    ("groups", of_groups),
    ("questions", of_questions),
    ("categories", of_categories),
    ("weak", of_weak),
];

const SHEETS: [(&str, &str); 4] = [
    ("部局・所属別の得点率", "groups"),
    ("設問別の得点率", "questions"),
    ("分野別の得点率", "categories"),
    ("弱い設問と重点項目", "weak"),
];

fn of_groups(rows: &Rows, names: &Names) -> Cells {
    let mut cells = Cells::new();
    for row in &rows[1..] {
        for (heading, cell) in rows[0].iter().zip(row).skip(3) {
            keep(&mut cells, &names.groups[&row[1]], &names.column(heading), cell);
        }
    }
    cells
}

fn of_questions(rows: &Rows, _: &Names) -> Cells {
    let mut cells = Cells::new();
    rows[1..].iter().for_each(|row| keep(&mut cells, "all", &row[0], &row[6]));
    cells
}

fn of_categories(rows: &Rows, names: &Names) -> Cells {
    let mut cells = Cells::new();
    rows[1..].iter().for_each(|row| keep(&mut cells, "all", &names.column(&row[0]), &row[1]));
    cells
}

fn of_weak(rows: &Rows, _: &Names) -> Cells {
    let mut cells = Cells::new();
    rows[1..].iter().for_each(|row| keep(&mut cells, "all", &row[1], &row[3]));
    cells
}

fn of_summary(summary: &Value) -> Cells {
    let mut cells = Cells::new();
    let mut of_score = |column: &str, score: &Value| {
        if let Some(max) = score["max"].as_u64().filter(|max| *max > 0) {
            let permille = 1000 * score["points"].as_u64().unwrap() / max;
            cells.insert(("all".to_owned(), column.to_owned()), permille);
        }
    };
    for column in ["total", "knowledge", "practice"] {
        of_score(column, &summary[column]);
    }
    for category in summary["categories"].as_array().unwrap() {
        of_score(category["title"].as_str().unwrap(), &category["score"]);
    }
    for question in summary["questions"].as_array().unwrap() {
        of_score(question["id"].as_str().unwrap(), &question["score"]);
    }
    for group in summary["groups"].as_array().unwrap() {
        let id = group["id"].as_str().unwrap();
        let mut of_group = |column: &str, permille: &Value| {
            if let Some(permille) = permille.as_u64() {
                cells.insert((id.to_owned(), column.to_owned()), permille);
            }
        };
        for column in ["total", "knowledge", "practice"] {
            of_group(column, &group[format!("{column}_permille")]);
        }
        let categories = summary["categories"].as_array().unwrap();
        for (category, permille) in
            categories.iter().zip(group["categories_permille"].as_array().unwrap())
        {
            of_group(category["title"].as_str().unwrap(), permille);
        }
    }
    cells
}

/// The figure of bureaus says its numbers in words.
fn of_figures(html: &str, names: &Names) -> Cells {
    let mut cells = Cells::new();
    if let Some((_, after)) = html.split_once("<desc id=\"bureaus-text\">") {
        for part in after.split_once("</desc>").unwrap().0.split('、') {
            if let Some((title, rate)) = part.rsplit_once(' ') {
                keep(&mut cells, &names.groups[title], "total", rate);
            }
        }
    }
    cells
}

/// Keeps a cell that shows a rate; a number of a workbook is a share of 1.
fn keep(cells: &mut Cells, group: &str, column: &str, cell: &str) {
    let permille = match cell.strip_suffix('%') {
        Some(percent) => percent.replace('.', "").parse().ok(),
        None => None,
    };
    if let Some(permille) = permille {
        let old = cells.insert((group.to_owned(), column.to_owned()), permille);
        assert!(old.is_none_or(|old| old == permille), "{group} {column} has two values");
    } else {
        assert!(matches!(cell, "＊" | "―" | "表示しません"), "{group} {column}: {cell}");
    }
}

fn csv_rows(bytes: &[u8]) -> Rows {
    let text = std::str::from_utf8(bytes).unwrap().trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn html_rows(html: &str, class: &str) -> Rows {
    let start = format!("<table class=\"{class}\">");
    let table = html.split_once(&start).unwrap().1.split_once("</table>").unwrap().0;
    let cells = |row: &str| {
        let cells = row.split("</t").filter(|cell| cell.contains("<t"));
        let cells = cells.filter_map(|cell| Some(cell.rsplit_once('>')?.1.to_owned()));
        cells.collect::<Vec<_>>()
    };
    table.split("</tr>").filter(|row| row.contains("<tr")).map(cells).collect()
}

fn markdown_rows(text: &str) -> (Rows, Rows) {
    let table = |title: &str| -> Rows {
        let after = text.split_once(&format!("## {title}\n\n")).unwrap().1;
        let lines = after.lines().take_while(|line| line.starts_with('|')).enumerate();
        let lines = lines.filter(|(index, _)| *index != 1).map(|(_, line)| line);
        lines
            .map(|line| {
                line.trim_matches('|')
                    .split(" | ")
                    .map(|cell| cell.trim_matches(['|', ' ']).to_owned())
                    .collect()
            })
            .collect()
    };
    (table("分野別"), table("改善策"))
}

/// Sheets with their cells as people see them: rates with one digit after the point.
fn sheets(bytes: &[u8]) -> Vec<(String, Rows)> {
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    let names = book.sheet_names();
    names
        .into_iter()
        .map(|name| {
            let range = book.worksheet_range(&name).unwrap();
            let header: BTreeSet<usize> = range
                .rows()
                .next()
                .into_iter()
                .flat_map(|row| row.iter().enumerate())
                .filter(|(_, cell)| is_count(&cell.to_string()))
                .map(|(column, _)| column)
                .collect();
            // Below an empty row stand notes, and an empty table says so: no figures of people.
            let is_over = |text: &str| matches!(text, "" | "ありません");
            let of_table = range.rows().take_while(|row| !is_over(&row[0].to_string()));
            let rows = of_table.map(|row| {
                let cells = row.iter().enumerate().map(|(column, cell)| match cell {
                    Data::Float(share) if !header.contains(&column) && *share <= 1.0 => {
                        let permille = (share * 1000.0).round() as u64;
                        format!("{}.{}%", permille / 10, permille % 10)
                    }
                    other => other.to_string(),
                });
                cells.collect()
            });
            (name, rows.collect())
        })
        .collect()
}

/// Columns of a workbook that hold counts or differences, not rates.
fn is_count(heading: &str) -> bool {
    ["人数", "対象", "版", "重み", "識別力", "共通の設問数", "差（ポイント）"].contains(&heading)
}
