//! Where things are: the checkout, its target folder, and the cache outside of it.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::report::Fault;

/// The folders of this run, all absolute.
pub(crate) struct Project {
    /// The checkout.
    pub(crate) root: PathBuf,
    /// Cargo's target folder: everything built here lies below it, `dist/` apart.
    pub(crate) target: PathBuf,
    /// Tools that outlive the checkout.
    pub(crate) cache: PathBuf,
}

impl Project {
    pub(crate) fn find() -> Result<Project> {
        let root = find_root()?;
        let target = match env::var_os("CARGO_TARGET_DIR") {
            Some(dir) => root.join(dir),
            None => root.join("target"),
        };
        let cache = find_cache()?;
        fs::create_dir_all(&cache)
            .with_context(|| format!("cannot make the cache folder `{}`", cache.display()))?;
        Ok(Project { root, target, cache })
    }

    /// A program of ours, built in release form.
    pub(crate) fn release_binary(&self, name: &str) -> PathBuf {
        self.target.join("release").join(name)
    }

    /// `path` as a reader of the terminal wants it: relative to the checkout where it lies inside.
    pub(crate) fn show(&self, path: &Path) -> String {
        path.strip_prefix(&self.root).unwrap_or(path).display().to_string()
    }
}

/// Cargo says at run time which checkout it was started in; the path of compile time would be
/// wrong for two clones that share one target folder.
fn find_root() -> Result<PathBuf> {
    if let Some(manifest) = env::var_os("CARGO_MANIFEST_DIR") {
        let xtask = PathBuf::from(manifest);
        if let Some(root) = xtask.parent() {
            return Ok(root.to_path_buf());
        }
    }
    let here = env::current_dir().context("cannot read the current folder")?;
    let root = here.ancestors().find(|dir| dir.join("Cargo.lock").is_file());
    root.map(Path::to_path_buf).ok_or_else(|| {
        Fault::new("no checkout found here").hint("run `cargo xtask` inside the repository").into()
    })
}

fn find_cache() -> Result<PathBuf> {
    let absolute = |name| env::var_os(name).map(PathBuf::from).filter(|dir| dir.is_absolute());
    if let Some(dir) = absolute("TENKEN_CACHE") {
        return Ok(dir);
    }
    if let Some(dir) = absolute("XDG_CACHE_HOME") {
        return Ok(dir.join("tenken"));
    }
    let home = absolute("HOME").ok_or_else(|| {
        Fault::new("no folder for tools: `HOME` is not set")
            .hint("set `TENKEN_CACHE` to an absolute path")
    })?;
    Ok(home.join(".cache").join("tenken"))
}
