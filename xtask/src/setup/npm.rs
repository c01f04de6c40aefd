//! Node's packages, from lock files, into the cache.
//!
//! A folder in the cache is named after the hash of its lock file, so a new lock file makes a
//! new folder and an unchanged one costs nothing. Install scripts never run.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::project::Project;
use crate::report::{Fault, step, waiting};
use crate::run::quiet;
use crate::stamp::Stamp;

/// binaryen (newer than Debian's by years) and terser, for `xtask/npm/finish.mjs`.
const BUILD: &str = "xtask/npm";
const BROWSER: &str = "tests/browser";
const OLDEST_NODE: u32 = 20;

/// Makes sure that a Node of the right age and npm are there.
pub(crate) fn check_node() -> Result<()> {
    step(&format!("node {OLDEST_NODE} or newer, npm"), || {
        let hint = format!("install Node.js {OLDEST_NODE} or newer with npm");
        let told = quiet(Command::new("node").arg("--version"))
            .and_then(|version| Ok((version, quiet(Command::new("npm").arg("--version"))?)))
            .with_context(|| Fault::new("Node.js is not usable").hint(&hint));
        let (node, npm) = told?;
        let major = node.trim().trim_start_matches('v').split('.').next();
        if major.and_then(|major| major.parse().ok()).unwrap_or(0) < OLDEST_NODE {
            return Err(Fault::new(format!("Node.js is too old: {}", node.trim()))
                .hint(hint)
                .into());
        }
        Ok(format!("found {}, {}", node.trim(), npm.trim()))
    })
}

/// Installs what building needs.
pub(crate) fn install_build_modules(project: &Project) -> Result<()> {
    step("wasm-opt", || install(project, BUILD).map(|(done, _)| done.into()))
}

/// Installs what the browser tests need and links it where Node looks for it.
pub(crate) fn install_browser_modules(project: &Project) -> Result<()> {
    step("npm packages of the browser tests", || {
        let (done, modules) = install(project, BROWSER)?;
        link(&modules, &project.root.join(BROWSER).join("node_modules"))?;
        Ok(done.into())
    })
}

/// The folder of the modules for building.
pub(crate) fn build_modules(project: &Project) -> Result<PathBuf> {
    modules(project, BUILD)
}

fn modules(project: &Project, source: &str) -> Result<PathBuf> {
    let mut stamp = Stamp::default();
    stamp.tree(&project.root, &format!("{source}/package-lock.json"))?;
    let name = format!("npm-{}", &stamp.finish()[..16]);
    Ok(project.cache.join(name).join("node_modules"))
}

fn install(project: &Project, source: &str) -> Result<(&'static str, PathBuf)> {
    let modules = modules(project, source)?;
    if modules.is_dir() {
        return Ok(("found", modules));
    }
    waiting(&format!("installing the npm packages of `{source}/package-lock.json`"));
    let home = modules.parent().unwrap_or(&modules);
    // Built beside and renamed: a folder that carries the right name is complete.
    let fresh = home.with_extension(format!("new-{}", std::process::id()));
    fs::create_dir_all(&fresh)?;
    for file in ["package.json", "package-lock.json", ".npmrc"] {
        let from = project.root.join(source).join(file);
        fs::copy(&from, fresh.join(file))
            .with_context(|| format!("cannot read `{source}/{file}`"))?;
    }
    let mut npm = Command::new("npm");
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(&fresh);
    quiet(&mut npm).with_context(|| {
        Fault::new(format!("cannot install the npm packages of `{source}`"))
            .hint("check that npm reaches its registry (`npm ping`)")
    })?;
    if let Err(error) = fs::rename(&fresh, home) {
        // Another run was first; its folder is as good.
        let _ = fs::remove_dir_all(&fresh);
        if !modules.is_dir() {
            return Err(error).with_context(|| format!("cannot make `{}`", home.display()));
        }
    }
    Ok(("installed", modules))
}

fn link(modules: &Path, link: &Path) -> Result<()> {
    if fs::read_link(link).is_ok_and(|to| to == modules) {
        return Ok(());
    }
    if link.is_symlink() {
        fs::remove_file(link)?;
    } else if link.exists() {
        return Err(Fault::new(format!("`{}` is a folder, not our link", link.display()))
            .hint("remove it; the packages are kept outside the checkout")
            .into());
    }
    symlink(modules, link).with_context(|| format!("cannot make the link `{}`", link.display()))
}
