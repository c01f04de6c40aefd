//! Whatever may lie in a shared folder: each thing is named, none hides another, nothing hangs.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod common;

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use common::{
    COLLECT_SCHEMA, Office, Ran, VERIFY_SCHEMA, payload, result_file, right_answers, valid,
};
use selfcheck::b64;
use selfcheck::result::sign;
use selfcheck::set::Role;
use serde_json::Value;

fn with_a_good_file() -> Office {
    let office = Office::enrolled();
    let good = result_file(&office, Role::General, "000123", 1);
    office.write("inbox/good.json", good.as_bytes());
    office
}

/// Every command that judges names each of these files with this code, and takes the good one.
fn check(office: &Office, expected: &[(&str, &str)]) {
    let runs = [
        office.verify(&["inbox"]),
        office.collect(&[]),
        // The second time nothing is new, and everything is named all the same.
        office.collect(&[]),
    ];
    for ran in &runs {
        check_printed(ran, expected);
    }
    assert!(runs[0].stdout.ends_with(&format!("受理 1 件、受付不可 {} 件\n", expected.len())));
    assert!(runs[1].stdout.contains("新しく受理 1 件"), "{}", runs[1].stdout);
    assert!(runs[2].stdout.contains("受理済み 1 件"), "{}", runs[2].stdout);
    let ran = office.verify(&["--json", "inbox"]);
    let report = valid(VERIFY_SCHEMA, &ran.stdout);
    assert_eq!(report["files"].as_array().unwrap().len(), 1 + expected.len());
}

fn check_printed(ran: &Ran, expected: &[(&str, &str)]) {
    assert_eq!((ran.code, ran.stderr.as_str()), (1, ""));
    for (name, code) in expected {
        let line = format!("受付不可  inbox/{name}\n");
        let after =
            ran.stdout.split_once(&line).unwrap_or_else(|| panic!("{name}: {}", ran.stdout));
        let reason = after.1.lines().next().unwrap();
        assert!(reason.ends_with(&format!("[{code}]")), "{name}: {reason}");
    }
    assert_eq!(ran.stdout.matches("受付不可  ").count(), expected.len(), "{}", ran.stdout);
    assert!(ran.stdout.chars().all(|c| c == '\n' || !c.is_control()), "no control characters");
    assert!(!ran.stdout.contains(['\u{202e}', '\u{200b}', '\u{feff}']), "nothing invisible");
}

#[test]
fn links_devices_pipes_and_sockets() {
    let office = with_a_good_file();
    let inbox = |name: &str| office.path("inbox").join(name);
    symlink(inbox("good.json"), inbox("link.json")).unwrap();
    symlink("nowhere", inbox("dangling.json")).unwrap();
    symlink("/dev/zero", inbox("zero.json")).unwrap();
    symlink("/dev/tty", inbox("tty.json")).unwrap();
    symlink(office.path("inbox"), inbox("loop")).unwrap();
    symlink("/", inbox("everything")).unwrap();
    assert!(Command::new("mkfifo").arg(inbox("pipe.json")).status().unwrap().success());
    let socket = UnixListener::bind(inbox("socket.json")).unwrap();
    let names = ["link.json", "dangling.json", "zero.json", "tty.json", "loop", "everything"];
    let mut expected: Vec<_> = names.map(|name| (name, "not-regular-file")).to_vec();
    expected.extend([("pipe.json", "not-regular-file"), ("socket.json", "not-regular-file")]);
    check(&office, &expected);
    drop(socket);
}

#[test]
fn sizes_and_depths() {
    let office = with_a_good_file();
    let good = office.read("inbox/good.json");
    let padded =
        |length: usize| good.replacen('{', &format!("{{{}", " ".repeat(length - good.len())), 1);
    office.write("inbox/at-the-cap.json", padded(65_536).as_bytes());
    office.write("inbox/above-the-cap.json", padded(65_537).as_bytes());
    // A hundred gigabytes that take no room: nobody may try to read them.
    let holes = fs::File::create(office.path("inbox/holes.json")).unwrap();
    holes.set_len(100 << 30).unwrap();
    office.write("inbox/deep-json.json", "[".repeat(65_000).as_bytes());
    office.write("inbox/deep-object.json", "{\"payload\":".repeat(5_900).as_bytes());
    let deep = format!("inbox/{}", "d/".repeat(31));
    office.write(&format!("{deep}x.json"), b"{}");
    office.write(&format!("{deep}d/x.json"), b"{}");
    let (reachable, too_deep) = (format!("{}x.json", &deep[6..]), format!("{}d", &deep[6..]));
    let expected = [
        ("above-the-cap.json", "too-large"),
        ("holes.json", "too-large"),
        ("deep-json.json", "outer-format"),
        ("deep-object.json", "outer-format"),
        (reachable.as_str(), "outer-format"),
        (too_deep.as_str(), "too-deep"),
    ];
    // The same result in the largest file there may be is the same result.
    let ran = office.verify(&["inbox"]);
    assert!(ran.stdout.contains("受理      inbox/at-the-cap.json"), "{}", ran.stdout);
    assert!(ran.stdout.contains("[duplicate]"), "{}", ran.stdout);
    fs::remove_file(office.path("inbox/at-the-cap.json")).unwrap();
    check(&office, &expected);
}

#[test]
fn names_that_lie_and_contents_that_would_run() {
    let office = with_a_good_file();
    let named: [(&[u8], &str); 9] = [
        (
            b"\x1b[2J\x1b]0;owned\x07.json",
            "［制御文字 U+001B］[2J［制御文字 U+001B］]0;owned［制御文字 U+0007］.json",
        ),
        ("\u{202e}nosj.exe".as_bytes(), "［見えない文字 U+202E］nosj.exe"),
        (
            "a\u{200b}b\u{feff}.json".as_bytes(),
            "a［見えない文字 U+200B］b［見えない文字 U+FEFF］.json",
        ),
        (b"two\nlines\r.json", "two［改行］lines［改行］.json"),
        (b"not-unicode-\xff\xfe.json", "not-unicode-［バイト FF］［バイト FE］.json"),
        (b"=HYPERLINK(\"http:x\").json", "=HYPERLINK(\"http:x\").json"),
        (b"<script>alert(1)<", "<script>alert(1)<"),
        (b"-rf", "-rf"),
        ("結果 の コピー（2）.json".as_bytes(), "結果 の コピー（2）.json"),
    ];
    let expected = named.map(|(_, shown)| (shown, "outer-format"));
    for (index, (name, _)) in named.iter().enumerate() {
        let path = office.path("inbox").join(OsStr::from_bytes(name));
        // The parser's words quote what it found.
        fs::write(path, format!("{{\"\u{1b}[31m\u{202e}=1+1<b>{index}\":1}}")).unwrap();
    }
    check(&office, &expected);
}

#[test]
fn what_systems_leave_is_told_apart_and_hides_nothing() {
    let office = with_a_good_file();
    let good = office.read("inbox/good.json");
    let thumbs = [&b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"[..], &[7; 80_000]].concat();
    let of_system: [(&str, &[u8]); 6] = [
        ("Thumbs.db", &thumbs),
        ("a/thumbs.db", &thumbs[..500]),
        ("desktop.ini", b"\r\n[.ShellClassInfo]\r\nIconIndex=0\r\n"),
        (".DS_Store", b"\0\0\0\x01Bud1\0\0"),
        ("._good.json", b"\0\x05\x16\x07\0\x02\0\0Mac OS X"),
        ("~$名簿.xlsx", b"\x0cHanako Ageo\0\0"),
    ];
    for (name, bytes) in of_system {
        office.write(&format!("inbox/{name}"), bytes);
    }
    // Nothing to do for anybody, so all is good; and each is named all the same.
    for ran in [office.verify(&["inbox"]), office.collect(&[]), office.collect(&[])] {
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{}", ran.stdout);
        for (name, _) in of_system {
            let line = format!(
                "その他    inbox/{name}  結果ファイルではない（Windows などが置くファイル） [system-file]\n"
            );
            assert!(ran.stdout.contains(&line), "{name}: {}", ran.stdout);
        }
        assert!(
            ran.stdout.ends_with("受付不可 0 件、結果ファイルではない 6 件\n"),
            "{}",
            ran.stdout
        );
    }
    for (schema, ran) in [
        (VERIFY_SCHEMA, office.verify(&["--json", "inbox"])),
        (COLLECT_SCHEMA, office.collect(&["--json"])),
    ] {
        let report = valid(schema, &ran.stdout);
        assert_eq!((&report["rejected"], &report["not_results"]), (&0.into(), &6.into()));
        let mut files = report["files"].as_array().unwrap().iter();
        let thumbs = files.find(|file| file["file"] == "inbox/Thumbs.db").unwrap();
        assert_eq!(thumbs["outcome"], "not-a-result");
        assert_eq!(thumbs["code"], "system-file");
    }
    // A result under such a name is judged, whole or damaged.
    office.write("inbox/b/Thumbs.db", good.as_bytes());
    office.write("inbox/b/desktop.ini", &good.as_bytes()[..good.len() / 2]);
    office.write("inbox/b/~$a.json", format!("\n{good}x").as_bytes());
    office.write("inbox/b/.DS_Store", &[0; 70_000]);
    let ran = office.verify(&["inbox"]);
    assert_eq!(ran.code, 1);
    assert!(ran.stdout.contains("受理      inbox/b/Thumbs.db  職員番号 000123"), "{}", ran.stdout);
    for (name, code) in
        [("desktop.ini", "outer-format"), ("~$a.json", "outer-format"), (".DS_Store", "too-large")]
    {
        let (_, after) = ran.stdout.split_once(&format!("受付不可  inbox/b/{name}\n")).unwrap();
        assert!(after.lines().next().unwrap().ends_with(&format!("[{code}]")), "{after}");
    }
    assert!(
        ran.stdout.ends_with("受理 2 件、受付不可 3 件、結果ファイルではない 6 件\n"),
        "{}",
        ran.stdout
    );
}

#[test]
fn words_from_a_signed_payload_are_harmless_too() {
    let office = Office::enrolled();
    let key = office.key("000123");
    let good = payload(Role::General, "000123", 1, &right_answers());
    let text = String::from_utf8(good.to_bytes()).unwrap();
    let header = format!(
        r#"{{"alg":"Ed25519","kid":"{}","typ":"selfcheck-result+jws"}}"#,
        key.public().key_id()
    );
    for (index, member) in
        ["\u{1b}[2J", "\u{202e}", "=1+1", "<script>", "\\u001b[2J"].iter().enumerate()
    {
        let changed = text.replacen("\"v\":1", &format!("\"v\":1,\"{member}\":1"), 1);
        let parts = [b64::encode(header.as_bytes()), b64::encode(changed.as_bytes())];
        let signature = key.sign(parts.join(".").as_bytes());
        let [protected, payload] = parts;
        office.write(
            &format!("inbox/{index}.json"),
            format!(
                r#"{{"payload":"{payload}","protected":"{protected}","signature":"{signature}"}}"#
            )
            .as_bytes(),
        );
    }
    let ran = office.verify(&["inbox"]);
    assert_eq!(ran.stdout.matches("[payload-format]").count(), 5, "{}", ran.stdout);
    assert!(ran.stdout.chars().all(|c| c == '\n' || !c.is_control()));
    assert!(!ran.stdout.contains('\u{202e}'));
}

#[test]
fn what_the_system_refuses_is_named() {
    let office = with_a_good_file();
    // Regular by its looks, and not even root can read its first byte.
    let ran = office.verify(&["/proc/self/mem", "inbox", "gone.json"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (1, ""));
    for name in ["/proc/self/mem", "gone.json"] {
        let line = format!("受付不可  {name}\n  理由: ファイルを読めません [unreadable]\n");
        assert!(ran.stdout.contains(&line), "{}", ran.stdout);
    }
    assert!(ran.stdout.contains("受理      inbox/good.json"));
    // A folder that should be there is another matter: nothing has been taken in.
    fs::rename(office.path("inbox"), office.path("elsewhere")).unwrap();
    let ran = office.collect(&[]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert!(ran.stderr.starts_with("エラー: `inbox` を読めません"), "{}", ran.stderr);
    assert!(!office.path("r8.jsonl").exists());
}

#[test]
fn a_file_that_changes_all_the_time() {
    let office = with_a_good_file();
    let good = office.read("inbox/good.json");
    let path = office.path("inbox/busy.json");
    office.write("inbox/busy.json", b"");
    let over = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            // As a copy over a slow network grows, over and over.
            while !over.load(Ordering::Relaxed) {
                for end in (0..=good.len()).step_by(good.len() / 8) {
                    fs::write(&path, &good.as_bytes()[..end]).unwrap();
                }
            }
        });
        let codes = ["changing", "outer-format", "too-large", "unreadable"];
        for _ in 0..25 {
            let ran = office.verify(&["--json", "inbox"]);
            assert_eq!(ran.stderr, "");
            let report: Value = serde_json::from_str(&ran.stdout).unwrap();
            let [busy, good] = &report["files"].as_array().unwrap()[..] else {
                panic!("{}", ran.stdout)
            };
            assert_eq!(good["outcome"], "accepted");
            let code = busy["code"].as_str();
            assert!(busy["outcome"] == "accepted" || codes.contains(&code.unwrap()), "{busy}");
        }
        over.store(true, Ordering::Relaxed);
    });
    // When it has come to rest it counts, whatever has been thought of it before.
    fs::write(&path, &good).unwrap();
    assert_eq!(office.verify(&["inbox"]).code, 0);
}

#[test]
fn a_hundred_thousand_files_and_not_one_is_lost() {
    let office = with_a_good_file();
    let more = sign(&payload(Role::General, "000123", 2, &right_answers()), &office.key("000123"));
    // One file under many names, as a folder that somebody copied over and over.
    let many: u32 = 100_000;
    for part in 0..many / 20_000 {
        let folder = office.path(&format!("inbox/{part}"));
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join("0"), b"{}").unwrap();
        for number in 1..20_000 {
            fs::hard_link(folder.join("0"), folder.join(number.to_string())).unwrap();
        }
    }
    office.write("inbox/2/zzz.json", more.as_bytes());
    let ran = office.collect(&[]);
    assert_eq!((ran.code, ran.stderr.as_str()), (1, ""));
    assert!(
        ran.stdout.ends_with(&format!(
            "新しく受理 2 件、受理済み 0 件、新しく紙で実施 0 人、受付不可 {many} 件\n"
        )),
        "{}",
        &ran.stdout[ran.stdout.len() - 300..]
    );
    let mut named: Vec<&str> =
        ran.stdout.lines().filter_map(|line| line.strip_prefix("受付不可  ")).collect();
    assert!(named.is_sorted());
    named.dedup();
    assert_eq!(named.len(), many as usize);
    // The same bytes are one line of the ledger.
    let outcomes: Vec<Value> = office
        .read("r8.jsonl")
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["outcome"].clone())
        .collect();
    assert_eq!(outcomes.len(), 4, "{outcomes:?}");
}
