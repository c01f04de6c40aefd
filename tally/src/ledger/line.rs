//! One line of the ledger, in its one spelling.

use std::fmt;
use std::str::FromStr;

use selfcheck::b64::B64;
use selfcheck::digest::Sha256;
use selfcheck::id::CampaignId;
use selfcheck::keys::KeyId;
use selfcheck::time::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser};

use crate::clock::JAPAN_OFFSET_MINUTES;

/// One line: exactly the members of `selfcheck/FORMAT.md` §6, whatever it records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Line {
    /// From 0, without gaps.
    pub(crate) seq: u64,
    /// The clock of the collecting PC.
    pub(crate) seen: Seen,
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

/// A second of the collecting PC's clock, written at Japan's offset: eight bytes for what as text
/// has twenty-five, since there is one a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Seen(i64);

impl Seen {
    /// Seconds since the Unix epoch.
    pub(crate) fn unix_seconds(self) -> i64 {
        self.0
    }
}

impl From<&Timestamp> for Seen {
    fn from(at: &Timestamp) -> Self {
        Self(at.unix_seconds())
    }
}

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let written = Timestamp::at_offset(self.0, JAPAN_OFFSET_MINUTES).map_err(|_| fmt::Error)?;
        f.write_str(written.as_str())
    }
}

impl Serialize for Seen {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Timestamp::at_offset(self.0, JAPAN_OFFSET_MINUTES)
            .map_err(ser::Error::custom)?
            .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Seen {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::from(&Timestamp::deserialize(deserializer)?))
    }
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
    Rejected(Box<str>),
    /// The campaign's last day is over. Late files may follow.
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
            Some(("rejected", code)) if is_code(code) => Self::Rejected(code.into()),
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
