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
///   site-gen ids --retire people/old        消したページを、記録からも消します
///   site-gen ids --retire people/password#rule-3 --retire glossary#t-virus
///
/// 記録した id は、見出しを直しても、ページを移しても、使われ続けます。
/// わざと廃止したものだけを、`--retire` で一つずつ消します。
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct IdsArgs {
    #[command(flatten)]
    content: ContentArg,
    #[command(flatten)]
    today: TodayArg,
    /// 廃止した、ページ、見出し（ページ#id）、用語（glossary#t-id）。何度でも書けます
    #[arg(long, value_name = "アドレス")]
    retire: Vec<String>,
}

pub(crate) fn run(args: &IdsArgs) -> anyhow::Result<Status> {
    let outcome = check_content(&args.content.content, args.today.date()?)?;
    let Some(checked) = &outcome.checked else {
        tell(&outcome.report.to_summary(&outcome.sources));
        return Ok(Status::FoundFaults);
    };
    let recorded = ids::record(&args.content.content, checked, &args.retire)?;
    for added in &recorded.added {
        print(&format!("{added}\n"))?;
    }
    let gone = match recorded.retired.as_slice() {
        [] => String::new(),
        retired => format!("、{} 件（{}）を消し", retired.len(), retired.join("、")),
    };
    tell(&format!(
        "{} に {} 件を書き足し{gone}ました。\n",
        recorded.path.display(),
        recorded.added.len()
    ));
    Ok(Status::Good)
}
