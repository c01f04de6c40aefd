//! Logs of what was done with personal data: a line of JSON each, written before it is done.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::Path;

use serde::Serialize;

use crate::fault::Fault;

/// Appends one line and waits until it is on disk.
///
/// # Errors
/// [`Fault::Write`]; the caller then leaves undone what it could not log.
pub(crate) fn append(path: &Path, entry: &impl Serialize) -> Result<(), Fault> {
    let mut line = serde_json::to_vec(entry).expect("a log entry is plain data");
    line.push(b'\n');
    let write = || {
        let mut file = OpenOptions::new().create(true).append(true).open(path)?;
        file.lock()?;
        file.write_all(&line)?;
        file.sync_all()
    };
    write().map_err(|error| Fault::Write { path: path.to_owned(), error })
}
