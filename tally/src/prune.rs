//! `tally prune`: deletes result files after the time they are kept, with a log.
//!
//! The ledger stays: it holds no answers, and the report's digests point to it.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use selfcheck::b64;
use selfcheck::digest::Sha256;
use selfcheck::time::{Date, Timestamp};
use serde::Serialize;
use serde_json::Value;

use crate::apart::named;
use crate::fault::Fault;
use crate::inbox::{self, Sent};
use crate::ledger::{Ledger, Seen};
use crate::status_code::Status;
use crate::{apart, clock, examine, log, say};

/// 保存期間を過ぎた結果ファイルを消す（記録を残す）
///
/// 台帳に受付の記録があり、その日が `--before` より前のファイルだけを消します。台帳にないファイル
/// （大きすぎるもの、リンクなど）は受け付けた日が分からないので、名前を挙げて残します。
/// `--apply` がなければ、挙げるだけで消しません。消す前に `--log` に記します。台帳は残ります。
/// 締め切っていない実施回のファイルは消しません。
///
/// 終了コード: 0 消した（挙げた）、2 実行できなかった
///
/// Delete old result files.
#[derive(clap::Args)]
#[command(
    verbatim_doc_comment,
    after_help = "\
例:
  tally prune --ledger r8.jsonl --inbox inbox --before 2027-04-01 --log prune.jsonl
  tally prune --ledger r8.jsonl --inbox inbox --before 2027-04-01 --log prune.jsonl --apply"
)]
pub(crate) struct Args {
    /// 台帳 (ledger)
    #[arg(long, value_name = "JSONL")]
    ledger: PathBuf,
    /// 受付フォルダ (folder with result files)
    #[arg(long, value_name = "DIR")]
    inbox: PathBuf,
    /// この日より前に受け付けたものを消す (first day that is kept)
    #[arg(long, value_name = "YYYY-MM-DD")]
    before: Date,
    /// 消去の記録を書き足すファイル (log of deletions)
    #[arg(long, value_name = "JSONL")]
    log: PathBuf,
    /// 実際に消す (delete, not only list)
    #[arg(long)]
    apply: bool,
}

/// Stands where others have their time, and is as wide.
const NOT_IN_LEDGER: &str = "台帳にない          ";

#[derive(Serialize)]
struct Deletion<'a> {
    at: Timestamp,
    command: &'static str,
    file: &'a str,
    seen: Seen,
    sha256: Sha256,
}

pub(crate) fn run(args: &Args) -> Result<Status, Fault> {
    let log = named("`--log`", &args.log);
    apart::check(std::slice::from_ref(&log), &[named("`--ledger`", &args.ledger)])?;
    apart::not_sent(&log, &named("`--inbox`", &args.inbox))?;
    // Of a file that was rejected at first and accepted later, the first line counts.
    let mut first_seen: BTreeMap<Sha256, Seen> = BTreeMap::new();
    let ledger = Ledger::read(&args.ledger, |line| {
        if let Some(sha256) = line.payload_sha256 {
            first_seen.entry(sha256).or_insert(line.seen);
        }
    })?;
    if !ledger.is_closed() {
        return Err(Fault::StillOpen(args.ledger.clone()));
    }
    let sent = inbox::list_folder(&args.inbox)?;
    let (mut old, mut unknown) = (0_usize, 0_usize);
    for sent in &sent {
        let Some((sha256, seen)) = identity(sent, &first_seen) else {
            unknown += 1;
            say::results(&format!("{NOT_IN_LEDGER}  {}\n", sent.shown()))?;
            continue;
        };
        if Date::in_japan(seen.unix_seconds()).is_some_and(|day| day < args.before) {
            old += 1;
            if args.apply {
                let (at, file) = (clock::now()?, &sent.shown());
                log::append(&args.log, &Deletion { at, command: "prune", file, seen, sha256 })?;
                fs::remove_file(&sent.path)
                    .map_err(|error| Fault::Write { path: sent.path.clone(), error })?;
            }
            say::results(&format!("{seen}  {}\n", sent.shown()))?;
        }
    }
    let done =
        if args.apply { "消しました" } else { "あります（--apply で消します）" };
    say::results(&format!(
        "{} より前のもの {old} 件{done}。残り {} 件（うち台帳にないもの {unknown} 件）\n",
        args.before,
        sent.len() - old
    ))?;
    Ok(Status::Good)
}

/// The hash the ledger knows a file by, and when: of its payload if it was accepted, of its bytes
/// if not. Nothing is believed here, so nothing is verified.
fn identity(sent: &Sent, first_seen: &BTreeMap<Sha256, Seen>) -> Option<(Sha256, Seen)> {
    let bytes = examine::read(sent).ok()?;
    let payload = serde_json::from_slice::<Value>(&bytes).ok();
    let payload = payload.and_then(|outer| b64::decode(outer.get("payload")?.as_str()?).ok());
    let hashes = [payload.map(|payload| Sha256::of(&payload)), Some(Sha256::of(&bytes))];
    hashes.into_iter().flatten().find_map(|sha256| Some((sha256, *first_seen.get(&sha256)?)))
}
