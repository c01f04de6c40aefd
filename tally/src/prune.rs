//! `tally prune`: deletes result files after the time they are kept, with a log.
//!
//! The ledger stays: it holds no answers, and the report's digests point to it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use selfcheck::b64;
use selfcheck::digest::Sha256;
use selfcheck::time::{Date, Timestamp};
use serde::Serialize;
use serde_json::Value;

use crate::fault::Fault;
use crate::inbox::{self, Sent};
use crate::ledger::Ledger;
use crate::status_code::Status;
use crate::{clock, examine, log, say};

/// Delete result files that were first seen before a day; lists them unless `--apply` is given.
///
/// 保存期間を過ぎた結果ファイルを消します。台帳に受付の記録があり、その日が `--before` より前のファイル
/// だけです。`--apply` がなければ、挙げるだけで消しません。消す前に `--log` に記します。台帳は残ります。
#[derive(clap::Args)]
#[command(after_help = "\
Example / 例:
  tally prune --ledger r8.jsonl --inbox inbox --before 2027-04-01 --log prune.jsonl
  tally prune --ledger r8.jsonl --inbox inbox --before 2027-04-01 --log prune.jsonl --apply")]
pub(crate) struct Args {
    /// Ledger / 台帳
    #[arg(long, value_name = "JSONL")]
    ledger: PathBuf,
    /// Folder with result files / 受付フォルダ
    #[arg(long, value_name = "DIR")]
    inbox: PathBuf,
    /// First day that is kept / この日より前に受け付けたものを消す
    #[arg(long, value_name = "YYYY-MM-DD")]
    before: Date,
    /// Log of deletions / 消去の記録
    #[arg(long, value_name = "JSONL")]
    log: PathBuf,
    /// Delete, not only list / 実際に消す
    #[arg(long)]
    apply: bool,
}

#[derive(Serialize)]
struct Deletion<'a> {
    at: Timestamp,
    command: &'static str,
    file: &'a str,
    seen: &'a Timestamp,
    sha256: Sha256,
}

pub(crate) fn run(args: &Args) -> Result<Status, Fault> {
    let ledger = Ledger::read(&args.ledger)?;
    let seen: BTreeMap<Sha256, &Timestamp> = ledger
        .lines
        .iter()
        .rev()
        .filter_map(|line| Some((line.payload_sha256?, &line.seen)))
        .collect();
    let sent = inbox::list(std::slice::from_ref(&args.inbox))?;
    let mut text = String::new();
    let mut old = 0_usize;
    for (sent, sha256) in sent.iter().filter_map(|sent| Some((sent, identity(sent, &seen)?))) {
        let seen = seen[&sha256];
        let is_old = Date::in_japan(seen.unix_seconds()).is_some_and(|day| day < args.before);
        if is_old {
            old += 1;
            let _ = writeln!(text, "{seen}  {}", sent.shown);
            if args.apply {
                let file = sent.shown.as_str();
                let at = clock::now()?;
                log::append(&args.log, &Deletion { at, command: "prune", file, seen, sha256 })?;
                fs::remove_file(&sent.path)
                    .map_err(|error| Fault::Write { path: sent.path.clone(), error })?;
            }
        }
    }
    let done =
        if args.apply { "消しました" } else { "あります（--apply で消します）" };
    let kept = sent.len() - old;
    say::results(&format!("{text}{} より前のもの {old} 件{done}。残り {kept} 件\n", args.before))?;
    Ok(Status::Good)
}

/// The hash the ledger knows a file by: of its payload if it was accepted, of its bytes if not.
/// Nothing is believed here, so nothing is verified.
fn identity(sent: &Sent, seen: &BTreeMap<Sha256, &Timestamp>) -> Option<Sha256> {
    let bytes = examine::read(sent).ok()?;
    let payload = serde_json::from_slice::<Value>(&bytes).ok();
    let payload = payload.and_then(|outer| b64::decode(outer.get("payload")?.as_str()?).ok());
    let hashes = [payload.map(|payload| Sha256::of(&payload)), Some(Sha256::of(&bytes))];
    hashes.into_iter().flatten().find(|sha256| seen.contains_key(sha256))
}
