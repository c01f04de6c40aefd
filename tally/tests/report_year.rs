//! A made-up office over two years: what was planted is what the reports say.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod made_up;

use std::collections::BTreeMap;

use made_up::{Folder, frozen_sets, golden};
use serde_json::Value;
use year::dice::Dice;
use year::office::{Office, units};
use year::round::{Mood, Round};
use year::sets;

const SEED: u64 = 8;

/// Writes two years of an office with so many sections and people, every fault so many `times`.
fn two_years(folder: &Folder, sections: usize, people: usize, times: usize) {
    let now = frozen_sets();
    let then = sets::earlier(&now, 1).unwrap();
    let mut dice = Dice::new(SEED, "office");
    let units = units(sections, people, &mut dice);
    assert_eq!(units.iter().map(|unit| unit.people).sum::<usize>(), people);
    let (issued, later) = ("2025-10-01".parse().unwrap(), "2026-10-01".parse().unwrap());
    let first = Office::new(&"ageo".parse().unwrap(), units, issued, &mut dice);
    let second = first.next_year(later, &mut dice);
    for (office, sets, mood) in [(&first, &then, Mood(-25)), (&second, &now, Mood(0))] {
        let mut round = Round::lively(office, sets, mood, SEED);
        round.plant(times, mood, SEED);
        folder.write(&round);
    }
}

/// Counts the values of a column of a CSV of ours, without its header.
fn counts(csv: &str, column: usize) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    let mut reader = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
    for record in reader.records() {
        *counts.entry(record.unwrap()[column].to_owned()).or_default() += 1;
    }
    counts
}

#[test]
fn every_planted_fault_is_told_once() {
    let folder = Folder::new();
    two_years(&folder, 24, 320, 2);
    for (campaign, previous) in [("r7", None), ("r8", Some("reports/r7"))] {
        let out = format!("reports/{campaign}");
        let previous: Vec<&str> =
            previous.into_iter().flat_map(|folder| ["--previous", folder]).collect();
        let ran = folder.report(campaign, &out, &previous);
        assert_eq!((ran.code, ran.stderr.as_str()), (1, ""), "{}", ran.stdout);
        let expected: Value =
            serde_json::from_str(&folder.read(&format!("{campaign}/expected.json"))).unwrap();
        let of = |name: &str, column| {
            let found = counts(&folder.read(&format!("{out}/secretariat/{name}.csv")), column);
            serde_json::to_value(found).unwrap()
        };
        assert_eq!(of("rejected", 1), expected["rejected"]);
        assert!(expected["rejected"].as_object().unwrap().len() >= 22);
        assert_eq!(of("flags", 3), expected["flags"]);
        assert!(expected["flags"].as_object().unwrap().len() >= 5, "{expected}");
        let missing = format!("台帳にあって見当たらない {} 件", expected["missing"]);
        assert!(ran.stdout.contains(&missing), "{}", ran.stdout);
        let summary: Value =
            serde_json::from_str(&folder.read(&format!("{out}/committee/summary.json"))).unwrap();
        assert_eq!(summary["completion"]["paper"], expected["paper"]);
    }
}

/// Nine sections and sixty people, every fault once, last year beside it: what `verify` says of each
/// file, and every table of the report.
#[test]
fn a_small_year_is_reported_like_this() {
    let folder = Folder::new();
    two_years(&folder, 9, 60, 1);
    let verified = folder.tally(&[
        "verify",
        "--archive",
        "archive",
        "--roster",
        "r8/roster.json",
        "--campaign",
        "r8",
        "r8/inbox",
    ]);
    assert_eq!((verified.code, verified.stderr.as_str()), (1, ""));
    for campaign in ["r7", "r8"] {
        let previous = if campaign == "r8" { &["--previous", "reports/r7"][..] } else { &[] };
        let ran = folder.report(campaign, &format!("reports/{campaign}"), previous);
        assert_eq!((ran.code, ran.stderr.as_str()), (1, ""), "{}", ran.stdout);
    }
    let mut found = folder.tree("reports/r8");
    let is_table = |name: &str| name.ends_with(".csv") || name == "committee/summary.json";
    found.retain(|name, _| is_table(name));
    found.insert("verify.txt".to_owned(), verified.stdout.into_bytes());
    golden("year", &found, "report_year");
}

/// The secretariat reads these lines; a parser's English stands in brackets behind Japanese.
#[test]
fn details_are_japanese() {
    let folder = Folder::new();
    two_years(&folder, 9, 60, 1);
    let ran =
        folder.tally(&["verify", "--archive", "archive", "--roster", "r8/roster.json", "r8/inbox"]);
    let details: Vec<&str> =
        ran.stdout.lines().filter_map(|line| line.strip_prefix("  詳細: ")).collect();
    assert!(details.len() >= 15, "{details:?}");
    for detail in details {
        let (ours, _) = detail.split_once('（').unwrap_or((detail, ""));
        let is_kana = |c: char| ('\u{3040}'..='\u{30FF}').contains(&c);
        assert!(ours.chars().any(is_kana) || ours.starts_with("設問"), "{detail}");
    }
}

#[test]
fn the_staff_list_is_one_that_enrol_takes() {
    let folder = Folder::new();
    two_years(&folder, 12, 90, 2);
    let ran = folder.tally(&[
        "enrol",
        "--staff",
        "r8/staff.csv",
        "--roster",
        "enrolled.json",
        "--letters",
        "letters.html",
        "--org",
        "ageo",
        "--issued",
        "2026-10-01",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stdout.starts_with("追加 90 人"), "{}", ran.stdout);
    let roster = |name: &str| serde_json::from_str::<Value>(&folder.read(name)).unwrap();
    let (made_up, enrolled) = (roster("r8/roster.json"), roster("enrolled.json"));
    assert_eq!(made_up["sections"], enrolled["sections"]);
    assert_eq!(made_up["bureaus"], enrolled["bureaus"]);
    // All but the keys, whose randomness is the system's there.
    let people = |roster: &Value| -> BTreeMap<String, Value> {
        let people = roster["people"].as_array().unwrap().iter().map(|person| {
            let mut person = person.clone();
            person.as_object_mut().unwrap().remove("keys");
            (person["sub"].as_str().unwrap().to_owned(), person)
        });
        people.collect()
    };
    assert!(people(&enrolled) == people(&made_up));
}

#[test]
fn same_seed_same_bytes() {
    let (first, second) = (Folder::new(), Folder::new());
    two_years(&first, 12, 90, 2);
    two_years(&second, 12, 90, 2);
    assert!(first.tree(".") == second.tree("."));
    for folder in [&first, &second] {
        folder.report("r7", "reports/r7", &[]);
        folder.report("r8", "reports/r8", &["--previous", "reports/r7"]);
    }
    let reports = first.tree("reports");
    assert!(reports == second.tree("reports"));
    assert!(reports.len() > 60, "two reports with all their sheets");
}
