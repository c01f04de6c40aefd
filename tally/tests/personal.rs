//! The commands that touch one person's data: `show`, `export-pem`, `prune`.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod common;

use std::process::Command;

use common::{Office, Ran, result_file};
use selfcheck::b64;
use selfcheck::set::Role;
use serde_json::Value;

fn show(office: &Office, file: &str, purpose: &[&str]) -> Ran {
    let mut args = vec!["show", file, "--roster", "roster.json", "--archive", "archive"];
    args.extend(["--log", "access.jsonl"]);
    args.extend(purpose);
    office.tally(&args)
}

#[test]
fn answers_are_shown_for_a_purpose_that_is_logged() {
    let office = Office::enrolled();
    office.write("a.json", result_file(&office, Role::General, "000123", 1).as_bytes());
    let ran = show(&office, "a.json", &["--purpose", "本人からの問合せ"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    for line in [
        "職員番号 000123  役割 一般職員  令和8年度 情報セキュリティ自己点検\n",
        "得点 100%\n分野 パスワード: 100%\n",
        "pw1 設問 pw1\n  回答: 選択肢 1\n  得点: 100%\n",
        "ia2 設問 ia2\n  回答: 該当なし\n  得点: 対象外\n",
        "ポリシー policy/basic: 同意する\n",
    ] {
        assert!(ran.stdout.contains(line), "{line}\n{}", ran.stdout);
    }
    let log: Value = serde_json::from_str(office.read("access.jsonl").trim()).unwrap();
    assert_eq!(log["purpose"], "本人からの問合せ");
    assert_eq!(log["jti"], b64::encode(&[1; 16]));
}

#[test]
fn without_purpose_log_or_signature_nothing_is_shown() {
    let office = Office::enrolled();
    let file = result_file(&office, Role::General, "000123", 1);
    office.write("a.json", file.as_bytes());
    for purpose in
        [&[][..], &["--purpose", ""], &["--purpose", "  "], &["--purpose", "\u{1b}[2J目的"]]
    {
        let ran = show(&office, "a.json", purpose);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{purpose:?}");
        assert!(ran.stderr.contains("--purpose"), "{}", ran.stderr);
    }
    assert!(!office.path("access.jsonl").exists());
    std::fs::create_dir(office.path("access.jsonl")).unwrap();
    let ran = show(&office, "a.json", &["--purpose", "本人からの問合せ"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "what cannot be logged is not shown");
    std::fs::remove_dir(office.path("access.jsonl")).unwrap();
    office.write("b.json", file.replacen("\"payload\":\"ey", "\"payload\":\"eX", 1).as_bytes());
    let ran = show(&office, "b.json", &["--purpose", "本人からの問合せ"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""));
    assert!(ran.stderr.contains("[signature]"), "{}", ran.stderr);
    office.write("folder/a.json", file.as_bytes());
    let ran = show(&office, "folder", &["--purpose", "本人からの問合せ"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "one file, one purpose");
}

#[test]
fn nothing_is_pruned_while_the_campaign_goes_on() {
    let office = Office::enrolled();
    office.write("inbox/a.json", result_file(&office, Role::General, "000123", 1).as_bytes());
    for role in Role::ALL {
        let mut set = common::set(role);
        set.campaign.closes = "9998-12-31".parse().unwrap();
        office.write(&format!("archive/r8/set-{role}.json"), set.to_json().as_bytes());
    }
    office.collect(&[]);
    let args = ["prune", "--ledger", "r8.jsonl", "--inbox", "inbox", "--log", "prune.jsonl"];
    let ran = office.tally(&[&args[..], &["--before", "9999-01-01", "--apply"]].concat());
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert!(ran.stderr.contains("まだ締め切られていないので"), "{}", ran.stderr);
    assert!(office.path("inbox/a.json").exists());
}

#[test]
fn openssl_verifies_with_the_exported_key() {
    let office = Office::enrolled();
    let file = result_file(&office, Role::General, "000123", 1);
    let outer: Value = serde_json::from_str(&file).unwrap();
    let part = |name: &str| outer[name].as_str().unwrap();
    office.write("signed", format!("{}.{}", part("protected"), part("payload")).as_bytes());
    office.write("signature", &b64::decode(part("signature")).unwrap());
    for (person, verifies) in [("000123", true), ("000124", false)] {
        let ran = office.tally(&["export-pem", "--roster", "roster.json", "--person", person]);
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
        office.write("key.pem", ran.stdout.as_bytes());
        let openssl = Command::new("openssl")
            .current_dir(office.folder.path())
            .args(["pkeyutl", "-verify", "-pubin", "-inkey", "key.pem", "-rawin"])
            .args(["-in", "signed", "-sigfile", "signature"])
            .output()
            .unwrap();
        assert_eq!(openssl.status.success(), verifies, "{openssl:?}");
    }
    let ran = office.tally(&["export-pem", "--roster", "roster.json", "--person", "999999"]);
    assert_eq!(ran.code, 2);
}

#[test]
fn after_a_renewal_the_key_is_chosen_by_its_id() {
    let office = Office::enrolled();
    let old = office.key("000123").public().key_id().to_string();
    assert_eq!(office.enrol("l2.html", &["--renew", "000123"]).code, 0);
    let export = |more: &[&str]| {
        let args = ["export-pem", "--roster", "roster.json", "--person", "000123"];
        office.tally(&[&args[..], more].concat())
    };
    let (newest, by_id) = (export(&[]), export(&["--kid", &old]));
    assert_eq!((newest.code, by_id.code), (0, 0));
    assert!(newest.stderr.contains(&old), "the earlier key is named: {}", newest.stderr);
    assert_eq!(by_id.stderr, "");
    assert_ne!(newest.stdout, by_id.stdout);
    for ran in [newest, by_id] {
        assert_eq!(ran.stdout.matches("BEGIN PUBLIC KEY").count(), 1);
    }
    let ran = export(&["--kid", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
}

#[test]
fn pruning_deletes_old_files_only_and_logs_each() {
    let (office, _) = Office::closed_year();
    office.write("inbox/unknown.json", b"not in the ledger");
    let prune = |before: &str, more: &[&str]| {
        let mut args = vec!["prune", "--ledger", "r8.jsonl", "--inbox", "inbox"];
        args.extend(["--log", "prune.jsonl", "--before", before]);
        args.extend(more);
        office.tally(&args)
    };
    let count = || std::fs::read_dir(office.path("inbox")).unwrap().count();
    let ran = prune("2026-11-25", &["--apply"]);
    assert_eq!((ran.code, count()), (0, 45), "seen on the day itself: kept");
    let ran = prune("2026-11-26", &[]);
    assert!(
        ran.stdout
            .ends_with("2026-11-26 より前のもの 44 件あります（--apply で消します）。残り 1 件（うち台帳にないもの 1 件）\n")
    );
    assert!(ran.stdout.contains("台帳にない            inbox/unknown.json\n"), "{}", ran.stdout);
    assert_eq!(count(), 45);
    assert!(!office.path("prune.jsonl").exists());
    let ran = prune("2026-11-26", &["--apply"]);
    assert_eq!((ran.code, count()), (0, 1), "{}", ran.stdout);
    assert!(office.path("inbox/unknown.json").exists());
    assert_eq!(office.read("prune.jsonl").lines().count(), 44);
}
