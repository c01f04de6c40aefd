//! The one writer of the ledger: locked, appending, nothing recorded twice.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use selfcheck::b64::B64;
use selfcheck::digest::Sha256;
use selfcheck::id::CampaignId;
use selfcheck::keys::KeyId;
use selfcheck::time::Timestamp;

use super::{Chain, Line, Outcome, Seen};
use crate::fault::Fault;
use crate::files;

/// Holds the lock until it is dropped, or until the process ends in whatever way.
pub(crate) struct Writer {
    path: PathBuf,
    /// Locked; read and written through this handle only, because on Windows the lock keeps every
    /// other handle out.
    file: File,
    chain: Chain,
    known: BTreeSet<Identity>,
    rejected: BTreeMap<Sha256, Seen>,
    now: Seen,
    pending: Vec<u8>,
}

/// What is to be recorded; the ledger adds when and where.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) jti: Option<B64<16>>,
    pub(crate) payload_sha256: Option<Sha256>,
    pub(crate) kid: Option<KeyId>,
    pub(crate) outcome: Outcome,
}

impl Entry {
    /// An entry about the campaign, not about a file.
    pub(crate) fn mark(outcome: Outcome) -> Self {
        Self { jti: None, payload_sha256: None, kid: None, outcome }
    }

    /// That this person answered on paper.
    pub(crate) fn paper(kid: KeyId) -> Self {
        Self { kid: Some(kid), ..Self::mark(Outcome::Paper) }
    }
}

/// A hash of what makes an entry the same as another: 32 bytes a line, whatever the line holds.
type Identity = Sha256;

/// An accepted result is `jti` and payload (FORMAT.md §4), a rejected file its hash and the reason,
/// paper the person's key.
fn identity(entry: &Entry) -> Identity {
    let outcome = entry.outcome.to_string();
    let jti = entry.jti.as_ref().map_or(&[][..], |jti| &jti.0);
    let payload = entry.payload_sha256.as_ref().map_or(&[][..], |sha256| &sha256.0);
    let kid = match entry.outcome {
        Outcome::Paper => entry.kid.as_ref().map_or(&[][..], |kid| &kid.0),
        _ => &[],
    };
    Sha256::of_fields(&[outcome.as_bytes(), jti, payload, kid])
}

impl Writer {
    /// Opens and locks the ledger, making it if it is missing. `now` stamps every new line.
    ///
    /// # Errors
    /// [`Fault::LedgerBusy`] while another run holds it, [`Fault::Ledger`] when it is damaged,
    /// [`Fault::ClockBehind`] when `now` lies before its last line.
    pub(crate) fn open(path: &Path, now: &Timestamp) -> Result<Self, Fault> {
        let write_fault = |error| Fault::WriteLedger { path: path.to_owned(), error };
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)
            .map_err(write_fault)?;
        if !file.metadata().map_err(write_fault)?.is_file() {
            return Err(Fault::NotAFile(path.to_owned()));
        }
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(Fault::LedgerBusy(path.to_owned())),
            Err(TryLockError::Error(error)) => return Err(write_fault(error)),
        }
        let (mut known, mut rejected) = (BTreeSet::new(), BTreeMap::new());
        let on_line = |Line { seen, jti, payload_sha256, kid, outcome, .. }: Line| {
            if let (Outcome::Rejected(_), Some(file_sha256)) = (&outcome, payload_sha256) {
                rejected.entry(file_sha256).or_insert(seen);
            }
            known.insert(identity(&Entry { jti, payload_sha256, kid, outcome }));
        };
        let chain = Chain::read(&file, on_line).map_err(|broken| broken.fault(path))?;
        let now = Seen::from(now);
        if chain.last_seen.is_some_and(|last| now < last) {
            return Err(Fault::ClockBehind(path.to_owned()));
        }
        let (path, pending) = (path.to_owned(), Vec::new());
        Ok(Self { path, file, chain, known, rejected, now, pending })
    }

    /// The campaign that the ledger belonged to when it was opened; `None` when it was empty.
    pub(crate) fn campaign(&self) -> Option<&CampaignId> {
        self.chain.campaign.as_ref()
    }

    /// When files that were rejected were first seen, by their hash, as the ledger was opened.
    pub(crate) fn take_rejected(&mut self) -> BTreeMap<Sha256, Seen> {
        std::mem::take(&mut self.rejected)
    }

    /// Whether the run before was killed while it wrote.
    pub(crate) fn is_unfinished(&self) -> bool {
        self.chain.unfinished_bytes > 0
    }

    /// Whether the same has been recorded.
    pub(crate) fn knows(&self, entry: &Entry) -> bool {
        self.known.contains(&identity(entry))
    }

    /// Records `entry` unless it is known; returns whether it is new.
    pub(crate) fn add(&mut self, entry: Entry) -> bool {
        if !self.known.insert(identity(&entry)) {
            return false;
        }
        let Entry { jti, payload_sha256, kid, outcome } = entry;
        let (seq, seen, prev) = (self.chain.next_seq, self.now, self.chain.head);
        let line = Line { seq, seen, jti, payload_sha256, kid, outcome, prev };
        let start = self.pending.len();
        serde_json::to_writer(&mut self.pending, &line).expect("a line is plain data");
        self.chain.append(&self.pending[start..], seen);
        self.pending.push(b'\n');
        true
    }

    /// Appends what was added since the last time.
    ///
    /// # Errors
    /// [`Fault::WriteLedger`]; whole lines and perhaps the start of one more have been written.
    pub(crate) fn flush(&mut self) -> Result<(), Fault> {
        let write_fault = |error| Fault::WriteLedger { path: self.path.clone(), error };
        let chain = &mut self.chain;
        if chain.unfinished_bytes > 0 {
            self.file.set_len(chain.whole_bytes).map_err(write_fault)?;
            chain.unfinished_bytes = 0;
        }
        self.file.seek(SeekFrom::Start(chain.whole_bytes)).map_err(write_fault)?;
        self.file.write_all(&self.pending).map_err(write_fault)?;
        chain.whole_bytes += self.pending.len() as u64;
        self.pending.clear();
        Ok(())
    }

    /// Appends what is left and waits until all of it is on disk.
    ///
    /// # Errors
    /// [`Fault::WriteLedger`].
    pub(crate) fn commit(mut self) -> Result<(), Fault> {
        self.flush()?;
        let synced = self.file.sync_all().and_then(|()| files::sync_folder_of(&self.path));
        synced.map_err(|error| Fault::WriteLedger { path: self.path, error })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::Ledger;

    fn ledger_bytes(folder: &Path) -> (PathBuf, Vec<u8>) {
        let path = folder.join("ledger.jsonl");
        let mut writer = Writer::open(&path, &seen("2026-11-20T10:00:00+09:00")).unwrap();
        assert!(writer.add(Entry::mark(Outcome::Open("r8".parse().unwrap()))));
        for byte in 0..4 {
            assert!(writer.add(accepted(byte)));
            assert!(!writer.add(accepted(byte)), "known");
        }
        writer.commit().unwrap();
        let bytes = std::fs::read(&path).unwrap();
        (path, bytes)
    }

    fn seen(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn accepted(byte: u8) -> Entry {
        Entry {
            jti: Some(B64([byte; 16])),
            payload_sha256: Some(Sha256([byte; 32])),
            kid: Some(B64([byte; 32])),
            outcome: Outcome::Accepted,
        }
    }

    #[test]
    fn whole_after_a_kill_at_any_byte() {
        let folder = tempfile::tempdir().unwrap();
        let (path, bytes) = ledger_bytes(folder.path());
        let whole = Ledger::read(&path, |_| {}).unwrap();
        // Every cut would take seconds of waiting for the disk; these hit every line, its start,
        // its end and its middle.
        let ends = (0..bytes.len()).filter(|&at| bytes[at] == b'\n');
        let near_ends = ends.flat_map(|end| [end, end + 1, end + 2]).filter(|&c| c < bytes.len());
        for cut in (0..bytes.len()).step_by(101).chain(near_ends) {
            std::fs::write(&path, &bytes[..cut]).unwrap();
            let mut writer = Writer::open(&path, &seen("2026-11-20T10:00:00+09:00")).unwrap();
            writer.add(Entry::mark(Outcome::Open("r8".parse().unwrap())));
            for byte in 0..4 {
                writer.add(accepted(byte));
            }
            writer.commit().unwrap();
            assert_eq!(Ledger::read(&path, |_| {}).unwrap(), whole, "cut at {cut}");
        }
    }

    #[test]
    fn every_changed_byte_is_noticed_but_those_of_the_last_line() {
        let folder = tempfile::tempdir().unwrap();
        let (_, bytes) = ledger_bytes(folder.path());
        let last_line = bytes[..bytes.len() - 1].iter().rposition(|&b| b == b'\n').unwrap() + 1;
        for at in 0..last_line {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            assert!(Chain::read(&changed[..], |_| {}).is_err(), "byte {at}");
        }
    }

    #[test]
    fn lines_cannot_be_dropped_or_moved() {
        let folder = tempfile::tempdir().unwrap();
        let (_, bytes) = ledger_bytes(folder.path());
        let lines: Vec<&[u8]> = bytes.split_inclusive(|&byte| byte == b'\n').collect();
        for order in [&[0, 2, 3, 4][..], &[1, 2, 3, 4], &[0, 2, 1, 3, 4], &[0, 1, 1, 2], &[0, 0]] {
            let changed: Vec<u8> = order.iter().flat_map(|&index| lines[index]).copied().collect();
            assert!(Chain::read(&changed[..], |_| {}).is_err(), "{order:?}");
        }
    }

    #[test]
    fn two_writers_and_a_clock_behind_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let (path, _) = ledger_bytes(folder.path());
        let first = Writer::open(&path, &seen("2026-11-20T11:00:00+09:00")).unwrap();
        let second = Writer::open(&path, &seen("2026-11-20T11:00:00+09:00"));
        assert!(matches!(second, Err(Fault::LedgerBusy(_))));
        drop(first);
        let behind = Writer::open(&path, &seen("2026-11-20T09:59:59+09:00"));
        assert!(matches!(behind, Err(Fault::ClockBehind(_))));
    }
}
