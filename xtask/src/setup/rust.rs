//! The Wasm target, wasm-pack, and the wasm-bindgen that fits the lock file.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::project::Project;
use crate::report::{Fault, step, waiting};
use crate::run::quiet;

const TARGET: &str = "wasm32-unknown-unknown";
const WASM_PACK: &str = "0.15.1";

/// Adds the Wasm target to the pinned toolchain.
pub(crate) fn install_target() -> Result<()> {
    step(&format!("target {TARGET}"), || {
        let mut rustc = Command::new("rustc");
        let dir = quiet(rustc.args(["--print", "target-libdir", "--target", TARGET]))?;
        if Path::new(dir.trim()).is_dir() {
            return Ok("found".into());
        }
        waiting("adding the target to the toolchain");
        quiet(Command::new("rustup").args(["target", "add", TARGET])).with_context(|| {
            Fault::new(format!("cannot add the target {TARGET}"))
                .hint(format!("run `rustup target add {TARGET}`, or install Rust by rustup"))
        })?;
        Ok("installed".into())
    })
}

/// Installs wasm-pack into the cache.
pub(crate) fn install_wasm_pack(project: &Project) -> Result<()> {
    step(&format!("wasm-pack {WASM_PACK}"), || {
        cargo_install(project, "wasm-pack", WASM_PACK, "wasm-pack")
    })
}

/// Installs the wasm-bindgen program of the library's very version: they share a format that
/// changes between releases.
pub(crate) fn install_wasm_bindgen(project: &Project) -> Result<()> {
    let version = wasm_bindgen_version(project)?;
    step(&format!("wasm-bindgen {version}"), || {
        cargo_install(project, "wasm-bindgen-cli", &version, "wasm-bindgen")
    })
}

/// The wasm-pack to run.
pub(crate) fn wasm_pack(project: &Project) -> PathBuf {
    tool_dir(project, "wasm-pack", WASM_PACK).join("wasm-pack")
}

/// The folder of the wasm-bindgen to run.
pub(crate) fn wasm_bindgen_dir(project: &Project) -> Result<PathBuf> {
    Ok(tool_dir(project, "wasm-bindgen-cli", &wasm_bindgen_version(project)?))
}

fn tool_dir(project: &Project, package: &str, version: &str) -> PathBuf {
    project.cache.join(format!("{package}-{version}")).join("bin")
}

fn cargo_install(project: &Project, package: &str, version: &str, program: &str) -> Result<String> {
    let bin = tool_dir(project, package, version);
    if bin.join(program).is_file() {
        return Ok("found".into());
    }
    waiting(&format!("building {package} {version}: a few minutes, only this once"));
    let build = project.cache.join(format!("build-{package}"));
    let mut install = Command::new("cargo");
    // Not `--locked`: the lock files of old releases name versions that have been withdrawn.
    install.args(["install", "--quiet", package, "--version", version, "--root"]);
    install.arg(bin.parent().unwrap_or(&bin));
    install.current_dir(&project.cache).env("CARGO_TARGET_DIR", &build);
    quiet(&mut install).with_context(|| {
        Fault::new(format!("cannot install {package} {version}"))
            .hint("check that cargo reaches its registry and that a C compiler (gcc) is installed")
    })?;
    // Best effort: what is left only takes room.
    let _ = fs::remove_dir_all(&build);
    Ok("installed".into())
}

fn wasm_bindgen_version(project: &Project) -> Result<String> {
    let path = project.root.join("Cargo.lock");
    let lock = fs::read_to_string(&path).context("cannot read `Cargo.lock`")?;
    let version = locked_version(&lock, "wasm-bindgen").ok_or_else(|| {
        Fault::new("`Cargo.lock` does not name wasm-bindgen")
            .hint("run `git checkout Cargo.lock`, or add wasm-bindgen to `widget/Cargo.toml`")
    })?;
    Ok(version.to_owned())
}

/// The version of `package` in a lock file, which writes it on the line after the name.
fn locked_version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| **line != name);
    lines.nth(1)?.strip_prefix("version = \"")?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_version_from_the_lock_file() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"1.0.0\"\n\n\
            [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(locked_version(lock, "wasm"), None);
    }
}
