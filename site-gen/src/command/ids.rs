//! `site-gen ids`

use clap::Args;
use site_gen::build::check_content;
use site_gen::ids;

use super::output::{print, tell};
use super::{ContentArg, Status, TodayArg};

/// 公開するアンカー（見出しと用語の id）を content/ids.toml に記録します。
///
/// 例:
///   site-gen ids                            書き足した id を一行ずつ出します
///
/// 記録した id は、見出しを直しても、ページを移しても、使われ続けます。
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct IdsArgs {
    #[command(flatten)]
    content: ContentArg,
    #[command(flatten)]
    today: TodayArg,
}

pub(crate) fn run(args: &IdsArgs) -> anyhow::Result<Status> {
    let outcome = check_content(&args.content.content, args.today.date()?)?;
    let Some(checked) = &outcome.checked else {
        tell(&outcome.report.to_summary(&outcome.sources));
        return Ok(Status::FoundFaults);
    };
    let recorded = ids::record(&args.content.content, checked)?;
    for added in &recorded.added {
        print(&format!("{added}\n"))?;
    }
    tell(&format!(
        "{} に {} 件を書き足しました。\n",
        recorded.path.display(),
        recorded.added.len()
    ));
    Ok(Status::Good)
}
