//! Writing to stdout and stderr: a reader that has seen enough is no error.

use std::io::{self, Write as _};

use anyhow::Context as _;

/// Writes a result to stdout. A closed pipe (`site-gen check | head`) ends the writing quietly.
pub(crate) fn print(text: &str) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(fault) if fault.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        done => done.context("結果を書き出せません"),
    }
}

/// Writes something beside the result to stderr; where even that fails there is nobody to tell.
pub(crate) fn tell(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}
