//! `tally collect` and `tally status` at the command line.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod common;

use common::{HEADER, Office, STAFF, Signed, payload, result_file, right_answers};
use selfcheck::digest::Sha256;
use selfcheck::set::{FrozenSet, Role};
use serde_json::Value;

fn lines(office: &Office) -> Vec<Value> {
    office.read("r8.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn with_files() -> Office {
    let office = Office::enrolled();
    office.write("inbox/a.json", result_file(&office, Role::General, "000123", 1).as_bytes());
    office.write("inbox/sub/b.json", result_file(&office, Role::Manager, "000124", 2).as_bytes());
    office
}

#[test]
fn every_result_is_recorded_once_and_chained() {
    let office = with_files();
    office.write("inbox/broken.json", b"{}");
    let ran = office.collect(&[]);
    assert_eq!((ran.code, ran.stderr.as_str()), (1, ""), "{}", ran.stdout);
    assert!(ran.stdout.starts_with(
        "受付不可  inbox/broken.json\n  理由: 結果ファイルの形をしていません [outer-format]\n  詳細: "
    ));
    assert!(ran.stdout.ends_with(
        "実施回 r8: 新しく受理 2 件、受理済み 0 件、新しく紙で実施 0 人、受付不可 1 件\n"
    ));
    let text = office.read("r8.jsonl");
    // Checked here once more by other means than the product's own reader.
    let mut prev = "0".repeat(64);
    for (index, line) in text.lines().enumerate() {
        let value: Value = serde_json::from_str(line).unwrap();
        assert_eq!((&value["seq"], &value["prev"]), (&Value::from(index), &Value::from(prev)));
        prev = Sha256::of(line.as_bytes()).to_string();
    }
    let outcomes: Vec<_> = lines(&office).iter().map(|line| line["outcome"].clone()).collect();
    let mut expected = vec!["open:r8", "accepted", "rejected:outer-format", "accepted"];
    expected.truncate(outcomes.len());
    assert_eq!(outcomes, expected);
    assert_eq!(lines(&office)[2]["payload_sha256"], Sha256::of(b"{}").to_string());
    // Again: nothing new, not a byte.
    let again = office.collect(&[]);
    assert!(
        again
            .stdout
            .ends_with("新しく受理 0 件、受理済み 2 件、新しく紙で実施 0 人、受付不可 1 件\n")
    );
    assert_eq!(office.read("r8.jsonl"), text);
}

#[test]
fn one_result_in_two_files_is_one_line() {
    let office = with_files();
    let outer: Value = serde_json::from_str(&office.read("inbox/a.json")).unwrap();
    office.write("inbox/copy.json", serde_json::to_string_pretty(&outer).unwrap().as_bytes());
    let ran = office.collect(&[]);
    assert_eq!(ran.code, 0);
    assert!(ran.stdout.contains("新しく受理 2 件、受理済み 1 件"), "{}", ran.stdout);
}

#[test]
fn a_killed_run_is_made_good() {
    let office = with_files();
    assert_eq!(office.collect(&[]).code, 0);
    let text = office.read("r8.jsonl");
    office.write("r8.jsonl", &text.as_bytes()[..text.len() - 30]);
    let ran = office.collect(&[]);
    assert_eq!(ran.code, 0);
    assert!(ran.stderr.contains("書きかけの 1 行を除きました"), "{}", ran.stderr);
    assert_eq!(lines(&office).len(), 3);
}

#[test]
fn a_changed_ledger_stops_the_work() {
    let office = with_files();
    assert_eq!(office.collect(&[]).code, 0);
    let changed = office.read("r8.jsonl").replacen("accepted", "paper", 1);
    office.write("r8.jsonl", changed.as_bytes());
    for ran in [office.collect(&[]), office.status(&[])] {
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
        assert!(
            ran.stderr.contains(
                "台帳 `r8.jsonl` の 3 行目が正しくありません: `prev` が前の行のハッシュ値と合いません"
            ),
            "{}",
            ran.stderr
        );
    }
    assert_eq!(office.read("r8.jsonl"), changed);
}

#[test]
fn a_ledger_belongs_to_one_campaign() {
    let office = with_files();
    let mut r7 = common::set(Role::General);
    r7.campaign.id = "r7".parse().unwrap();
    office.write("archive/r7/set-general.json", r7.to_json().as_bytes());
    assert_eq!(office.collect(&["--campaign", "r8"]).code, 0);
    let ran = office.collect(&["--campaign", "r7"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("台帳 `r8.jsonl` は実施回 `r8` のものです"), "{}", ran.stderr);
}

#[test]
fn the_last_day_closes_the_ledger_once() {
    for (closes, closed) in [("2020-01-31", 1), ("9998-12-31", 0)] {
        let office = with_files();
        for role in Role::ALL {
            let mut set = common::set(role);
            set.campaign.closes = closes.parse().unwrap();
            office.write(&format!("archive/r8/set-{role}.json"), set.to_json().as_bytes());
        }
        office.collect(&[]);
        office.collect(&[]);
        let marks = lines(&office).iter().filter(|line| line["outcome"] == "closed").count();
        assert_eq!(marks, closed, "{closes}");
    }
}

#[test]
fn a_file_that_was_rejected_at_first_was_seen_then() {
    let office = Office::enrolled();
    let mut set = common::set(Role::General);
    set.campaign.closes = "2020-01-31".parse().unwrap();
    let frozen = FrozenSet::parse(set.to_json().as_bytes()).unwrap();
    std::fs::remove_dir_all(office.path("archive/r8")).unwrap();
    office.write("archive/r8/set-general.json", set.to_json().as_bytes());
    let signed = ["000123", "000125"].map(|person| {
        let mut payload = payload(Role::General, person, 1, &right_answers());
        payload.set.sha256 = frozen.sha256;
        payload.started = "2020-01-20T10:00:00+09:00".parse().unwrap();
        payload.finished = "2020-01-20T10:20:00+09:00".parse().unwrap();
        let signed = Signed::new(&payload, &office.key(person));
        office.write(&format!("inbox/{person}.json"), signed.file.as_bytes());
        signed
    });
    // The roster did not have the person yet.
    let seen = "2020-01-20T17:15:00+09:00";
    let before = [(seen, "open:r8", None), (seen, "rejected:unknown-key", Some(&signed[0]))];
    office.write("r8.jsonl", common::ledger(&before).as_bytes());
    let ran = office.collect(&[]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    assert_eq!(
        ran.stdout,
        "受理      inbox/000125.json  職員番号 000125  一般職員\n  \
         注意: 選んだ役割が名簿と違います [role-differs]\n  \
         注意: 締切と猶予の日数を過ぎてから受け付けました [seen-late]\n\
         実施回 r8（締切後）: 新しく受理 2 件、受理済み 0 件、新しく紙で実施 0 人、受付不可 0 件\n"
    );
    let outcomes: Vec<Value> = lines(&office).iter().map(|line| line["outcome"].clone()).collect();
    assert_eq!(outcomes, ["open:r8", "rejected:unknown-key", "accepted", "accepted", "closed"]);
}

#[test]
fn another_roster_leaves_no_empty_ledger() {
    let office = with_files();
    let other = office.read("roster.json").replacen("\"ageo\"", "\"okegawa\"", 1);
    office.write("roster.json", other.as_bytes());
    assert_eq!(office.collect(&[]).code, 2);
    assert!(!office.path("r8.jsonl").exists());
}

#[test]
fn paper_counts_and_status_shows_it() {
    let office = with_files();
    office.write("paper.csv", "氏名,職員番号\n浦和 次郎,０００１２５\n".as_bytes());
    let ran = office.collect(&["--paper", "paper.csv"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stdout.contains("新しく紙で実施 1 人"));
    let ran = office.status(&[]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    assert_eq!(
        ran.stdout,
        "実施回 r8\n\
         1010 IT推進課: 100.0%（対象 2、提出 2、紙 0、未提出 0）\n\
         2010 市民課: 100.0%（対象 1、提出 0、紙 1、未提出 0）\n\
         全体: 100.0%（対象 3、提出 2、紙 1、未提出 0）\n"
    );
    office.write("paper.csv", "紙で実施した人\n職員番号\n000125\n".as_bytes());
    let ran = office.collect(&["--paper", "paper.csv"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""));
    assert_eq!(
        ran.stderr,
        "エラー: paper.csv: 見出しが 1 行目ではなく、2 行目にあります\n  \
         対処: その上の行（表題など）をすべて消し、見出しを 1 行目にして保存し直してください\n\
         問題 1 件。何も書いていません\n"
    );
    office.write("paper.csv", "職員番号\n999999\n".as_bytes());
    let before = office.read("r8.jsonl");
    let ran = office.collect(&["--paper", "paper.csv"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""));
    assert_eq!(
        ran.stderr,
        "エラー: paper.csv: 2 行 A 列（職員番号）: `999999` は名簿にありません\n  \
         対処: 職員番号（先頭の 0 も数えます）と、名簿が最新かを確かめてください\n\
         問題 1 件。何も書いていません\n"
    );
    assert_eq!(office.read("r8.jsonl"), before);
}

#[test]
fn the_open_list_names_people_from_the_staff_list_only() {
    let office = Office::enrolled();
    office.write("inbox/a.json", result_file(&office, Role::General, "000123", 1).as_bytes());
    office.write(
        "staff.csv",
        format!("{HEADER}{STAFF}000126,三郎,10,総務部,1010,IT推進課,,no\n").as_bytes(),
    );
    assert_eq!(office.enrol("more.html", &[]).code, 0);
    assert_eq!(office.collect(&[]).code, 0);
    let ran = office.status(&["--section", "1010", "--staff", "staff.csv"]);
    assert_eq!(ran.stdout, "000124 大宮 太郎\n未提出 1 人\n");
    let ran = office.status(&["--section", "1010", "--json"]);
    let document: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(document["open"], serde_json::json!([{"sub": "000124", "name": null}]));
    assert_eq!(document["whole"], serde_json::json!({"target": 3, "file": 1, "paper": 0}));
    let ran = office.status(&["--section", "9999"]);
    assert_eq!(ran.code, 2);
}
