//! What is wrong with a link that leads nowhere, and what to write instead.

use selfcheck::id::PageId;
use unicode_normalization::UnicodeNormalization as _;

use super::link::relative_href;
use crate::diagnostic::{Diagnostic, error};
use crate::source::Place;

/// Ends of the names of files that people send around.
const FILES: [&str; 15] = [
    ".pdf", ".doc", ".docx", ".docm", ".xls", ".xlsx", ".xlsm", ".ppt", ".pptx", ".jtd", ".zip",
    ".csv", ".txt", ".odt", ".ods",
];
/// What to do instead of a link to one.
pub(super) const FILE_REMEDY: &str = "ファイルは載せられません。内容をページに書くか、置き場所とファイルの名前を文で書きます。ほかのサイトにあるものは `https://` から書きます。";
/// Ends of the names of pictures.
const PICTURES: [&str; 6] = [".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp"];
/// Ends of the names of hosts.
const HOSTS: [&str; 6] = [".jp", ".com", ".org", ".net", ".info", ".gov"];

/// Tells of a link without an address.
pub(super) fn without_address(text: &str, place: Place) -> Diagnostic {
    error("link", place, format!("リンク「{text}」に行き先がありません"))
        .hint(format!("`[{text}](../people/password.md)` のように、行き先を丸括弧の中に書きます。"))
}

/// Tells of the address `url`, written on `page`, that names no page.
pub(super) fn diagnose(url: &str, page: &PageId, place: Place) -> Diagnostic {
    let half: String = url.nfkc().collect();
    if half != url && is_whole(&half) {
        return error("link", place, format!("リンク先 `{url}` に全角の文字があります"))
            .hint(format!("半角で `{half}` と書きます。"));
    }
    let lower = url.to_ascii_lowercase();
    let path = lower.split(['#', '?']).next().unwrap_or_default();
    let ends = |ends: &[&str]| ends.iter().any(|end| path.ends_with(end));
    let host = path.split('/').next().unwrap_or_default();
    let slashed = url.replace('\\', "/");
    let wrong = |what: &str| error("link", place, format!("リンク先 `{url}` {what}"));
    if is_shared(path) && !path.ends_with(".md") || path.starts_with("file:") {
        return wrong("は共有フォルダや端末の中で、リンクできません")
            .hint("置き場所とファイルの名前を文で書くか、内容をこのサイトのページにします。");
    }
    if host.contains('@') && !path.contains('/') && !host.contains(':') {
        return wrong("に `mailto:` がありません").hint(format!("`mailto:{url}` と書きます。"));
    }
    let is_host = host.starts_with("www.") || HOSTS.iter().any(|end| host.ends_with(end));
    if is_host && !host.contains([':', '\\']) && !host.starts_with('.') {
        return wrong("に `https://` がありません").hint(format!("`https://{url}` と書きます。"));
    }
    if is_file(url) {
        return wrong("はページではなく、リンクできません").hint(FILE_REMEDY);
    }
    if ends(&PICTURES) {
        return wrong("は画像で、リンクできません")
            .hint("画像は `![何が写っているか](ファイル)` の形で、ページの中に載せます。");
    }
    let right = match slashed.strip_prefix('/') {
        Some(from_top) => {
            let from_top = from_top.trim_start_matches("content/").trim_start_matches("pages/");
            relative_href(page.as_str(), from_top)
        }
        None => slashed,
    };
    let (file, fragment) = match right.find('#') {
        Some(at) => right.split_at(at),
        None => (right.as_str(), ""),
    };
    let stem = file.trim_end_matches(".html").trim_end_matches(".md").trim_end_matches('/');
    let right = format!("{stem}.md{fragment}");
    let is_id = stem.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_./".contains(&b));
    let example = if is_id && right != url { right.as_str() } else { "../people/password.md" };
    wrong("をたどれません")
        .hint(format!("ページへは `{example}` のように、元の Markdown ファイルで指します。"))
}

/// Whether an address would do: one of another site, a mail address, or a page.
fn is_whole(address: &str) -> bool {
    address.contains("://")
        || address.starts_with("mailto:")
        || address.starts_with("tel:")
        || address.is_ascii() && address.ends_with(".md")
}

/// Whether somebody means a file to open in another program.
pub(super) fn is_file(address: &str) -> bool {
    let lower = address.to_ascii_lowercase();
    FILES.iter().any(|end| lower.split(['#', '?']).next().unwrap_or_default().ends_with(end))
}

/// Whether a path is one of a shared folder (`\\server\…`) or of a drive (`C:\…`).
fn is_shared(path: &str) -> bool {
    let is_drive = path.as_bytes().get(1) == Some(&b':');
    path.starts_with(['\\']) || path.starts_with("//") || is_drive
}
