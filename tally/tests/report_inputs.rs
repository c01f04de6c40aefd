//! What `tally report` takes in and refuses, and how it calls it in its outputs.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod common;

use std::path::Path;

use common::Office;
use serde_json::Value;

#[test]
fn a_section_may_have_the_code_of_a_bureau() {
    let (office, _) = Office::closed_year();
    assert_eq!(office.report("before", &[]).code, 0);
    // Two lists by the format: here 総務部 and its IT推進課 are both 10.
    let roster = office.read("roster.json").replace("\"1010\"", "\"10\"");
    office.write("roster.json", roster.as_bytes());
    std::fs::remove_file(office.path("r8.jsonl.reports.json")).unwrap();
    assert_eq!(office.report("out", &[]).code, 0);
    let summary: Value = serde_json::from_str(&office.read("out/committee/summary.json")).unwrap();
    let groups = summary["groups"].as_array().unwrap().iter();
    let titles: Vec<(&str, &str)> = groups
        .map(|group| (group["id"].as_str().unwrap(), group["title"].as_str().unwrap()))
        .collect();
    assert!(titles.contains(&("bureau-10", "総務部")), "{titles:?}");
    assert!(titles.contains(&("section-10", "IT推進課")), "{titles:?}");
    assert!(titles.contains(&("rest-10", "総務部 その他")), "{titles:?}");
    let index = office.read("out/improvement/index.csv");
    assert!(index.contains("\r\n10,IT推進課,IT推進課,section-10.xlsx\r\n"), "{index}");
    for table in ["groups", "bureaus", "completion"] {
        let table = format!("committee/{table}.csv");
        let (before, after) =
            (office.read(&format!("before/{table}")), office.read(&format!("out/{table}")));
        assert_eq!(after, before.replace("1010", "10"), "{table}");
    }
}

#[test]
fn sections_of_one_name_are_called_with_their_bureau() {
    let (office, _) = Office::closed_year();
    let roster = office.read("roster.json");
    let roster = roster.replace("\"市民課\"", "\"庶務課\"").replace("\"IT推進課\"", "\"庶務課\"");
    office.write("roster.json", roster.as_bytes());
    assert_eq!(office.report("out", &[]).code, 0);
    let groups = office.read("out/committee/groups.csv");
    let names: Vec<&str> =
        groups.lines().skip(1).map(|line| line.split(',').nth(1).unwrap()).collect();
    assert_eq!(
        names,
        [
            "全庁",
            "総務部",
            "総務部 庶務課",
            "総務部 その他",
            "市民部",
            "市民部 庶務課",
            "保険年金課",
            "消防本部",
            "消防総務課"
        ]
    );
    let index = office.read("out/improvement/index.csv");
    assert!(index.contains("\r\n2010,庶務課,市民部 庶務課,section-2010.xlsx\r\n"), "{index}");
}

#[test]
fn codes_that_differ_in_case_alone_have_sheets_of_their_own() {
    let (office, _) = Office::closed_year();
    let roster = office.read("roster.json").replace("\"1010\"", "\"ab\"");
    office.write("roster.json", roster.replace("\"1020\"", "\"AB\"").as_bytes());
    assert_eq!(office.report("out", &[]).code, 0);
    let index = office.read("out/improvement/index.csv");
    assert!(index.contains("\r\nab,IT推進課,IT推進課,section-ab.xlsx\r\n"), "{index}");
    assert!(index.contains("\r\nAB,職員課,総務部 その他,section-AB~.xlsx\r\n"), "{index}");
    for (file, title) in [("section-ab.md", "# IT推進課 "), ("section-AB~.md", "# 職員課 ")] {
        let sheet = office.read(&format!("out/improvement/{file}"));
        assert!(sheet.starts_with(title), "{sheet}");
    }
}

#[test]
fn files_are_called_by_their_paths_in_the_folder() {
    let (office, _) = Office::closed_year();
    office.write("inbox/sub/broken.json", b"{}");
    office.write("inbox/Thumbs.db", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
    assert_eq!(office.report("out", &[]).code, 1);
    let rejected = office.read("out/secretariat/rejected.csv");
    let files: Vec<&str> =
        rejected.lines().skip(1).map(|line| line.split_once(',').unwrap().0).collect();
    assert_eq!(files, ["sub/broken.json", "Thumbs.db"]);
    let read = |out: &str| -> Vec<Vec<u8>> {
        ["rejected.csv", "secretariat.xlsx", "inputs.json"]
            .map(|name| std::fs::read(office.path(out).join("secretariat").join(name)).unwrap())
            .into()
    };
    let as_typed = [office.path("inbox"), Path::new("./inbox/").to_owned()];
    for (place, typed) in as_typed.iter().enumerate() {
        let out = format!("out{place}");
        let mut args = vec!["report", "--ledger", "r8.jsonl", "--archive", "archive"];
        args.extend(["--roster", "roster.json", "--out", &out]);
        args.extend(["--files", typed.to_str().unwrap()]);
        assert_eq!(office.tally(&args).code, 1);
        assert!(read(&out) == read("out"), "{}", typed.display());
    }
}

#[test]
fn an_earlier_year_is_earlier_and_our_own() {
    let (office, _) = Office::closed_year();
    assert_eq!(office.report("now", &[]).code, 0);
    let now: Value = serde_json::from_str(&office.read("now/committee/summary.json")).unwrap();
    let write = |name: &str, org: &str, fiscal_year: u16| {
        let mut earlier = now.clone();
        earlier["campaign"] = name.into();
        earlier["org"] = org.into();
        earlier["fiscal_year"] = fiscal_year.into();
        office.write(&format!("{name}/committee/summary.json"), earlier.to_string().as_bytes());
    };
    write("r7", "ageo", 2025);
    let previous = ["--previous", "r7", "--previous", "other"];
    for (org, fiscal_year, problem) in [
        ("okegawa", 2024, "別の組織 `okegawa` の報告です（名簿は `ageo`）"),
        ("ageo", 2027, "実施回 `other` の年度は 2027 で、今回の 2026 より前ではありません"),
        ("ageo", 2026, "実施回 `other` の年度は 2026 で、今回の 2026 より前ではありません"),
        ("ageo", 2025, "2025 年度の報告は二つ目です"),
    ] {
        write("other", org, fiscal_year);
        let ran = office.report("out", &previous);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
        assert_eq!(
            ran.stderr,
            format!(
                "エラー: 前の年度の `other` を使えません: {problem}\n  \
                 対処: `--previous` には、この組織の前の年度の報告のフォルダをそのまま指定してください\n"
            )
        );
    }
    write("other", "ageo", 2024);
    let ran = office.report("out", &previous);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
}

#[test]
fn an_archive_without_the_campaign_of_the_ledger_is_told_as_that() {
    let office = Office::enrolled();
    office.write("inbox/f.json", b"{}");
    let seen = "2026-11-25T09:00:00+09:00";
    let lines = [(seen, "open:r6", None), (seen, "closed", None)];
    office.write("r8.jsonl", common::ledger(&lines).as_bytes());
    for ran in [office.report("out", &[]), office.collect(&[])] {
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
        assert_eq!(
            ran.stderr,
            "エラー: 台帳 `r8.jsonl` の実施回 `r6` の設問集が `archive` にありません\n  \
             対処: `--archive` に、この実施回の設問集がある content/archive を指定してください\n"
        );
    }
}
