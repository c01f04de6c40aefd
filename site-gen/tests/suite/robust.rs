//! Whatever lies in the content folder or happens to the machine: a clear word, and the old site
//! as it was.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use proptest::prelude::*;

use crate::command::site_gen;
use crate::common::{Office, findings};

fn check_text(path: &str, text: impl AsRef<[u8]>) -> String {
    let office = Office::new();
    let file = office.path(path);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
    findings(&office.check())
}

const FRONT: &str = "+++\ntitle = \"試し\"\nsummary = \"試し。\"\nowner = \"IT推進課 担当\"\n\
    layer = \"解説\"\nreview_due = 2030-03-31\n+++\n\n";

fn page(body: &str) -> String {
    check_text("content/pages/rules/odd.md", format!("{FRONT}{body}"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_front_matter_panics(text in "(\\+\\+\\+\n)?(\\PC{0,20}( = |\n|\"|\\[|\\{)){0,12}(\n\\+\\+\\+\n)?\\PC{0,20}") {
        check_text("content/pages/rules/odd.md", text);
    }

    #[test]
    fn no_markdown_panics(
        text in "([#>*_~`|\\-\\[\\]()!{}※:\\\\\n \t<&^=+]|\\PC|令和8年13月32日|\\[\\^1\\]|\\{漢|か\\}|あ){0,60}"
    ) {
        page(&text);
    }

    #[test]
    fn no_glossary_panics(term in "\\PC{0,12}", reading in "\\PC{0,12}", body in "(\\PC|※|\n){0,40}") {
        let text = format!("+++\nterm = {term:?}\nreading = {reading:?}\nshort = {term:?}\n+++\n{body}");
        check_text("content/glossary/odd.md", text);
    }

    #[test]
    fn no_data_panics(
        file in "(organization|schedule|committee|contacts|roles|training|decisions|improvements|audit|confirm)",
        text in "((id|title|rows|boxes|parent|cells|when|date|visibility|\\[\\[rows\\]\\]|\\[\\[boxes\\]\\])( = (\"\\PC{0,8}\"|[0-9]{1,20}|\\[\\]|\\{\\}|2026-02-30))?\n){0,12}"
    ) {
        check_text(&format!("content/data/{file}.toml"), text);
    }
}

#[test]
fn bytes_that_are_no_text() {
    let text = check_text("content/pages/rules/odd.md", b"+++\n\xff\xfe");
    assert!(
        text.contains("エラー[not-utf-8]") && text.contains("content/pages/rules/odd.md"),
        "{text}"
    );
    let text = check_text("content/pages/rules/odd.md", format!("{FRONT}前\0後"));
    assert!(text.contains("エラー[control-character]") && text.contains("odd.md:9:2"), "{text}");
    // Harmless habits of editors.
    let text = check_text(
        "content/pages/rules/odd.md",
        format!("\u{feff}{FRONT}本文です。\n").replace('\n', "\r\n"),
    );
    assert!(text.contains("エラー 0 件、警告 0 件"), "{text}");
}

#[test]
fn a_hundred_megabytes() {
    let office = Office::new();
    let file = fs::File::create(office.path("content/pages/rules/big.md")).unwrap();
    file.set_len(100 * 1024 * 1024).unwrap();
    let text = findings(&office.check());
    assert!(
        text.contains("エラー[too-large]: 104857600 バイトあり、上限の 4194304 バイト"),
        "{text}"
    );
}

#[test]
fn ten_thousand_deep() {
    for body in [
        "> ".repeat(10_000) + "底",
        "- ".repeat(10_000) + "底",
        "[".repeat(10_000) + "底" + &"]".repeat(10_000),
        "*あ".repeat(10_000),
        "![".repeat(10_000),
        "{漢|".repeat(10_000),
        (0..1_000).map(|depth| " ".repeat(depth * 2) + "- あ\n").collect(),
    ] {
        let began = Instant::now();
        page(&body);
        assert!(began.elapsed() < Duration::from_secs(60), "{}", &body[..20]);
    }
}

#[test]
fn a_great_many_links() {
    // As many as the largest file holds.
    let links = "[決](update.md) ".repeat(200_000);
    let text = page(&links);
    assert!(text.contains("エラー 0 件"), "{}", &text[..text.len().min(2000)]);
}

#[test]
fn links_in_the_file_system_are_not_followed() {
    let office = Office::new();
    office.write("secret.md", FRONT);
    symlink(office.path("secret.md"), office.path("content/pages/rules/out.md")).unwrap();
    symlink(office.path("content/pages"), office.path("content/pages/loop")).unwrap();
    symlink(office.path("secret.md"), office.path("content/pages/rules/gone.md")).unwrap();
    fs::create_dir_all(office.path("content/assets")).unwrap();
    symlink(office.path("secret.md"), office.path("content/assets/out.png")).unwrap();
    let text = findings(&office.check());
    for path in ["rules/out.md", "pages/loop", "rules/gone.md", "assets/out.png"] {
        assert!(text.contains(path), "{path} in {text}");
    }
    assert_eq!(text.matches("エラー[not-a-file]").count(), 4, "{text}");
}

#[test]
fn unreadable_folders_and_odd_names() {
    let office = Office::new();
    office.write("content/pages/rules/名前.md", FRONT);
    office.write("content/pages/rules/a b\n.md", FRONT);
    let text = findings(&office.check());
    assert_eq!(text.matches("エラー[page-name]").count(), 2, "{text}");
    // The superuser reads everything, so only others can be refused.
    office.write("content/pages/closed/a.md", FRONT);
    let closed = office.path("content/pages/closed");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
    let refused = fs::read_dir(&closed).is_err();
    let text = findings(&office.check());
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(text.contains("エラー[unreadable]"), refused, "{text}");
}

fn published(office: &Office) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in walk(&office.path("dist")) {
        let name = entry.strip_prefix(office.path("dist")).unwrap().display().to_string();
        files.push((name, fs::read(&entry).unwrap()));
    }
    files
}

fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    let mut entries: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() { files.extend(walk(&path)) } else { files.push(path) }
    }
    files
}

fn build(office: &Office) -> Command {
    let mut command = site_gen(office);
    command.args(["build", "--today", "2026-11-20"]).stdout(Stdio::null());
    command
}

#[test]
fn a_full_disk_leaves_the_old_site() {
    let office = Office::new();
    assert!(build(&office).stderr(Stdio::null()).status().unwrap().success());
    let before = published(&office);
    // Files may grow to one block and no further, which meets a build as a full disk does.
    office.write(
        "content/pages/rules/long.md",
        &format!("{FRONT}{}", "長い文です。\n\n".repeat(4000)),
    );
    let program = env!("CARGO_BIN_EXE_site-gen");
    let script = format!("trap '' XFSZ; ulimit -f 8; exec {program} build --today 2026-11-20");
    let mut shell = Command::new("bash");
    let output = shell.args(["-c", &script]).current_dir(office.path(".")).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("を書けません。前のサイトはそのままです"), "{said}");
    assert_eq!(published(&office), before);
}

#[test]
fn a_kill_leaves_the_old_site_and_its_traces_go() {
    let office = Office::new();
    assert!(build(&office).stderr(Stdio::null()).status().unwrap().success());
    let before = published(&office);
    for page in 0..300 {
        let text = FRONT.replace("試し\"", &format!("頁{page}\"")) + &"文です。\n\n".repeat(200);
        office.write(&format!("content/pages/rules/p{page}.md"), &text);
    }
    let traces = || {
        let names =
            fs::read_dir(office.path("dist")).unwrap().map(|entry| entry.unwrap().file_name());
        names.filter(|name| name.to_string_lossy().starts_with('.')).count()
    };
    let mut child = build(&office).stderr(Stdio::null()).spawn().unwrap();
    while traces() == 0 {
        assert!(child.try_wait().unwrap().is_none(), "it ended before it could be killed");
        thread::sleep(Duration::from_millis(1));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(traces() > 0);
    let old = |files: Vec<(String, Vec<u8>)>| -> Vec<_> {
        files.into_iter().filter(|(name, _)| !name.starts_with('.')).collect()
    };
    assert_eq!(old(published(&office)), before);
    assert!(build(&office).stderr(Stdio::null()).status().unwrap().success());
    assert_eq!(traces(), 0);
    assert!(office.path("dist/intranet/rules/p299.html").exists());
}

#[test]
fn two_builds_at_once_are_one_after_the_other() {
    let office = Office::new();
    let mut children: Vec<_> =
        (0..4).map(|_| build(&office).stderr(Stdio::null()).spawn().unwrap()).collect();
    for child in &mut children {
        assert!(child.wait().unwrap().success());
    }
    let first = published(&office);
    assert!(first.iter().all(|(name, _)| !name.starts_with('.')));
    assert!(build(&office).stderr(Stdio::null()).status().unwrap().success());
    assert_eq!(published(&office), first);
}
