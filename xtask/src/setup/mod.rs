//! Finds or installs the tools: one step a tool, found at once when it is there.
//!
//! Nothing is put into the checkout but one link (`tests/browser/node_modules`), and nothing
//! into the system but Debian packages for the browser tests.

use std::process::ExitCode;

use anyhow::Result;

use crate::project::Project;

pub(crate) use self::npm::build_modules;
pub(crate) use self::python::python;
pub(crate) use self::rust::{install_target, wasm_bindgen_dir, wasm_pack};

mod debian;
mod npm;
mod python;
mod rust;

/// `cargo xtask setup`.
pub(crate) fn setup(project: &Project, _args: &[String]) -> Result<ExitCode> {
    for_build(project)?;
    for_tests(project)?;
    Ok(ExitCode::SUCCESS)
}

/// What building the sites needs.
pub(crate) fn for_build(project: &Project) -> Result<()> {
    npm::check_node()?;
    install_target()?;
    rust::install_wasm_pack(project)?;
    rust::install_wasm_bindgen(project)?;
    npm::install_build_modules(project)
}

/// What the browser tests need beside that.
pub(crate) fn for_tests(project: &Project) -> Result<()> {
    debian::install_packages()?;
    npm::install_browser_modules(project)?;
    python::install_packages(project)
}
