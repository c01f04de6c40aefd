//! `site-gen schema`

use std::fs;
use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;
use site_gen::load::schemas;

use super::Status;
use super::output::print;

/// ページの先頭の項目とデータの JSON Schema を書きます。エディタの補完と検査に使います。
///
/// 例:
///   site-gen schema                         docs/schema に書き、書いたファイルを出します
///
/// 項目、型、書ける言葉、必須かどうかは、読み込むプログラムそのものから作ります。
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct SchemaArgs {
    /// 書き出すフォルダ
    #[arg(long, value_name = "DIR", default_value = "docs/schema")]
    out: PathBuf,
}

pub(crate) fn run(args: &SchemaArgs) -> anyhow::Result<Status> {
    let out = &args.out;
    fs::create_dir_all(out).with_context(|| format!("`{}` を作れません", out.display()))?;
    for (name, schema) in schemas() {
        let path = out.join(format!("{name}.json"));
        fs::write(&path, format!("{schema:#}\n"))
            .with_context(|| format!("`{}` を書けません", path.display()))?;
        print(&format!("{}\n", path.display()))?;
    }
    Ok(Status::Good)
}
