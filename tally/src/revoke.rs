//! `tally revoke`: stops a lost or leaked code.

use std::path::PathBuf;

use selfcheck::id::PersonId;
use selfcheck::keys::KeyId;
use selfcheck::time::Date;

use crate::enrol::person_number;
use crate::fault::Fault;
use crate::roster::Roster;
use crate::roster_lock::RosterLock;
use crate::status_code::Status;
use crate::{clock, say, validity};

/// なくした、または人に見られた登録コードを止める
///
/// 止める日までに受け付けた結果はそのまま有効で、後に受け付けたものには印が付きます。
/// 人に見られた日が分かるときは、`--on` にその前の日を書きます。`--on` は発行日から、今日の 366 日後まで
/// です。止める日が過ぎていなければ、もう一度実行して日を直せます。過ぎた後は、前の日にだけ直せます。
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
    /// 鍵の番号。再発行の前のコードを止めるとき。省くと今の鍵 (key id)
    #[arg(long, value_name = "KID")]
    kid: Option<KeyId>,
}

pub(crate) fn run(args: &Args) -> Result<Status, Fault> {
    // Asked for first, so that a mistyped path leaves no lock beside it.
    Roster::read(&args.roster)?;
    let lock = RosterLock::take(&args.roster)?;
    let mut roster = Roster::read(&args.roster)?.roster;
    let today = clock::today()?;
    let day = args.on.unwrap_or(today);
    validity::not_far_ahead(day, today).map_err(Fault::BadDay)?;
    let person = roster
        .people
        .iter_mut()
        .find(|person| person.sub == args.person)
        .ok_or_else(|| Fault::UnknownPerson { person: args.person.clone(), place: "名簿" })?;
    let key = match args.kid {
        None => person.keys.last_mut(),
        Some(kid) => person.keys.iter_mut().find(|key| key.kid == kid),
    };
    let key = key.ok_or_else(|| match args.kid {
        Some(kid) => Fault::UnknownKey { person: args.person.clone(), kid },
        None => Fault::NoKey(args.person.clone()),
    })?;
    let before = validity::stop(key, &args.person, day, today).map_err(Fault::BadDay)?;
    let (sub, kid) = (&args.person, key.kid);
    lock.replace(&roster.to_json())?;
    say::results(&match before {
        None => {
            format!("職員番号 {sub} の登録コードを止めました（{day} まで有効、鍵 {kid}）\n")
        }
        Some(before) => format!(
            "職員番号 {sub} の登録コードを止める日を {before} から {day} に直しました（鍵 {kid}）\n"
        ),
    })?;
    Ok(Status::Good)
}
