//! The widget: Rust to Wasm by wasm-pack, with tools of exactly known versions.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::project::Project;
use crate::report::{Fault, step, waiting};
use crate::run::{prepend_path, quiet};
use crate::setup;
use crate::stamp::Stamp;

/// Everything the Wasm is made from.
const INPUTS: &[&str] = &[
    "widget",
    "selfcheck",
    "xtask/npm",
    "Cargo.toml",
    "Cargo.lock",
    "rust-toolchain.toml",
    ".cargo",
];
/// What is in the package beside the words, and counts for the budget.
const PRODUCTS: &[&str] = &["widget_bg.wasm", "widget.js"];
const STAMP: &str = ".stamp";
/// SHA-2 in a loop instead of unrolled: 17 KB of Wasm, and it hashes a few kilobytes at most.
const SMALL_SHA2: &str = "--cfg sha2_backend_soft=\"compact\"";
/// What the compiler is told for the Wasm, beside the profile.
const FLAGS: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS";

/// The folder with `widget_bg.wasm`, `widget.js` and the words in `texts/`.
pub(crate) fn package(project: &Project) -> PathBuf {
    project.target.join("widget-pkg")
}

/// Builds the widget unless its sources and tools are what they were.
pub(crate) fn build(project: &Project) -> Result<()> {
    step("widget to Wasm", || {
        let stamp = inputs(project)?;
        let package = package(project);
        let complete = PRODUCTS.iter().all(|name| package.join(name).is_file());
        if complete && fs::read_to_string(package.join(STAMP)).is_ok_and(|old| old == stamp) {
            return Ok("unchanged".into());
        }
        waiting("building the widget");
        let fresh = project.target.join("widget-pkg.new");
        remove(&fresh)?;
        pack(project, &fresh)?;
        for name in PRODUCTS {
            if !fresh.join(name).is_file() {
                return Err(Fault::new(format!("wasm-pack made no `{name}`"))
                    .hint("is the library of `widget/Cargo.toml` named `widget`?")
                    .into());
            }
        }
        copy_words(project, &fresh)?;
        finish(project, &fresh)?;
        fs::write(fresh.join(STAMP), stamp)?;
        remove(&package)?;
        fs::rename(&fresh, &package)
            .with_context(|| format!("cannot make `{}`", project.show(&package)))?;
        let size = fs::metadata(package.join(PRODUCTS[0]))?.len();
        Ok(format!("built, {} KB", size / 1000))
    })
}

fn pack(project: &Project, out: &Path) -> Result<()> {
    let mut command = Command::new(setup::wasm_pack(project));
    command.args(["build", "widget", "--profile", "widget", "--target", "no-modules"]);
    command.args(["--mode", "no-install", "--no-typescript", "--no-pack", "--no-gitignore"]);
    command.args(["--out-name", "widget", "--out-dir"]).arg(out);
    command.current_dir(&project.root).env("CARGO_TARGET_DIR", &project.target);
    command.env(FLAGS, flags(project));
    prepend_path(&mut command, &[&setup::wasm_bindgen_dir(project)?])?;
    quiet(&mut command).with_context(|| {
        Fault::new("the widget does not build").hint("the compiler's own words stand above")
    })?;
    Ok(())
}

/// The words on screen travel with the Wasm that counts on their order.
fn copy_words(project: &Project, out: &Path) -> Result<()> {
    let (from, to) = (project.root.join("widget").join("texts"), out.join("texts"));
    fs::create_dir_all(&to)?;
    for entry in fs::read_dir(&from).context("cannot list `widget/texts`")? {
        let file = entry?.file_name();
        fs::copy(from.join(&file), to.join(&file))
            .with_context(|| format!("cannot copy `widget/texts/{}`", file.display()))?;
    }
    Ok(())
}

/// Makes Wasm and glue small; `xtask/npm/finish.mjs` says how.
fn finish(project: &Project, out: &Path) -> Result<()> {
    let mut node = Command::new("node");
    node.arg(project.root.join("xtask").join("npm").join("finish.mjs"));
    node.arg(out).arg(setup::build_modules(project)?).current_dir(&project.root);
    quiet(&mut node).with_context(|| {
        Fault::new("the Wasm cannot be made small").hint("what Node says stands above")
    })?;
    Ok(())
}

/// The small SHA-2, and no path of this machine in the product: the same sources give the same
/// bytes in any folder.
fn flags(project: &Project) -> String {
    let mut flags = vec![SMALL_SHA2.to_owned(), remap(&project.root, ".")];
    let home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| {
        let home = env::var_os("HOME")?;
        Some(PathBuf::from(home).join(".cargo"))
    });
    // One folder a registry, with the registry's host in its name.
    let sources = home.map(|home| home.join("registry").join("src"));
    for registry in sources.iter().filter_map(|dir| fs::read_dir(dir).ok()).flatten().flatten() {
        flags.push(remap(&registry.path(), "."));
    }
    flags.sort();
    flags.join(" ")
}

fn remap(from: &Path, to: &str) -> String {
    format!("--remap-path-prefix={}={to}", from.display())
}

fn inputs(project: &Project) -> Result<String> {
    let mut stamp = Stamp::default();
    for input in INPUTS {
        stamp.tree(&project.root, input)?;
    }
    for tool in [setup::wasm_pack(project), setup::build_modules(project)?] {
        stamp.word(&project.show(&tool));
    }
    stamp.word(SMALL_SHA2);
    stamp.word(&quiet(Command::new("rustc").arg("-vV").current_dir(&project.root))?);
    Ok(stamp.finish())
}

fn remove(dir: &Path) -> Result<()> {
    if dir.exists() {
        fs::remove_dir_all(dir).with_context(|| format!("cannot remove `{}`", dir.display()))?;
    }
    Ok(())
}
