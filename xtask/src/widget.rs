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
const INPUTS: &[&str] =
    &["widget", "selfcheck", "Cargo.toml", "Cargo.lock", "rust-toolchain.toml", ".cargo"];
const PRODUCTS: &[&str] = &["widget_bg.wasm", "widget.js"];
const STAMP: &str = ".stamp";
/// Where build machines differ: paths that the compiler would write into the Wasm.
const FLAGS: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS";

/// The folder with `widget_bg.wasm` and `widget.js`.
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
    command.env(FLAGS, path_flags(project));
    let wasm_bindgen = setup::wasm_bindgen_dir(project)?;
    let wasm_opt = setup::build_modules(project)?.join(".bin");
    prepend_path(&mut command, &[&wasm_bindgen, &wasm_opt])?;
    quiet(&mut command).with_context(|| {
        Fault::new("the widget does not build").hint("the compiler's own words stand above")
    })?;
    Ok(())
}

/// No path of this machine in the product: the same sources give the same bytes in any folder.
fn path_flags(project: &Project) -> String {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| {
        let home = env::var_os("HOME")?;
        Some(PathBuf::from(home).join(".cargo"))
    });
    let mut flags = vec![format!("--remap-path-prefix={}=/tenken", project.root.display())];
    if let Some(home) = home {
        flags.push(format!("--remap-path-prefix={}=/cargo", home.display()));
    }
    flags.join(" ")
}

fn inputs(project: &Project) -> Result<String> {
    let mut stamp = Stamp::default();
    for input in INPUTS {
        stamp.tree(&project.root, input)?;
    }
    for tool in [setup::wasm_pack(project), setup::build_modules(project)?] {
        stamp.word(&project.show(&tool));
    }
    stamp.word(&quiet(Command::new("rustc").arg("-vV").current_dir(&project.root))?);
    Ok(stamp.finish())
}

fn remove(dir: &Path) -> Result<()> {
    if dir.exists() {
        fs::remove_dir_all(dir).with_context(|| format!("cannot remove `{}`", dir.display()))?;
    }
    Ok(())
}
