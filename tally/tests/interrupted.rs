//! Runs that are killed, and runs that meet: the ledger and the roster stay whole.
//!
//! The processes are real and are ended by `SIGKILL`, which nothing can catch. Where the signal
//! falls is a matter of chance, so there are many, from the first moment of a run to its end.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod common;

use std::collections::BTreeSet;
use std::io::Read as _;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use common::{HEADER, Office, key_of, payload, right_answers};
use selfcheck::digest::Sha256;
use selfcheck::result::sign;
use selfcheck::set::Role;
use serde_json::Value;

const COLLECT: &[&str] = &[
    "collect",
    "--ledger",
    "r8.jsonl",
    "--archive",
    "archive",
    "--roster",
    "roster.json",
    "--inbox",
    "inbox",
];

fn start(office: &Office, args: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tally"));
    command.current_dir(office.folder.path()).args(args);
    command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap()
}

/// Lets it run for `wait`, then kills it; returns whether it had ended by itself.
fn kill_after(office: &Office, args: &[&str], wait: Duration) -> bool {
    let mut child = start(office, args);
    let until = Instant::now() + wait;
    while Instant::now() < until {
        if child.try_wait().unwrap().is_some() {
            return true;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    false
}

/// The lines of the ledger, their chain checked by other means than the product's.
fn chained(office: &Office) -> Vec<Value> {
    let (text, mut prev) = (office.read("r8.jsonl"), "0".repeat(64));
    assert!(text.ends_with('\n'));
    text.lines()
        .enumerate()
        .map(|(index, line)| {
            let value: Value = serde_json::from_str(line).unwrap();
            assert_eq!(
                (&value["seq"], &value["prev"]),
                (&Value::from(index), &Value::from(prev.clone()))
            );
            prev = Sha256::of(line.as_bytes()).to_string();
            value
        })
        .collect()
}

#[test]
fn a_collect_killed_again_and_again_loses_and_doubles_nothing() {
    let office = Office::enrolled();
    let key = office.key("000123");
    let files = 1200_u32;
    for number in 0..files {
        let mut payload = payload(Role::General, "000123", 0, &right_answers());
        payload.jti.0[..4].copy_from_slice(&number.to_be_bytes());
        office.write(&format!("inbox/{number}.json"), sign(&payload, &key).as_bytes());
    }
    let (mut kills, mut grown) = (0, BTreeSet::new());
    let mut wait = Duration::from_millis(2);
    while !kill_after(&office, COLLECT, wait) {
        kills += 1;
        grown.insert(office.path("r8.jsonl").metadata().map_or(0, |metadata| metadata.len()));
        wait += wait / 3 + Duration::from_millis(1);
        assert!(kills < 200, "it never ends by itself");
    }
    assert!(kills >= 5, "{kills} kills");
    assert!(grown.len() >= 2, "killed before and after a write: {grown:?}");
    let ran = office.collect(&[]);
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
    let lines = chained(&office);
    let recorded: BTreeSet<&str> = lines.iter().filter_map(|line| line["jti"].as_str()).collect();
    assert_eq!((lines.len(), recorded.len()), (1 + files as usize, files as usize));
    assert!(
        ran.stdout.contains(&format!("新しく受理 0 件、受理済み {files} 件")),
        "{}",
        ran.stdout
    );
}

#[test]
fn every_cut_of_a_ledger_is_made_good() {
    let office = Office::enrolled();
    for (number, sub) in [(1, "000123"), (2, "000123"), (3, "000123")] {
        let file = common::result_file(&office, Role::General, sub, number);
        office.write(&format!("inbox/{number}.json"), file.as_bytes());
    }
    assert_eq!(office.collect(&[]).code, 0);
    let whole = office.read("r8.jsonl");
    for cut in (0..whole.len()).step_by(97) {
        office.write("r8.jsonl", &whole.as_bytes()[..cut]);
        assert_eq!(office.collect(&[]).code, 0, "cut at {cut}");
        assert_eq!(chained(&office).len(), 4, "cut at {cut}");
    }
}

#[test]
fn a_second_collect_waits_for_nobody_and_writes_nothing() {
    let office = Office::enrolled();
    // Far more than a pipe holds: the first run stops in the middle while nobody reads its list.
    for number in 0..1000 {
        office.write(&format!("inbox/{number}.json"), b"{}");
    }
    let mut first = start(&office, COLLECT);
    let mut stdout = first.stdout.take().unwrap();
    let mut begun = [0; "受".len()];
    stdout.read_exact(&mut begun).unwrap();
    let before = office.read("r8.jsonl");
    let second = office.collect(&[]);
    assert_eq!((second.code, second.stdout.as_str()), (2, ""));
    assert_eq!(
        second.stderr,
        "エラー: 台帳 `r8.jsonl` は使用中です\n  対処: 動いている `tally collect` が終わるのを待ってください\n"
    );
    assert_eq!(office.read("r8.jsonl"), before);
    // `status` reads what is there already.
    assert_eq!(office.status(&[]).code, 0);
    let mut rest = String::new();
    stdout.read_to_string(&mut rest).unwrap();
    assert_eq!(first.wait().unwrap().code(), Some(1));
    assert!(rest.ends_with("受付不可 1000 件\n"));
    chained(&office);
    // The lock of a run that was killed is gone with it.
    let mut third = start(&office, COLLECT);
    third.stdout.take().unwrap().read_exact(&mut begun).unwrap();
    third.kill().unwrap();
    third.wait().unwrap();
    assert_eq!(office.collect(&[]).code, 1);
}

#[test]
fn codes_and_keys_stay_together_when_enrolling_is_killed() {
    let office = Office::empty();
    let mut staff = HEADER.to_owned();
    for number in 0..1000 {
        staff += &format!("{number:06},氏名,10,総務部,1010,課,,\n");
    }
    office.write("staff.csv", staff.as_bytes());
    let mut rounds = 0;
    let mut wait = Duration::from_millis(3);
    loop {
        let letters = format!("letters{rounds}.html");
        let args = ["enrol", "--staff", "staff.csv", "--roster", "roster.json", "--org", "ageo"];
        let ended = kill_after(&office, &[&args[..], &["--letters", &letters]].concat(), wait);
        rounds += 1;
        if ended || office.path(&letters).exists() {
            break;
        }
        wait += wait / 8 + Duration::from_millis(1);
        assert!(rounds < 300, "it never ends by itself");
    }
    // Whatever the last one was doing: after the next run everybody has one code and one key.
    let ran = office.enrol("last.html", &[]);
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
    let roster: Value = serde_json::from_str(&office.read("roster.json")).unwrap();
    let kids: BTreeSet<String> = roster["people"]
        .as_array()
        .unwrap()
        .iter()
        .map(|person| {
            assert_eq!(person["keys"].as_array().unwrap().len(), 1);
            person["keys"][0]["kid"].as_str().unwrap().to_owned()
        })
        .collect();
    let printed = office.names().into_iter().filter(|name| name.ends_with(".html"));
    let codes: Vec<(String, String)> = printed.flat_map(|name| office.codes(&name)).collect();
    let from_codes: BTreeSet<String> =
        codes.iter().map(|(sub, code)| key_of(sub, code).public().key_id().to_string()).collect();
    assert_eq!(codes.len(), 1000, "no letter whose code leads nowhere");
    assert_eq!(from_codes, kids);
    // Nothing with a code in it lies anywhere else.
    for name in office.names().iter().filter(|name| !name.ends_with(".html")) {
        let text = office.read(name);
        assert!(codes.iter().step_by(97).all(|(_, code)| !text.contains(code)), "{name}");
        assert!(
            ["roster.json", "roster.json.lock", "staff.csv"].contains(&name.as_str()),
            "{name}"
        );
    }
}
