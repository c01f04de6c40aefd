//! `site-gen render`

use std::io::Read as _;
use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;

use super::Status;
use super::output::{print, tell};

/// Markdown を HTML の断片にして、標準出力に書きます。エディタのプレビューに使えます。
///
/// 例:
///   site-gen render content/pages/home.md
///   printf '**重要。**です' | site-gen render -
///   site-gen render --commonmark 文.md      CommonMark のとおりに変えます
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct RenderArgs {
    /// ファイル（`-` か省略で標準入力）
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// 拡張をすべて切り、CommonMark のとおりに変えます
    #[arg(long)]
    commonmark: bool,
}

pub(crate) fn run(args: RenderArgs) -> anyhow::Result<Status> {
    let text = match args.file.filter(|path| path.as_os_str() != "-") {
        Some(path) => std::fs::read_to_string(&path)
            .with_context(|| format!("`{}` を読めません", path.display()))?,
        None => {
            let mut text = String::new();
            std::io::stdin().read_to_string(&mut text).context("標準入力を読めません")?;
            text
        }
    };
    if args.commonmark {
        print(&site_gen::markdown::render_commonmark(&text))?;
        return Ok(Status::Good);
    }
    let fragment = site_gen::build::render_fragment(&text);
    print(&fragment.html)?;
    tell(&fragment.findings);
    Ok(if fragment.has_errors { Status::FoundFaults } else { Status::Good })
}
