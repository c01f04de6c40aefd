//! Finding and reading the files of the content folder, in one sorted walk.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use memchr::memchr;
use rayon::prelude::*;
use walkdir::WalkDir;

use crate::diagnostic::{Report, error, warning};
use crate::source::{FileId, Sources, display_path};

/// Text files larger than this are refused: no policy page is, and a parser should not find out.
const MAX_TEXT_BYTES: u64 = 4 * 1024 * 1024;

/// The content folder: text files by path within it, and assets.
pub(super) struct Tree {
    /// Text files by path within the content folder, with `/`.
    pub(super) texts: BTreeMap<String, FileId>,
    pub(super) assets: Vec<Asset>,
}

/// A file under `assets/` that pages may refer to.
#[derive(Debug)]
pub struct Asset {
    /// Path within `assets/`, with `/`.
    pub path: String,
    /// Where it lies.
    pub file: PathBuf,
}

enum Found {
    Text(String, Arc<str>),
    Asset(Asset),
    Fault(String, &'static str, String),
}

pub(super) fn read_tree(
    root: &Path,
    sources: &mut Sources,
    report: &mut Report,
) -> anyhow::Result<Tree> {
    let mut paths = Vec::new();
    let mut closed = Vec::new();
    for entry in WalkDir::new(root).sort_by_file_name() {
        match entry {
            Ok(entry) if entry.file_type().is_dir() || is_hidden(&entry) => {}
            Ok(entry) => paths.push(entry.into_path()),
            Err(fault) => {
                let place = fault.path().unwrap_or(root).to_owned();
                if place == root {
                    let folder = root.display();
                    return Err(fault)
                        .with_context(|| format!("コンテンツのフォルダ `{folder}` を読めません"));
                }
                let path = display_path(place.strip_prefix(root).unwrap_or(&place));
                closed.push(Found::Fault(path, "unreadable", format!("読めません: {fault}")));
            }
        }
    }
    let mut found: Vec<Found> = paths.par_iter().map(|path| read_file(root, path)).collect();
    found.append(&mut closed);
    let prefix = root.file_name().map_or_else(String::new, |name| format!("{}/", name.display()));
    let mut tree = Tree { texts: BTreeMap::new(), assets: Vec::new() };
    for file in found {
        match file {
            Found::Text(path, text) => {
                let id = sources.add(format!("{prefix}{path}"), path.clone(), text.clone());
                if let Some(at) = control_character(&text) {
                    let place = id.place(at..at + 1);
                    report.push(
                        error("control-character", place, "目に見えない制御文字があります")
                            .hint("この位置の文字を消してください。"),
                    );
                }
                tree.texts.insert(path, id);
            }
            Found::Asset(asset) => tree.assets.push(asset),
            Found::Fault(path, code, message) => {
                let id = sources.add(format!("{prefix}{path}"), path, Arc::from(""));
                report.push(error(code, id.place(0..0), message));
            }
        }
    }
    Ok(tree)
}

fn is_hidden(entry: &walkdir::DirEntry) -> bool {
    entry.file_name().to_string_lossy().starts_with('.')
}

fn read_file(root: &Path, path: &Path) -> Found {
    let relative = display_path(path.strip_prefix(root).unwrap_or(path));
    let size = match path.symlink_metadata() {
        Ok(metadata) if metadata.is_file() => metadata.len(),
        Ok(_) => {
            let message = "ふつうのファイルではないため読みません（リンクなどは置けません）";
            return Found::Fault(relative, "not-a-file", message.to_owned());
        }
        Err(fault) => return Found::Fault(relative, "unreadable", format!("読めません: {fault}")),
    };
    if let Some(asset) = relative.strip_prefix("assets/") {
        return Found::Asset(Asset { path: asset.to_owned(), file: path.to_owned() });
    }
    if size > MAX_TEXT_BYTES {
        let message = format!("{size} バイトあり、上限の {MAX_TEXT_BYTES} バイトを超えています");
        return Found::Fault(relative, "too-large", message);
    }
    match std::fs::read(path) {
        Ok(bytes) => match simdutf8::compat::from_utf8(&bytes) {
            Ok(text) => Found::Text(relative, normalize(text)),
            Err(fault) => Found::Fault(
                relative,
                "not-utf-8",
                format!(
                    "UTF-8 ではありません（{} バイト目）。エディタで UTF-8 を選んで保存し直してください",
                    fault.valid_up_to() + 1
                ),
            ),
        },
        Err(fault) => Found::Fault(relative, "unreadable", format!("読めません: {fault}")),
    }
}

/// Without byte order mark, with LF line ends: both are harmless habits of editors.
fn normalize(text: &str) -> Arc<str> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    match memchr(b'\r', text.as_bytes()) {
        Some(_) => text.replace("\r\n", "\n").replace('\r', "\n").into(),
        None => text.into(),
    }
}

/// The byte of the first character nobody sees and nobody meant.
fn control_character(text: &str) -> Option<usize> {
    // All bytes at once; those of C1 follow 0xC2, which is rare.
    let is_suspect =
        |byte: u8| byte < b' ' && byte != b'\n' && byte != b'\t' || matches!(byte, 0x7F | 0xC2);
    if !text.bytes().fold(false, |found, byte| found | is_suspect(byte)) {
        return None;
    }
    text.find(|c: char| c.is_control() && !matches!(c, '\n' | '\t'))
}

/// Files that no part of the generator reads are probably misplaced.
pub(super) fn report_strays(tree: &Tree, report: &mut Report) {
    for (path, &file) in &tree.texts {
        if !is_known(path) {
            report.push(
                warning("stray-file", file.place(0..0), "このファイルは使われません")
                    .hint("pages、glossary、checks、campaigns、data、assets のどれかに置きます。"),
            );
        }
    }
}

fn is_known(path: &str) -> bool {
    let extension = path.rsplit('.').next().unwrap_or_default();
    match path.split_once('/').map_or("", |(folder, _)| folder) {
        "pages" | "glossary" => extension == "md",
        "data" if path.starts_with("data/results/") => extension == "json",
        "checks" | "campaigns" | "data" => extension == "toml",
        "archive" => extension == "json",
        _ => matches!(path, "site.toml" | "ids.toml" | "README.md"),
    }
}

impl Tree {
    /// The files of a folder with an extension: stem within the folder, and id.
    pub(super) fn in_folder(
        &self,
        folder: &'static str,
        extension: &'static str,
    ) -> impl Iterator<Item = (&str, FileId)> {
        self.texts.iter().filter_map(move |(path, &file)| {
            let stem = path.strip_prefix(folder)?.strip_prefix('/')?;
            Some((stem.strip_suffix(extension)?.strip_suffix('.')?, file))
        })
    }
}
