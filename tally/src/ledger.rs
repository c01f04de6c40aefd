//! The ledger (`ledger.jsonl`): what was first seen when. Append-only and hash-chained.
//!
//! One line a first-seen file, `prev` = SHA-256 of the line before. The first line names the
//! campaign (`open:r8`); `closed` is written by the first `collect` after the last day. A run that
//! is killed leaves whole lines and perhaps a last one without line end, which the next `collect`
//! removes: it had promised nothing yet. Source: `selfcheck/FORMAT.md` §6.

use std::collections::BTreeSet;
use std::fmt;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use selfcheck::b64::B64;
use selfcheck::digest::Sha256;
use selfcheck::id::CampaignId;
use selfcheck::keys::KeyId;
use selfcheck::time::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::fault::Fault;
use crate::files;

/// 3 million lines of 300 bytes.
const MAX_LEDGER_BYTES: u64 = 1024 * 1024 * 1024;

/// One line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Line {
    /// From 0, without gaps.
    pub(crate) seq: u64,
    /// The clock of the collecting PC.
    pub(crate) seen: Timestamp,
    /// Of an accepted result.
    pub(crate) jti: Option<B64<16>>,
    /// Of an accepted result the hash of its payload; of a rejected file the hash of the file.
    pub(crate) payload_sha256: Option<Sha256>,
    /// Of an accepted result, or the key of the person who answered on paper.
    pub(crate) kid: Option<KeyId>,
    /// What became of it.
    pub(crate) outcome: Outcome,
    /// SHA-256 of the bytes of the line before, without line end; zeros on the first.
    pub(crate) prev: Sha256,
}

/// What a line records.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Outcome {
    /// The campaign the ledger belongs to; the first line and no other.
    Open(CampaignId),
    /// A result that counts.
    Accepted,
    /// 紙で実施: counted, not scored.
    Paper,
    /// A file that does not count; holds the reason code.
    Rejected(String),
    /// The campaign's last day is over.
    Closed,
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open(campaign) => write!(f, "open:{campaign}"),
            Self::Accepted => f.write_str("accepted"),
            Self::Paper => f.write_str("paper"),
            Self::Rejected(code) => write!(f, "rejected:{code}"),
            Self::Closed => f.write_str("closed"),
        }
    }
}

impl FromStr for Outcome {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const BAD: &str = "not an outcome";
        Ok(match text.split_once(':') {
            None if text == "accepted" => Self::Accepted,
            None if text == "paper" => Self::Paper,
            None if text == "closed" => Self::Closed,
            Some(("open", campaign)) => Self::Open(campaign.parse().map_err(|_| BAD)?),
            Some(("rejected", code)) if is_code(code) => Self::Rejected(code.to_owned()),
            _ => return Err(BAD),
        })
    }
}

fn is_code(code: &str) -> bool {
    (1..=40).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
}

impl Serialize for Outcome {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Outcome {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

/// A ledger whose chain holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ledger {
    pub(crate) campaign: CampaignId,
    pub(crate) lines: Vec<Line>,
    /// SHA-256 of the last line: whoever notes it can later tell that nothing before has changed.
    pub(crate) head: Sha256,
    /// Bytes after the last whole line, left by a run that was killed.
    unfinished: usize,
}

impl Ledger {
    /// Reads a ledger and checks its chain.
    ///
    /// # Errors
    /// [`Fault::Ledger`] with the first line at fault.
    pub(crate) fn read(path: &Path) -> Result<Self, Fault> {
        let bytes = files::read_own(path, MAX_LEDGER_BYTES)?;
        let fault = |(line, problem)| Fault::Ledger { path: path.to_owned(), line, problem };
        Self::parse(&bytes)
            .map_err(fault)?
            .ok_or_else(|| fault((1, "the ledger is empty".to_owned())))
    }

    /// Checks every line; `None` when there is no whole line.
    fn parse(bytes: &[u8]) -> Result<Option<Self>, (u64, String)> {
        let whole = bytes.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
        let (mut lines, mut head, mut campaign) = (Vec::<Line>::new(), FIRST, None);
        for (number, text) in (1..).zip(bytes[..whole].split_inclusive(|&byte| byte == b'\n')) {
            let text = &text[..text.len() - 1];
            let line: Line =
                serde_json::from_slice(text).map_err(|error| (number, error.to_string()))?;
            let fault = |problem: &str| Err((number, problem.to_owned()));
            if serde_json::to_vec(&line).ok().as_deref() != Some(text) {
                return fault("it is not in its one spelling");
            }
            if line.seq + 1 != number {
                return fault("`seq` does not follow");
            }
            if line.prev != head {
                return fault("`prev` is not the hash of the line before");
            }
            match (&line.outcome, number) {
                (Outcome::Open(id), 1) => campaign = Some(id.clone()),
                (Outcome::Open(_), _) => return fault("a second campaign"),
                (_, 1) => return fault("the first line does not name the campaign"),
                _ => {}
            }
            let backwards = |before: &Line| line.seen.unix_seconds() < before.seen.unix_seconds();
            if lines.last().is_some_and(backwards) {
                return fault("`seen` goes backwards");
            }
            head = Sha256::of(text);
            lines.push(line);
        }
        let unfinished = bytes.len() - whole;
        Ok(campaign.map(|campaign| Self { campaign, lines, head, unfinished }))
    }

    /// Whether a run was killed while it wrote.
    pub(crate) fn is_unfinished(&self) -> bool {
        self.unfinished > 0
    }

    /// Whether the campaign's last day was over at the last `collect`.
    pub(crate) fn is_closed(&self) -> bool {
        self.lines.iter().any(|line| line.outcome == Outcome::Closed)
    }
}

/// What stands in `prev` of the first line.
const FIRST: Sha256 = Sha256([0; 32]);

/// The one writer: holds the lock until it is dropped.
pub(crate) struct Writer {
    path: PathBuf,
    file: File,
    ledger: Option<Ledger>,
    known: BTreeSet<Identity>,
    now: Timestamp,
    next_seq: u64,
    head: Sha256,
    pending: Vec<u8>,
}

/// A file that is seen again has the same identity and makes no second line.
type Identity = (Outcome, Option<B64<16>>, Option<Sha256>, Option<KeyId>);

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
}

impl Writer {
    /// Opens and locks the ledger, making it if it is missing. `now` stamps every new line.
    ///
    /// # Errors
    /// [`Fault::LedgerBusy`] while another run holds it, [`Fault::Ledger`] when it is damaged,
    /// [`Fault::ClockBehind`] when `now` lies before its last line.
    pub(crate) fn open(path: &Path, now: Timestamp) -> Result<Self, Fault> {
        let write_fault = |error| Fault::Write { path: path.to_owned(), error };
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)
            .map_err(write_fault)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(Fault::LedgerBusy(path.to_owned())),
            Err(TryLockError::Error(error)) => return Err(write_fault(error)),
        }
        let ledger = Ledger::parse(&files::read_own(path, MAX_LEDGER_BYTES)?)
            .map_err(|(line, problem)| Fault::Ledger { path: path.to_owned(), line, problem })?;
        let lines = ledger.as_ref().map_or(&[][..], |ledger| &ledger.lines);
        if lines.last().is_some_and(|line| now.unix_seconds() < line.seen.unix_seconds()) {
            return Err(Fault::ClockBehind(path.to_owned()));
        }
        let known = lines
            .iter()
            .map(|line| (line.outcome.clone(), line.jti, line.payload_sha256, line.kid));
        Ok(Self {
            path: path.to_owned(),
            known: known.collect(),
            next_seq: lines.last().map_or(0, |line| line.seq + 1),
            head: ledger.as_ref().map_or(FIRST, |ledger| ledger.head),
            pending: Vec::new(),
            now,
            file,
            ledger,
        })
    }

    /// What stood in the ledger when it was opened.
    pub(crate) fn ledger(&self) -> Option<&Ledger> {
        self.ledger.as_ref()
    }

    /// Records `entry` unless it is known; returns whether it is new.
    pub(crate) fn add(&mut self, entry: Entry) -> bool {
        let Entry { jti, payload_sha256, kid, outcome } = entry;
        if !self.known.insert((outcome.clone(), jti, payload_sha256, kid)) {
            return false;
        }
        let (seq, seen, prev) = (self.next_seq, self.now.clone(), self.head);
        let line = Line { seq, seen, jti, payload_sha256, kid, outcome, prev };
        let text = serde_json::to_vec(&line).expect("a line is plain data");
        self.head = Sha256::of(&text);
        self.next_seq += 1;
        self.pending.extend(text);
        self.pending.push(b'\n');
        true
    }

    /// Appends what was added and waits until it is on disk.
    ///
    /// # Errors
    /// [`Fault::Write`].
    pub(crate) fn commit(mut self) -> Result<(), Fault> {
        let write = |file: &mut File| {
            let unfinished = self.ledger.as_ref().map_or(0, |ledger| ledger.unfinished);
            let length = match &self.ledger {
                Some(_) => file.metadata()?.len() - unfinished as u64,
                None => 0,
            };
            file.set_len(length)?;
            file.seek(SeekFrom::End(0))?;
            file.write_all(&self.pending)?;
            file.sync_all()
        };
        write(&mut self.file).map_err(|error| Fault::Write { path: self.path.clone(), error })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ledger_bytes(folder: &Path) -> (PathBuf, Vec<u8>) {
        let path = folder.join("ledger.jsonl");
        let mut writer = Writer::open(&path, seen("2026-11-20T10:00:00+09:00")).unwrap();
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
        let whole = Ledger::read(&path).unwrap();
        // Every cut would take seconds of waiting for the disk; these hit every line, its start,
        // its end and its middle.
        let ends = (0..bytes.len()).filter(|&at| bytes[at] == b'\n');
        let near_ends = ends.flat_map(|end| [end, end + 1, end + 2]).filter(|&c| c < bytes.len());
        for cut in (0..bytes.len()).step_by(101).chain(near_ends) {
            std::fs::write(&path, &bytes[..cut]).unwrap();
            let mut writer = Writer::open(&path, seen("2026-11-20T10:00:00+09:00")).unwrap();
            writer.add(Entry::mark(Outcome::Open("r8".parse().unwrap())));
            for byte in 0..4 {
                writer.add(accepted(byte));
            }
            writer.commit().unwrap();
            assert_eq!(Ledger::read(&path).unwrap(), whole, "cut at {cut}");
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
            assert!(Ledger::parse(&changed).is_err(), "byte {at}");
        }
    }

    #[test]
    fn lines_cannot_be_dropped_or_moved() {
        let folder = tempfile::tempdir().unwrap();
        let (_, bytes) = ledger_bytes(folder.path());
        let lines: Vec<&[u8]> = bytes.split_inclusive(|&byte| byte == b'\n').collect();
        for order in [&[0, 2, 3, 4][..], &[1, 2, 3, 4], &[0, 2, 1, 3, 4], &[0, 1, 1, 2], &[0, 0]] {
            let changed: Vec<u8> = order.iter().flat_map(|&index| lines[index]).copied().collect();
            assert!(Ledger::parse(&changed).is_err(), "{order:?}");
        }
    }

    #[test]
    fn two_writers_and_a_clock_behind_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let (path, _) = ledger_bytes(folder.path());
        let first = Writer::open(&path, seen("2026-11-20T11:00:00+09:00")).unwrap();
        let second = Writer::open(&path, seen("2026-11-20T11:00:00+09:00"));
        assert!(matches!(second, Err(Fault::LedgerBusy(_))));
        drop(first);
        let behind = Writer::open(&path, seen("2026-11-20T09:59:59+09:00"));
        assert!(matches!(behind, Err(Fault::ClockBehind(_))));
    }
}
