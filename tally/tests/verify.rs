//! `tally verify` at the command line.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod common;

use common::{Office, payload, result_file, right_answers};
use selfcheck::b64;
use selfcheck::result::sign;
use selfcheck::set::Role;
use serde_json::Value;

#[test]
fn from_staff_list_to_an_accepted_file() {
    let office = Office::enrolled();
    let file = result_file(&office, Role::General, "000123", 1);
    office.write("inbox/a.selfcheck.json", file.as_bytes());
    let ran = office.verify(&["inbox"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{}", ran.stdout);
    assert_eq!(
        ran.stdout,
        "受理      inbox/a.selfcheck.json  職員番号 000123  一般職員\n受理 1 件、受付不可 0 件\n"
    );
}

#[test]
fn a_changed_file_is_rejected_and_hides_no_other() {
    let office = Office::enrolled();
    let file = result_file(&office, Role::General, "000123", 1);
    office.write("inbox/b.json", file.as_bytes());
    let mut outer: Value = serde_json::from_str(&file).unwrap();
    let payload = b64::decode(outer["payload"].as_str().unwrap()).unwrap();
    let changed = String::from_utf8(payload).unwrap().replace("[\"b\"]", "[\"a\"]");
    outer["payload"] = b64::encode(changed.as_bytes()).into();
    office.write("inbox/a.json", outer.to_string().as_bytes());
    let ran = office.verify(&["inbox"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (1, ""));
    assert_eq!(
        ran.stdout,
        "受付不可  inbox/a.json\n  \
         理由: 署名が合いません。作成の後に変えられています [signature]\n  \
         対処: 本人に、自己点検ページからもう一度ダウンロードしたファイルを出してもらう。\
         続くときは改変を疑い、ファイルを残して事務局で調べる\n\
         受理      inbox/b.json  職員番号 000123  一般職員\n\
         受理 1 件、受付不可 1 件\n"
    );
}

#[test]
fn json_names_every_file_with_its_outcome() {
    let office = Office::enrolled();
    // A general set handed in by a manager; and the same result in a second, re-ordered file.
    let file = result_file(&office, Role::General, "000124", 2);
    let outer: Value = serde_json::from_str(&file).unwrap();
    office.write("inbox/a.json", file.as_bytes());
    office.write("inbox/b.json", serde_json::to_string_pretty(&outer).unwrap().as_bytes());
    office.write("inbox/c.json", b"");
    let ran = office.verify(&["--json", "inbox"]);
    assert_eq!(ran.code, 1);
    let report: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!((&report["accepted"], &report["rejected"]), (&Value::from(2), &Value::from(1)));
    let codes = |index: usize| -> Vec<&str> {
        let flags = report["files"][index]["flags"].as_array().unwrap();
        flags.iter().map(|flag| flag["code"].as_str().unwrap()).collect()
    };
    assert_eq!(codes(0), ["role-differs"]);
    assert_eq!(codes(1), ["role-differs", "duplicate"]);
    assert_eq!(report["files"][2]["code"], "outer-format");
    assert_eq!(report["files"][0]["sub"], "000124");
    assert!(!ran.stdout.contains("\"points\""), "no scores");
}

#[test]
fn flags_do_not_reject() {
    let office = Office::enrolled();
    let key = office.key("000123");
    let mut late = payload(Role::General, "000123", 1, &right_answers());
    late.finished = "2026-12-05T00:00:00+09:00".parse().unwrap();
    late.claimed.points -= 1;
    office.write("f.json", sign(&late, &key).as_bytes());
    let revoke = ["revoke", "--roster", "roster.json", "--person", "000123"];
    assert_eq!(office.tally(&revoke).code, 0);
    let ran = office.verify(&["f.json"]);
    assert_eq!(ran.code, 0);
    for code in ["claim-differs", "finished-late", "key-revoked"] {
        assert!(ran.stdout.contains(&format!("[{code}]")), "{code}: {}", ran.stdout);
    }
}

#[test]
fn an_end_before_the_start_is_a_flag() {
    let office = Office::enrolled();
    let mut reset = payload(Role::General, "000123", 1, &right_answers());
    reset.finished = "2026-11-20T10:02:10+09:00".parse().unwrap();
    office.write("f.json", sign(&reset, &office.key("000123")).as_bytes());
    let ran = office.verify(&["f.json"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    assert_eq!(
        ran.stdout,
        "受理      f.json  職員番号 000123  一般職員\n  \
         注意: 終了時刻が開始時刻より前です（PC の時計が途中で変わっています） [ends-before-start]\n\
         受理 1 件、受付不可 0 件\n"
    );
    let ran = office.verify(&["--json", "f.json"]);
    common::valid(common::VERIFY_SCHEMA, &ran.stdout);
}

#[test]
fn what_is_missing_in_a_file_is_named() {
    let office = Office::enrolled();
    for (text, missing) in [
        ("{}", "payload, protected, signature"),
        (r#"{"protected":"a","payload":"b"}"#, "signature"),
    ] {
        office.write("f.json", text.as_bytes());
        let ran = office.verify(&["f.json"]);
        assert_eq!(ran.code, 1);
        let told = format!(
            "受付不可  f.json\n  理由: 結果ファイルの形をしていません [outer-format]\n  \
             詳細: {missing} がありません\n  対処: "
        );
        assert!(ran.stdout.starts_with(&told), "{}", ran.stdout);
    }
}

#[test]
fn a_roster_of_another_organisation_stops_the_work() {
    let office = Office::enrolled();
    office.write("f.json", result_file(&office, Role::General, "000123", 1).as_bytes());
    office.write("inbox/f.json", office.read("f.json").as_bytes());
    let other = office.read("roster.json").replacen("\"ageo\"", "\"okegawa\"", 1);
    office.write("roster.json", other.as_bytes());
    let seen = "2026-11-25T09:00:00+09:00";
    let lines = [(seen, "open:r8", None), (seen, "closed", None)];
    office.write("r8.jsonl", common::ledger(&lines).as_bytes());
    let show = ["show", "f.json", "--roster", "roster.json", "--archive", "archive"];
    let show = [&show[..], &["--log", "log.jsonl", "--purpose", "本人からの問合せ"]].concat();
    for ran in [
        office.verify(&["f.json"]),
        office.verify(&["--campaign", "r8", "f.json"]),
        office.collect(&[]),
        office.report("out", &[]),
        office.tally(&show),
    ] {
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
        assert_eq!(
            ran.stderr,
            "エラー: 名簿 `roster.json` は組織 `okegawa` のもので、`archive` の設問集は `ageo` のものです\n  \
             対処: `--roster` と `--archive` に、同じ組織のものを指定してください\n"
        );
    }
    // Of an archive with another organisation's years too, the roster may be of either.
    let mut r7 = common::set(Role::General);
    (r7.org, r7.campaign.id) = ("okegawa".parse().unwrap(), "r7".parse().unwrap());
    office.write("archive/r7/set-general.json", r7.to_json().as_bytes());
    let ran = office.verify(&["f.json"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.stdout.starts_with("受付不可  f.json\n  理由: 別の組織の結果です [org]\n"),
        "{}",
        ran.stdout
    );
    assert_eq!(office.verify(&["--campaign", "r8", "f.json"]).code, 2);
}

#[test]
fn another_campaign_is_rejected_when_one_is_asked_for() {
    let office = Office::enrolled();
    let mut r7 = common::set(Role::General);
    r7.campaign.id = "r7".parse().unwrap();
    office.write("archive/r7/set-general.json", r7.to_json().as_bytes());
    office.write("f.json", result_file(&office, Role::General, "000123", 1).as_bytes());
    assert_eq!(office.verify(&["--campaign", "r8", "f.json"]).code, 0);
    let ran = office.verify(&["--campaign", "r7", "f.json"]);
    assert_eq!(ran.code, 1);
    assert!(ran.stdout.contains("[other-campaign]"));
    let ran = office.verify(&["--campaign", "r6", "f.json"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("実施回 `r6` は `archive` にありません"));
}

#[test]
fn an_archive_out_of_order_stops_the_work() {
    let office = Office::enrolled();
    office.write("f.json", b"{}");
    let general = common::set(Role::General).to_json();
    for (place, text, expected) in [
        (
            "archive/r8/set-manager.json",
            general.clone(),
            "役割 `general` の設問集で、ファイル名と合いません",
        ),
        (
            "archive/r9/set-general.json",
            general.clone(),
            "実施回 `r8` の設問集が、別の実施回のフォルダにあります",
        ),
        ("archive/r8/set-contact.json", "{}".to_owned(), "not a question set"),
        (
            "archive/r8/set-general.json",
            general.replace("\"grace_days\":14", "\"grace_days\":15"),
            "実施回の内容が、ほかの役割の設問集と違います",
        ),
    ] {
        let before = std::fs::read(office.path(place)).ok();
        office.write(place, text.as_bytes());
        let ran = office.verify(&["f.json"]);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{place}");
        assert!(ran.stderr.contains(expected), "{place}: {}", ran.stderr);
        match before {
            Some(bytes) => office.write(place, &bytes),
            None => std::fs::remove_dir_all(office.path("archive/r9")).unwrap(),
        }
    }
    std::fs::remove_dir_all(office.path("archive/r8")).unwrap();
    let ran = office.verify(&["f.json"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("に設問集がありません"), "{}", ran.stderr);
}

#[cfg(unix)]
#[test]
fn odd_things_in_the_folder_are_named_and_harmless() {
    use std::os::unix::ffi::OsStrExt as _;
    use std::os::unix::fs::symlink;

    let office = Office::enrolled();
    let good = result_file(&office, Role::General, "000123", 1);
    office.write("inbox/good.json", good.as_bytes());
    office.write("inbox/huge.json", &vec![b' '; 70_000]);
    office.write("inbox/\u{1b}[2J\u{202e}nosj.json", b"{}");
    symlink(office.path("inbox/good.json"), office.path("inbox/link.json")).unwrap();
    symlink(office.path("inbox"), office.path("inbox/loop")).unwrap();
    symlink("/dev/zero", office.path("inbox/zero")).unwrap();
    let raw = std::ffi::OsStr::from_bytes(b"raw\xff.json");
    std::fs::write(office.path("inbox").join(raw), b"[").unwrap();
    let fifo = std::process::Command::new("mkfifo").arg(office.path("inbox/pipe")).status();
    assert!(fifo.unwrap().success());
    let ran = office.verify(&["inbox", "missing.json"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (1, ""));
    for line in [
        "受理      inbox/good.json",
        "受付不可  inbox/huge.json",
        "受付不可  inbox/［制御文字 U+001B］[2J［見えない文字 U+202E］nosj.json",
        "受付不可  inbox/link.json",
        "受付不可  inbox/loop",
        "受付不可  inbox/zero",
        "受付不可  inbox/raw［バイト FF］.json",
        "受付不可  inbox/pipe",
        "受付不可  missing.json",
        "受理 1 件、受付不可 8 件",
    ] {
        assert!(ran.stdout.contains(line), "{line}\n{}", ran.stdout);
    }
    assert_eq!(ran.stdout.matches("[not-regular-file]").count(), 4);
    assert_eq!(ran.stdout.matches("[too-large]").count(), 1);
    assert_eq!(ran.stdout.matches("[unreadable]").count(), 1);
    assert!(ran.stdout.chars().all(|c| c == '\n' || !c.is_control()));
    assert!(!ran.stdout.contains('\u{202e}'));
}
