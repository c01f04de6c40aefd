//! Made-up offices for tests of the report: written to a folder, and reported on by the real binary.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
#![allow(dead_code, reason = "each test file uses its own part")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use selfcheck::set::{FrozenSet, QuestionSet};
use serde_json::Value;
use tempfile::TempDir;
use year::dice::Dice;
use year::office::{Office, Unit};
use year::round::Round;
use year::sets::Sets;
use year::{sets, write};

/// A folder with campaigns and reports, gone at the end of the test.
pub struct Folder(TempDir);

/// What a run of `tally` left.
pub struct Ran {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Folder {
    pub fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// Writes a campaign; what an earlier call wrote of the same campaign is gone.
    pub fn write(&self, round: &Round<'_>) {
        let old = self.path(round.campaign().id.as_str());
        if old.exists() {
            fs::remove_dir_all(old).unwrap();
        }
        write::campaign(self.0.path(), round).unwrap();
    }

    pub fn tally(&self, args: &[&str]) -> Ran {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tally"));
        let output = command.current_dir(self.0.path()).args(args).output().unwrap();
        Ran {
            code: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Reports on a campaign to `out`; results that were planted as lost are said to be gone.
    pub fn report(&self, campaign: &str, out: &str, more: &[&str]) -> Ran {
        let expected: Value =
            serde_json::from_str(&self.read(&format!("{campaign}/expected.json"))).unwrap();
        let missing = expected["missing"].to_string();
        self.report_without(campaign, out, &[&["--missing", &missing], more].concat())
    }

    /// Reports on a campaign to `out`, and knows of no lost results.
    pub fn report_without(&self, campaign: &str, out: &str, more: &[&str]) -> Ran {
        let of = |name: &str| format!("{campaign}/{name}");
        let (ledger, roster, inbox) = (of("ledger.jsonl"), of("roster.json"), of("inbox"));
        let mut args = vec!["report", "--archive", "archive", "--out", out];
        args.extend(["--ledger", &ledger, "--roster", &roster, "--files", &inbox]);
        args.extend(more);
        self.tally(&args)
    }

    /// Every file below a folder with its bytes.
    pub fn tree(&self, name: &str) -> BTreeMap<String, Vec<u8>> {
        tree(&self.path(name))
    }
}

/// Every file below a folder with its bytes; links are left out.
pub fn tree(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let metadata = fs::symlink_metadata(&path).unwrap();
            if metadata.is_dir() {
                folders.push(path);
            } else if metadata.is_file() {
                let name = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
                files.insert(name, fs::read(path).unwrap());
            }
        }
    }
    files
}

/// Compares files with those in `tests/golden/<name>`; one missing and one too many fail like a
/// different one. `test` is the test file that says so.
pub fn golden(name: &str, found: &BTreeMap<String, Vec<u8>>, test: &str) {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var_os("TENKEN_ACCEPT").is_some() {
        let _ = fs::remove_dir_all(&golden);
        for (file, bytes) in found {
            let path: PathBuf = golden.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        return;
    }
    let expected = if golden.exists() { tree(&golden) } else { BTreeMap::new() };
    let names = expected.keys().chain(found.keys());
    let mut differing: Vec<&String> =
        names.filter(|file| expected.get(*file) != found.get(*file)).collect();
    differing.sort();
    differing.dedup();
    assert!(
        differing.is_empty(),
        "{name} differs in {differing:?}; look at it, and accept it with\n  \
         TENKEN_ACCEPT=1 cargo test -p tally --test {test}"
    );
}

/// The sets that are frozen in the content of the repository.
pub fn frozen_sets() -> Sets {
    let archive = Path::new(env!("CARGO_MANIFEST_DIR")).join("../content/archive");
    sets::read(&archive, "r8").unwrap()
}

/// These questions of the frozen sets alone, with their categories.
pub fn some_questions(kept: &[&str]) -> Sets {
    let mut sets = Sets::new();
    for (role, frozen) in frozen_sets() {
        let mut set = frozen.set.clone();
        let all = &frozen.set.questions;
        let questions: Vec<_> =
            all.questions().iter().filter(|one| kept.contains(&one.id.as_str())).cloned().collect();
        let of_kept = |id| questions.iter().any(|question| question.category == id);
        let categories = all.categories().iter().filter(|category| of_kept(category.id.clone()));
        let categories = categories.cloned().collect();
        set.questions = QuestionSet::new(all.bands(), categories, questions).unwrap();
        sets.insert(role, FrozenSet::parse(set.to_json().as_bytes()).unwrap());
    }
    sets
}

/// An office with these sections, in its first year.
pub fn office(sets: &Sets, units: Vec<Unit>, seed: u64) -> Office {
    let org = &sets.values().next().unwrap().set.org;
    Office::new(org, units, "2026-10-01".parse().unwrap(), &mut Dice::new(seed, "office"))
}

/// A section as `bureau/section:people`.
pub fn unit(text: &str) -> Unit {
    let (place, people) = text.split_once(':').unwrap();
    let (bureau, code) = place.split_once('/').unwrap();
    Unit {
        bureau: bureau.to_owned(),
        bureau_name: format!("{bureau}部"),
        code: code.to_owned(),
        name: format!("{code}課"),
        people: people.parse().unwrap(),
    }
}
