//! What is wrong with the command line, said as everything else is said.

use clap::Error;
use usage::{Stop, Words};

use crate::say;
use crate::status_code::Status;
use crate::text::neutral;

/// Prints what `clap` stopped at: help and version are results, everything else a fault.
pub(crate) fn report(error: &Error) -> Status {
    match usage::stop(error, Words { neutral, form }) {
        Stop::Shown => Status::Good,
        Stop::NothingAsked => Status::CouldNotRun,
        Stop::Fault { sentence, suggestion } => {
            say::usage(&sentence, suggestion.as_deref());
            Status::CouldNotRun
        }
    }
}

/// What a value should look like, by the name it has in the help.
fn form(name: &str) -> Option<&'static str> {
    match name {
        "YYYY-MM-DD" => Some("2026-11-16 の形で、実在する日を書きます"),
        "ID" => Some("英小文字と数字で書きます。例 ageo、r8"),
        "CODE" => Some("英数字と - で 16 文字までです"),
        "KID" => Some("名簿の `kid` を写します"),
        _ => None,
    }
}
