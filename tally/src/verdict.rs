//! What became of a file, for people and for machines: `verify` tells all of it, `collect` what
//! somebody has to look at.

use std::fmt::Write as _;

use selfcheck::b64::B64;
use selfcheck::digest::Sha256;
use selfcheck::id::{CampaignId, PersonId};
use selfcheck::keys::KeyId;
use selfcheck::set::Role;
use serde::Serialize;

use crate::detail;
use crate::examine::Accepted;
use crate::fault::Fault;
use crate::inbox::Sent;
use crate::reason::{Flag, Reason};
use crate::say::Results;
use crate::text::neutral;

/// The role as people call it.
pub(crate) fn role_name(role: Role) -> &'static str {
    match role {
        Role::General => "一般職員",
        Role::Manager => "管理者",
        Role::Contact => "担当者",
        Role::ManagerContact => "管理者・担当者",
    }
}

/// One file and what became of it.
#[derive(Serialize)]
pub(crate) struct Outcome {
    file: String,
    #[serde(flatten)]
    pub(crate) verdict: Verdict,
}

#[derive(Serialize)]
#[serde(tag = "outcome", rename_all = "lowercase")]
pub(crate) enum Verdict {
    Accepted {
        sub: PersonId,
        role: Role,
        campaign: CampaignId,
        jti: B64<16>,
        payload_sha256: Sha256,
        kid: KeyId,
        flags: Vec<FlagNote>,
    },
    Rejected {
        code: &'static str,
        reason: &'static str,
        remedy: &'static str,
        detail: Option<String>,
    },
    /// Nobody sent it.
    #[serde(rename = "not-a-result")]
    NotAResult { code: &'static str, reason: &'static str },
}

/// Something to know about a file that counts.
#[derive(Serialize)]
pub(crate) struct FlagNote {
    code: &'static str,
    sentence: &'static str,
}

impl From<Flag> for FlagNote {
    fn from(flag: Flag) -> Self {
        Self { code: flag.code(), sentence: flag.sentence() }
    }
}

impl Outcome {
    /// A file that counts.
    pub(crate) fn accepted(sent: &Sent, accepted: &Accepted<'_>, flags: Vec<Flag>) -> Self {
        let verdict = Verdict::Accepted {
            sub: accepted.person.sub.clone(),
            role: accepted.result.role,
            campaign: accepted.set.set.campaign.id.clone(),
            jti: accepted.result.jti,
            payload_sha256: accepted.result.payload_sha256(),
            kid: accepted.result.kid(),
            flags: flags.into_iter().map(FlagNote::from).collect(),
        };
        Self { file: sent.shown(), verdict }
    }

    /// The same file with these flags; a rejected one has none.
    pub(crate) fn with_flags(mut self, new: Vec<Flag>) -> Self {
        if let Verdict::Accepted { flags, .. } = &mut self.verdict {
            *flags = new.into_iter().map(FlagNote::from).collect();
        }
        self
    }

    /// A file that does not count.
    pub(crate) fn rejected(sent: &Sent, reason: &Reason) -> Self {
        let (code, sentence) = (reason.code(), reason.sentence());
        let verdict = match reason {
            Reason::SystemFile => Verdict::NotAResult { code, reason: sentence },
            _ => Verdict::Rejected {
                code,
                reason: sentence,
                remedy: reason.remedy(),
                detail: detail::of_reason(reason).as_deref().map(neutral),
            },
        };
        Self { file: sent.shown(), verdict }
    }

    fn to_text(&self) -> String {
        let Self { file, verdict } = self;
        let mut text = String::new();
        let _ = match verdict {
            Verdict::Accepted { sub, role, flags, .. } => {
                let _ = writeln!(text, "受理      {file}  職員番号 {sub}  {}", role_name(*role));
                flags.iter().try_for_each(|flag| {
                    writeln!(text, "  注意: {} [{}]", flag.sentence, flag.code)
                })
            }
            Verdict::Rejected { code, reason, remedy, detail } => {
                let _ = writeln!(text, "受付不可  {file}\n  理由: {reason} [{code}]");
                if let Some(detail) = detail {
                    let _ = writeln!(text, "  詳細: {detail}");
                }
                writeln!(text, "  対処: {remedy}")
            }
            Verdict::NotAResult { code, reason } => {
                writeln!(text, "その他    {file}  {reason} [{code}]")
            }
        };
        text
    }
}

/// The end of a closing line: how many files were no results, if there are any.
pub(crate) fn not_results(count: usize) -> String {
    if count == 0 {
        String::new()
    } else {
        format!("、結果ファイルではない {count} 件")
    }
}

/// The list of files on standard output, written while the work goes on: of a million files none
/// has to be kept.
pub(crate) struct Listing {
    results: Results,
    is_json: bool,
    is_first: bool,
}

impl Listing {
    /// Begins the list; `head` are the members of the JSON document before `files`.
    ///
    /// # Errors
    /// [`Fault::Stdout`].
    pub(crate) fn begin(is_json: bool, head: &impl Serialize) -> Result<Self, Fault> {
        let mut listing = Self { results: Results::new(), is_json, is_first: true };
        if is_json {
            let head = serde_json::to_string(head).expect("plain data");
            let head = head.strip_suffix('}').expect("an object");
            listing.results.print(&format!("{head},\"files\":["))?;
        }
        Ok(listing)
    }

    /// Adds a file.
    ///
    /// # Errors
    /// [`Fault::Stdout`].
    pub(crate) fn add(&mut self, outcome: &Outcome) -> Result<(), Fault> {
        if !self.is_json {
            return self.results.print(&outcome.to_text());
        }
        let comma = if self.is_first { "\n" } else { ",\n" };
        self.is_first = false;
        self.results.print(comma)?;
        self.results.print(&serde_json::to_string(outcome).expect("plain data"))
    }

    /// Ends the list with a closing line, or with the members of the JSON document after `files`.
    ///
    /// # Errors
    /// [`Fault::Stdout`].
    pub(crate) fn end(mut self, text: &str, tail: &impl Serialize) -> Result<(), Fault> {
        if self.is_json {
            let tail = serde_json::to_string(tail).expect("plain data");
            let tail = tail.strip_prefix('{').expect("an object");
            self.results.print(&format!("\n],{tail}\n"))?;
        } else {
            self.results.print(text)?;
        }
        self.results.end()
    }
}
