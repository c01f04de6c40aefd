//! The exit status: three meanings, the same for every subcommand.

use std::process::ExitCode;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    /// 0: done, all good.
    Good,
    /// 1: done, and faults were found.
    FoundFaults,
    /// 2: could not be done.
    CouldNotRun,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(match status {
            Status::Good => 0,
            Status::FoundFaults => 1,
            Status::CouldNotRun => 2,
        })
    }
}
