//! `site-gen serve`

use clap::Args;
use site_gen::serve;

use super::output::{print, tell};
use super::{AssetArgs, ContentArg, Status, paths};

/// サイトを作って手元（127.0.0.1）で見せ、直すたびに作り直します。出力先には何も書きません。
///
/// 例:
///   site-gen serve                          出たアドレスをブラウザで開きます
///   site-gen serve --port 0                 空いている番号を選び、アドレスを出します
///
/// 誤りがあれば、前のページの上に場所と直し方を重ねて出します。直すと、ひとりでに消えます。
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct ServeArgs {
    #[command(flatten)]
    content: ContentArg,
    #[command(flatten)]
    assets: AssetArgs,
    /// 待ち受けるポート（127.0.0.1 だけ。0 なら空いている番号）
    #[arg(long, value_name = "番号", default_value_t = 8000)]
    port: u16,
}

pub(crate) fn run(args: ServeArgs) -> anyhow::Result<Status> {
    let paths = paths(args.content, args.assets);
    let print = |text: &str| print(text);
    serve::run(&paths, args.port, &print, tell)?;
    Ok(Status::Good)
}
