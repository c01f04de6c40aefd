//! `show` without `--purpose` on a real (pseudo) terminal: it asks, and takes no empty answer.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod common;

use std::ffi::OsStr;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStrExt as _;
use std::process::{Command, Stdio};

use common::{Office, Ran, result_file};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use selfcheck::set::Role;
use serde_json::Value;

/// Both ends of a new terminal: where a person types, and what the program has as its input.
fn terminal() -> (OwnedFd, OwnedFd) {
    let person = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&person).unwrap();
    unlockpt(&person).unwrap();
    let name = ptsname(&person, Vec::new()).unwrap();
    let path = OsStr::from_bytes(name.as_bytes());
    let program = OpenOptions::new().read(true).write(true).open(path).unwrap();
    (person, program.into())
}

/// Shows a file while somebody types.
fn show(office: &Office, file: &str, typed: &str) -> Ran {
    let (person, program) = terminal();
    // It waits in the terminal until it is read.
    std::fs::File::from(person.try_clone().unwrap()).write_all(typed.as_bytes()).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_tally"));
    command.current_dir(office.folder.path()).stdin(Stdio::from(program));
    command.args(["show", file, "--roster", "roster.json", "--archive", "archive"]);
    command.args(["--log", "access.jsonl"]).output().unwrap().into()
}

#[test]
fn the_purpose_is_asked_for_and_logged() {
    let office = Office::enrolled();
    office.write("a.json", result_file(&office, Role::General, "000123", 1).as_bytes());
    let ran = show(&office, "a.json", "  本人からの問合せ\n");
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(
        ran.stderr,
        "職員番号 000123 の回答を表示します。目的は記録に残ります。\n目的（4～200 文字）: "
    );
    assert!(ran.stdout.contains("職員番号 000123  役割 一般職員"), "{}", ran.stdout);
    let log: Value = serde_json::from_str(office.read("access.jsonl").trim()).unwrap();
    assert_eq!(log["purpose"], "本人からの問合せ");
}

#[test]
fn no_answer_is_no_purpose() {
    let office = Office::enrolled();
    let file = result_file(&office, Role::General, "000123", 1);
    office.write("a.json", file.as_bytes());
    // Nothing, white space, too short, the end of input, a longer line than anybody types.
    let long = format!("{}\n", "あ".repeat(201));
    for typed in ["\n", "  　 \n", "見る\n", "\u{4}", long.as_str()] {
        let ran = show(&office, "a.json", typed);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{typed:?}");
        assert!(ran.stderr.contains("エラー: 目的が書かれていません\n  対処: "), "{}", ran.stderr);
        assert!(!office.path("access.jsonl").exists());
    }
    // Nobody is asked about a file that is not shown.
    office.write("b.json", file.replacen("\"payload\":\"ey", "\"payload\":\"eX", 1).as_bytes());
    let ran = show(&office, "b.json", "本人からの問合せ\n");
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""));
    assert!(!ran.stderr.contains("目的"), "{}", ran.stderr);
}
