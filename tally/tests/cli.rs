//! The command line as people and machines meet it: help, usage faults, streams, exit statuses,
//! JSON, the terminal.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod common;

use std::fs::File;
use std::process::{Command, Stdio};

use common::{
    COLLECT_SCHEMA, HEADER, Office, Ran, STATUS_SCHEMA, VERIFY_SCHEMA, payload, result_file,
    right_answers, valid,
};
use selfcheck::result::sign;
use selfcheck::set::Role;
use serde_json::Value;

const COMMANDS: [&str; 9] =
    ["enrol", "revoke", "verify", "collect", "status", "report", "show", "export-pem", "prune"];

fn plain(ran: &Ran) {
    for text in [&ran.stdout, &ran.stderr] {
        assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{text:?}");
    }
}

#[test]
fn help_is_japanese_with_examples() {
    let office = Office::empty();
    for arguments in COMMANDS.map(|command| vec![command, "--help"]).into_iter().chain([vec!["-h"]])
    {
        let ran = office.tally(&arguments);
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{arguments:?}");
        plain(&ran);
        assert!(ran.stdout.contains("使い方: tally"), "{}", ran.stdout);
        assert!(ran.stdout.contains("\n指定:\n"), "{}", ran.stdout);
        for english in ["Options:", "OPTIONS", "Usage"] {
            assert!(!ran.stdout.contains(english), "{}", ran.stdout);
        }
        assert!(!ran.stdout.starts_with(|c: char| c.is_ascii()), "{}", ran.stdout);
        if arguments.len() == 2 {
            assert!(ran.stdout.contains(&format!("  tally {} ", arguments[0])), "{}", ran.stdout);
        }
    }
    let ran = office.tally(&[]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "asked for nothing");
    assert!(ran.stderr.contains("\nコマンド:\n  enrol"), "{}", ran.stderr);
    let ran = office.tally(&["--version"]);
    assert_eq!((ran.code, ran.stdout.starts_with("tally ")), (0, true));
}

#[test]
fn usage_faults_say_what_to_write() {
    let office = Office::empty();
    for (arguments, sentence, remedy) in [
        (&["verfy"][..], "`verfy` というコマンドはありません", "`verify` ではありませんか"),
        (
            &["revoke", "--roster", "r.json"],
            "必要な指定がありません: --person <NO>",
            "`tally コマンド --help` に書き方と例があります",
        ),
        (
            &["status", "--stff", "x"],
            "`--stff` という指定はありません",
            "`--staff` ではありませんか",
        ),
        (
            &["prune", "--before", "2027/4/1"],
            "`--before <YYYY-MM-DD>` に `2027/4/1` は使えません（2026-11-16 の形で、実在する日を書きます）",
            "`tally コマンド --help` に書き方と例があります",
        ),
        (
            &["revoke", "--person", "12-3"],
            "`--person <NO>` に `12-3` は使えません（英数字 1～16 文字。先頭の 0 も数えます）",
            "`tally コマンド --help` に書き方と例があります",
        ),
        // As a file may be called where somebody writes `tally verify *`.
        (
            &["verify", "--\u{1b}[2J\u{202e}x"],
            "`--［制御文字 U+001B］[2J［見えない文字 U+202E］x` という指定はありません",
            "`tally コマンド --help` に書き方と例があります",
        ),
    ] {
        let ran = office.tally(arguments);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{arguments:?}");
        assert_eq!(ran.stderr, format!("エラー: {sentence}\n  対処: {remedy}\n"), "{arguments:?}");
    }
}

#[test]
fn machines_get_what_the_schemas_promise() {
    let office = Office::enrolled();
    let key = office.key("000123");
    let mut claimed = payload(Role::General, "000123", 1, &right_answers());
    claimed.claimed.points -= 1;
    office.write("inbox/claim.json", sign(&claimed, &key).as_bytes());
    office.write("inbox/good.json", result_file(&office, Role::General, "000123", 2).as_bytes());
    office.write("inbox/\u{1b}bad.json", b"{}");
    office.write("paper.csv", "職員番号\n000124\n".as_bytes());

    let ran = office.verify(&["--json", "inbox"]);
    assert_eq!(ran.code, 1);
    assert_eq!(valid(VERIFY_SCHEMA, &ran.stdout)["files"].as_array().unwrap().len(), 3);
    assert_eq!(
        valid(VERIFY_SCHEMA, &office.verify(&["--json", "paper.csv"]).stdout)["rejected"],
        1
    );

    let ran = office.collect(&["--json", "--paper", "paper.csv"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (1, ""));
    let document = valid(COLLECT_SCHEMA, &ran.stdout);
    let told: Vec<&Value> =
        document["files"].as_array().unwrap().iter().map(|f| &f["outcome"]).collect();
    assert_eq!(told, ["rejected", "accepted"], "what nobody has to look at is not told");
    assert_eq!(document["files"][1]["flags"][0]["code"], "claim-differs");
    assert_eq!((&document["new"], &document["paper"]), (&Value::from(2), &Value::from(1)));
    std::fs::remove_dir_all(office.path("inbox")).unwrap();
    std::fs::create_dir(office.path("inbox")).unwrap();
    let ran = office.collect(&["--json"]);
    assert_eq!(
        (ran.code, valid(COLLECT_SCHEMA, &ran.stdout)["files"].to_string().as_str()),
        (0, "[]")
    );

    for more in [&["--json"][..], &["--json", "--section", "1010", "--staff", "staff.csv"]] {
        let ran = office.status(more);
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
        valid(STATUS_SCHEMA, &ran.stdout);
    }
    // What is said of a file is the same in both documents.
    let definitions = |schema| valid("true", schema)["$defs"].clone();
    assert_eq!(definitions(VERIFY_SCHEMA), definitions(COLLECT_SCHEMA));
}

#[test]
fn a_reader_that_goes_away_or_a_full_disk_loses_nothing() {
    for full in [false, true] {
        let office = Office::enrolled();
        for number in 0..900 {
            office.write(&format!("inbox/{number}.json"), b"{}");
        }
        office.write("inbox/zzz.json", result_file(&office, Role::General, "000123", 1).as_bytes());
        let mut command = Command::new(env!("CARGO_BIN_EXE_tally"));
        command.current_dir(office.folder.path()).args(["collect", "--ledger", "r8.jsonl"]);
        command.args(["--archive", "archive", "--roster", "roster.json", "--inbox", "inbox"]);
        command.stderr(Stdio::piped());
        let output = if full {
            command.stdout(File::options().write(true).open("/dev/full").unwrap()).output().unwrap()
        } else {
            let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
            drop(child.stdout.take());
            child.wait_with_output().unwrap()
        };
        let stderr = String::from_utf8(output.stderr).unwrap();
        if full {
            assert_eq!(output.status.code(), Some(2), "{stderr}");
            assert!(stderr.starts_with("エラー: 結果を出力できません"), "{stderr}");
        } else {
            assert_eq!((output.status.code(), stderr.as_str()), (Some(1), ""));
            assert!(office.read("r8.jsonl").contains("\"outcome\":\"accepted\""));
        }
        let ran = office.collect(&[]);
        assert_eq!(ran.code, 1);
        assert!(ran.stdout.contains("1 件、"), "{}", ran.stdout);
        assert!(office.read("r8.jsonl").contains("\"outcome\":\"accepted\""));
    }
}

#[test]
fn the_bar_is_for_terminals_only() {
    let office = Office::enrolled();
    for number in 0..1500 {
        office.write(&format!("inbox/{number}.json"), b"{}");
    }
    let program = env!("CARGO_BIN_EXE_tally");
    let verify = "verify --roster roster.json --archive archive inbox";
    // `script` gives the program a terminal; results still go to a file.
    let on_terminal = Command::new("script")
        .current_dir(office.folder.path())
        .args(["-qec", &format!("{program} {verify} > results.txt"), "/dev/null"])
        .output()
        .unwrap();
    assert_eq!(on_terminal.status.code(), Some(1));
    let seen = String::from_utf8(on_terminal.stdout).unwrap();
    assert!(seen.contains("] 500 / 1500 件"), "{seen:?}");
    assert!(seen.contains("] 1000 / 1500 件"), "{seen:?}");
    assert!(seen.trim_end().ends_with("\u{1b}[2K"), "the bar is taken away in the end: {seen:?}");
    let ran = office.verify(&["inbox"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (1, ""));
    assert_eq!(office.read("results.txt"), ran.stdout, "same results either way");
    plain(&ran);
}

#[test]
fn timings_are_told_when_asked_for() {
    let office = Office::enrolled();
    office.write("inbox/a.json", result_file(&office, Role::General, "000123", 1).as_bytes());
    let ran = office.collect(&["--timings"]);
    let stages: Vec<&str> =
        ran.stderr.lines().map(|line| line.split(' ').nth(1).unwrap()).collect();
    assert_eq!(stages, ["read", "parse", "verify", "grade", "ledger"]);
}

#[test]
fn a_staff_list_that_excel_shortened_issues_nothing() {
    let office = Office::enrolled();
    let roster = office.read("roster.json");
    office.write(
        "staff.csv",
        format!(
            "{HEADER}123,上尾 花子,10,総務部,1010,IT推進課,,\n\
             124,大宮 太郎,10,総務部,1010,IT推進課,管理者,\n\
             200,新座 四郎,10,総務部,1010,IT推進課,,\n"
        )
        .as_bytes(),
    );
    let ran = office.enrol("letters2.html", &[]);
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""));
    assert_eq!(
        ran.stderr,
        "エラー: staff.csv: 2 行 A 列（職員番号）: `123` は名簿にありませんが、先頭の 0 を除くと名簿の `000123` と同じです\n  \
         対処: 先頭の 0 を付けてください（Excel では列の書式を「文字列」にしてから開きます）\n\
         エラー: staff.csv: 3 行 A 列（職員番号）: `124` は名簿にありませんが、先頭の 0 を除くと名簿の `000124` と同じです\n  \
         対処: 先頭の 0 を付けてください（Excel では列の書式を「文字列」にしてから開きます）\n\
         問題 2 件。何も書いていません\n"
    );
    assert_eq!(office.read("roster.json"), roster);
    assert!(!office.path("letters2.html").exists());
}
