//! What the ledger says of accepted results, small: there is one a file.

use selfcheck::b64::B64;
use selfcheck::digest::Sha256;

use crate::ledger::{Line, Outcome};
use crate::roster::ReadRoster;

/// `jti` and hash of the payload.
pub(crate) type Identity = (B64<16>, Sha256);

/// The ledger's line on one accepted result.
pub(super) struct Receipt {
    pub(super) identity: Identity,
    /// Seconds since the Unix epoch.
    pub(super) seen: i64,
    /// Whether the key had been revoked by then.
    pub(super) is_revoked: bool,
    /// Index of the person in the roster, once the file has been found.
    pub(super) person: Option<Person>,
}

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
    /// Indexes, sorted by identity, then by themselves.
    by_identity: Vec<u32>,
}

impl Receipts {
    /// Takes a line if it is one of an accepted result.
    pub(crate) fn add(&mut self, line: &Line, roster: &ReadRoster) {
        let (Outcome::Accepted, Some(jti), Some(payload_sha256)) =
            (&line.outcome, line.jti, line.payload_sha256)
        else {
            return;
        };
        let seen = line.seen.unix_seconds();
        let revoked = line.kid.and_then(|kid| roster.find(&kid)?.key.revoked);
        let is_revoked = revoked.is_some_and(|day| seen >= day.end_unix_seconds());
        self.all.push(Receipt { identity: (jti, payload_sha256), seen, is_revoked, person: None });
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
        let receipt = |byte: u8| Receipt {
            identity: identity(byte),
            seen: 0,
            is_revoked: false,
            person: None,
        };
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
