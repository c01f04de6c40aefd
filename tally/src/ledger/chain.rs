//! Reading a ledger line by line, each held against the one before; no line is kept.

use std::io::{self, BufRead, BufReader, Read};

use selfcheck::digest::Sha256;
use selfcheck::id::CampaignId;

use super::{Line, Outcome, Seen};
use crate::detail::of_json;

/// No line of ours has a tenth of it.
const MAX_LINE_BYTES: u64 = 4096;

/// What stands in `prev` of the first line.
const FIRST: Sha256 = Sha256([0; 32]);

/// Where a chain stands after the lines read so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Chain {
    /// `None` before the first line.
    pub(crate) campaign: Option<CampaignId>,
    pub(crate) next_seq: u64,
    /// SHA-256 of the last line.
    pub(crate) head: Sha256,
    pub(crate) last_seen: Option<Seen>,
    /// Whether the campaign's last day was over at the last `collect`.
    pub(crate) is_closed: bool,
    /// Length of all whole lines.
    pub(crate) whole_bytes: u64,
    /// Bytes after the last whole line, left by a run that was killed.
    pub(crate) unfinished_bytes: u64,
}

/// Why a ledger cannot be relied on.
#[derive(Debug)]
pub(crate) enum Broken {
    /// The system refused.
    Io(io::Error),
    /// The first line at fault, from 1, and what is wrong with it.
    Line(u64, String),
}

impl Chain {
    /// The chain of an empty ledger.
    pub(crate) fn new() -> Self {
        Self {
            campaign: None,
            next_seq: 0,
            head: FIRST,
            last_seen: None,
            is_closed: false,
            whole_bytes: 0,
            unfinished_bytes: 0,
        }
    }

    /// Reads to the end; `on_line` gets every line that follows from those before.
    ///
    /// # Errors
    /// [`Broken`] at the first line that does not.
    pub(crate) fn read(file: impl Read, mut on_line: impl FnMut(Line)) -> Result<Self, Broken> {
        let mut chain = Self::new();
        let mut reader = BufReader::with_capacity(1 << 16, file);
        let mut text = Vec::new();
        loop {
            text.clear();
            let read = reader.by_ref().take(MAX_LINE_BYTES).read_until(b'\n', &mut text);
            let length = read.map_err(Broken::Io)? as u64;
            let number = chain.next_seq + 1;
            match text.pop_if(|last| *last == b'\n') {
                None if length == 0 => return Ok(chain),
                None if length == MAX_LINE_BYTES => {
                    return Err(Broken::Line(number, "長すぎます".to_owned()));
                }
                None => chain.unfinished_bytes = length,
                Some(_) => {
                    on_line(chain.take(&text).map_err(|problem| Broken::Line(number, problem))?);
                    chain.whole_bytes += length;
                }
            }
        }
    }

    fn take(&mut self, text: &[u8]) -> Result<Line, String> {
        let line: Line = serde_json::from_slice(text).map_err(|error| of_json(&error))?;
        if serde_json::to_vec(&line).ok().as_deref() != Some(text) {
            return Err("書き方が tally のものと違います".to_owned());
        }
        if line.seq != self.next_seq {
            return Err(
                "番号 `seq` が続いていません（行が抜けたか、入れ替わっています）".to_owned()
            );
        }
        if line.prev != self.head {
            return Err(
                "`prev` が前の行のハッシュ値と合いません（前の行が変えられています）".to_owned()
            );
        }
        if self.last_seen.is_some_and(|before| line.seen < before) {
            return Err("時刻 `seen` が前の行より前です".to_owned());
        }
        match (&line.outcome, &self.campaign) {
            (Outcome::Open(id), None) => self.campaign = Some(id.clone()),
            (Outcome::Open(_), Some(_)) => return Err("実施回が二度始まっています".to_owned()),
            (_, None) => return Err("最初の行に実施回がありません".to_owned()),
            (Outcome::Closed, _) => self.is_closed = true,
            _ => {}
        }
        self.append(text, line.seen);
        Ok(line)
    }

    /// Moves on past a line; `text` is without line end.
    pub(crate) fn append(&mut self, text: &[u8], seen: Seen) {
        self.next_seq += 1;
        self.head = Sha256::of(text);
        self.last_seen = Some(seen);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_without_end_does_not_fill_the_memory() {
        let endless = io::repeat(b'x');
        let Err(Broken::Line(1, problem)) = Chain::read(endless, |_| {}) else { panic!() };
        assert_eq!(problem, "長すぎます");
    }

    #[test]
    fn an_empty_ledger_has_no_campaign() {
        assert_eq!(Chain::read(&b""[..], |_| {}).unwrap(), Chain::new());
    }
}
