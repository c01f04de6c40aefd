//! `tally`: enrols staff, takes their signed result files in, and judges them.
//!
//! `main` parses the command line, calls [`run`], prints what stopped the work, and turns the
//! outcome into one of three exit statuses. Every subcommand is a file of its own with its
//! arguments, its help and its `run`; start with the one you are after. No points are reckoned
//! here: codes, keys, reading, verifying and grading are `selfcheck`'s.
//!
//! In reading order:
//! 1. `usage_fault`, `fault`, `say`, `status_code`: the command line, what stops the work, the one voice,
//!    the exit status.
//! 2. `text`, `files`, `apart`, `page`, `clock`: neutralised names, careful reading and writing, no
//!    output in the place of an input, HTML, time.
//! 3. `roster`, `validity`, `staff`, `letters`, `roster_lock`: whose keys are known and from when until
//!    when, the staff CSV, the letters with codes, both written or neither.
//! 4. `archive`, `reason`, `detail`, `system_file`, `examine`, `inbox`, `verdict`, `timing`: frozen sets,
//!    reason codes, what stands behind them, what nobody sent, one file, many files, what is told of each, how long it took.
//! 5. `ledger`, `paper`, `log`, `rate`: what was first seen when, done on paper, what was done
//!    with personal data, rates in integers.
//! 6. The subcommands: `enrol`, `revoke`, `verify`, `collect`, `status`, `report`, `show`,
//!    `export-pem`, `prune`.

#![forbid(unsafe_code)]

mod apart;
mod archive;
mod clock;
mod collect;
mod detail;
mod enrol;
mod examine;
mod export_pem;
mod fault;
mod files;
#[cfg(test)]
mod format_page;
mod inbox;
mod ledger;
mod letters;
mod log;
mod page;
mod paper;
mod prune;
mod rate;
mod reason;
mod report;
mod revoke;
mod roster;
mod roster_lock;
mod say;
mod show;
mod staff;
mod status;
mod status_code;
mod system_file;
mod text;
mod timing;
mod usage_fault;
mod validity;
mod verdict;
mod verify;

use std::process::ExitCode;

use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

use crate::fault::Fault;
use crate::status_code::Status;

/// 自己点検の登録コードを発行し、結果ファイルを受け付け、検証し、集計する
///
/// 結果は標準出力に、そのほかは標準エラーに出ます。
/// 終了コード: 0 すべて良好、1 終わったが問題がある、2 実行できなかった
///
/// Enrol staff, verify signed self-check results, report to the committee.
#[derive(Parser)]
#[command(
    name = "tally",
    version,
    verbatim_doc_comment,
    after_help = "\
一年の流れ:
  発行（職員課）
    tally enrol   --staff staff.csv --roster roster.json --letters letters.html --org ageo
  期間中、毎日（IT推進課）
    tally collect --ledger r8.jsonl --archive content/archive --roster roster.json --inbox inbox
    tally status  --ledger r8.jsonl --roster roster.json
  締切の翌日
    tally collect --ledger r8.jsonl --archive content/archive --roster roster.json --inbox inbox
    tally report  --ledger r8.jsonl --archive content/archive --roster roster.json \\
                  --files inbox --out reports/r8 --previous reports/r7
  保存期間の後
    tally prune   --ledger r8.jsonl --inbox inbox --before 2027-04-01 --log prune.jsonl --apply

`tally コマンド --help` に、それぞれの説明と例があります。"
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Enrol(enrol::Args),
    Revoke(revoke::Args),
    Verify(verify::Args),
    Collect(collect::Args),
    Status(status::Args),
    Report(report::Args),
    Show(show::Args),
    ExportPem(export_pem::Args),
    Prune(prune::Args),
}

fn main() -> ExitCode {
    let typed = usage::in_japanese(Cli::command()).try_get_matches();
    let cli = match typed.and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => cli,
        Err(error) => return usage_fault::report(&error).into(),
    };
    match run(cli) {
        Ok(status) => status.into(),
        Err(fault) => {
            say::fault(&fault);
            Status::CouldNotRun.into()
        }
    }
}

fn run(cli: Cli) -> Result<Status, Fault> {
    match cli.command {
        Command::Enrol(args) => enrol::run(&args),
        Command::Revoke(args) => revoke::run(&args),
        Command::Verify(args) => verify::run(&args),
        Command::Collect(args) => collect::run(&args),
        Command::Status(args) => status::run(&args),
        Command::Report(args) => report::run(&args),
        Command::Show(args) => show::run(&args),
        Command::ExportPem(args) => export_pem::run(&args),
        Command::Prune(args) => prune::run(&args),
    }
}
