//! Figures of a report, reckoned once more from what people signed; and what the office keeps
//! beside them.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod made_up;

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fs;

use made_up::{Folder, frozen_sets, office, some_questions, unit};
use selfcheck::grade::{Points, grade_question};
use selfcheck::set::Role;
use serde_json::Value;
use year::dice::Dice;
use year::office::units;
use year::round::{Mood, Round};

/// Columns of a CSV of ours by heading, in rows.
fn rows(csv: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
    let header = reader.headers().unwrap().clone();
    let of_row = |row: csv::StringRecord| {
        header.iter().map(str::to_owned).zip(row.iter().map(str::to_owned)).collect()
    };
    reader.records().map(|row| of_row(row.unwrap())).collect()
}

#[test]
fn difficulty_and_discrimination_are_what_they_are_defined_to_be() {
    let sets = frozen_sets();
    let units = units(12, 130, &mut Dice::new(4, "office"));
    let office = office(&sets, units, 4);
    let round = Round::lively(&office, &sets, Mood(0), 4);
    let folder = Folder::new();
    folder.write(&round);
    assert_eq!(folder.report("r8", "out", &[]).code, 0);
    let reported = rows(&folder.read("out/committee/questions.csv"));

    // One result a person: points by question, and over the questions of all.
    let general = &sets[&Role::General].set.questions;
    let people: Vec<(Points, Vec<Points>)> = round
        .handed
        .iter()
        .map(|handed| {
            let points: Vec<Points> = general
                .questions()
                .iter()
                .map(|question| {
                    let mut answers = handed.payload.answers.iter();
                    let answer = answers.find(|answer| answer.q == question.id).unwrap();
                    grade_question(question, &answer.a).unwrap()
                })
                .collect();
            let mut total = Points::default();
            points.iter().for_each(|one| total += *one);
            (total, points)
        })
        .collect();
    let compare = |a: &Points, b: &Points| -> Ordering {
        (u64::from(a.points) * u64::from(b.max)).cmp(&(u64::from(b.points) * u64::from(a.max)))
    };
    let mut totals: Vec<Points> = people.iter().map(|(total, _)| *total).collect();
    totals.sort_by(compare);
    let size = totals.len() * 27 / 100;
    let (low, high) = (totals[size - 1], totals[totals.len() - size]);
    let facility = |index: usize, wanted: &dyn Fn(&Points) -> bool| -> i64 {
        let mut sum = Points::default();
        let chosen = people.iter().filter(|(total, _)| wanted(total));
        chosen.for_each(|(_, points)| sum += points[index]);
        i64::from(1000 * u64::from(sum.points) as u32 / sum.max)
    };
    let mut negative = 0;
    for (index, question) in general.questions().iter().enumerate() {
        let row = reported.iter().find(|row| row["設問"] == question.id.as_str()).unwrap();
        let all = facility(index, &|_| true);
        assert_eq!(row["得点率"], format!("{}.{}%", all / 10, all % 10), "{}", question.id);
        let best = facility(index, &|total| compare(total, &high) != Ordering::Less);
        let weakest = facility(index, &|total| compare(total, &low) != Ordering::Greater);
        let found: f64 = row["識別力"].parse().unwrap();
        assert_eq!((found * 10.0).round() as i64, best - weakest, "{}", question.id);
        assert_eq!(row["設問の見直し"] == "要見直し", best - weakest < 100, "{}", question.id);
        negative += usize::from(best < weakest);
    }
    assert!(negative < general.questions().len() / 4, "able people answer better");
}

#[test]
fn no_order_of_people_or_files_matters() {
    let sets = frozen_sets();
    let units = units(12, 130, &mut Dice::new(6, "office"));
    let office = office(&sets, units, 6);
    let folder = Folder::new();
    folder.write(&Round::lively(&office, &sets, Mood(0), 6));
    assert_eq!(folder.report("r8", "first", &[]).code, 0);
    let mut roster: Value = serde_json::from_str(&folder.read("r8/roster.json")).unwrap();
    roster["people"].as_array_mut().unwrap().reverse();
    fs::write(folder.path("r8/roster.json"), roster.to_string()).unwrap();
    assert_eq!(folder.report("r8", "second", &[]).code, 0);
    let texts = |out: &str| {
        let mut files = folder.tree(out);
        // The page and the list of inputs state the digest of the roster.
        files
            .retain(|name, _| name != "committee/report.html" && name != "secretariat/inputs.json");
        files
    };
    assert!(texts("first") == texts("second"));
}

#[test]
fn improvements_and_decisions_come_from_the_data_of_the_site() {
    let sets = some_questions(&["pw1", "pw2", "ir1"]);
    let office = office(&sets, vec![unit("10/1010:8")], 9);
    let mut round = Round::new(&office, &sets);
    let mut dice = Dice::new(9, "data");
    for member in 0..office.members.len() {
        round.hand_in(member, Role::General, Mood(0), 9, &mut dice);
    }
    let folder = Folder::new();
    folder.write(&round);
    let write = |name: &str, text: &str| {
        let path = folder.path("content").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("site.toml", "[organization]\nid = \"ageo\"\nname = \"見本市\"\n[[sites]]\n");
    let improvement = |due: &str, state: &str| {
        format!(
            "[[improvements]]\nid = \"x\"\nsection = \"市民課\"\nitem = \"離席\"\nmeasure = \"自動\"\n\
             owner = \"担当者\"\ndue = {due}\nstate = \"{state}\"\n"
        )
    };
    // The campaign closes on 2026-12-04.
    let improvements = [("2026-12-03", "実施中"), ("2026-12-04", "実施中"), ("2026-06-30", "完了")];
    let improvements = improvements.map(|(due, state)| improvement(due, state)).concat();
    write("data/improvements.toml", &improvements);
    let decision = |year: u16, act: &str, subject: &str, more: &str| {
        format!(
            "[[decisions]]\nfiscal_year = {year}\nact = \"{act}\"\nsubject = \"{subject}\"\n{more}\n"
        )
    };
    let decisions = [
        decision(2026, "approve", "研修計画", "date = 2026-05-20"),
        decision(2026, "receive", "自己点検の結果", "planned = \"1月\""),
        decision(2025, "receive", "去年のこと", "date = 2025-06-01"),
    ];
    write("data/decisions.toml", &decisions.concat());
    let ran = folder.report("r8", "out", &["--content", "content"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    let improvements = rows(&folder.read("out/committee/improvements.csv"));
    let due: Vec<(&str, &str)> = improvements
        .iter()
        .map(|row| (row["期限"].as_str(), row["期限との関係"].as_str()))
        .collect();
    assert_eq!(
        due,
        [("令和8年12月3日", "期限切れ"), ("令和8年12月4日", ""), ("令和8年6月30日", "")]
    );
    let decisions = rows(&folder.read("out/committee/decisions.csv"));
    let dates: Vec<[&str; 3]> = decisions
        .iter()
        .map(|row| ["事項", "承認日", "受理日"].map(|column| row[column].as_str()))
        .collect();
    assert_eq!(dates, [["研修計画", "令和8年5月20日", "―"], ["自己点検の結果", "―", ""]]);
    let html = folder.read("out/committee/report.html");
    for wanted in [
        "見本市",
        "期限を過ぎた改善策 1 件",
        "3 件（完了 1 件、実施中 2 件）",
        "content/data/decisions.toml",
    ] {
        assert!(html.contains(wanted), "{wanted}");
    }
    write("data/decisions.toml", "# 決定\n[[decisions]]\nfiscal_year = 2026\n");
    let ran = folder.report("r8", "again", &["--content", "content"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    let words = "エラー: `content/data/decisions.toml` を使えません: 2 行目を読み取れません（missing field `act`）\n";
    assert!(ran.stderr.starts_with(words), "{}", ran.stderr);
    // Another folder than the site's would leave out what it was named for.
    let ran = folder.report("r8", "again", &["--content", "r8"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert!(ran.stderr.contains("`r8/site.toml` を使えません"), "{}", ran.stderr);
}
