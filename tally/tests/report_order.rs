//! Which of a person's results is the first, and when each was first seen: never a matter of names.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod common;

use std::collections::BTreeMap;
use std::fs;

use common::{Office, Signed, key_of, payload, some_answers};
use selfcheck::set::Role;
use serde_json::Value;

const SEEN: &str = "2026-11-25T09:00:00+09:00";
const LATE: &str = "2026-12-19T00:00:00+09:00";

/// A line of the ledger: when, outcome, index of the result.
type Line = (&'static str, &'static str, usize);

/// Points of `pw1` (knowledge) and `pw2` (practice) in the report on a year in which 101001 handed in
/// two results: all right with `jti` 200, and all wrong with `jti` 100.
fn points(finished: [&str; 2], names: [&str; 2], lines: &[Line]) -> [u64; 2] {
    let (office, mut others) = Office::closed_year();
    let codes: BTreeMap<String, String> = office.codes("letters.html").into_iter().collect();
    let right = some_answers(1);
    assert_eq!((right[0], right[1]), (("pw1", "b"), ("pw2", "yes")));
    let mut wrong = right.clone();
    (wrong[0], wrong[1]) = (("pw1", "a"), ("pw2", "no"));
    let mut two = Vec::new();
    for (index, (answers, jti)) in [(right, 200), (wrong, 100)].into_iter().enumerate() {
        let mut payload = payload(Role::General, "101001", jti, &answers);
        payload.finished = finished[index].parse().unwrap();
        let signed = Signed::new(&payload, &key_of("101001", &codes["101001"]));
        office.write(&format!("inbox/{}.json", names[index]), signed.file.as_bytes());
        two.push(signed);
    }
    fs::remove_file(office.path("inbox/101001.json")).unwrap();
    others.remove(1);
    let mut all = vec![("2026-11-20T09:00:00+09:00", "open:r8", None)];
    all.extend(lines.iter().map(|(seen, outcome, index)| (*seen, *outcome, Some(&two[*index]))));
    let last = lines.last().unwrap().0;
    all.extend(others.iter().map(|signed| (last, "accepted", Some(signed))));
    all.push((LATE, "closed", None));
    office.write("r8.jsonl", common::ledger(&all).as_bytes());
    let ran = office.report("out", &[]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{}", ran.stdout);
    let summary: Value = serde_json::from_str(&office.read("out/committee/summary.json")).unwrap();
    [0, 1].map(|index| summary["questions"][index]["score"]["points"].as_u64().unwrap())
}

/// What the others have, reckoned from their answers alone.
fn points_of_others() -> [u64; 2] {
    let answered = (0..45).filter(|index| ![1, 9].contains(index)).map(some_answers);
    let right = |index: usize, value: &str| {
        answered.clone().filter(|answers| answers[index].1 == value).count() as u64
    };
    [2000 * right(0, "b"), 3000 * right(1, "yes")]
}

const EARLY_THEN_LATER: [&str; 2] = ["2026-11-20T10:20:00+09:00", "2026-11-21T10:20:00+09:00"];

#[test]
fn in_one_run_the_first_is_the_one_finished_first() {
    let [pw1, pw2] = points_of_others();
    let both: [Line; 2] = [(SEEN, "accepted", 0), (SEEN, "accepted", 1)];
    let [right, wrong] = both;
    let [early, later] = EARLY_THEN_LATER;
    for names in [["a", "z"], ["z", "a"]] {
        for lines in [[right, wrong], [wrong, right]] {
            // All right first: that knowledge counts, and the practice of the other.
            assert_eq!(points([early, later], names, &lines), [pw1 + 2000, pw2], "{names:?}");
            assert_eq!(points([later, early], names, &lines), [pw1, pw2 + 3000], "{names:?}");
            // At the same second the lower `jti`, that of the wrong answers, goes first.
            assert_eq!(points([early, early], names, &lines), [pw1, pw2 + 3000], "{names:?}");
        }
    }
}

#[test]
fn what_was_seen_first_is_first_whatever_its_clock_says() {
    let [pw1, pw2] = points_of_others();
    let lines = [(SEEN, "accepted", 1), ("2026-11-26T09:00:00+09:00", "accepted", 0)];
    assert_eq!(points(EARLY_THEN_LATER, ["a", "z"], &lines), [pw1, pw2 + 3000]);
    // It was seen when it was rejected, for example before the roster had the new person.
    let lines = [
        (SEEN, "rejected:unknown-key", 0),
        ("2026-11-26T09:00:00+09:00", "accepted", 1),
        ("2026-11-27T09:00:00+09:00", "accepted", 0),
    ];
    assert_eq!(points(EARLY_THEN_LATER, ["a", "z"], &lines), [pw1 + 2000, pw2]);
}

#[test]
fn a_file_that_was_rejected_at_first_is_not_late_for_that() {
    let (office, signed) = Office::closed_year();
    for person in ["101000", "301005"] {
        let revoke =
            ["revoke", "--roster", "roster.json", "--person", person, "--on", "2026-11-26"];
        assert_eq!(office.tally(&revoke).code, 0);
    }
    let (rejected, others) = (&signed[0], &signed[1..43]);
    let mut lines = vec![(SEEN, "open:r8", None)];
    lines.push((SEEN, "rejected:unknown-key", Some(rejected)));
    lines.extend(others.iter().map(|signed| (SEEN, "accepted", Some(signed))));
    lines.extend([rejected, &signed[43]].map(|signed| (LATE, "accepted", Some(signed))));
    lines.push((LATE, "closed", None));
    office.write("r8.jsonl", common::ledger(&lines).as_bytes());
    let ran = office.report("out", &[]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{}", ran.stdout);
    let flags = office.read("out/secretariat/flags.csv");
    let found = flags.lines().skip(1).map(|line| line.split(',').collect::<Vec<_>>());
    let found: Vec<(&str, &str)> = found.map(|cells| (cells[0], cells[3])).collect();
    assert_eq!(found, [("301005", "key-revoked"), ("301005", "seen-late")]);
}
