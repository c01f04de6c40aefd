//! `site-gen init`

use std::path::PathBuf;

use clap::Args;
use selfcheck::id::OrgId;
use site_gen::init::{Office, init};

use super::output::{print, tell};
use super::{Status, TodayArg};

/// ほかの組織が始めるための、小さくて正しい一式を新しいフォルダに置きます。
///
/// 例:
///   site-gen init 私たちの方針 --org-id ourcity --org-name 私たちの市
///   site-gen check --content 私たちの方針
///   site-gen serve --content 私たちの方針   出たアドレスをブラウザで開きます
///
/// 置き換える値は、できたフォルダの README.md に一つの一覧になっています。空でない
/// フォルダには何も書きません。
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct InitArgs {
    /// 新しいフォルダ
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// 組織の短い id（英小文字と数字 2〜16 字）
    #[arg(long, value_name = "ID", default_value = "example")]
    org_id: OrgId,
    /// 組織の名前
    #[arg(long, value_name = "名前", default_value = "見本市")]
    org_name: String,
    #[command(flatten)]
    today: TodayArg,
}

pub(crate) fn run(args: &InitArgs) -> anyhow::Result<Status> {
    let office = Office { id: args.org_id.clone(), name: args.org_name.clone() };
    let written = init(&args.folder, &office, args.today.date()?)?;
    for path in &written {
        print(&format!("{}\n", path.display()))?;
    }
    let folder = args.folder.display();
    tell(&format!(
        "{} 個のファイルを置きました。まず {folder}/README.md の一覧の値を置き換えます。\n\
         確かめるには `site-gen check --content {folder}` を実行します。\n",
        written.len()
    ));
    Ok(Status::Good)
}
