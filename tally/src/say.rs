//! The one voice: results to stdout, everything else to stderr, Japanese first.

use std::io::{self, ErrorKind, Write as _};
use std::path::Path;

use crate::fault::Fault;
use crate::staff::Problem;
use crate::text::neutral_name;

/// Prints results. A reader that has gone away (`| head`) is no error.
///
/// # Errors
/// [`Fault::Stdout`] when writing fails for another reason.
pub(crate) fn results(text: &str) -> Result<(), Fault> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Fault::Stdout(error)),
        _ => Ok(()),
    }
}

/// Prints what stopped the work and the remedy.
pub(crate) fn fault(fault: &Fault) {
    line(&format!("エラー: {fault}"));
    if let Some(remedy) = fault.remedy() {
        line(&format!("  対処: {remedy}"));
    }
}

/// Prints something the operator should look at, which did not stop the work.
pub(crate) fn warning(message: &str) {
    line(&format!("注意: {message}"));
}

/// Prints what was done.
pub(crate) fn note(message: &str) {
    line(message);
}

/// A closed stderr must not end the program half-way, as `eprintln!` would.
fn line(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Prints every problem of a staff list with its remedy, and how many there are.
pub(crate) fn problems(path: &Path, problems: &[Problem]) {
    let shown = neutral_name(path.as_os_str());
    for problem in problems {
        line(&format!("エラー: {shown}: {problem}"));
        line(&format!("  対処: {}", problem.remedy()));
    }
    line(&format!("問題 {} 件。何も書いていません", problems.len()));
}
