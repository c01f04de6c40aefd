//! Every rule by example: a fixture shows what somebody wrote and, below the line at fault, what
//! the author is told.
//!
//! `fixtures/<rule>.txt` holds files that are laid over the small correct content of `common`.
//! `=== path` begins a file, `{page 題}` stands for the front matter of a page, `{-}` for no file
//! at all. A line that begins with `^` is a finding on the line above, at that column; findings
//! without a place come last, after `===`. `TENKEN_ACCEPT=1` writes the findings anew.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use crate::common::Office;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

struct File {
    path: String,
    /// As the fixture writes it.
    lines: Vec<String>,
}

fn parse(text: &str) -> Vec<File> {
    let mut files: Vec<File> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('^')) {
        match line.strip_prefix("===") {
            Some(path) => files.push(File { path: path.trim().to_owned(), lines: Vec::new() }),
            None => files.last_mut().expect("a fixture begins with `===`").lines.push(line.into()),
        }
    }
    files.retain(|file| !file.path.is_empty());
    files
}

/// What a line of a fixture stands for.
fn expand(line: &str) -> String {
    match line.strip_prefix("{page ").and_then(|rest| rest.strip_suffix('}')) {
        Some(title) => format!(
            "+++\ntitle = \"{title}\"\nsummary = \"試しのページ。\"\nowner = \"IT推進課 担当\"\n\
             layer = \"解説\"\nreview_due = 2030-03-31\n+++"
        ),
        None => line.to_owned(),
    }
}

/// The fixture with the findings there are.
fn annotate(files: &[File]) -> String {
    let office = Office::new();
    for file in files {
        let path = format!("content/{}", file.path);
        if file.lines == ["{-}"] {
            fs::remove_file(office.path(&path)).unwrap();
            continue;
        }
        let text: String = file.lines.iter().map(|line| expand(line) + "\n").collect();
        office.write(&path, &text);
    }
    office.record_ids_if_possible();
    let outcome = office.check();
    let mut told = Vec::new();
    for finding in outcome.report.iter() {
        let place = finding.place.map(|place| {
            let (path, line, column) = outcome.sources.locate(place);
            (path.strip_prefix("content/").unwrap().to_owned(), line, column)
        });
        let words = format!("{}[{}]: {}", finding.severity.label(), finding.code, finding.message);
        told.push((place, words));
    }
    let mut out = String::new();
    for file in files {
        let _ = writeln!(out, "=== {}", file.path);
        let mut first = 1;
        for line in &file.lines {
            let _ = writeln!(out, "{line}");
            let next = first + expand(line).lines().count().max(1);
            told.retain(|(place, words)| match place {
                Some((path, at, column)) if *path == file.path && (first..next).contains(at) => {
                    let _ = writeln!(out, "^ {column} {words}");
                    false
                }
                _ => true,
            });
            first = next;
        }
    }
    if !told.is_empty() {
        let _ = writeln!(out, "===");
    }
    for (place, words) in told {
        let place = place.map(|(path, line, column)| format!("{path}:{line}:{column} "));
        let _ = writeln!(out, "^ {}{words}", place.unwrap_or_default());
    }
    out
}

#[test]
fn what_is_told_stands_below_the_line_at_fault() {
    let accept = env::var_os("TENKEN_ACCEPT").is_some();
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mut differ = Vec::new();
    for path in paths {
        let expected = fs::read_to_string(&path).unwrap();
        let actual = annotate(&parse(&expected));
        let rule = path.file_stem().unwrap().to_string_lossy().into_owned();
        assert!(accept || actual.contains(&format!("[{rule}]")), "{rule} is not told:\n{actual}");
        if expected != actual && accept {
            fs::write(&path, &actual).unwrap();
        } else if expected != actual {
            differ.push(format!("{}:\n{actual}", path.display()));
        }
    }
    let command = "TENKEN_ACCEPT=1 cargo test -p site-gen --test suite fixtures";
    assert!(differ.is_empty(), "{}\naccept by `{command}`", differ.join("\n"));
}

#[test]
fn every_rule_of_the_source_is_shown_by_a_test() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |folder: &str| -> String {
        let files = walkdir::WalkDir::new(root.join(folder)).into_iter().map(Result::unwrap);
        let files = files.filter(|entry| entry.file_type().is_file());
        files.map(|entry| fs::read_to_string(entry.path()).unwrap()).collect()
    };
    let (source, tests) = (read("src"), read("tests"));
    let mut rules = BTreeSet::new();
    for call in ["error(", "warning(", "note("] {
        for rest in source.split(call).skip(1) {
            let code = rest.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next());
            rules.extend(code.filter(|code| !code.is_empty()));
        }
    }
    assert!(rules.len() > 80, "{rules:?}");
    let shown = |rule: &&str| tests.contains(&format!("[{rule}]"));
    let missing: Vec<_> = rules.iter().filter(|rule| !shown(rule)).collect();
    assert!(missing.is_empty(), "rules without a test: {missing:?}");
}
