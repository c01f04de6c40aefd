//! Careful reading and writing: sizes before bytes, whole files or none.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::Path;

use tempfile::NamedTempFile;

use crate::fault::Fault;

/// Why a file that someone sent cannot even be read.
#[derive(Debug)]
pub(crate) enum Unreadable {
    /// A link, device, pipe, socket or folder.
    NotRegular,
    /// Larger than the cap; holds the size.
    TooLarge(u64),
    /// The system refused.
    Io(io::Error),
}

/// Reads a file that someone sent: a regular file of at most `max_bytes`, no links.
///
/// # Errors
/// [`Unreadable`].
pub(crate) fn read_sent(path: &Path, max_bytes: u64) -> Result<Vec<u8>, Unreadable> {
    // Looked at before opening: opening a pipe would wait for ever.
    let seen = fs::symlink_metadata(path).map_err(Unreadable::Io)?;
    if !seen.is_file() {
        return Err(Unreadable::NotRegular);
    }
    if seen.len() > max_bytes {
        return Err(Unreadable::TooLarge(seen.len()));
    }
    read_open(File::open(path).map_err(Unreadable::Io)?, max_bytes)
}

/// Reads a file that the operator named: links are followed, the size is still bounded.
///
/// # Errors
/// [`Fault::Read`], [`Fault::NotAFile`] or [`Fault::TooLarge`].
pub(crate) fn read_own(path: &Path, max_bytes: u64) -> Result<Vec<u8>, Fault> {
    let read = || {
        if !fs::metadata(path).map_err(Unreadable::Io)?.is_file() {
            return Err(Unreadable::NotRegular);
        }
        read_open(File::open(path).map_err(Unreadable::Io)?, max_bytes)
    };
    read().map_err(|unreadable| match unreadable {
        Unreadable::NotRegular => Fault::NotAFile(path.to_owned()),
        Unreadable::TooLarge(_) => Fault::TooLarge { path: path.to_owned(), max_bytes },
        Unreadable::Io(error) => Fault::Read { path: path.to_owned(), error },
    })
}

/// The size is asked again of what was opened, and the reading itself is bounded: the file may
/// have been changed in between.
fn read_open(file: File, max_bytes: u64) -> Result<Vec<u8>, Unreadable> {
    let opened = file.metadata().map_err(Unreadable::Io)?;
    if !opened.is_file() {
        return Err(Unreadable::NotRegular);
    }
    let mut bytes = Vec::new();
    file.take(max_bytes + 1).read_to_end(&mut bytes).map_err(Unreadable::Io)?;
    let read = u64::try_from(bytes.len()).expect("a length fits 64 bits");
    if read > max_bytes { Err(Unreadable::TooLarge(read.max(opened.len()))) } else { Ok(bytes) }
}

/// A file written whole beside its target, waiting to be put in place. Dropped, it is gone.
pub(crate) struct Staged<'a> {
    target: &'a Path,
    file: NamedTempFile,
}

impl<'a> Staged<'a> {
    /// Writes `bytes` to a temporary file in the folder of `target` and syncs it.
    ///
    /// # Errors
    /// [`Fault::Write`].
    pub(crate) fn write(target: &'a Path, bytes: &[u8]) -> Result<Self, Fault> {
        let write = || {
            let folder = match target.parent() {
                Some(parent) if !parent.as_os_str().is_empty() => parent,
                _ => Path::new("."),
            };
            let mut file = NamedTempFile::new_in(folder)?;
            file.write_all(bytes)?;
            file.as_file().sync_all()?;
            Ok(file)
        };
        let file = write().map_err(|error| Fault::Write { path: target.to_owned(), error })?;
        Ok(Self { target, file })
    }

    /// Puts the file in place of whatever stands there.
    ///
    /// # Errors
    /// [`Fault::Write`].
    pub(crate) fn replace(self) -> Result<(), Fault> {
        let Self { target, file } = self;
        file.persist(target)
            .map(drop)
            .map_err(|error| Fault::Write { path: target.to_owned(), error: error.error })
    }

    /// Puts the file in place, unless something stands there.
    ///
    /// # Errors
    /// [`Fault::Write`].
    pub(crate) fn create(self) -> Result<(), Fault> {
        let Self { target, file } = self;
        file.persist_noclobber(target)
            .map(drop)
            .map_err(|error| Fault::Write { path: target.to_owned(), error: error.error })
    }
}
