//! `tally show`: one person's answers, for a stated purpose that is logged first.

use std::fmt::Write as _;
use std::fs;
use std::io::{self, BufRead as _, BufReader, IsTerminal as _, Read as _};
use std::path::PathBuf;

use selfcheck::digest::Sha256;
use selfcheck::grade::{Points, Response};
use selfcheck::id::{PersonId, Reserved};
use selfcheck::result::Decision;
use selfcheck::set::{Kind, Question};
use selfcheck::time::Timestamp;
use serde::Serialize;

use crate::apart::named;
use crate::archive::Archive;
use crate::examine::{Accepted, Examiner};
use crate::fault::Fault;
use crate::inbox::Sent;
use crate::roster::Roster;
use crate::status_code::Status;
use crate::text::{is_harmful, neutral};
use crate::verdict::role_name;
use crate::{apart, clock, log, say};

/// 結果ファイル 1 件の回答を、目的を記録したうえで表示する
///
/// 個人の回答を見るので、目的を `--purpose` に書きます。書かなければ、端末で尋ねます。目的は
/// `--log` に記してから表示します。検証に通らないファイルの中身は表示しません。
///
/// 終了コード: 0 表示した、1 受付不可のファイルだった、2 実行できなかった
///
/// Show one person's answers.
#[derive(clap::Args)]
#[command(
    verbatim_doc_comment,
    after_help = "\
例:
  tally show inbox/r8-Zm9vYmFy.selfcheck.json --roster roster.json --archive content/archive \\
    --purpose '本人からの問合せ（令和8年11月30日）' --log access.jsonl"
)]
pub(crate) struct Args {
    /// 結果ファイル (result file)
    file: PathBuf,
    /// 名簿 (roster)
    #[arg(long, value_name = "JSON")]
    roster: PathBuf,
    /// 設問集の保管フォルダ content/archive (frozen question sets)
    #[arg(long, value_name = "DIR")]
    archive: PathBuf,
    /// 見る目的。4～200 文字。省くと端末で尋ねる (why it has to be seen)
    #[arg(long, value_name = "TEXT", value_parser = purpose)]
    purpose: Option<String>,
    /// 閲覧の記録を書き足すファイル (log of purposes)
    #[arg(long, value_name = "JSONL")]
    log: PathBuf,
}

fn purpose(text: &str) -> Result<String, &'static str> {
    let text = text.trim();
    let fits = (4..=200).contains(&text.chars().count()) && !text.chars().any(is_harmful);
    if fits {
        Ok(text.to_owned())
    } else {
        Err("4～200 文字で、制御文字を使わずに書いてください")
    }
}

/// More than any purpose needs.
const MAX_ANSWER_BYTES: u64 = 4096;

/// Asks whoever sits at the terminal.
fn ask(person: &PersonId) -> Result<String, Fault> {
    say::prompt(&format!(
        "職員番号 {person} の回答を表示します。目的は記録に残ります。\n目的（4～200 文字）: "
    ));
    let mut answer = String::new();
    let read = BufReader::new(io::stdin().take(MAX_ANSWER_BYTES)).read_line(&mut answer);
    read.ok().and_then(|_| purpose(&answer).ok()).ok_or(Fault::BadPurpose)
}

#[derive(Serialize)]
struct Access<'a> {
    at: Timestamp,
    command: &'static str,
    purpose: &'a str,
    jti: String,
    payload_sha256: Sha256,
}

pub(crate) fn run(args: &Args) -> Result<Status, Fault> {
    let inputs = [
        named("結果ファイル", &args.file),
        named("`--roster`", &args.roster),
        named("`--archive`", &args.archive),
    ];
    apart::check(&[named("`--log`", &args.log)], &inputs)?;
    if args.purpose.is_none() && !io::stdin().is_terminal() {
        return Err(Fault::NoPurpose);
    }
    let roster = Roster::read(&args.roster)?;
    let archive = Archive::read(&args.archive)?;
    archive.check_org(&roster, &args.roster, None)?;
    let examiner = Examiner::new(&roster, &archive, None);
    if fs::metadata(&args.file).is_ok_and(|metadata| metadata.is_dir()) {
        // One file, one purpose.
        return Err(Fault::NotAFile(args.file.clone()));
    }
    let sent = Sent { path: args.file.clone(), problem: None };
    let accepted = match examiner.examine_file(&sent) {
        Ok(accepted) => accepted,
        Err(reason) => {
            say::warning(&format!("{}: {} [{}]", sent.shown(), reason.sentence(), reason.code()));
            say::note(&format!("  対処: {}", reason.remedy()));
            return Ok(Status::FoundFaults);
        }
    };
    let purpose = match &args.purpose {
        Some(purpose) => purpose.clone(),
        None => ask(&accepted.result.sub)?,
    };
    let access = Access {
        at: clock::now()?,
        command: "show",
        purpose: &purpose,
        jti: accepted.result.jti.to_string(),
        payload_sha256: accepted.result.payload_sha256(),
    };
    log::append(&args.log, &access)?;
    say::results(&text(&accepted))?;
    Ok(Status::Good)
}

fn text(accepted: &Accepted<'_>) -> String {
    let Accepted { result, judgement, set, .. } = accepted;
    let mut text = format!(
        "職員番号 {}  役割 {}  {}\n開始 {}  終了 {}（この PC の時計による申告）\n得点 {}\n",
        result.sub,
        role_name(result.role),
        neutral(&set.set.campaign.title),
        result.started,
        result.finished,
        points(judgement.score.total),
    );
    for flag in accepted.flags() {
        let _ = writeln!(text, "注意: {} [{}]", flag.sentence(), flag.code());
    }
    // The score has them in the order of the set.
    let categories = set.set.questions.categories().iter();
    for (category, (_, sum)) in categories.zip(&judgement.score.categories) {
        let _ = writeln!(text, "分野 {}: {}", neutral(&category.title), points(*sum));
    }
    let questions = set.set.questions.questions().iter();
    for ((question, answer), (_, earned)) in
        questions.zip(&result.answers).zip(&judgement.score.items)
    {
        let _ = writeln!(
            text,
            "\n{} {}\n  回答: {}\n  得点: {}",
            question.id,
            neutral(&question.prompt),
            chosen(question, &answer.a),
            points(*earned)
        );
    }
    text.push('\n');
    for ack in &result.ack {
        let decision = match ack.decision {
            Decision::Accept => "同意する",
            Decision::Decline => "同意しない",
            Decision::Question => "質問がある",
        };
        let _ = writeln!(text, "ポリシー {}: {decision}", ack.page);
    }
    text
}

fn points(points: Points) -> String {
    match points.percent() {
        Some(percent) => format!("{percent}%"),
        None => "対象外".to_owned(),
    }
}

fn chosen(question: &Question, response: &Response) -> String {
    let words = response.choices().iter().map(|id| match &question.kind {
        Kind::Single(choices) | Kind::Scenario(choices) | Kind::Multiple(choices) => {
            let choice = choices.iter().find(|choice| choice.id == *id);
            neutral(choice.map_or(id.as_str(), |choice| choice.text.as_str()))
        }
        Kind::Practice { .. } => match selfcheck::order::reserved(id) {
            Some(Reserved::Yes) => "はい".to_owned(),
            Some(Reserved::No) => "いいえ".to_owned(),
            Some(Reserved::DontKnow) => "わからない".to_owned(),
            Some(Reserved::NotApplicable) => "該当なし".to_owned(),
            None => id.to_string(),
        },
    });
    words.collect::<Vec<_>>().join("／")
}
