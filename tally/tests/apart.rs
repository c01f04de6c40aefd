//! No output takes the place of an input or of another output, whatever it is called.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use common::{HEADER, Office, STAFF};

const SAME: &str =
    "  対処: 書き出すファイルには、ほかのどれとも違う名前を付けてください。何も書いていません\n";
const WITHIN: &str = "  対処: 書き出すフォルダは丸ごと入れ替わり、中のものは失われます。\
                      別のフォルダを指定してください。何も書いていません\n";
const SENT: &str = "  対処: そこに置くと、届いた結果ファイルとして調べてしまいます。\
                    受付フォルダの外に置いてください。何も書いていません\n";

/// Everything below a folder.
fn tree(folder: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            tree(&path, found);
        } else {
            found.insert(path.to_str().unwrap().to_owned(), fs::read(&path).unwrap());
        }
    }
}

/// Refused with these words; not a byte is changed or added.
fn refused(office: &Office, command: &str, sentence: &str, remedy: &str) {
    let all = || {
        let mut found = BTreeMap::new();
        tree(office.folder.path(), &mut found);
        found
    };
    let before = all();
    let words: Vec<&str> = command.split_whitespace().collect();
    let ran = office.tally(&words);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{command}");
    assert_eq!(ran.stderr, format!("エラー: {sentence}\n{remedy}"), "{command}");
    assert!(all() == before, "{command}");
}

#[test]
fn letters_are_not_lost_under_the_name_of_the_roster() {
    let office = Office::empty();
    office.write("staff.csv", format!("{HEADER}{STAFF}").as_bytes());
    fs::create_dir(office.path("folder")).unwrap();
    let enrol = "enrol --org ageo --issued 2026-10-01 --staff staff.csv";
    let both = "`--letters` と `--roster` が同じ";
    for roster in ["X.json", "./X.json", "folder/../X.json"] {
        let command = format!("{enrol} --roster {roster} --letters X.json");
        refused(&office, &command, &format!("{both} `{roster}` です"), SAME);
    }
    for (roster, letters, sentence) in [
        ("X.json", "staff.csv", "`--letters` と `--staff` が同じ `staff.csv` です"),
        ("staff.csv", "Y.html", "`--roster` と `--staff` が同じ `staff.csv` です"),
        (
            "X.json",
            "X.json.lock",
            "`--letters` と `--roster` の隣に作る .lock が同じ `X.json.lock` です",
        ),
    ] {
        let command = format!("{enrol} --roster {roster} --letters {letters}");
        refused(&office, &command, sentence, SAME);
    }
    let ran = office.enrol("X.html", &[]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
}

#[cfg(unix)]
#[test]
fn nor_through_a_link() {
    let office = Office::empty();
    office.write("staff.csv", format!("{HEADER}{STAFF}").as_bytes());
    fs::create_dir(office.path("folder")).unwrap();
    std::os::unix::fs::symlink("folder", office.path("link")).unwrap();
    refused(
        &office,
        "enrol --org ageo --staff staff.csv --roster folder/X.json --letters link/X.json",
        "`--letters` と `--roster` が同じ `folder/X.json` です",
        SAME,
    );
}

#[test]
fn every_command_keeps_its_files_apart() {
    let (office, _) = Office::closed_year();
    let collect = "collect --archive archive --roster roster.json --inbox inbox --ledger";
    let prune = "prune --before 2027-04-01 --ledger r8.jsonl --inbox inbox --log";
    let show =
        "show inbox/101000.json --roster roster.json --archive archive --purpose 本人の照会 --log";
    for (command, sentence, remedy) in [
        (
            format!("{collect} roster.json"),
            "`--ledger` と `--roster` が同じ `roster.json` です",
            SAME,
        ),
        (
            format!("{collect} paper.csv --paper ./paper.csv"),
            "`--ledger` と `--paper` が同じ `./paper.csv` です",
            SAME,
        ),
        (
            format!("{collect} inbox/r8.jsonl"),
            "書き出す `--ledger` `inbox/r8.jsonl` が、受付フォルダ `--inbox` `inbox` の中にあります",
            SENT,
        ),
        (format!("{prune} r8.jsonl --apply"), "`--log` と `--ledger` が同じ `r8.jsonl` です", SAME),
        (
            format!("{prune} inbox/101000.json --apply"),
            "書き出す `--log` `inbox/101000.json` が、受付フォルダ `--inbox` `inbox` の中にあります",
            SENT,
        ),
        (
            format!("{show} ./inbox/101000.json"),
            "`--log` と 結果ファイル が同じ `inbox/101000.json` です",
            SAME,
        ),
        (format!("{show} roster.json"), "`--log` と `--roster` が同じ `roster.json` です", SAME),
    ] {
        refused(&office, &command, sentence, remedy);
    }
}

/// A report is replaced as a whole, with whatever lies in its folder.
#[test]
fn a_report_does_not_replace_what_it_is_made_from() {
    let (office, _) = Office::closed_year();
    assert_eq!(office.report("out", &[]).code, 0);
    fs::copy(office.path("roster.json"), office.path("out/roster.json")).unwrap();
    let report = "report --ledger r8.jsonl --archive archive --files inbox";
    for (command, sentence, remedy) in [
        (
            format!("{report} --roster out/roster.json --out out"),
            "`--roster` の `out/roster.json` が、書き出すフォルダ `--out` `out` の中にあります",
            WITHIN,
        ),
        (
            format!("{report} --roster roster.json --out ."),
            "`--ledger` の `r8.jsonl` が、書き出すフォルダ `--out` `.` の中にあります",
            WITHIN,
        ),
        (
            format!("{report} --roster roster.json --out inbox"),
            "`--out` と `--files` が同じ `inbox` です",
            SAME,
        ),
        (
            format!("{report} --roster roster.json --out inbox/report"),
            "書き出す `--out` `inbox/report` が、受付フォルダ `--files` `inbox` の中にあります",
            SENT,
        ),
    ] {
        refused(&office, &command, sentence, remedy);
    }
}
