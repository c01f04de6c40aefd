//! The workbook read back: the tables of the report, and what its signs and colours mean.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod made_up;

use calamine::{Data, Range, Reader as _, Xlsx, open_workbook};
use made_up::{Folder, office, some_questions, unit};
use year::dice::Dice;
use year::round::{Mood, Round};

/// Rows of a CSV of ours, with its header.
fn csv_rows(csv: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// A cell as the CSV has it, where it is a number.
fn shown(cell: &Data, like: &str) -> String {
    match cell {
        Data::Float(number) if like.ends_with('%') => format!("{:.1}%", number * 100.0),
        Data::Float(number) if like.starts_with('+') => format!("{number:+.1}"),
        Data::Float(number) if like.contains('.') => format!("{number:.1}"),
        other => other.to_string(),
    }
}

fn notes(sheet: &Range<Data>, rows: usize) -> Vec<String> {
    let below = sheet.rows().skip(rows);
    below.map(|row| row[0].to_string()).filter(|text| !text.is_empty()).collect()
}

#[test]
fn sheets_hold_the_tables_and_say_what_their_signs_mean() {
    // The question about telework does not apply to everybody, and is alone in its category.
    let sets = some_questions(&["pw1", "pw2", "cl3", "ir1", "ir3", "mg1"]);
    let units = ["10/1010:10", "10/1020:6", "20/2010:8", "30/3010:6"].map(unit);
    let office = office(&sets, units.into(), 7);
    let (mut round, mut dice) = (Round::new(&office, &sets), Dice::new(7, "workbook"));
    for (index, member) in office.members.iter().enumerate() {
        round.hand_in(index, member.role(), Mood(0), 7, &mut dice);
    }
    let folder = Folder::new();
    folder.write(&round);
    let ran = folder.report("r8", "out", &[]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{}", ran.stdout);
    let groups = folder.read("out/committee/groups.csv");
    assert!(groups.contains('＊'), "there is something to explain: {groups}");
    let mut workbook: Xlsx<_> = open_workbook(folder.path("out/committee/report.xlsx")).unwrap();
    let colours = "色：桃は要改善（70% 未満）、黄は要確認（70% 以上 85% 未満）、色なしは良好です。";
    for (sheet, csv, noted) in [
        ("部局・所属別の得点率", "groups", true),
        ("設問別の得点率", "questions", true),
        ("分野別の得点率", "categories", true),
        ("実施状況", "completion", false),
        ("ポリシーの確認", "policies", false),
        ("年度ごとの推移", "trend", false),
    ] {
        let found = workbook.worksheet_range(sheet).unwrap();
        let rows = csv_rows(&folder.read(&format!("out/committee/{csv}.csv")));
        for (cells, expected) in found.rows().zip(&rows) {
            let cells: Vec<String> =
                cells.iter().zip(expected).map(|(cell, like)| shown(cell, like)).collect();
            let expected: Vec<&str> =
                expected.iter().map(|text| text.trim_start_matches('\'')).collect();
            assert_eq!(cells, expected, "{sheet}");
        }
        let notes = notes(&found, rows.len());
        assert_eq!(notes.iter().any(|note| note == colours), noted, "{sheet}: {notes:?}");
        let is_hidden = rows.iter().flatten().any(|text| text == "＊");
        assert_eq!(
            notes.iter().any(|note| note.starts_with('＊')),
            is_hidden,
            "{sheet}: {notes:?}"
        );
    }
    // An empty table says so.
    let improvements = workbook.worksheet_range("前回までの改善策").unwrap();
    assert_eq!(improvements.rows().nth(1).unwrap()[0], Data::String("ありません".to_owned()));
}
