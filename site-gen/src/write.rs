//! Stage 4: put a site on disk in one swap.
//!
//! A new folder is filled beside the old one and the two change places, so readers see the old
//! site or the new one and a stop half-way changes nothing. Files that stay the same are
//! hard-linked from the present output instead of being written again.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use rayon::prelude::*;

use crate::render::SiteFiles;

/// What a publication changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Published {
    /// All files of the site.
    pub files: usize,
    /// Those whose bytes differ from before.
    pub changed: usize,
}

/// Publishes `files` as the folder `site` of `out`.
///
/// # Errors
/// When the disk refuses; the present output is untouched then.
pub fn publish(out: &Path, site: &str, files: &SiteFiles) -> anyhow::Result<Published> {
    fs::create_dir_all(out).with_context(|| format!("`{}` を作れません", out.display()))?;
    let current = out.join(site);
    let fresh = tempfile::Builder::new()
        .prefix(&format!(".{site}-"))
        .tempdir_in(out)
        .with_context(|| format!("`{}` に書けません", out.display()))?;
    let folder = fresh.path().join(site);
    make_folders(&folder, files)?;
    let changed: usize = files
        .par_iter()
        .map(|(path, bytes)| place_file(&current, &folder, path, bytes).map(usize::from))
        .sum::<anyhow::Result<usize>>()?;
    set_readable(&folder)?;
    swap(&current, &folder)?;
    Ok(Published { files: files.len(), changed })
}

fn make_folders(folder: &Path, files: &SiteFiles) -> anyhow::Result<()> {
    let parents: BTreeSet<PathBuf> =
        files.keys().filter_map(|path| folder.join(path).parent().map(Path::to_owned)).collect();
    for parent in parents {
        fs::create_dir_all(&parent)
            .with_context(|| format!("`{}` を作れません", parent.display()))?;
    }
    fs::create_dir_all(folder).with_context(|| format!("`{}` を作れません", folder.display()))
}

/// Links or writes one file; returns whether it changed.
fn place_file(current: &Path, folder: &Path, path: &str, bytes: &[u8]) -> anyhow::Result<bool> {
    let (old, new) = (current.join(path), folder.join(path));
    let same = fs::read(&old).is_ok_and(|present| present == bytes);
    if same && fs::hard_link(&old, &new).is_ok() {
        return Ok(false);
    }
    fs::write(&new, bytes).with_context(|| format!("`{}` を書けません", new.display()))?;
    Ok(!same)
}

/// Temporary folders are private; a web server has to read this one.
#[cfg(unix)]
fn set_readable(folder: &Path) -> anyhow::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755))
        .with_context(|| format!("`{}` の権限を変えられません", folder.display()))
}

#[cfg(not(unix))]
fn set_readable(_: &Path) -> anyhow::Result<()> {
    Ok(())
}

/// Exchanges the two folders; the old site ends in the temporary one and goes with it.
fn swap(current: &Path, fresh: &Path) -> anyhow::Result<()> {
    if !current.exists() {
        return fs::rename(fresh, current)
            .with_context(|| format!("`{}` を公開できません", current.display()));
    }
    if exchange(current, fresh) {
        return Ok(());
    }
    // Without an atomic exchange there is a moment without a site; better than a mixed one.
    let old = fresh.with_extension("old");
    fs::rename(current, &old)
        .and_then(|()| fs::rename(fresh, current))
        .or_else(|fault| fs::rename(&old, current).and(Err(fault)))
        .with_context(|| format!("`{}` を公開できません", current.display()))
}

#[cfg(target_os = "linux")]
fn exchange(a: &Path, b: &Path) -> bool {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE).is_ok()
}

#[cfg(not(target_os = "linux"))]
fn exchange(_: &Path, _: &Path) -> bool {
    false
}

/// Replaces one file so that it is the old or the new one at every moment.
///
/// # Errors
/// When the disk refuses.
pub fn replace_file(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let folder = path.parent().context("a file lies in a folder")?;
    let refused = || format!("`{}` を書けません", path.display());
    let mut file = tempfile::NamedTempFile::new_in(folder).with_context(refused)?;
    file.write_all(bytes).with_context(refused)?;
    file.persist(path).with_context(refused)?;
    set_file_readable(path)
}

#[cfg(unix)]
fn set_file_readable(path: &Path) -> anyhow::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(0o644))
        .with_context(|| format!("`{}` の権限を変えられません", path.display()))
}

#[cfg(not(unix))]
fn set_file_readable(_: &Path) -> anyhow::Result<()> {
    Ok(())
}
