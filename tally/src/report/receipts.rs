//! What the ledger says of accepted results, small: there is one a file.

use std::collections::BTreeMap;

use selfcheck::b64::B64;
use selfcheck::digest::Sha256;

use crate::ledger::{Line, Outcome};

/// `jti` and hash of the payload.
pub(crate) type Identity = (B64<16>, Sha256);

/// The ledger's line on one accepted result.
pub(super) struct Receipt {
    pub(super) identity: Identity,
    /// The claimed end in seconds since the Unix epoch, once the file has been found.
    pub(super) finished: i64,
    /// The run of `collect` that saw it first.
    pub(super) run: Run,
    /// Index of the person in the roster, once the file has been found.
    pub(super) person: Option<Person>,
}

/// Index of a moment at which `collect` ran.
pub(super) type Run = u32;

/// Index of a person in the roster; not zero, so that none takes no room.
#[derive(Clone, Copy)]
pub(super) struct Person(std::num::NonZeroU32);

impl Person {
    pub(super) fn new(index: usize) -> Self {
        let next = u32::try_from(index + 1).ok().and_then(std::num::NonZeroU32::new);
        Self(next.expect("a roster has fewer people"))
    }

    pub(super) fn index(self) -> usize {
        self.0.get() as usize - 1
    }
}

/// Receipts in the order of the ledger, to be found by identity.
#[derive(Default)]
pub(crate) struct Receipts {
    all: Vec<Receipt>,
    /// The moments at which `collect` ran, in seconds since the Unix epoch; ascending.
    runs: Vec<i64>,
    /// The run that first saw a file which it rejected, by the file's hash.
    rejected: BTreeMap<Sha256, Run>,
    /// Indexes, sorted by identity, then by themselves.
    by_identity: Vec<u32>,
}

impl Receipts {
    /// Takes a line if it is one of a file; lines come in the order of the ledger.
    pub(crate) fn add(&mut self, line: &Line) {
        let seen = line.seen.unix_seconds();
        if self.runs.last() != Some(&seen) {
            self.runs.push(seen);
        }
        let run = u32::try_from(self.runs.len() - 1).expect("a ledger has fewer lines");
        match (&line.outcome, line.jti, line.payload_sha256) {
            (Outcome::Accepted, Some(jti), Some(payload_sha256)) => {
                let identity = (jti, payload_sha256);
                self.all.push(Receipt { identity, finished: 0, run, person: None });
            }
            (Outcome::Rejected(_), _, Some(file_sha256)) => {
                self.rejected.entry(file_sha256).or_insert(run);
            }
            _ => {}
        }
    }

    /// The runs that first saw files which they rejected, by the hashes of the files. Such a file may
    /// have been accepted since, and was first seen then.
    pub(super) fn take_rejected(&mut self) -> BTreeMap<Sha256, Run> {
        std::mem::take(&mut self.rejected)
    }

    /// When a result was first seen, in seconds since the Unix epoch.
    pub(super) fn seen(&self, receipt: &Receipt) -> i64 {
        self.runs[receipt.run as usize]
    }

    /// The indexes of all receipts, the first seen first. One run sees its files at one moment: of
    /// these the one that claims to have been finished first, then the lowest `jti`. The order of
    /// the lines within a run is that of the names of files, which anybody can choose.
    pub(super) fn in_order(&mut self) -> Vec<u32> {
        // They have been found: the room serves once more.
        let mut order = std::mem::take(&mut self.by_identity);
        order.sort_unstable_by_key(|&index| {
            let Receipt { run, finished, identity, .. } = self.all[index as usize];
            (run, finished, identity, index)
        });
        order
    }

    /// Call when all lines are in.
    pub(super) fn sort(&mut self) {
        let all = &self.all;
        self.by_identity = (0..u32::try_from(all.len()).expect("fewer lines")).collect();
        self.by_identity.sort_unstable_by_key(|&index| (all[index as usize].identity, index));
    }

    /// Index of the first receipt of a result.
    pub(super) fn find(&self, identity: &Identity) -> Option<usize> {
        let of = |index: &u32| &self.all[*index as usize].identity;
        let at = self.by_identity.partition_point(|index| of(index) < identity);
        let index = self.by_identity.get(at).filter(|index| of(index) == identity)?;
        Some(*index as usize)
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    pub(super) fn get(&self, index: usize) -> &Receipt {
        &self.all[index]
    }

    pub(super) fn get_mut(&mut self, index: usize) -> &mut Receipt {
        &mut self.all[index]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_receipt_of_a_result_is_found() {
        let identity = |byte: u8| (B64([byte; 16]), Sha256([byte; 32]));
        let receipt =
            |byte: u8| Receipt { identity: identity(byte), finished: 0, run: 0, person: None };
        let mut receipts = Receipts { all: [7, 3, 7, 5].map(receipt).into(), ..Default::default() };
        receipts.sort();
        let found = [3, 5, 7, 4, 8].map(|byte| receipts.find(&identity(byte)));
        assert_eq!(found, [Some(1), Some(3), Some(0), None, None]);
    }

    #[test]
    fn a_receipt_is_small() {
        assert!(size_of::<Receipt>() <= 64);
    }
}
