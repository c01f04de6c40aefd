//! House rules of the repository, each a test that lists every place at fault.

use std::collections::BTreeMap;
use std::fs;

use product_tests::{files, metadata, root, text};
use serde_json::Value;

/// Who may depend on whom inside the workspace; the core knows nobody, and the shells not
/// each other.
const MAY_USE: &[(&str, &[&str])] = &[
    ("selfcheck", &[]),
    ("site-gen", &["selfcheck"]),
    ("widget", &["selfcheck"]),
    // Its tests run on made-up years.
    ("tally", &["selfcheck", "year"]),
    ("xtask", &[]),
    // Signs made-up results as the page would.
    ("year", &["selfcheck"]),
    ("product-tests", &["selfcheck", "site-gen"]),
];

#[test]
fn every_module_says_first_what_it_is_for() {
    none(rust_files(), |_, text| match text.lines().next() {
        Some(line) if line.starts_with("//! ") => Vec::new(),
        _ => vec!["1: no `//!` line".into()],
    });
}

#[test]
fn no_debug_leftovers_in_scripts() {
    let scripts = |file: &str| file.starts_with("public/") && file.ends_with(".js");
    none(chosen(scripts), |_, text| {
        lines_with(text, &["console.log", "debugger"].map(String::from))
    });
}

#[test]
fn no_download_address_and_no_path_of_a_machine() {
    // In two parts each, so that this file is no find.
    let words = [
        ("registry.", "npmjs"),
        ("registry.", "yarnpkg"),
        ("files.", "pythonhosted"),
        ("py", "pi.org"),
        ("static.", "crates.io"),
        ("index.", "crates.io"),
        ("deb.", "debian.org"),
        ("/ro", "ot/"),
        ("/ho", "me/"),
        ("/work/", "main"),
        ("/work/", "shared"),
        ("/work/", "notes"),
    ]
    .map(|(start, end)| format!("{start}{end}"));
    none(files(), |_, text| lines_with(text, &words));
}

#[test]
fn npm_lock_files_name_checksums_and_no_addresses() {
    for file in chosen(|file| file.ends_with("package-lock.json")) {
        let text = text(&file).expect("a lock file is text");
        let lock: Value = serde_json::from_str(&text).expect("a lock file is JSON");
        let packages = lock["packages"].as_object().expect("a lock file has packages");
        for (name, package) in packages.iter().filter(|(name, _)| !name.is_empty()) {
            assert!(package.get("resolved").is_none(), "{file}: {name} has an address");
            assert!(package["integrity"].is_string(), "{file}: {name} has no checksum");
        }
    }
}

#[test]
fn the_cargo_lock_file_has_one_source() {
    let lock = text("Cargo.lock").expect("Cargo.lock is text");
    let mut sources: Vec<&str> =
        lock.lines().filter_map(|line| line.strip_prefix("source = ")).collect();
    sources.sort_unstable();
    sources.dedup();
    assert_eq!(sources, ["\"registry+https://github.com/rust-lang/crates.io-index\""]);
}

#[test]
fn text_is_plain() {
    let ours = |file: &str| {
        let kind = file.rsplit('.').next().unwrap_or_default();
        let kinds = ["rs", "toml", "md", "mjs", "js", "css", "json", "svg", "yml"];
        kinds.contains(&kind) && !file.contains("content/archive/")
    };
    none(chosen(ours), |_, text| {
        let mut faults = Vec::new();
        if text.starts_with('\u{feff}') {
            faults.push("1: begins with a byte order mark".into());
        }
        if text.contains('\r') {
            faults.push("has carriage returns".into());
        }
        if !text.is_empty() && (!text.ends_with('\n') || text.ends_with("\n\n")) {
            faults.push("does not end with one newline".into());
        }
        faults
    });
}

#[test]
fn every_member_keeps_the_workspace_lints() {
    let manifests = |file: &str| file.ends_with("/Cargo.toml");
    none(chosen(manifests), |_, text| {
        if text.contains("[lints]\nworkspace = true") {
            return Vec::new();
        }
        vec!["no `[lints] workspace = true`".into()]
    });
}

#[test]
fn shells_depend_on_the_core_and_not_on_each_other() {
    let metadata = metadata("x86_64-unknown-linux-gnu");
    let allowed: BTreeMap<&str, &[&str]> = MAY_USE.iter().copied().collect();
    let packages = metadata["packages"].as_array().expect("metadata has packages");
    for package in packages.iter().filter(|package| package["source"].is_null()) {
        let name = package["name"].as_str().unwrap_or_default();
        let dependencies = package["dependencies"].as_array().expect("a package has a list");
        let inside = dependencies.iter().filter_map(|dependency| {
            let name = dependency["name"].as_str()?;
            allowed.contains_key(name).then_some(name)
        });
        let allowed = allowed.get(name).copied().unwrap_or_default();
        for used in inside {
            assert!(allowed.contains(&used), "{name} must not depend on {used}");
        }
    }
}

#[test]
fn ci_runs_what_developers_run() {
    let script = fs::read_to_string(root().join(".ci/run")).expect("CI has a script");
    assert!(script.starts_with("#!/usr/bin/env bash\n"), "{script}");
    assert!(script.contains("\nset -euo pipefail\n"), "{script}");
    assert!(script.ends_with("cargo xtask test\n"), "{script}");
}

/// Applies `check` to every file; fails with all faults of all files at once.
fn none(files: Vec<String>, check: impl Fn(&str, &str) -> Vec<String>) {
    let mut faults = Vec::new();
    for file in files {
        if let Some(text) = text(&file) {
            faults.extend(check(&file, &text).iter().map(|fault| format!("{file}:{fault}")));
        }
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

fn chosen(choose: impl Fn(&str) -> bool) -> Vec<String> {
    files().into_iter().filter(|file| choose(file)).collect()
}

fn rust_files() -> Vec<String> {
    chosen(|file| file.ends_with(".rs"))
}

fn lines_with(text: &str, words: &[String]) -> Vec<String> {
    let mut faults = Vec::new();
    for (index, line) in text.lines().enumerate() {
        for word in words.iter().filter(|word| line.contains(word.as_str())) {
            faults.push(format!("{}: `{word}`", index + 1));
        }
    }
    faults
}
