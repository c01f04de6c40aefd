//! `tally revoke`: stops a lost or leaked code.

use std::path::PathBuf;

use selfcheck::id::PersonId;
use selfcheck::time::Date;

use crate::enrol::person_number;
use crate::fault::Fault;
use crate::files::Staged;
use crate::roster::Roster;
use crate::status_code::Status;
use crate::{clock, say};

/// Revoke the enrolment code of a person.
///
/// なくした、または人に見られた登録コードを止めます。止める日より前に受け付けた結果はそのまま有効で、
/// 後に受け付けたものは印が付きます。新しいコードは `tally enrol --renew` で出します。
#[derive(clap::Args)]
#[command(after_help = "\
Example / 例:
  tally revoke --roster roster.json --person 000123")]
pub(crate) struct Args {
    /// Roster / 名簿
    #[arg(long, value_name = "JSON")]
    roster: PathBuf,
    /// Person number / 職員番号
    #[arg(long, value_name = "SUB", value_parser = person_number)]
    person: PersonId,
    /// Last good day, default today in Japan / 失効日
    #[arg(long, value_name = "YYYY-MM-DD")]
    on: Option<Date>,
}

pub(crate) fn run(args: &Args) -> Result<Status, Fault> {
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
    Staged::write(&args.roster, roster.to_json().as_bytes())?.replace()?;
    say::results(&format!(
        "職員番号 {} の登録コードを止めました（鍵 {kid}、{day}）\n",
        args.person
    ))?;
    Ok(Status::Good)
}
