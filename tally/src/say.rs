//! The one voice: results to stdout, everything else to stderr, Japanese first.

use std::io::{self, BufWriter, ErrorKind, StdoutLock, Write as _};
use std::path::Path;

use crate::fault::Fault;
use crate::staff::Problem;
use crate::text::neutral_name;

/// Prints results. A reader that has gone away (`| head`) is no error.
///
/// # Errors
/// [`Fault::Stdout`] when writing fails for another reason.
pub(crate) fn results(text: &str) -> Result<(), Fault> {
    let mut results = Results::new();
    results.print(text)?;
    results.end()
}

/// Standard output, for results that come bit by bit.
pub(crate) struct Results {
    stdout: BufWriter<StdoutLock<'static>>,
    /// The reader has gone away; the work goes on without one.
    is_unread: bool,
}

impl Results {
    /// Nobody else may write meanwhile.
    pub(crate) fn new() -> Self {
        Self { stdout: BufWriter::new(io::stdout().lock()), is_unread: false }
    }

    /// Prints more.
    ///
    /// # Errors
    /// [`Fault::Stdout`], as above.
    pub(crate) fn print(&mut self, text: &str) -> Result<(), Fault> {
        if self.is_unread {
            return Ok(());
        }
        let written = self.stdout.write_all(text.as_bytes());
        self.judge(written)
    }

    /// Waits until everything has been handed on.
    ///
    /// # Errors
    /// [`Fault::Stdout`], as above.
    pub(crate) fn end(mut self) -> Result<(), Fault> {
        let flushed = if self.is_unread { Ok(()) } else { self.stdout.flush() };
        self.judge(flushed)
    }

    fn judge(&mut self, written: io::Result<()>) -> Result<(), Fault> {
        match written {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => self.is_unread = true,
            Err(error) => return Err(Fault::Stdout(error)),
            Ok(()) => {}
        }
        Ok(())
    }
}

/// Prints what stopped the work and the remedy.
pub(crate) fn fault(fault: &Fault) {
    line(&format!("エラー: {fault}"));
    if let Some(remedy) = fault.remedy() {
        line(&format!("  対処: {remedy}"));
    }
}

/// Prints what is wrong with the command line.
pub(crate) fn usage(sentence: &str, suggestion: Option<&str>) {
    line(&format!("エラー: {sentence}"));
    match suggestion {
        Some(suggestion) => line(&format!("  対処: `{suggestion}` ではありませんか")),
        None => line("  対処: `tally コマンド --help` に書き方と例があります"),
    }
}

/// Prints a question; the answer is typed behind it.
pub(crate) fn prompt(question: &str) {
    let _ = write!(io::stderr().lock(), "{question}");
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
