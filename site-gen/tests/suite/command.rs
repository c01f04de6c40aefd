//! The program as people and scripts call it: what goes where, and the exit status.

use std::io::Read as _;
use std::process::{Command, Output, Stdio};

use crate::common::Office;

pub fn site_gen(office: &Office) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_site-gen"));
    command.current_dir(office.path("."));
    command
}

fn run(office: &Office, args: &[&str]) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } = site_gen(office).args(args).output().unwrap();
    (status.code(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

const TODAY: &[&str] = &["--today", "2026-11-20"];

#[test]
fn good_content_is_status_0_and_results_go_to_stdout() {
    let office = Office::new();
    office.record_ids();
    let (status, out, err) = run(&office, &[&["check"], TODAY].concat());
    assert_eq!((status, err.as_str()), (Some(0), ""));
    assert!(out.ends_with("エラー 0 件、警告 0 件、お知らせ 0 件\n"), "{out}");
    let (status, out, err) = run(&office, &[&["build"], TODAY].concat());
    assert_eq!(status, Some(0), "{err}");
    assert!(out.starts_with("dist/public: ") && out.contains("dist/intranet: "), "{out}");
    assert!(err.contains("秒で作りました"), "{err}");
}

#[test]
fn faults_are_status_1_and_nothing_is_published() {
    let office = Office::new();
    office.edit("content/pages/home.md", "マルウェア※", "ウイルス※");
    let (status, out, _) = run(&office, &[&["check"], TODAY].concat());
    assert_eq!(status, Some(1));
    assert!(out.contains("エラー[unknown-term]"), "{out}");
    let (status, out, err) = run(&office, &[&["build"], TODAY].concat());
    assert_eq!((status, out.as_str()), (Some(1), ""));
    assert!(err.contains("何も公開していません"), "{err}");
    assert!(!office.path("dist").exists());
}

#[test]
fn check_tells_what_only_finished_files_show() {
    let office = Office::new();
    let site = std::fs::read_to_string(office.path("content/site.toml")).unwrap();
    office.write("content/site.toml", &format!("{site}[[forbidden]]\ntext = \"金庫番号4711\"\n"));
    office.edit("content/pages/open.md", "お知らせです。", "お知らせです。**金庫**番号`4711`");
    office.record_ids();
    let (status, out, err) = run(&office, &[&["check"], TODAY].concat());
    assert_eq!((status, err.as_str()), (Some(1), ""));
    assert!(out.contains("エラー[leak]: サイト「public」の `open.html`"), "{out}");
    assert!(!office.path("dist").exists());
    // Without style and scripts there are no finished files; that is said and not passed over.
    let (status, _, err) = run(&office, &[&["check", "--public", "nowhere"], TODAY].concat());
    assert_eq!(status, Some(0));
    let start = "できあがるファイルは調べていません（`nowhere` にスタイルがありません";
    assert!(err.starts_with(start), "{err}");
    assert!(err.contains("`--public` で指してください"), "{err}");
}

#[test]
fn what_cannot_be_done_is_status_2_with_one_reason() {
    let office = Office::new();
    for args in [
        &["check", "--content", "nowhere"][..],
        &["build", "--site", "nosite"],
        &["build", "--public", "nowhere"],
        &["freeze", "r99"],
        &["init", "content"],
        &["render", "nowhere.md"],
        &["check", "--today", "2026-13-01"],
        &["nonsense"],
    ] {
        let (status, out, err) = run(&office, args);
        assert_eq!((status, out.as_str()), (Some(2), ""), "{args:?}: {err}");
        assert!(!err.trim().is_empty() && !err.contains("panicked"), "{args:?}: {err}");
    }
}

#[test]
fn every_help_shows_a_worked_example() {
    let office = Office::new();
    for command in ["build", "check", "serve", "freeze", "ids", "init", "render", "schema"] {
        let (status, out, _) = run(&office, &[command, "--help"]);
        assert_eq!(status, Some(0));
        assert!(
            out.contains(&format!("例:\n  site-gen {command}")) || out.contains("printf"),
            "{out}"
        );
        let first = out.lines().next().unwrap_or_default();
        assert!(first.contains('。'), "begins with what it does: {first}");
    }
}

#[test]
fn a_closed_pipe_is_no_error() {
    let office = Office::new();
    for page in 0..400 {
        let text = std::fs::read_to_string(office.path("content/pages/home.md")).unwrap();
        let text = text.replace("トップ", &format!("頁{page}")).replace("マルウェア※", "謎※");
        office.write(&format!("content/pages/rules/p{page}.md"), &text);
    }
    let mut child = site_gen(&office)
        .args(["check", "--all", "--today", "2026-11-20"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0_u8; 1];
    let mut out = child.stdout.take().unwrap();
    out.read_exact(&mut first).unwrap();
    drop(out);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn a_flood_of_faults_is_told_by_rule() {
    let office = Office::new();
    let home = std::fs::read_to_string(office.path("content/pages/home.md")).unwrap();
    for page in 0..300 {
        let text = home.replace("トップ", &format!("頁{page}")).replace("マルウェア※", "謎※");
        office.write(&format!("content/pages/rules/p{page:03}.md"), &text);
    }
    let (status, out, _) = run(&office, &[&["check"], TODAY].concat());
    assert_eq!(status, Some(1));
    assert!(out.lines().count() < 40, "{out}");
    assert!(out.contains("エラー[unknown-term]: 300 件\n"), "{out}");
    assert!(out.contains("  --> content/pages/rules/p000.md:9:2 「謎※」"), "{out}");
    assert!(out.contains("  ほか 297 件\n"), "{out}");
    assert!(out.contains("`site-gen check --all`"), "{out}");
    let (_, all, _) = run(&office, &[&["check", "--all"], TODAY].concat());
    assert_eq!(all.matches("エラー[unknown-term]: 「謎※」").count(), 300);
}

#[test]
fn json_has_every_finding_with_its_place() {
    let office = Office::new();
    office.edit("content/pages/home.md", "マルウェア※", "マルウエア※");
    office.edit("content/pages/rules/update.md", "更新の決まり", "トップ");
    let (status, out, err) = run(&office, &[&["check", "--json"], TODAY].concat());
    assert_eq!((status, err.as_str()), (Some(1), ""));
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((&report["v"], &report["errors"]), (&1.into(), &2.into()));
    let finding = |code: &str| {
        let findings = report["findings"].as_array().unwrap();
        findings.iter().find(|finding| finding["code"] == code).unwrap().clone()
    };
    let term = finding("unknown-term");
    assert_eq!(
        term["place"],
        serde_json::json!({
            "file": "content/pages/home.md", "line": 9, "column": 6
        })
    );
    assert_eq!((&term["severity"], &term["other"]), (&"error".into(), &serde_json::Value::Null));
    assert!(term["hints"][0].as_str().unwrap().contains("マルウェア"));
    let title = finding("duplicate-title");
    assert_eq!(title["other"]["file"], "content/pages/home.md");
}

/// Holds what is printed against the published schema: the same members, no more and no less.
#[test]
fn the_schema_of_check_names_what_is_printed() {
    let schema = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/check.schema.json");
    let schema: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(schema).unwrap()).unwrap();
    let keys = |value: &serde_json::Value| -> Vec<String> {
        value.as_object().unwrap().keys().cloned().collect()
    };
    let office = Office::new();
    office.edit("content/pages/rules/update.md", "更新の決まり", "トップ");
    let (_, out, _) = run(&office, &[&["check", "--json"], TODAY].concat());
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(keys(&report), keys(&schema["properties"]));
    let finding = report["findings"].as_array().unwrap();
    let finding = finding.iter().find(|finding| finding["code"] == "duplicate-title").unwrap();
    assert_eq!(keys(finding), keys(&schema["$defs"]["finding"]["properties"]));
    assert_eq!(keys(&finding["place"]), keys(&schema["$defs"]["place"]["properties"]));
}

#[test]
fn help_and_usage_faults_are_japanese() {
    let office = Office::new();
    let commands = ["build", "check", "serve", "freeze", "ids", "init", "render", "schema"];
    for args in commands.map(|command| vec![command, "--help"]).into_iter().chain([vec!["-h"]]) {
        let (status, out, err) = run(&office, &args);
        assert_eq!((status, err.as_str()), (Some(0), ""), "{args:?}");
        assert!(out.contains("使い方: site-gen") && out.contains("\n指定:\n"), "{out}");
        for english in ["Options:", "OPTIONS", "Usage", "Print ", "[default"] {
            assert!(!out.contains(english), "{english} in {out}");
        }
    }
    let remedy = "`site-gen コマンド --help` に書き方と例があります";
    for (args, sentence, remedy) in [
        (&["biuld"][..], "`biuld` というコマンドはありません", "`build` ではありませんか"),
        (
            &["check", "--today", "2026/4/1"],
            "`--today <YYYY-MM-DD>` に `2026/4/1` は使えません（2026-11-16 の形で、実在する日を書きます）",
            remedy,
        ),
        (
            &["init", "a", "--org-id", "七市"],
            "`--org-id <ID>` に `七市` は使えません（英小文字と数字で、2 字から 16 字です。例 ageo）",
            remedy,
        ),
        (&["init"], "必要な指定がありません: <DIR>", remedy),
    ] {
        let (status, out, err) = run(&office, args);
        assert_eq!((status, out.as_str()), (Some(2), ""), "{args:?}");
        assert_eq!(err, format!("エラー: {sentence}\n  対処: {remedy}\n"));
    }
}

#[test]
fn sites_are_not_built_among_the_content() {
    let office = Office::new();
    for out in ["content", "content/dist", "content/../content/pages/new"] {
        let (status, _, err) = run(&office, &[&["build", "--out", out], TODAY].concat());
        assert_eq!(status, Some(2), "{out}");
        assert!(err.contains("コンテンツのフォルダの中です"), "{err}");
    }
    assert!(!office.path("content/dist").exists());
    assert_eq!(run(&office, &[&["build", "--out", "contents"], TODAY].concat()).0, Some(0));
}
