//! The subcommands, one file each. Results go to stdout, everything else to stderr.

mod build;
mod check;
mod freeze;
mod ids;
mod init;
mod output;
mod progress;
mod render;
mod schema;
mod serve;
mod usage_fault;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use selfcheck::time::Date;
use site_gen::build::{Outcome, Paths, today_in_japan};

pub(crate) use output::tell;
pub(crate) use usage_fault::usage_fault;

/// 方針のページ、用語集、データから、公開・庁内・委員会向けの静的サイトを作ります。
///
/// 例:
///   site-gen init 新しいフォルダ            始めるための一式を置きます
///   site-gen check                          誤りを、場所と直し方を添えて全部出します
///   site-gen serve                          手元で見せ、直すたびに作り直します
///   site-gen build --content content --out dist
///
/// 終了コード: 0 問題なし、1 誤りが見つかった、2 実行できなかった。
#[derive(Debug, Parser)]
#[command(name = "site-gen", version, verbatim_doc_comment)]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Build(build::BuildArgs),
    Check(check::CheckArgs),
    Serve(serve::ServeArgs),
    Freeze(freeze::FreezeArgs),
    Ids(ids::IdsArgs),
    Init(init::InitArgs),
    Render(render::RenderArgs),
    Schema(schema::SchemaArgs),
}

#[derive(Debug, Args)]
struct ContentArg {
    /// コンテンツのフォルダ
    #[arg(long, value_name = "DIR", default_value = "content")]
    content: PathBuf,
}

#[derive(Debug, Args)]
struct AssetArgs {
    /// スタイル、スクリプト、アイコンのフォルダ
    #[arg(long, value_name = "DIR", default_value = "public")]
    public: PathBuf,
    /// wasm-pack が書いたフォルダ（省略すると自己点検は用紙だけになります）
    #[arg(long, value_name = "DIR")]
    widget: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct TodayArg {
    /// 期限の検査に使う今日の日付（省略すると日本の今日）
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<Date>,
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    /// Nothing to complain of.
    Good,
    /// The work was done and found faults.
    FoundFaults,
    /// The work could not be done.
    CouldNot,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(match status {
            Status::Good => 0,
            Status::FoundFaults => 1,
            Status::CouldNot => 2,
        })
    }
}

/// Runs one command.
pub(crate) fn run(cli: Cli) -> anyhow::Result<Status> {
    match cli.command {
        Command::Build(args) => build::run(args),
        Command::Check(args) => check::run(args),
        Command::Serve(args) => serve::run(args),
        Command::Freeze(args) => freeze::run(&args),
        Command::Ids(args) => ids::run(&args),
        Command::Init(args) => init::run(&args),
        Command::Render(args) => render::run(args),
        Command::Schema(args) => schema::run(&args),
    }
}

fn status(outcome: &Outcome) -> Status {
    if outcome.report.has_errors() { Status::FoundFaults } else { Status::Good }
}

impl TodayArg {
    /// The given day, or the present one in Japan.
    fn date(&self) -> anyhow::Result<Date> {
        match self.today {
            Some(date) => Ok(date),
            None => today_in_japan(),
        }
    }
}

fn paths(content: ContentArg, assets: AssetArgs) -> Paths {
    Paths { content: content.content, public: assets.public, widget: assets.widget }
}
