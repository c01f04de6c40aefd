//! A folder for one benchmark, in memory where the system has such a place, gone at the end.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The folder; dropping it removes everything below.
pub(crate) struct Scratch(PathBuf);

impl Scratch {
    /// An empty folder of this process and this `name`.
    pub(crate) fn new(name: &str) -> Result<Self> {
        let memory = Path::new("/dev/shm");
        let place = if memory.is_dir() { memory.to_path_buf() } else { std::env::temp_dir() };
        let folder = place.join(format!("tenken-bench-{}-{name}", std::process::id()));
        fs::create_dir_all(&folder)
            .with_context(|| format!("cannot make `{}`", folder.display()))?;
        Ok(Self(folder))
    }

    /// A path below it.
    pub(crate) fn path(&self, below: &str) -> PathBuf {
        self.0.join(below)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // Best effort: what is left only takes room.
        let _ = fs::remove_dir_all(&self.0);
    }
}
