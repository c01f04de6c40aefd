//! `tally verify`: judges files without a ledger.

use std::collections::BTreeSet;
use std::path::PathBuf;

use selfcheck::id::CampaignId;
use serde::Serialize;

use crate::archive::Archive;
use crate::examine::Examiner;
use crate::fault::Fault;
use crate::inbox::{self, Sent};
use crate::reason::Flag;
use crate::roster::Roster;
use crate::say;
use crate::status_code::Status;
use crate::verdict::{self, Listing, Outcome, Verdict};

/// 結果ファイルを検証する（署名・本人・設問集・回答）
///
/// 採点は回答からやり直します。個人の回答や得点は表示しません。
/// フォルダを指定すると、その下のすべてのファイルを調べます。Windows などが置くファイル（Thumbs.db など）は
/// 「その他」として挙げ、受付不可に数えません。
///
/// 終了コード: 0 すべて受理、1 受付不可がある、2 実行できなかった
///
/// Verify result files without a ledger.
#[derive(clap::Args)]
#[command(
    verbatim_doc_comment,
    after_help = "\
例:
  tally verify --roster roster.json --archive content/archive inbox/
  tally verify --roster roster.json --archive content/archive --json r8-Zm9vYmFy.selfcheck.json"
)]
pub(crate) struct Args {
    /// 名簿 (roster)
    #[arg(long, value_name = "JSON")]
    roster: PathBuf,
    /// 設問集の保管フォルダ content/archive (frozen question sets)
    #[arg(long, value_name = "DIR")]
    archive: PathBuf,
    /// この実施回だけを受け付ける (campaign)
    #[arg(long, value_name = "ID")]
    campaign: Option<CampaignId>,
    /// 機械で読む JSON で出す（書式は tally/schema/verify.schema.json）
    #[arg(long)]
    json: bool,
    /// 段階ごとの所要時間を最後に示す
    #[arg(long)]
    timings: bool,
    /// 結果ファイルかフォルダ (result files or folders)
    #[arg(required = true)]
    files: Vec<PathBuf>,
}

#[derive(Serialize)]
struct Head {
    v: u8,
}

#[derive(Default, Serialize)]
struct Counts {
    accepted: usize,
    rejected: usize,
    not_results: usize,
}

pub(crate) fn run(args: &Args) -> Result<Status, Fault> {
    let roster = Roster::read(&args.roster)?;
    let archive = Archive::read(&args.archive)?;
    if let Some(campaign) = &args.campaign {
        archive.campaign(campaign)?;
    }
    archive.check_org(&roster, &args.roster, args.campaign.as_ref())?;
    let examiner = Examiner::new(&roster, &archive, args.campaign.as_ref());
    let sent = inbox::list(&args.files)?;
    let mut listing = Listing::begin(args.json, &Head { v: 1 })?;
    let (mut counts, mut seen) = (Counts::default(), BTreeSet::new());
    inbox::each(
        &sent,
        |sent| judge(sent, &examiner),
        |_, outcomes| {
            for mut outcome in outcomes {
                match &mut outcome.verdict {
                    Verdict::Accepted { jti, payload_sha256, flags, .. } => {
                        counts.accepted += 1;
                        // Two files of one result are one result.
                        if !seen.insert((*jti, *payload_sha256)) {
                            flags.push(Flag::Duplicate.into());
                        }
                    }
                    Verdict::Rejected { .. } => counts.rejected += 1,
                    Verdict::NotAResult { .. } => counts.not_results += 1,
                }
                listing.add(&outcome)?;
            }
            Ok(())
        },
    )?;
    let Counts { accepted, rejected, not_results } = counts;
    let others = verdict::not_results(not_results);
    listing.end(&format!("受理 {accepted} 件、受付不可 {rejected} 件{others}\n"), &counts)?;
    if args.timings {
        say::note(examiner.timings.to_text().trim_end());
    }
    Ok(if rejected == 0 { Status::Good } else { Status::FoundFaults })
}

fn judge(sent: &Sent, examiner: &Examiner<'_>) -> Outcome {
    match examiner.examine_file(sent) {
        Ok(accepted) => Outcome::accepted(sent, &accepted, accepted.flags()),
        Err(reason) => Outcome::rejected(sent, &reason),
    }
}
