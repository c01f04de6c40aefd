//! `tally collect`: takes files in. The only writer of the ledger and, of the commands that judge
//! results, the only reader of the clock.

use std::collections::BTreeMap;
use std::path::PathBuf;

use selfcheck::digest::Sha256;
use selfcheck::id::CampaignId;
use selfcheck::set::Campaign;
use serde::Serialize;

use crate::apart::named;
use crate::archive::Archive;
use crate::examine::{self, Accepted, Examiner};
use crate::fault::Fault;
use crate::inbox::{self, Sent};
use crate::ledger::{Entry, Outcome as Recorded, Seen, Writer};
use crate::paper::{self, OnPaper};
use crate::reason::{Flag, Reason};
use crate::roster::Roster;
use crate::status_code::Status;
use crate::timing::Stage;
use crate::verdict::{self, Listing, Outcome};
use crate::{apart, clock, say};

/// 結果ファイルを受け付け、初めて見たものを台帳に記す
///
/// 受付フォルダを調べ、受付不可のものと、注意の要るものを挙げます。Windows などが置くファイル（Thumbs.db
/// など）は「その他」として挙げ、受付不可に数えません。
/// 何度実行しても、同じ結果は一度しか記しません。途中で止まっても、もう一度実行すれば続きから記します。
/// 受付不可だったファイルを後で受理したとき（名簿が新しくなったなど）は、初めに見た日時を受付の日時とします。
/// 締切の翌日以降に一度実行すると、台帳に締切を記します（`tally report` に要ります）。
///
/// 終了コード: 0 すべて受理、1 受付不可がある、2 実行できなかった
///
/// Take result files in.
#[derive(clap::Args)]
#[command(
    verbatim_doc_comment,
    after_help = "\
例:
  tally collect --ledger r8.jsonl --archive content/archive --roster roster.json --inbox inbox
  tally collect --ledger r8.jsonl --archive content/archive --roster roster.json \\
    --inbox inbox --paper paper.csv

paper.csv（紙で実施した人。実施率に数え、採点はしません）:
  職員番号
  000123"
)]
pub(crate) struct Args {
    /// 台帳。なければ作る (ledger)
    #[arg(long, value_name = "JSONL")]
    ledger: PathBuf,
    /// 設問集の保管フォルダ content/archive (frozen question sets)
    #[arg(long, value_name = "DIR")]
    archive: PathBuf,
    /// 名簿 (roster)
    #[arg(long, value_name = "JSON")]
    roster: PathBuf,
    /// 受付フォルダ (folder with result files)
    #[arg(long, value_name = "DIR")]
    inbox: PathBuf,
    /// 紙で実施した人の一覧 (done on paper)
    #[arg(long, value_name = "CSV")]
    paper: Option<PathBuf>,
    /// 実施回。省くと台帳の実施回、新しい台帳では最も新しい実施回 (campaign)
    #[arg(long, value_name = "ID")]
    campaign: Option<CampaignId>,
    /// 機械で読む JSON で出す（書式は tally/schema/collect.schema.json）
    #[arg(long)]
    json: bool,
    /// 段階ごとの所要時間を最後に示す
    #[arg(long)]
    timings: bool,
}

pub(crate) fn run(args: &Args) -> Result<Status, Fault> {
    let ledger = named("`--ledger`", &args.ledger);
    let mut inputs = vec![named("`--archive`", &args.archive), named("`--roster`", &args.roster)];
    inputs.extend(args.paper.as_deref().map(|paper| named("`--paper`", paper)));
    apart::check(std::slice::from_ref(&ledger), &inputs)?;
    apart::not_sent(&ledger, &named("`--inbox`", &args.inbox))?;
    let roster = Roster::read(&args.roster)?;
    let archive = Archive::read(&args.archive)?;
    let paper = match &args.paper {
        None => Vec::new(),
        Some(path) => match paper::read(path, &roster.roster)? {
            Some(people) => people,
            None => return Ok(Status::FoundFaults),
        },
    };
    if let Some(wanted) = &args.campaign {
        archive.campaign(wanted)?;
    }
    // Before there is a ledger; once it is known of which campaign that is, again.
    archive.check_org(&roster, &args.roster, args.campaign.as_ref())?;
    let sent = inbox::list_folder(&args.inbox)?;
    let now = clock::now()?;
    let mut writer = Writer::open(&args.ledger, &now)?;
    let campaign = campaign_of(args, &writer, &archive)?;
    archive.check_org(&roster, &args.roster, Some(&campaign.id))?;
    let examiner = Examiner::new(&roster, &archive, Some(&campaign.id));
    let mut listing = Listing::begin(args.json, &Head { v: 1, campaign: &campaign.id })?;

    writer.add(Entry::mark(Recorded::Open(campaign.id.clone())));
    let mut counts = Counts::default();
    let first_seen = FirstSeen { rejected: writer.take_rejected(), now: Seen::from(&now) };
    inbox::each(
        &sent,
        |sent| look_at(sent, &examiner, campaign, &first_seen),
        |_, looked| {
            let told = examiner.timings.time(Stage::Ledger, || {
                let told = looked.into_iter().filter_map(|one| counts.record(one, &mut writer));
                let told: Vec<Outcome> = told.collect();
                writer.flush().map(|()| told)
            })?;
            told.iter().try_for_each(|outcome| listing.add(outcome))
        },
    )?;
    counts.paper = paper.iter().filter(|person| record_paper(person, &mut writer)).count();
    counts.closed = now.unix_seconds() >= campaign.closes.end_unix_seconds();
    if counts.closed {
        writer.add(Entry::mark(Recorded::Closed));
    }
    examiner.timings.time(Stage::Ledger, || writer.commit())?;
    listing.end(&counts.to_text(&campaign.id), &counts)?;
    if args.timings {
        say::note(examiner.timings.to_text().trim_end());
    }
    Ok(if counts.rejected == 0 { Status::Good } else { Status::FoundFaults })
}

fn campaign_of<'a>(
    args: &Args,
    writer: &Writer,
    archive: &'a Archive,
) -> Result<&'a Campaign, Fault> {
    if writer.is_unfinished() {
        say::warning("前回の受付が途中で止まっていたので、書きかけの 1 行を除きました");
    }
    match (writer.campaign(), &args.campaign) {
        (Some(found), Some(wanted)) if found != wanted => Err(Fault::LedgerOfOther {
            path: args.ledger.clone(),
            found: found.clone(),
            wanted: wanted.clone(),
        }),
        (Some(found), _) => archive.campaign_of(found, &args.ledger),
        (None, Some(wanted)) => archive.campaign(wanted),
        (None, None) => Ok(archive.latest()),
    }
}

/// When files were first seen.
struct FirstSeen {
    /// Files that were rejected, by their hash.
    rejected: BTreeMap<Sha256, Seen>,
    /// All others.
    now: Seen,
}

impl FirstSeen {
    /// Of a file with these bytes. Hashed only when there is something to find.
    fn of(&self, bytes: &[u8]) -> Seen {
        let is_known = !self.rejected.is_empty();
        let known = is_known.then(|| self.rejected.get(&Sha256::of(bytes))).flatten();
        known.copied().unwrap_or(self.now)
    }
}

/// What is to be recorded of a file, and told about it.
struct Looked {
    /// `None`: a file that cannot be read has no identity. It is listed, not recorded.
    entry: Option<Entry>,
    /// Somebody has to look at it, for being rejected or for these flags.
    told: Option<(Outcome, Vec<Flag>)>,
    kind: Seeing,
}

/// Which count a file goes to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Seeing {
    Accepted,
    Rejected,
    NotAResult,
}

fn look_at(
    sent: &Sent,
    examiner: &Examiner<'_>,
    campaign: &Campaign,
    first_seen: &FirstSeen,
) -> Looked {
    let rejected = |reason: &Reason, sha256: Option<Sha256>| Looked {
        entry: sha256.map(|sha256| Entry {
            payload_sha256: Some(sha256),
            ..Entry::mark(Recorded::Rejected(reason.code().into()))
        }),
        told: Some((Outcome::rejected(sent, reason), Vec::new())),
        kind: match reason {
            Reason::SystemFile => Seeing::NotAResult,
            _ => Seeing::Rejected,
        },
    };
    let bytes = match examiner.timings.time(Stage::Read, || examine::read(sent)) {
        Ok(bytes) => bytes,
        Err(reason) => return rejected(&reason, None),
    };
    match examiner.examine(sent, &bytes) {
        Ok(accepted) => {
            let flags = flags_then(&accepted, campaign, first_seen.of(&bytes));
            Looked {
                entry: Some(Entry {
                    jti: Some(accepted.result.jti),
                    payload_sha256: Some(accepted.result.payload_sha256()),
                    kid: Some(accepted.result.kid()),
                    outcome: Recorded::Accepted,
                }),
                told: (!flags.is_empty())
                    .then(|| (Outcome::accepted(sent, &accepted, Vec::new()), flags)),
                kind: Seeing::Accepted,
            }
        }
        Err(reason) => rejected(&reason, Some(Sha256::of(&bytes))),
    }
}

/// The flags of a file that was first seen then: now, or when it was rejected.
fn flags_then(accepted: &Accepted<'_>, campaign: &Campaign, seen: Seen) -> Vec<Flag> {
    let mut flags = accepted.flags();
    let is_after = |end: i64| seen.unix_seconds() >= end;
    let revoked = accepted.key.revoked.is_some_and(|day| is_after(day.end_unix_seconds()));
    flags.retain(|flag| *flag != Flag::KeyRevoked || revoked);
    let grace = i64::from(campaign.grace_days) * 86_400;
    if is_after(campaign.closes.end_unix_seconds() + grace) {
        flags.push(Flag::SeenLate);
    }
    flags
}

/// A person on paper is recorded once, whichever of their keys it was under.
fn record_paper(person: &OnPaper, writer: &mut Writer) -> bool {
    let is_known = person.keys.iter().any(|kid| writer.knows(&Entry::paper(*kid)));
    let newest = person.keys.last();
    !is_known && newest.is_some_and(|kid| writer.add(Entry::paper(*kid)))
}

#[derive(Serialize)]
struct Head<'a> {
    v: u8,
    campaign: &'a CampaignId,
}

#[derive(Default, Serialize)]
struct Counts {
    new: usize,
    known: usize,
    paper: usize,
    rejected: usize,
    not_results: usize,
    closed: bool,
}

impl Counts {
    /// Adds what is new to the ledger; returns what has to be told.
    fn record(&mut self, looked: Looked, writer: &mut Writer) -> Option<Outcome> {
        let Looked { entry, told, kind } = looked;
        let is_new = entry.is_some_and(|entry| writer.add(entry));
        *(match (kind, is_new) {
            (Seeing::Accepted, true) => &mut self.new,
            (Seeing::Accepted, false) => &mut self.known,
            (Seeing::Rejected, _) => &mut self.rejected,
            (Seeing::NotAResult, _) => &mut self.not_results,
        }) += 1;
        let (outcome, mut flags) = told?;
        if kind != Seeing::Accepted {
            return Some(outcome);
        }
        if !is_new {
            // When it was first seen, the ledger knows and `report` tells.
            flags.retain(|flag| !matches!(flag, Flag::KeyRevoked | Flag::SeenLate));
        }
        (!flags.is_empty()).then(|| outcome.with_flags(flags))
    }

    fn to_text(&self, campaign: &CampaignId) -> String {
        let Self { new, known, paper, rejected, not_results, closed } = self;
        format!(
            "実施回 {campaign}{}: 新しく受理 {new} 件、受理済み {known} 件、新しく紙で実施 {paper} 人、\
             受付不可 {rejected} 件{}\n",
            if *closed { "（締切後）" } else { "" },
            verdict::not_results(*not_results)
        )
    }
}
