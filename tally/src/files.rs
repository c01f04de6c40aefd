//! Careful reading: sizes before bytes, nothing that is not a file, nothing by half.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Read as _};
use std::path::Path;

use crate::fault::Fault;

/// Why a file that someone sent cannot even be read.
#[derive(Debug)]
pub(crate) enum Unreadable {
    /// A link, device, pipe, socket or folder.
    NotRegular,
    /// Larger than the cap; holds the size.
    TooLarge(u64),
    /// It was written to while it was read.
    Changing,
    /// The system refused.
    Io(io::Error),
}

/// Reads a file that someone sent: a regular file of at most `max_bytes`, no links.
///
/// # Errors
/// [`Unreadable`].
pub(crate) fn read_sent(path: &Path, max_bytes: u64) -> Result<Vec<u8>, Unreadable> {
    // Looked at before opening: opening a device can do things.
    let seen = fs::symlink_metadata(path).map_err(Unreadable::Io)?;
    if !seen.is_file() {
        return Err(Unreadable::NotRegular);
    }
    if seen.len() > max_bytes {
        return Err(Unreadable::TooLarge(seen.len()));
    }
    read_open(&open_sent(path).map_err(Unreadable::Io)?, max_bytes)
}

/// The first bytes of a file that someone sent, at most so many, as carefully.
///
/// # Errors
/// What the system says.
pub(crate) fn read_head(path: &Path, bytes: usize) -> io::Result<Vec<u8>> {
    let mut head = Vec::with_capacity(bytes);
    open_sent(path)?.take(bytes as u64).read_to_end(&mut head)?;
    Ok(head)
}

/// Opens without following a link and without waiting for the other end of a pipe: what was looked
/// at may have been put aside for something else since.
#[cfg(unix)]
fn open_sent(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt as _;

    use rustix::fs::OFlags;

    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY;
    let flags = i32::try_from(flags.bits()).map_err(io::Error::other)?;
    OpenOptions::new().read(true).custom_flags(flags).open(path)
}

#[cfg(not(unix))]
fn open_sent(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).open(path)
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
        read_open(&File::open(path).map_err(Unreadable::Io)?, max_bytes)
    };
    read().map_err(|unreadable| match unreadable {
        Unreadable::NotRegular => Fault::NotAFile(path.to_owned()),
        Unreadable::Changing => Fault::Changing(path.to_owned()),
        Unreadable::TooLarge(_) => Fault::TooLarge { path: path.to_owned(), max_bytes },
        Unreadable::Io(error) => Fault::Read { path: path.to_owned(), error },
    })
}

/// The size is asked again of what was opened, the reading itself is bounded, and in the end it is
/// asked once more: a file that is still being copied into the folder must not be judged by half.
fn read_open(file: &File, max_bytes: u64) -> Result<Vec<u8>, Unreadable> {
    let before = file.metadata().map_err(Unreadable::Io)?;
    if !before.is_file() {
        return Err(Unreadable::NotRegular);
    }
    if before.len() > max_bytes {
        return Err(Unreadable::TooLarge(before.len()));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(before.len()).unwrap_or_default() + 1);
    file.take(max_bytes + 1).read_to_end(&mut bytes).map_err(Unreadable::Io)?;
    let after = file.metadata().map_err(Unreadable::Io)?;
    let read = u64::try_from(bytes.len()).expect("a length fits 64 bits");
    let modified = |metadata: &Metadata| metadata.modified().ok();
    match () {
        () if read > max_bytes => Err(Unreadable::TooLarge(read.max(after.len()))),
        () if read != after.len() || modified(&before) != modified(&after) => {
            Err(Unreadable::Changing)
        }
        () => Ok(bytes),
    }
}

/// Waits until the entry of `path` in its folder is on disk. A file that was only just made can
/// otherwise be gone after a power cut, whole as it is.
///
/// # Errors
/// What the system says.
pub(crate) fn sync_folder_of(path: &Path) -> io::Result<()> {
    if !cfg!(unix) {
        return Ok(());
    }
    match File::open(folder_of(path))?.sync_all() {
        // Some shared folders cannot.
        Err(error) if matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported) => {
            Ok(())
        }
        synced => synced,
    }
}

/// The folder a file lies in; that of a bare name is the current one.
pub(crate) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}
