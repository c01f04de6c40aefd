//! The ledger (`ledger.jsonl`): what was first seen when. Append-only and hash-chained.
//!
//! 1. `line`: one line, always with exactly the members of `selfcheck/FORMAT.md` §6.
//! 2. `chain`: reading line by line, each held against the one before.
//! 3. `writer`: the one writer, under a lock.
//!
//! What is not about a file (`open:r8`, `paper`, `closed`) is told by `outcome` alone; members
//! that do not apply are `null`. The first line names the campaign; `closed` is written by the
//! first `collect` after the last day, and late files may follow it. A run that is killed leaves
//! whole lines and perhaps a last one without line end, which the next `collect` removes and
//! records again.

mod chain;
mod line;
mod writer;

use std::fs::File;
use std::path::Path;

use selfcheck::digest::Sha256;
use selfcheck::id::CampaignId;

use crate::fault::Fault;

use chain::{Broken, Chain};
pub(crate) use line::{Line, Outcome, Seen};
pub(crate) use writer::{Entry, Writer};

/// A ledger whose chain holds. Its lines are not kept: there is one a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ledger {
    pub(crate) campaign: CampaignId,
    /// How many lines it has.
    pub(crate) lines: u64,
    /// SHA-256 of the last line: whoever notes it can later tell that nothing before has changed.
    pub(crate) head: Sha256,
    is_closed: bool,
}

impl Ledger {
    /// Reads a ledger and checks its chain; `on_line` gets line by line.
    ///
    /// # Errors
    /// [`Fault::Ledger`] with the first line at fault.
    pub(crate) fn read(path: &Path, on_line: impl FnMut(Line)) -> Result<Self, Fault> {
        let read = |error| Fault::Read { path: path.to_owned(), error };
        let file = File::open(path).map_err(read)?;
        if !file.metadata().map_err(read)?.is_file() {
            return Err(Fault::NotAFile(path.to_owned()));
        }
        let chain = Chain::read(file, on_line).map_err(|broken| broken.fault(path))?;
        let Chain { campaign: Some(campaign), next_seq: lines, head, is_closed, .. } = chain else {
            return Err(Broken::Line(1, "何も書かれていません".to_owned()).fault(path));
        };
        Ok(Self { campaign, lines, head, is_closed })
    }

    /// Whether the campaign's last day was over at the last `collect`.
    pub(crate) fn is_closed(&self) -> bool {
        self.is_closed
    }
}

impl Broken {
    fn fault(self, path: &Path) -> Fault {
        let path = path.to_owned();
        match self {
            Self::Io(error) => Fault::Read { path, error },
            Self::Line(line, problem) => Fault::Ledger { path, line, problem },
        }
    }
}
