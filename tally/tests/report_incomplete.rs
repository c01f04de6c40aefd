//! `tally report` with the wrong folder or roster: told before anything is written or remembered,
//! so that the right report can still be made.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod common;

use std::fs;

use common::{Office, Ran};

const NOTHING: &str =
    "報告は書いていません。`--files` が別のフォルダか、コピーの途中ではありませんか。";

fn way_on(missing: usize) -> String {
    format!(
        "保存期間を過ぎて消したものなど、もうないと分かっているときだけ `--missing {missing}` を加えると、\
         その結果を除いて作ります\n"
    )
}

fn report(office: &Office, roster: &str, files: &str, out: &str, more: &[&str]) -> Ran {
    let mut args = vec!["report", "--ledger", "r8.jsonl", "--archive", "archive"];
    args.extend(["--roster", roster, "--files", files, "--out", out]);
    args.extend(more);
    office.tally(&args)
}

/// Refused with these words, and nothing is there that was not there before.
fn refused(office: &Office, run: impl Fn() -> Ran, words: &str) {
    let before = office.names();
    let ran = run();
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert_eq!(ran.stderr, words);
    assert_eq!(office.names(), before);
}

/// Every wrong way to ask for a report on the office, each with what is said.
fn every_wrong_way(office: &Office) {
    let empty = "エラー: 台帳が受理した結果 44 件のうち 44 件が、`empty` に見当たりません\n";
    refused(
        office,
        || report(office, "roster.json", "empty", "wrong", &[]),
        &format!("{empty}  対処: {NOTHING}{}", way_on(44)),
    );
    // Half of it is there, and two more that are none.
    refused(
        office,
        || report(office, "roster.json", "half", "wrong", &[]),
        &format!(
            "エラー: 台帳が受理した結果 44 件のうち 6 件が、`half` に見当たりません\n  対処: {NOTHING}\
             もとの名前は `r8-AAAAAAAA.selfcheck.json`、`r8-AQEBAQEB.selfcheck.json`、\
             `r8-AgICAgIC.selfcheck.json`、`r8-AwMDAwMD.selfcheck.json`、`r8-BAQEBAQE.selfcheck.json` \
             ほか 1 件 です。このフォルダの 2 件は受付不可です（最も多い理由は「結果ファイルの形をしていません」）。\
             その中にあるかもしれず、`tally verify` で名前と対処が分かります。{}",
            way_on(6)
        ),
    );
    // A number that is not the right one has not been looked at.
    refused(
        office,
        || report(office, "roster.json", "empty", "wrong", &["--missing", "6"]),
        &format!(
            "エラー: 台帳が受理した結果 44 件のうち 44 件が、`empty` に見当たりません（`--missing` は 6 件）\n  \
             対処: {NOTHING}{}",
            way_on(44)
        ),
    );
    refused(
        office,
        || report(office, "roster.json", "inbox", "wrong", &["--missing", "6"]),
        "エラー: 台帳が受理した結果 44 件のうち 0 件が、`inbox` に見当たりません（`--missing` は 6 件）\n  \
         対処: 報告は書いていません。`--missing` を除いて、もう一度実行してください\n",
    );
    refused(
        office,
        || report(office, "other.json", "inbox", "wrong", &[]),
        "エラー: 台帳に記された提出 44 件のうち 44 件が、名簿 `other.json` にない鍵のものです\n  \
         対処: 報告は書いていません。`--roster` が別の名簿か、古い控えです。受付（`tally collect`）に使った名簿か、\
         それを `tally enrol` で新しくした名簿を指定してください\n",
    );
}

fn office() -> Office {
    let (office, _) = Office::closed_year();
    fs::create_dir(office.path("empty")).unwrap();
    for entry in fs::read_dir(office.path("inbox")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        let is_missing = ("101000.json"..="101005.json").contains(&name);
        let bytes = if is_missing { Vec::new() } else { fs::read(&path).unwrap() };
        // Two of them came, and came to harm.
        if !is_missing || name <= "101001.json" {
            office.write(&format!("half/{name}"), &bytes);
        }
    }
    let staff = office.read("staff.csv");
    office.write("staff.csv", staff.as_bytes());
    let ran = office.tally(&[
        "enrol",
        "--staff",
        "staff.csv",
        "--roster",
        "other.json",
        "--letters",
        "other.html",
        "--org",
        "ageo",
        "--issued",
        "2026-10-01",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    office
}

#[test]
fn the_wrong_folder_or_roster_keeps_no_right_report_away() {
    let office = office();
    every_wrong_way(&office);
    assert!(!office.path("r8.jsonl.reports.json").exists());
    let ran = office.report("out", &[]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    assert!(ran.stdout.contains("集計 44 人"), "{}", ran.stdout);
}

#[test]
fn nor_is_it_taken_for_a_second_report() {
    let office = office();
    assert_eq!(office.report("out", &[]).code, 0);
    let remembered = office.read("r8.jsonl.reports.json");
    every_wrong_way(&office);
    assert_eq!(office.read("r8.jsonl.reports.json"), remembered);
}

#[test]
fn what_is_known_to_be_gone_is_left_out() {
    let office = office();
    let ran = report(&office, "roster.json", "half", "out", &["--missing", "6"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (1, ""));
    assert!(
        ran.stdout.contains("集計 38 人、受付不可 2 件、台帳にあって見当たらない 6 件"),
        "{}",
        ran.stdout
    );
    // It is a report like others: the next one is held against it.
    let ran = office.report("again", &[]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert!(
        ran.stderr.contains("5 人未満の結果が分かってしまいます。前の報告を使うか、"),
        "{}",
        ran.stderr
    );
}

#[test]
fn a_list_of_an_earlier_version_says_where_nothing_was() {
    let office = office();
    assert_eq!(report(&office, "roster.json", "half", "out", &["--missing", "6"]).code, 1);
    let list = office.read("r8.jsonl.reports.json");
    let mut list: serde_json::Value = serde_json::from_str(&list).unwrap();
    let folder = list[0].as_object_mut().unwrap().remove("folder").unwrap();
    assert_eq!(folder, office.folder.path().canonicalize().unwrap().join("out").to_str().unwrap());
    office.write("r8.jsonl.reports.json", list.to_string().as_bytes());
    fs::copy(office.path("inbox/101000.json"), office.path("half/101000.json")).unwrap();
    let ran = report(&office, "roster.json", "half", "beside", &["--missing", "5"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.starts_with(
            "エラー: 前の報告から、あるグループの 1 人だけが変わります: \
             前の報告（集計 38 人、場所の記録なし）\n"
        ),
        "{}",
        ran.stderr
    );
}
