//! What a person at the terminal reads: one line a step, and errors with their remedy.
//!
//! All of it goes to stderr; stdout is kept for results (addresses, counts).

use std::error::Error;
use std::fmt;
use std::io::{IsTerminal, stderr};
use std::time::{Duration, Instant};

use anyhow::Result;

/// Does `work` as one step and prints its line: what, how it went, how long it took.
///
/// `work` returns what was done in a word or two (`found`, `installed`, `unchanged`).
pub(crate) fn step(what: &str, work: impl FnOnce() -> Result<String>) -> Result<()> {
    start(what);
    let began = Instant::now();
    match work() {
        Ok(done) => {
            line("ok", &format!("{what} ({done})"), began.elapsed());
            Ok(())
        }
        Err(error) => {
            line("FAILED", what, began.elapsed());
            Err(error)
        }
    }
}

/// Says that something slow begins inside a step.
pub(crate) fn waiting(what: &str) {
    clear();
    eprintln!("  ..  {what}");
}

/// Prints the line of a step that is over.
pub(crate) fn line(outcome: &str, what: &str, took: Duration) {
    clear();
    eprintln!("  {outcome}  {what}  {:.1} s", took.as_secs_f64());
}

/// On a terminal, shows what runs now; the line gives way to the next one.
pub(crate) fn start(what: &str) {
    if stderr().is_terminal() {
        eprint!("  ..  {what}");
    }
}

fn clear() {
    if stderr().is_terminal() {
        eprint!("\r\x1b[2K");
    }
}

/// Prints an error, what led to it, and what to do about it.
pub(crate) fn error(error: &anyhow::Error) {
    eprintln!("error: {error}");
    for cause in error.chain().skip(1) {
        eprintln!("  because: {cause}");
    }
    for fault in error.chain().filter_map(<dyn Error>::downcast_ref::<Fault>) {
        if let Some(hint) = &fault.hint {
            eprintln!("  hint: {hint}");
        }
    }
}

/// Something that stops the work, with the remedy beside it.
#[derive(Debug)]
pub(crate) struct Fault {
    message: String,
    hint: Option<String>,
}

impl Fault {
    pub(crate) fn new(message: impl Into<String>) -> Fault {
        Fault { message: message.into(), hint: None }
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Fault {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for Fault {}
