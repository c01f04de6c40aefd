//! `tally report`: the committee's report, made once after closing. Never looks at the clock:
//! same inputs, same bytes.
//!
//! 1. `load`, `receipts`, `answers`, `office_data`: files, ledger, roster and sets, judged again;
//!    answers folded by person; what the office keeps beside them.
//! 2. `partition`, `cells`: which groups and cells may be shown.
//! 3. `figures`, `items`, `whole_city`: everything that is shown; `summary`: the same for machines
//!    and for next year; `results`: the same for a page of the site.
//! 4. `tables`, `page`, `svg`, `sheet_csv`, `workbook`, `improvement`: the outputs.
//! 5. `incomplete`: whether everybody of the ledger is there; `inputs`, `gives_away`: what was used,
//!    and the rule about a second report; `publish`: the folder.

mod answers;
mod cells;
mod figures;
mod gives_away;
mod improvement;
mod incomplete;
mod inputs;
mod items;
mod load;
mod office_data;
mod page;
mod partition;
mod publish;
mod receipts;
mod results;
mod sheet_csv;
mod summary;
mod svg;
mod tables;
pub(crate) mod wareki;
mod whole_city;
mod workbook;

use std::collections::BTreeMap;
use std::path::PathBuf;

use selfcheck::id::OrgId;
use selfcheck::set::Campaign;

use answers::Questions;
use figures::Figures;
pub(crate) use gives_away::GivesAway;
pub(crate) use incomplete::Incomplete;
use inputs::Inputs;
use load::{Campaigned, Known};
use office_data::OfficeData;
use publish::Reported;
use receipts::Receipts;
use summary::Summary;
use tables::Table;

use crate::apart::{self, named};
use crate::archive::Archive;
use crate::examine::Examiner;
use crate::fault::Fault;
use crate::inbox;
use crate::ledger::Ledger;
use crate::roster::Roster;
use crate::say;
use crate::status::Completion;
use crate::status_code::Status;
use crate::verdict;

/// 委員会に出す自己点検結果報告書を作る
///
/// 締切の後に一度だけ、台帳・結果ファイル・名簿・設問集から HTML、Excel、CSV、summary.json と、所属ごとの
/// 改善策票を作ります。5 人未満のグループの得点はどこにも出しません。時計は見ないので、同じ材料からは
/// いつでも同じファイルができます。
/// 台帳が受理した結果が `--files` に一つでも見当たらないとき、名簿に台帳の人がいないときは、作りません。
/// 作った報告は台帳の隣（例 r8.jsonl.reports.json）に覚え、比べると 5 人未満の結果が分かる二つ目は作りません。
///
/// 終了コード: 0 すべて集計した、1 受付不可や見当たらないものがある、2 実行できなかった
///
/// Write the committee's report.
#[derive(clap::Args)]
#[command(
    verbatim_doc_comment,
    after_help = "\
例:
  tally report --ledger r8.jsonl --archive content/archive --roster roster.json --files inbox \\
    --content content --out reports/r8 --previous reports/r7 --previous reports/r6

出力先にできるフォルダ:
  committee/    報告書: report.html, report.xlsx, CSV, summary.json
  improvement/  所属ごとの改善策票 (.xlsx, .md)
  site/         庁内サイトの結果の図のデータ: 中身を content/data に置く
  secretariat/  事務局限り: secretariat.xlsx, rejected.csv, flags.csv, inputs.json"
)]
pub(crate) struct Args {
    /// 締切後の台帳 (ledger)
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
    files: PathBuf,
    /// 報告を書くフォルダ (folder for the report)
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// 前の年度の報告のフォルダ。年度の数だけ繰り返せる (earlier report)
    #[arg(long, value_name = "DIR")]
    previous: Vec<PathBuf>,
    /// サイトの content フォルダ。組織名、改善策、委員会の決定を載せる (content of the site)
    #[arg(long, value_name = "DIR")]
    content: Option<PathBuf>,
    /// 受理した結果のうち、消したなどで `--files` にもうないと分かっている件数。その結果を除いて作る。
    /// 後で見付かっても、数人分なら作り直せない (results known to be gone)
    #[arg(long, value_name = "N")]
    missing: Option<usize>,
}

pub(crate) fn run(args: &Args) -> Result<Status, Fault> {
    keep_apart(args)?;
    let roster = Roster::read(&args.roster)?;
    let (mut completion, mut receipts) = (Completion::of_nobody(&roster), Receipts::default());
    let ledger = Ledger::read(&args.ledger, |line| {
        completion.add(&line, &roster);
        receipts.add(&line);
    })?;
    if !ledger.is_closed() {
        return Err(Fault::NotClosed(args.ledger.clone()));
    }
    let archive = Archive::read(&args.archive)?;
    let campaign = archive.campaign_of(&ledger.campaign, &args.ledger)?;
    archive.check_org(&roster, &args.roster, Some(&campaign.id))?;
    Incomplete::roster(&args.roster, &completion).map_err(Fault::Incomplete)?;
    let questions = Questions::of(&archive, &campaign.id)?;
    let office = match &args.content {
        Some(folder) => OfficeData::read(folder)?,
        None => OfficeData::default(),
    };
    let earlier = read_earlier(&args.previous, &roster.roster.org, campaign)?;
    let sent = inbox::list_folder(&args.files)?;
    let examiner = Examiner::new(&roster, &archive, Some(&campaign.id));
    let known = Known {
        campaign,
        roster: &roster,
        ledger: &ledger,
        questions: &questions,
        office: &office,
        completion,
        inbox: &args.files,
    };
    let accepted = receipts.len();
    // Paths and receipts are let go of before anything is written from the answers.
    let loaded = Campaigned::load(sent, &examiner, receipts, known);
    Incomplete::files(&args.files, args.missing, accepted, &loaded).map_err(Fault::Incomplete)?;
    let figures = Figures::of(&loaded);
    let summary = Summary::of(&loaded, &figures);
    let inputs = Inputs::of(&loaded, &figures, &archive, &earlier);
    let reported = Reported::read(&args.ledger)?;
    reported.check(&args.out, &inputs, &loaded, &figures)?;
    let files = outputs(&loaded, &figures, &summary, &earlier, &inputs)?;
    publish::publish(&args.out, &files)?;
    drop(files);
    reported.add(inputs, &args.out);
    say::results(&format!(
        "実施率 {}、集計 {} 人、受付不可 {} 件、台帳にあって見当たらない {} 件、注意 {} 件{}\n",
        summary.completion_rate(),
        figures.scored,
        loaded.rejected.len(),
        loaded.missing.len(),
        loaded.flagged.len(),
        verdict::not_results(loaded.not_results.len()),
    ))?;
    let is_good = loaded.rejected.is_empty() && loaded.missing.is_empty();
    Ok(if is_good { Status::Good } else { Status::FoundFaults })
}

/// Nothing the report is made from may lie where it is put.
fn keep_apart(args: &Args) -> Result<(), Fault> {
    let out = named("`--out`", &args.out);
    let list = named("`--ledger` の隣に作る .reports.json", &Reported::path(&args.ledger));
    let files = named("`--files`", &args.files);
    let mut inputs = vec![
        named("`--ledger`", &args.ledger),
        named("`--archive`", &args.archive),
        named("`--roster`", &args.roster),
        files.clone(),
    ];
    inputs.extend(args.previous.iter().map(|folder| named("`--previous`", folder)));
    inputs.extend(args.content.iter().map(|folder| named("`--content`", folder)));
    apart::check(&[out.clone(), list], &inputs)?;
    apart::not_sent(&out, &files)
}

/// Earlier summaries of the same organisation, oldest first, each year once.
fn read_earlier(folders: &[PathBuf], org: &OrgId, now: &Campaign) -> Result<Vec<Summary>, Fault> {
    let mut earlier: Vec<Summary> = Vec::new();
    for folder in folders {
        let summary = Summary::read(&folder.join("committee"))?;
        let Summary { campaign, fiscal_year, .. } = &summary;
        let is_twice = earlier.iter().any(|other| other.campaign == *campaign);
        let problem = if is_twice || *campaign == now.id {
            format!("実施回 `{campaign}` は、今回のものか二度目です")
        } else if summary.org != *org {
            format!("別の組織 `{}` の報告です（名簿は `{org}`）", summary.org)
        } else if *fiscal_year >= now.fiscal_year {
            format!(
                "実施回 `{campaign}` の年度は {fiscal_year} で、今回の {} より前ではありません",
                now.fiscal_year
            )
        } else if earlier.iter().any(|other| other.fiscal_year == *fiscal_year) {
            format!("{fiscal_year} 年度の報告は二つ目です")
        } else {
            earlier.push(summary);
            continue;
        };
        return Err(Fault::Previous { path: folder.clone(), problem });
    }
    earlier.sort_by_key(|summary| summary.fiscal_year);
    Ok(earlier)
}

/// Files of a report by their path in the folder.
type Files = BTreeMap<String, Vec<u8>>;

fn outputs(
    loaded: &Campaigned<'_>,
    figures: &Figures,
    summary: &Summary,
    earlier: &[Summary],
    inputs: &Inputs,
) -> Result<Files, Fault> {
    let questions = loaded.questions;
    let committee = [
        tables::figures(summary, earlier),
        tables::bureaus(figures),
        tables::completion(figures),
        tables::categories(summary, earlier.last(), questions.bands),
        tables::changes(summary, earlier),
        tables::groups(figures, questions),
        tables::trend(summary, earlier),
        tables::questions(figures, questions),
        tables::priority(summary),
        tables::policies(figures, questions),
        tables::improvements(loaded),
        tables::decisions(loaded),
    ];
    let secretariat = [tables::rejected(loaded), tables::flags(loaded)];
    let mut files = Files::new();
    for (folder, tables) in [("committee", &committee[..]), ("secretariat", &secretariat)] {
        for table in tables {
            files.insert(format!("{folder}/{}.csv", table.name), sheet_csv::write(table));
        }
    }
    let report = page::Report { loaded, figures, summary, earlier, tables: &committee, inputs };
    files.insert("committee/report.html".to_owned(), page::write(&report).into_bytes());
    let (day, bands) = (loaded.campaign.closes, questions.bands);
    files.insert("committee/report.xlsx".to_owned(), workbook::write(day, bands, &committee)?);
    let workbook = workbook::write(day, bands, &secretariat)?;
    files.insert("secretariat/secretariat.xlsx".to_owned(), workbook);
    files.insert("committee/summary.json".to_owned(), to_json(summary));
    files.insert("secretariat/inputs.json".to_owned(), to_json(inputs));
    results::write(summary, earlier, &mut files);
    improvement::write(loaded, figures, &mut files)?;
    Ok(files)
}

fn to_json(value: &impl serde::Serialize) -> Vec<u8> {
    let json = serde_json::to_string_pretty(value).expect("plain data");
    (json + "\n").into_bytes()
}

/// The table of this name.
fn table<'a>(tables: &'a [Table], name: &str) -> Option<&'a Table> {
    tables.iter().find(|table| table.name == name)
}
