//! `tally revoke`: stops a lost or leaked code.

use std::path::PathBuf;

use selfcheck::id::PersonId;
use selfcheck::time::Date;

use crate::enrol::person_number;
use crate::fault::Fault;
use crate::roster::Roster;
use crate::roster_lock::RosterLock;
use crate::status_code::Status;
use crate::{clock, say};

/// なくした、または人に見られた登録コードを止める
///
/// 止める日までに受け付けた結果はそのまま有効で、後に受け付けたものには印が付きます。
/// 人に見られた日が分かるときは、`--on` にその前の日を書きます。
/// 新しいコードは `tally enrol --renew` で出します。
///
/// 終了コード: 0 止めた、2 実行できなかった
///
/// Revoke a code.
#[derive(clap::Args)]
#[command(
    verbatim_doc_comment,
    after_help = "\
例:
  tally revoke --roster roster.json --person 000123
  tally enrol  --staff staff.csv --roster roster.json --letters renewed.html --org ageo \\
    --renew 000123"
)]
pub(crate) struct Args {
    /// 名簿 (roster)
    #[arg(long, value_name = "JSON")]
    roster: PathBuf,
    /// 職員番号 (person number)
    #[arg(long, value_name = "NO", value_parser = person_number)]
    person: PersonId,
    /// コードが有効な最後の日。省くと今日 (last good day)
    #[arg(long, value_name = "YYYY-MM-DD")]
    on: Option<Date>,
}

pub(crate) fn run(args: &Args) -> Result<Status, Fault> {
    // Asked for first, so that a mistyped path leaves no lock beside it.
    Roster::read(&args.roster)?;
    let lock = RosterLock::take(&args.roster)?;
    let mut roster = Roster::read(&args.roster)?.roster;
    let day = args.on.map_or_else(clock::today, Ok)?;
    let person = roster
        .people
        .iter_mut()
        .find(|person| person.sub == args.person)
        .ok_or_else(|| Fault::UnknownPerson { person: args.person.clone(), place: "名簿" })?;
    let key = person.current_key().ok_or_else(|| Fault::NothingToRevoke(args.person.clone()))?;
    key.revoked = Some(day);
    let kid = key.kid;
    lock.replace(&roster.to_json())?;
    say::results(&format!(
        "職員番号 {} の登録コードを止めました（{day} まで有効、鍵 {kid}）\n",
        args.person
    ))?;
    Ok(Status::Good)
}
