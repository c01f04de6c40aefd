//! `site-gen build`

use std::mem;
use std::path::PathBuf;
use std::time::Instant;

use clap::Args;
use site_gen::build::build;

use super::output::{print, tell};
use super::progress::Bar;
use super::{AssetArgs, ContentArg, Status, TodayArg, paths, status};

/// すべてのサイトを作ります。誤りが一つでもあれば何も公開せず、前のサイトを残します。
///
/// 例:
///   site-gen build --content content --out dist
///   site-gen build --site public            公開サイトだけ作ります
///   site-gen build --timings                何に時間がかかったかも出します
///
/// 変わらないファイルは書き直しません。全部のサイトが同時に新しくなります。
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct BuildArgs {
    #[command(flatten)]
    content: ContentArg,
    #[command(flatten)]
    assets: AssetArgs,
    /// 出力先
    #[arg(long, value_name = "DIR", default_value = "dist")]
    out: PathBuf,
    /// 作るサイト（何度でも書けます。書かなければ全部）
    #[arg(long = "site", value_name = "サイト")]
    sites: Vec<String>,
    /// 段階ごとにかかった時間を出します
    #[arg(long)]
    timings: bool,
    #[command(flatten)]
    today: TodayArg,
}

pub(crate) fn run(args: BuildArgs) -> anyhow::Result<Status> {
    let started = Instant::now();
    let paths = paths(args.content, args.assets);
    let bar = Bar::new();
    let (outcome, built) = build(&paths, &args.out, &args.sites, args.today.date()?, &bar)?;
    bar.clear();
    tell(&outcome.report.to_summary(&outcome.sources));
    for site in &built {
        print(&format!(
            "{}: {} ファイル（変わったもの {}）\n",
            args.out.join(&site.site).display(),
            site.published.files,
            site.published.changed
        ))?;
    }
    if args.timings {
        tell(&outcome.timings.to_string());
    }
    if outcome.report.has_errors() {
        tell("何も公開していません。前のサイトはそのままです。\n");
    } else {
        tell(&format!("{:.2} 秒で作りました。\n", started.elapsed().as_secs_f64()));
    }
    let status = status(&outcome);
    // The program ends here; giving a whole content back piece by piece would take its time.
    mem::forget(outcome);
    Ok(status)
}
