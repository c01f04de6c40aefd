//! `site-gen freeze`

use clap::Args;
use site_gen::build::check_content;
use site_gen::freeze::freeze;

use super::output::{print, tell};
use super::{ContentArg, Status, TodayArg};

/// 実施回の設問集を凍結し、content/archive に書きます。できたファイルは、設問と一緒に保存します。
///
/// 例:
///   site-gen freeze r9                      始まる前に。直したら、もう一度凍結できます
///
/// 始まった後は、設問集が変わる凍結も、なくした設問集の作り直しも断ります。設問や、同意する題名と文が
/// 変わると、`check` がファイルと行を示して止めます。
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct FreezeArgs {
    /// 実施回の id（例: r8）
    #[arg(value_name = "実施回")]
    campaign: String,
    #[command(flatten)]
    content: ContentArg,
    #[command(flatten)]
    today: TodayArg,
}

pub(crate) fn run(args: &FreezeArgs) -> anyhow::Result<Status> {
    let today = args.today.date()?;
    let content = &args.content.content;
    let mut outcome = check_content(content, today)?;
    let Some(checked) = outcome.checked.take() else {
        tell(&outcome.report.to_summary(&outcome.sources));
        return Ok(Status::FoundFaults);
    };
    let (sources, report) = (&outcome.sources, &mut outcome.report);
    match freeze(content, &checked.content, sources, &args.campaign, today, report) {
        Ok(written) => {
            for path in written {
                print(&format!("{}\n", path.display()))?;
            }
            Ok(Status::Good)
        }
        Err(fault) => {
            outcome.report.finish(&outcome.sources);
            tell(&outcome.report.to_summary(&outcome.sources));
            Err(fault)
        }
    }
}
