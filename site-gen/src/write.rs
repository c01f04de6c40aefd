//! Stage 4: put a site on disk in one swap.
//!
//! A new folder is filled beside the old one and the two change places, so readers see the old
//! site or the new one and a stop half-way changes nothing. Files that stay the same are
//! hard-linked from the present output instead of being written again. One [`Lock`] a folder keeps
//! two runs apart; what a run left behind that was stopped from outside goes when the next one
//! takes the lock.

use std::cell::RefCell;
use std::fs::{self, File, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::Context as _;
use rayon::prelude::*;
use tempfile::TempDir;

/// What a publication changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Published {
    /// All files of the site.
    pub files: usize,
    /// Those whose bytes differ from before.
    pub changed: usize,
}

/// The right to publish below one folder; ends with the process, however that ends.
#[derive(Debug)]
pub struct Lock {
    out: PathBuf,
    /// The folder itself is what is locked, so that no file is left lying in it.
    _folder: Option<File>,
}

/// Ends the name of a folder that is being filled.
const BUILDING: &str = ".building";

impl Lock {
    /// Takes the lock of `out`, which is made if it is missing. When another run holds it,
    /// `waiting` is called once before waiting for its end.
    ///
    /// # Errors
    /// When the folder cannot be made or read.
    pub fn take(out: &Path, waiting: impl FnOnce()) -> anyhow::Result<Self> {
        fs::create_dir_all(out).with_context(|| format!("`{}` を作れません", out.display()))?;
        let lock = Self { out: out.to_owned(), _folder: lock_folder(out, waiting)? };
        lock.remove_leftovers()?;
        Ok(lock)
    }

    fn remove_leftovers(&self) -> anyhow::Result<()> {
        let refused = || format!("`{}` を読めません", self.out.display());
        for entry in fs::read_dir(&self.out).with_context(refused)? {
            let path = entry.with_context(refused)?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if name.starts_with('.') && name.ends_with(BUILDING) {
                fs::remove_dir_all(&path).with_context(|| {
                    format!("前に止まった作業の跡 `{}` を消せません", path.display())
                })?;
            }
        }
        Ok(())
    }
}

#[cfg(unix)]
fn lock_folder(out: &Path, waiting: impl FnOnce()) -> anyhow::Result<Option<File>> {
    let refused = || format!("`{}` を使えません", out.display());
    let folder = File::open(out).with_context(refused)?;
    match folder.try_lock() {
        Ok(()) => Ok(Some(folder)),
        Err(TryLockError::WouldBlock) => {
            waiting();
            folder.lock().with_context(refused)?;
            Ok(Some(folder))
        }
        // Some network drives have no locks; the swap is still whole there.
        Err(TryLockError::Error(_)) => Ok(None),
    }
}

#[cfg(not(unix))]
fn lock_folder(_: &Path, _: impl FnOnce()) -> anyhow::Result<Option<File>> {
    Ok(None)
}

/// A site being put on disk; nothing of it is seen before [`Publication::commit`].
#[derive(Debug)]
pub struct Publication {
    fresh: TempDir,
    /// The new site, inside `fresh`.
    folder: PathBuf,
    /// The present one, if there is one.
    current: PathBuf,
    is_first: bool,
    files: AtomicUsize,
    changed: AtomicUsize,
}

impl Publication {
    /// Begins an empty folder for the site `site`.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn begin(lock: &Lock, site: &str) -> anyhow::Result<Self> {
        let fresh = tempfile::Builder::new()
            .prefix(&format!(".{site}-"))
            .suffix(BUILDING)
            .tempdir_in(&lock.out)
            .with_context(|| format!("`{}` に書けません", lock.out.display()))?;
        let folder = fresh.path().join(site);
        fs::create_dir(&folder).with_context(|| format!("`{}` を作れません", folder.display()))?;
        let current = lock.out.join(site);
        Ok(Self {
            fresh,
            folder,
            is_first: !current.exists(),
            current,
            files: AtomicUsize::new(0),
            changed: AtomicUsize::new(0),
        })
    }

    /// Links or writes one file.
    ///
    /// # Errors
    /// When the disk refuses; the present output is untouched then.
    pub fn place(&self, path: &str, bytes: &[u8]) -> anyhow::Result<()> {
        let new = self.folder.join(path);
        let old = (!self.is_first).then(|| self.current.join(path));
        let same = old.filter(|old| holds(old, bytes));
        self.files.fetch_add(1, Ordering::Relaxed);
        if same.is_none() {
            self.changed.fetch_add(1, Ordering::Relaxed);
        }
        if same.is_some_and(|old| in_folder(&new, || fs::hard_link(&old, &new)).is_ok()) {
            return Ok(());
        }
        in_folder(&new, || fs::write(&new, bytes)).with_context(|| {
            format!("`{path}` を書けません。前のサイトはそのままです（{}）", self.current.display())
        })
    }

    /// Puts the new site in the place of the old one.
    ///
    /// # Errors
    /// When the disk refuses; the present output is untouched then.
    pub fn commit(self) -> anyhow::Result<Published> {
        set_readable(&self.folder)?;
        swap(&self.current, &self.folder)?;
        // The old site lies in the temporary folder now.
        if let Ok(entries) = fs::read_dir(&self.folder) {
            let entries: Vec<_> = entries.flatten().collect();
            // What cannot be removed here is tried again with the whole folder.
            entries.into_par_iter().for_each(|entry| {
                let _ = fs::remove_dir_all(entry.path());
            });
        }
        self.fresh.close().context("前のサイトを片付けられません")?;
        Ok(Published { files: self.files.into_inner(), changed: self.changed.into_inner() })
    }
}

/// Does `work` on the file at `path`, and again with its folder made if that was missing.
fn in_folder(path: &Path, work: impl Fn() -> io::Result<()>) -> io::Result<()> {
    match (work(), path.parent()) {
        (Err(fault), Some(folder)) if fault.kind() == io::ErrorKind::NotFound => {
            fs::create_dir_all(folder)?;
            work()
        }
        (done, _) => done,
    }
}

/// Room kept from one file to the next; few pages are larger.
const MAX_ROOM: usize = 64 * 1024;

/// Whether the file at `path` holds exactly these bytes.
fn holds(path: &Path, bytes: &[u8]) -> bool {
    thread_local! {
        /// Room for the present file; there are thousands.
        static PRESENT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    }
    let compare = |present: &mut Vec<u8>| -> io::Result<bool> {
        let file = File::open(path)?;
        if file.metadata()?.len() != bytes.len() as u64 {
            return Ok(false);
        }
        present.clear();
        // One byte more would show that it has grown since.
        file.take(bytes.len() as u64 + 1).read_to_end(present)?;
        Ok(present == bytes)
    };
    PRESENT.with_borrow_mut(|present| {
        let same = compare(present).unwrap_or(false);
        present.clear();
        present.shrink_to(MAX_ROOM);
        same
    })
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
