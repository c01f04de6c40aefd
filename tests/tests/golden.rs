//! A miniature site, built by the real generator and held against its expected output.
//!
//! The content stands in `mini/content`, what must come of it in `mini/expected`; every file
//! is compared, one too many and one too few are faults. After a change on purpose,
//! `TENKEN_ACCEPT=1 cargo test -p product-tests --test golden` writes the expected files anew;
//! read that difference as carefully as code. When a question or a policy page of the mini
//! content changes, first remove `mini/content/archive` and freeze again:
//! `cargo run -p site-gen -- freeze r8 --content tests/mini/content --today 2026-11-02`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use product_tests::root;
use site_gen::build::{Paths, build};

/// A day before the miniature campaign opens.
const TODAY: &str = "2026-11-02";
const ACCEPT: &str = "TENKEN_ACCEPT=1 cargo test -p product-tests --test golden";

/// Files of all sites by path.
type Files = BTreeMap<String, Vec<u8>>;

#[test]
fn the_miniature_site_is_as_expected() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let built = build_mini(&mini(), &folder.path().join("dist"))?;
    let expected_folder = mini().join("expected");
    let actual: Files =
        built.into_iter().map(|(path, bytes)| (path.clone(), readable(&path, bytes))).collect();
    if std::env::var_os("TENKEN_ACCEPT").is_some() {
        return accept(&expected_folder, &actual);
    }
    let expected = if expected_folder.is_dir() { read(&expected_folder)? } else { Files::new() };
    let faults = differences(&expected, &actual);
    ensure!(faults.is_empty(), "{}\naccept all by `{ACCEPT}`", faults.join("\n"));
    Ok(())
}

#[test]
fn the_same_content_elsewhere_gives_the_same_bytes() -> Result<()> {
    let (first, second) = (tempfile::tempdir()?, tempfile::tempdir()?);
    let one = build_mini(&mini(), &first.path().join("dist"))?;
    // Copied in reverse, so that no order of the file system is the same by chance.
    let moved = second.path().join("a folder with blanks");
    let mut files: Vec<_> = read(&mini())?.into_iter().collect();
    files.reverse();
    for (path, bytes) in files {
        write(&moved.join(path), &bytes)?;
    }
    let two = build_mini(&moved, &second.path().join("elsewhere"))?;
    let faults = differences(&one, &two);
    ensure!(faults.is_empty(), "{}", faults.join("\n"));
    let paths = [root(), first.path().to_path_buf(), second.path().to_path_buf()];
    for (file, bytes) in &two {
        let text = String::from_utf8_lossy(bytes);
        for path in &paths {
            ensure!(
                !text.contains(&*path.to_string_lossy()),
                "{file} names a path of this machine"
            );
        }
    }
    Ok(())
}

#[test]
fn a_second_build_changes_nothing() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let out = folder.path().join("dist");
    let first = build_mini(&mini(), &out)?;
    let (_, built) = build(&paths(&mini()), &out, &[], TODAY.parse()?, &())?;
    for site in &built {
        ensure!(site.published.changed == 0, "{}: {} changed", site.site, site.published.changed);
    }
    ensure!(read(&out)? == first);
    Ok(())
}

/// No id twice on a page, and every link within a page or to another leads to an id that is there.
#[test]
fn every_fragment_leads_somewhere() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let files = build_mini(&mini(), &folder.path().join("dist"))?;
    let pages: BTreeMap<&str, &str> = files
        .iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(path, bytes)| Ok((path.as_str(), std::str::from_utf8(bytes)?)))
        .collect::<Result<_>>()?;
    for (&path, html) in &pages {
        let ids: Vec<&str> = attributes(html, "id").collect();
        let unique: BTreeSet<&&str> = ids.iter().collect();
        ensure!(unique.len() == ids.len(), "{path}: an id stands there twice");
        for href in attributes(html, "href") {
            let Some((file, fragment)) = href.split_once('#') else { continue };
            if file.contains(':') {
                continue;
            }
            let target = if file.is_empty() { path.to_owned() } else { followed(path, file) };
            let found = pages
                .get(target.as_str())
                .is_some_and(|html| attributes(html, "id").any(|id| id == fragment));
            ensure!(found, "{path}: `{href}` leads nowhere");
        }
    }
    Ok(())
}

fn attributes<'h>(html: &'h str, name: &str) -> impl Iterator<Item = &'h str> {
    let start = format!(" {name}=\"");
    let parts: Vec<&str> = html.split(start.as_str()).skip(1).collect();
    parts.into_iter().filter_map(|rest| rest.split('"').next())
}

/// The file a relative address on a page leads to.
fn followed(from: &str, address: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in address.split('/') {
        if part == ".." {
            parts.pop();
        } else {
            parts.push(part);
        }
    }
    parts.join("/")
}

fn mini() -> PathBuf {
    root().join("tests").join("mini")
}

fn paths(mini: &Path) -> Paths {
    Paths {
        content: mini.join("content"),
        public: mini.join("public"),
        widget: Some(mini.join("widget")),
    }
}

fn build_mini(mini: &Path, out: &Path) -> Result<Files> {
    let (outcome, built) = build(&paths(mini), out, &[], TODAY.parse()?, &())?;
    let said = outcome.report.to_text(&outcome.sources);
    ensure!(!outcome.report.has_errors(), "the miniature content has errors\n{said}");
    ensure!(built.len() == 2, "two sites are built\n{said}");
    read(out)
}

/// HTML with a line an element, so that a difference can be read; everything else as it is.
fn readable(path: &str, bytes: Vec<u8>) -> Vec<u8> {
    match String::from_utf8(bytes) {
        Ok(html) if path.ends_with(".html") => {
            let mut lines = html.replace("><", ">\n<");
            lines.push('\n');
            lines.into_bytes()
        }
        // An index with a line a section.
        Ok(index) if path.contains("/search/") => index.replace("],[", "],\n[").into_bytes(),
        Ok(text) => text.into_bytes(),
        Err(binary) => binary.into_bytes(),
    }
}

fn accept(folder: &Path, files: &Files) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    files.iter().try_for_each(|(path, bytes)| write(&folder.join(path), bytes))
}

fn write(file: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(file, bytes).with_context(|| format!("cannot write `{}`", file.display()))
}

/// All files below `folder`.
fn read(folder: &Path) -> Result<Files> {
    let mut files = Files::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).with_context(|| format!("`{}`", next.display()))? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder)?.to_string_lossy().into_owned();
                files.insert(name, fs::read(&path)?);
            }
        }
    }
    Ok(files)
}

fn differences(expected: &Files, actual: &Files) -> Vec<String> {
    let paths: BTreeSet<&String> = expected.keys().chain(actual.keys()).collect();
    let mut faults = Vec::new();
    for path in paths {
        match (expected.get(path), actual.get(path)) {
            (Some(expected), Some(actual)) if expected == actual => {}
            (Some(expected), Some(actual)) => faults.push(difference(path, expected, actual)),
            (Some(_), None) => faults.push(format!("{path}: expected, and not there")),
            (None, _) => faults.push(format!("{path}: there, and not expected")),
        }
    }
    faults
}

/// The first line that differs.
fn difference(path: &str, expected: &[u8], actual: &[u8]) -> String {
    let (expected, actual) = (String::from_utf8_lossy(expected), String::from_utf8_lossy(actual));
    let same = expected.lines().zip(actual.lines()).take_while(|(one, two)| one == two).count();
    let line = |text: &str| text.lines().nth(same).unwrap_or("(nothing)").to_owned();
    let (expected, actual) = (line(&expected), line(&actual));
    format!("{path}:{}\n  expected: {expected}\n  actual:   {actual}", same + 1)
}
