//! `site/`: what the site's results figure (```` ```results ````) reads, laid out as it lies in
//! `content/data`: the summaries of this year and of the earlier ones, and the list that names them.
//!
//! All of it is for the restricted site until somebody says otherwise: results are for others only
//! after the committee has received them.

use std::fmt::Write as _;

use super::Files;
use super::summary::Summary;

/// Adds the files, newest year first in the list.
pub(crate) fn write(now: &Summary, earlier: &[Summary], files: &mut Files) {
    let mut list = "\
# 自己点検の結果の一覧。tally report の site フォルダの中身を content/data に置くと、結果の図に載ります。
# 委員会が受理したら received = 年-月-日 を加え、visibility（全庁の数字）と groups（部局と所属の数字）を
# 見せてよい範囲に直します。results フォルダのファイルは直しません。
"
    .to_owned();
    for year in earlier.iter().chain([now]).rev() {
        let name = format!("{}.json", year.campaign);
        let _ = write!(
            list,
            "\n[[results]]\nfile = \"{name}\"\nvisibility = \"restricted\"\ngroups = \"restricted\"\n"
        );
        files.insert(format!("site/results/{name}"), super::to_json(year));
    }
    files.insert("site/results.toml".to_owned(), list.into_bytes());
}
