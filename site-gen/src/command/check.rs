//! `site-gen check`

use clap::Args;
use site_gen::build::{check_content, check_finished};

use super::output::{print, tell};
use super::{AssetArgs, ContentArg, Status, TodayArg, paths, status};

/// 誤りだけを調べ、何も書きません。場所（ファイル:行:桁）と直し方を添えて、全部を一度に出します。
/// エラーがなければ、できあがるファイルも一つずつ調べます（載せてはいけない文、切れたリンク）。
///
/// 例:
///   site-gen check
///   site-gen check --all                    多いときも、まとめずに一件ずつ出します
///   site-gen check --json > check.json      機械が読む形（schemas/check.schema.json）
///   site-gen check --today 2027-04-01       その日に期限が切れるものを先に見ます
///
/// 終了コード: 0 エラーなし、1 エラーあり、2 調べられなかった。
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct CheckArgs {
    #[command(flatten)]
    content: ContentArg,
    #[command(flatten)]
    assets: AssetArgs,
    /// 多いときも、まとめずに一件ずつ出します
    #[arg(long)]
    all: bool,
    /// 結果を JSON で出します
    #[arg(long, conflicts_with = "all")]
    json: bool,
    #[command(flatten)]
    today: TodayArg,
}

pub(crate) fn run(args: CheckArgs) -> anyhow::Result<Status> {
    let paths = paths(args.content, args.assets);
    let mut outcome = check_content(&paths.content, args.today.date()?)?;
    match paths.assets() {
        Ok(assets) => check_finished(&mut outcome, &assets)?,
        Err(fault) => tell(&format!("できあがるファイルは調べていません（{fault:#}）。\n")),
    }
    let (report, sources) = (&outcome.report, &outcome.sources);
    print(&match (args.json, args.all) {
        (true, _) => report.to_json(sources) + "\n",
        (false, true) => report.to_text(sources),
        (false, false) => report.to_summary(sources),
    })?;
    Ok(status(&outcome))
}
