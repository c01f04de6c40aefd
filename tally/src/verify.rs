//! `tally verify`: judges files without a ledger.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use selfcheck::b64::B64;
use selfcheck::digest::Sha256;
use selfcheck::id::{CampaignId, PersonId};
use selfcheck::keys::KeyId;
use selfcheck::set::Role;
use serde::Serialize;

use crate::archive::Archive;
use crate::examine::{Accepted, Examiner};
use crate::fault::Fault;
use crate::inbox::{self, Sent};
use crate::reason::{Flag, Reason};
use crate::roster::Roster;
use crate::say;
use crate::status_code::Status;
use crate::text::neutral;

/// Verify result files: signature, person, question set, answers.
///
/// 結果ファイルを検証します。採点は回答からやり直し、個人の回答や得点は表示しません。
/// フォルダを指定すると、その下のすべてのファイルを見ます。
///
/// Exit status: 0 all accepted, 1 some rejected, 2 could not run.
#[derive(clap::Args)]
#[command(after_help = "\
Example / 例:
  tally verify --roster roster.json --archive content/archive inbox/
  tally verify --roster roster.json --archive content/archive --json r8-Zm9vYmFy.selfcheck.json")]
pub(crate) struct Args {
    /// Roster / 名簿
    #[arg(long, value_name = "JSON")]
    roster: PathBuf,
    /// Frozen question sets, content/archive / 設問集の保管フォルダ
    #[arg(long, value_name = "DIR")]
    archive: PathBuf,
    /// Take results of this campaign only / この実施回だけを受け付ける
    #[arg(long)]
    campaign: Option<CampaignId>,
    /// One JSON document for machines (schema: tally/schema/verify.schema.json)
    #[arg(long)]
    json: bool,
    /// Result files or folders / 結果ファイルかフォルダ
    #[arg(required = true)]
    files: Vec<PathBuf>,
}

pub(crate) fn run(args: &Args) -> Result<Status, Fault> {
    let roster = Roster::read(&args.roster)?;
    let archive = Archive::read(&args.archive)?;
    if let Some(campaign) = &args.campaign {
        archive.campaign(campaign)?;
    }
    let examiner =
        Examiner { roster: &roster, archive: &archive, campaign: args.campaign.as_ref() };
    let sent = inbox::list(&args.files)?;
    let outcomes = inbox::map(&sent, |sent| Outcome::of(sent, examiner.examine_file(sent)));
    let report = Report::new(outcomes);
    if args.json {
        let json = serde_json::to_string_pretty(&report).expect("a report is plain data");
        say::results(&(json + "\n"))?;
    } else {
        say::results(&report.to_text())?;
    }
    Ok(if report.rejected == 0 { Status::Good } else { Status::FoundFaults })
}

/// The document of `--json`.
#[derive(Serialize)]
struct Report {
    v: u8,
    accepted: usize,
    rejected: usize,
    files: Vec<Outcome>,
}

/// What became of one file.
#[derive(Serialize)]
struct Outcome {
    file: String,
    #[serde(flatten)]
    verdict: Verdict,
}

#[derive(Serialize)]
#[serde(tag = "outcome", rename_all = "lowercase")]
enum Verdict {
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
}

#[derive(Serialize)]
struct FlagNote {
    code: &'static str,
    sentence: &'static str,
}

impl From<Flag> for FlagNote {
    fn from(flag: Flag) -> Self {
        Self { code: flag.code(), sentence: flag.sentence() }
    }
}

impl Outcome {
    fn of(sent: &Sent, examined: Result<Accepted<'_>, Reason>) -> Self {
        let verdict = match examined {
            Ok(accepted) => Verdict::Accepted {
                sub: accepted.person.sub.clone(),
                role: accepted.result.role,
                campaign: accepted.set.set.campaign.id.clone(),
                jti: accepted.result.jti,
                payload_sha256: accepted.result.payload_sha256(),
                kid: accepted.result.kid(),
                flags: accepted.flags().into_iter().map(FlagNote::from).collect(),
            },
            Err(reason) => Verdict::Rejected {
                code: reason.code(),
                reason: reason.sentence(),
                remedy: reason.remedy(),
                detail: reason.detail().as_deref().map(neutral),
            },
        };
        Self { file: sent.shown.clone(), verdict }
    }
}

impl Report {
    fn new(mut files: Vec<Outcome>) -> Self {
        flag_duplicates(&mut files);
        let accepted =
            files.iter().filter(|file| matches!(file.verdict, Verdict::Accepted { .. })).count();
        Self { v: 1, accepted, rejected: files.len() - accepted, files }
    }

    fn to_text(&self) -> String {
        let mut text = String::new();
        for Outcome { file, verdict } in &self.files {
            let _ = match verdict {
                Verdict::Accepted { sub, role, flags, .. } => {
                    let _ = writeln!(text, "受理      {file}  職員番号 {sub}  {role}");
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
            };
        }
        let _ = writeln!(text, "受理 {} 件、受付不可 {} 件", self.accepted, self.rejected);
        text
    }
}

/// The identity of a result is `jti` and payload hash: two files of one result are one result.
fn flag_duplicates(files: &mut [Outcome]) {
    let mut seen = BTreeMap::new();
    for Outcome { verdict, .. } in files {
        if let Verdict::Accepted { jti, payload_sha256, flags, .. } = verdict
            && seen.insert((*jti, *payload_sha256), ()).is_some()
        {
            flags.push(Flag::Duplicate.into());
        }
    }
}
