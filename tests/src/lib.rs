//! Tests of the whole product.
//!
//! Start in `tests/`: `house.rs` holds our own rules for the repository, `licences.rs` what we
//! depend on, `golden.rs` a miniature site with its expected output. The browser tests stand in
//! `browser/` and run under Node. Here is only what they share.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use serde_json::Value;

/// The checkout.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().expect("the tests are a folder of the workspace").to_path_buf()
}

/// Files of the repository: tracked, or new and not ignored. Paths relative to the checkout.
pub fn files() -> Vec<String> {
    let mut git = Command::new("git");
    git.args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
    let output = git.current_dir(root()).output().expect("git is installed");
    assert!(output.status.success(), "git lists the files of the repository");
    let list = String::from_utf8(output.stdout).expect("paths are UTF-8");
    let names = list.split('\0').filter(|name| !name.is_empty());
    names.filter(|name| root().join(name).is_file()).map(str::to_owned).collect()
}

/// The text of a file, or nothing if it is binary.
pub fn text(file: &str) -> Option<String> {
    String::from_utf8(fs::read(root().join(file)).expect("listed files are readable")).ok()
}

/// What `cargo metadata` says about the packages that are built for `platform`.
pub fn metadata(platform: &str) -> Value {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(["metadata", "--format-version", "1", "--filter-platform", platform]);
    let output = command.current_dir(root()).output().expect("cargo runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cargo metadata: {said}");
    serde_json::from_slice(&output.stdout).expect("cargo metadata is JSON")
}
