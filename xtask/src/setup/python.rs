//! A Python of the browser tests' own: jwcrypto, the independent verifier of result files.
//!
//! As with Node, a folder in the cache is named after the hash of the file that pins its packages.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::project::Project;
use crate::report::{Fault, step, waiting};
use crate::run::quiet;
use crate::stamp::Stamp;

/// Every package by its hash.
const REQUIREMENTS: &str = "tests/browser/requirements.txt";

/// The Python to run, with the packages it needs.
pub(crate) fn python(project: &Project) -> Result<PathBuf> {
    Ok(environment(project)?.join("bin").join("python3"))
}

/// Makes the environment, unless it is there.
pub(crate) fn install_packages(project: &Project) -> Result<()> {
    step("jwcrypto in a Python of its own", || {
        let home = environment(project)?;
        let complete = home.join("complete");
        if complete.is_file() {
            return Ok("found".into());
        }
        waiting(&format!("installing the Python packages of `{REQUIREMENTS}`"));
        // An environment has its own path in its scripts, so it cannot be made beside and renamed.
        install(project, &home).with_context(|| {
            Fault::new(format!("cannot install the Python packages of `{REQUIREMENTS}`")).hint(
                "Python 3.11 or newer with venv (Debian: `python3-venv`), and pip must reach its index",
            )
        })?;
        fs::write(&complete, "")?;
        Ok("installed".into())
    })
}

fn environment(project: &Project) -> Result<PathBuf> {
    let mut stamp = Stamp::default();
    stamp.tree(&project.root, REQUIREMENTS)?;
    Ok(project.cache.join(format!("python-{}", &stamp.finish()[..16])))
}

fn install(project: &Project, home: &Path) -> Result<()> {
    quiet(Command::new("python3").args(["-m", "venv", "--clear"]).arg(home))?;
    let mut pip = Command::new(home.join("bin").join("python3"));
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
    pip.args(["--require-hashes", "--only-binary", ":all:", "--no-deps", "-r"]);
    quiet(pip.arg(project.root.join(REQUIREMENTS))).map(drop)
}
