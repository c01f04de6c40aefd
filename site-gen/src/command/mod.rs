//! The subcommands. Results go to stdout, everything else to stderr.

use std::io::{Read as _, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::Context as _;
use clap::{Args, Parser, Subcommand};
use selfcheck::time::Date;
use site_gen::build::{Outcome, Paths, build, check_content, today_in_japan};
use site_gen::freeze::freeze;
use site_gen::ids;
use site_gen::serve;

/// 方針のページ、用語集、データから、公開・庁内・委員会向けの静的サイトを作ります。
///
/// 例: site-gen build --content content --out dist
///     site-gen check
///     site-gen serve --port 8000
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
    /// すべてのサイトを作ります
    Build {
        #[command(flatten)]
        paths: PathArgs,
        /// 作るサイト（何度でも書けます。書かなければ全部）
        #[arg(long = "site")]
        sites: Vec<String>,
        /// 段階ごとにかかった時間を出します
        #[arg(long)]
        timings: bool,
        #[command(flatten)]
        today: TodayArg,
    },
    /// 誤りだけを調べ、何も書きません
    Check {
        /// コンテンツのフォルダ
        #[arg(long, default_value = "content")]
        content: PathBuf,
        /// 結果を JSON で出します
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        today: TodayArg,
    },
    /// サイトを作って手元で見せ、直すたびに作り直します
    Serve {
        #[command(flatten)]
        paths: PathArgs,
        /// 待ち受けるポート（127.0.0.1 だけ）
        #[arg(long, default_value_t = 8000)]
        port: u16,
    },
    /// 実施回の設問集を凍結し、content/archive に書きます
    Freeze {
        /// 実施回の id（例: r8）
        campaign: String,
        /// コンテンツのフォルダ
        #[arg(long, default_value = "content")]
        content: PathBuf,
        #[command(flatten)]
        today: TodayArg,
    },
    /// 公開するアンカー（見出しと用語の id）を content/ids.toml に記録します
    Ids {
        /// コンテンツのフォルダ
        #[arg(long, default_value = "content")]
        content: PathBuf,
        #[command(flatten)]
        today: TodayArg,
    },
    /// Markdown を HTML の断片にします
    Render {
        /// ファイル（`-` か省略で標準入力）
        file: Option<PathBuf>,
        /// 拡張をすべて切り、CommonMark のとおりに変えます
        #[arg(long)]
        commonmark: bool,
    },
}

#[derive(Debug, Args)]
struct PathArgs {
    /// コンテンツのフォルダ
    #[arg(long, default_value = "content")]
    content: PathBuf,
    /// スタイル、スクリプト、アイコンのフォルダ
    #[arg(long, default_value = "public")]
    public: PathBuf,
    /// wasm-pack が書いたフォルダ（省略すると自己点検は用紙だけになります）
    #[arg(long)]
    widget: Option<PathBuf>,
    /// 出力先
    #[arg(long, default_value = "dist")]
    out: PathBuf,
}

#[derive(Debug, Args)]
struct TodayArg {
    /// 期限の検査に使う今日の日付（省略すると日本の今日）
    #[arg(long)]
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
        Command::Build { paths, sites, timings, today } => {
            run_build(&paths.into(), &sites, timings, &today)
        }
        Command::Check { content, json, today } => run_check(&content, json, &today),
        Command::Serve { paths, port } => serve::run(&paths.into(), port).map(|()| Status::Good),
        Command::Freeze { campaign, content, today } => run_freeze(&campaign, &content, &today),
        Command::Ids { content, today } => run_ids(&content, &today),
        Command::Render { file, commonmark } => run_render(file, commonmark),
    }
}

fn run_build(
    paths: &Paths,
    sites: &[String],
    timings: bool,
    today: &TodayArg,
) -> anyhow::Result<Status> {
    let started = Instant::now();
    let (outcome, built) = build(paths, sites, today.date()?, &())?;
    eprint!("{}", outcome.report.to_text(&outcome.sources));
    for site in &built {
        println!(
            "{}: {} ファイル（変わったもの {}）",
            paths.out.join(&site.site).display(),
            site.published.files,
            site.published.changed
        );
    }
    if timings {
        eprint!("{}", outcome.timings);
    }
    if outcome.report.has_errors() {
        eprintln!("何も公開していません。前のサイトはそのままです。");
    } else {
        eprintln!("{:.2} 秒で作りました。", started.elapsed().as_secs_f64());
    }
    Ok(status(&outcome))
}

fn run_check(content: &std::path::Path, json: bool, today: &TodayArg) -> anyhow::Result<Status> {
    let outcome = check_content(content, today.date()?)?;
    if json {
        println!("{}", outcome.report.to_json(&outcome.sources));
    } else {
        print!("{}", outcome.report.to_text(&outcome.sources));
    }
    Ok(status(&outcome))
}

fn run_freeze(
    campaign: &str,
    content: &std::path::Path,
    today: &TodayArg,
) -> anyhow::Result<Status> {
    let today = today.date()?;
    let mut outcome = check_content(content, today)?;
    let Some(checked) = outcome.checked.take() else {
        eprint!("{}", outcome.report.to_text(&outcome.sources));
        return Ok(Status::FoundFaults);
    };
    let result =
        freeze(content, &checked.content, &outcome.sources, campaign, today, &mut outcome.report);
    match result {
        Ok(written) => {
            for path in written {
                println!("{}", path.display());
            }
            Ok(Status::Good)
        }
        Err(fault) => {
            outcome.report.finish(&outcome.sources);
            eprint!("{}", outcome.report.to_text(&outcome.sources));
            Err(fault)
        }
    }
}

fn run_ids(content: &std::path::Path, today: &TodayArg) -> anyhow::Result<Status> {
    let outcome = check_content(content, today.date()?)?;
    let Some(checked) = &outcome.checked else {
        eprint!("{}", outcome.report.to_text(&outcome.sources));
        return Ok(Status::FoundFaults);
    };
    let recorded = ids::record(content, checked)?;
    for added in &recorded.added {
        println!("{added}");
    }
    eprintln!("{} に {} 件を書き足しました。", recorded.path.display(), recorded.added.len());
    Ok(Status::Good)
}

fn run_render(file: Option<PathBuf>, commonmark: bool) -> anyhow::Result<Status> {
    let text = match file.filter(|path| path.as_os_str() != "-") {
        Some(path) => std::fs::read_to_string(&path)
            .with_context(|| format!("`{}` を読めません", path.display()))?,
        None => {
            let mut text = String::new();
            std::io::stdin().read_to_string(&mut text).context("標準入力を読めません")?;
            text
        }
    };
    if commonmark {
        let html = site_gen::markdown::render_commonmark(&text);
        std::io::stdout().write_all(html.as_bytes()).context("書き出せません")?;
        return Ok(Status::Good);
    }
    let fragment = site_gen::build::render_fragment(&text);
    std::io::stdout().write_all(fragment.html.as_bytes()).context("書き出せません")?;
    eprint!("{}", fragment.findings);
    Ok(if fragment.has_errors { Status::FoundFaults } else { Status::Good })
}

fn status(outcome: &Outcome) -> Status {
    if outcome.report.has_errors() { Status::FoundFaults } else { Status::Good }
}

impl TodayArg {
    /// The given day, or the present one in Japan.
    fn date(&self) -> anyhow::Result<Date> {
        if let Some(date) = self.today {
            return Ok(date);
        }
        today_in_japan()
    }
}

impl From<PathArgs> for Paths {
    fn from(args: PathArgs) -> Self {
        Self { content: args.content, public: args.public, widget: args.widget, out: args.out }
    }
}
