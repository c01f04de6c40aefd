//! `tally collect`: takes files in. The only writer of the ledger and, of the commands that judge
//! results, the only reader of the clock.

use std::fmt::Write as _;
use std::path::PathBuf;

use selfcheck::b64::B64;
use selfcheck::digest::Sha256;
use selfcheck::id::CampaignId;
use selfcheck::keys::KeyId;

use crate::archive::Archive;
use crate::examine::{self, Examiner};
use crate::fault::Fault;
use crate::inbox::{self, Sent};
use crate::ledger::{Entry, Outcome, Writer};
use crate::reason::Reason;
use crate::roster::Roster;
use crate::status_code::Status;
use crate::{clock, paper, say};

/// Take result files in: judge every file of a folder and record what is new in the ledger.
///
/// 受付フォルダの結果ファイルを調べ、初めて見たものを台帳に記します。何度実行しても、同じ結果は一度しか
/// 記しません。締切の後に一度実行すると、台帳に締切を記します（report に要ります）。
///
/// Exit status: 0 all accepted, 1 some rejected, 2 could not run.
#[derive(clap::Args)]
#[command(after_help = "\
Example / 例:
  tally collect --ledger r8.jsonl --archive content/archive --roster roster.json --inbox inbox
  tally collect --ledger r8.jsonl --archive content/archive --roster roster.json \\
    --inbox inbox --paper paper.csv

paper.csv (紙で実施した人; counted, not scored):
  職員番号
  000123")]
pub(crate) struct Args {
    /// Ledger, made if missing / 台帳
    #[arg(long, value_name = "JSONL")]
    ledger: PathBuf,
    /// Frozen question sets, content/archive / 設問集の保管フォルダ
    #[arg(long, value_name = "DIR")]
    archive: PathBuf,
    /// Roster / 名簿
    #[arg(long, value_name = "JSON")]
    roster: PathBuf,
    /// Folder with result files / 受付フォルダ
    #[arg(long, value_name = "DIR")]
    inbox: PathBuf,
    /// People who answered on paper / 紙で実施した人の一覧
    #[arg(long, value_name = "CSV")]
    paper: Option<PathBuf>,
    /// Campaign; default that of the ledger, else the latest of the archive / 実施回
    #[arg(long)]
    campaign: Option<CampaignId>,
}

pub(crate) fn run(args: &Args) -> Result<Status, Fault> {
    let roster = Roster::read(&args.roster)?;
    let archive = Archive::read(&args.archive)?;
    let paper = match &args.paper {
        None => Vec::new(),
        Some(path) => match paper::read(path, &roster.roster)? {
            Some(keys) => keys,
            None => return Ok(Status::FoundFaults),
        },
    };
    let now = clock::now()?;
    let mut writer = Writer::open(&args.ledger, now.clone())?;
    let campaign = archive.campaign(&campaign_of(args, &writer, &archive)?)?;
    let examiner = Examiner { roster: &roster, archive: &archive, campaign: Some(&campaign.id) };
    let sent = inbox::list(std::slice::from_ref(&args.inbox))?;
    let seen = inbox::map(&sent, |sent| look_at(sent, &examiner));

    writer.add(Entry::mark(Outcome::Open(campaign.id.clone())));
    let counts = record(&mut writer, &sent, &seen, paper);
    if now.unix_seconds() >= campaign.closes.end_unix_seconds() {
        writer.add(Entry::mark(Outcome::Closed));
    }
    writer.commit()?;
    say::results(&rejected_list(&sent, &seen))?;
    say::results(&counts.to_text(&campaign.id))?;
    Ok(if counts.rejected == 0 { Status::Good } else { Status::FoundFaults })
}

fn campaign_of(args: &Args, writer: &Writer, archive: &Archive) -> Result<CampaignId, Fault> {
    match (writer.ledger(), &args.campaign) {
        (Some(ledger), Some(wanted)) if ledger.campaign != *wanted => Err(Fault::LedgerOfOther {
            path: args.ledger.clone(),
            found: ledger.campaign.clone(),
            wanted: wanted.clone(),
        }),
        (Some(ledger), _) => {
            if ledger.is_unfinished() {
                say::warning("前回の受付が途中で止まっていたので、書きかけの 1 行を除きました");
            }
            Ok(ledger.campaign.clone())
        }
        (None, Some(wanted)) => Ok(wanted.clone()),
        (None, None) => Ok(archive.latest().id.clone()),
    }
}

/// What became of a file; small, since there may be a hundred thousand.
enum Seen {
    Accepted {
        jti: B64<16>,
        payload_sha256: Sha256,
        kid: KeyId,
    },
    /// With the hash of the file, unless it has no bytes that could be read.
    Rejected {
        reason: Reason,
        sha256: Option<Sha256>,
    },
}

fn look_at(sent: &Sent, examiner: &Examiner<'_>) -> Seen {
    let bytes = match examine::read(sent) {
        Ok(bytes) => bytes,
        Err(reason) => return Seen::Rejected { reason, sha256: None },
    };
    match examiner.examine(&bytes) {
        Ok(accepted) => Seen::Accepted {
            jti: accepted.result.jti,
            payload_sha256: accepted.result.payload_sha256(),
            kid: accepted.result.kid(),
        },
        Err(reason) => Seen::Rejected { reason, sha256: Some(Sha256::of(&bytes)) },
    }
}

#[derive(Default)]
struct Counts {
    new: usize,
    known: usize,
    paper: usize,
    rejected: usize,
}

/// Adds what is new. A file that cannot be read has no identity: it is listed, not recorded.
fn record(writer: &mut Writer, sent: &[Sent], seen: &[Seen], paper: Vec<KeyId>) -> Counts {
    debug_assert_eq!(sent.len(), seen.len());
    let mut counts = Counts::default();
    for seen in seen {
        match seen {
            Seen::Accepted { jti, payload_sha256, kid } => {
                let is_new = writer.add(Entry {
                    jti: Some(*jti),
                    payload_sha256: Some(*payload_sha256),
                    kid: Some(*kid),
                    outcome: Outcome::Accepted,
                });
                *(if is_new { &mut counts.new } else { &mut counts.known }) += 1;
            }
            Seen::Rejected { reason, sha256 } => {
                counts.rejected += 1;
                if sha256.is_some() {
                    let outcome = Outcome::Rejected(reason.code().to_owned());
                    writer.add(Entry { payload_sha256: *sha256, ..Entry::mark(outcome) });
                }
            }
        }
    }
    for kid in paper {
        let entry = Entry { kid: Some(kid), ..Entry::mark(Outcome::Paper) };
        counts.paper += usize::from(writer.add(entry));
    }
    counts
}

fn rejected_list(sent: &[Sent], seen: &[Seen]) -> String {
    let mut text = String::new();
    for (sent, seen) in sent.iter().zip(seen) {
        if let Seen::Rejected { reason, .. } = seen {
            let _ = writeln!(
                text,
                "受付不可  {}\n  理由: {} [{}]\n  対処: {}",
                sent.shown,
                reason.sentence(),
                reason.code(),
                reason.remedy()
            );
        }
    }
    text
}

impl Counts {
    fn to_text(&self, campaign: &CampaignId) -> String {
        let Self { new, known, paper, rejected } = self;
        format!(
            "実施回 {campaign}: 新しく受理 {new} 件、受理済み {known} 件、紙で実施 {paper} 人、\
             受付不可 {rejected} 件\n"
        )
    }
}
