//! Finding and reading the files of the content folder: each folder on its own, in parallel.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs::{self, DirEntry, File};
use std::io::{self, Read as _};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use memchr::memchr;
use rayon::prelude::*;
use unicode_normalization::UnicodeNormalization as _;

use crate::diagnostic::{Report, error, warning};
use crate::source::{FileId, Sources, Text};

/// Text files larger than this are refused: no policy page is, and a parser should not find out.
const MAX_TEXT_BYTES: u64 = 4 * 1024 * 1024;

/// The content folder: text files by path within it, and assets.
pub(super) struct Tree {
    /// Text files by path within the content folder, with `/`.
    pub(super) texts: BTreeMap<String, FileId>,
    pub(super) assets: Vec<Asset>,
    /// Paths of what is there and cannot be read.
    pub(super) unreadable: BTreeSet<String>,
}

/// A file under `assets/` that pages may refer to.
#[derive(Debug)]
pub struct Asset {
    /// Path within `assets/`, with `/`.
    pub path: String,
    /// Where it lies.
    pub file: PathBuf,
}

/// A file by its path within the content folder, with `/`.
struct Found {
    path: String,
    what: What,
}

enum What {
    /// The text, and the byte of a control character in it.
    Text(Text, Option<usize>),
    Asset(PathBuf),
    Fault(&'static str, String),
}

pub(super) fn read_tree(
    root: &Path,
    sources: &mut Sources,
    report: &mut Report,
) -> anyhow::Result<Tree> {
    let found = read_folder(root, "")
        .with_context(|| format!("コンテンツのフォルダ `{}` を読めません", root.display()))?;
    let prefix = root.file_name().map_or_else(String::new, |name| format!("{}/", name.display()));
    let mut texts = Vec::with_capacity(found.len());
    let mut assets = Vec::new();
    let mut unreadable = BTreeSet::new();
    for Found { path, what } in found {
        match what {
            What::Text(text, control) => {
                let id = sources.add(format!("{prefix}{path}"), path.clone(), text);
                if let Some(at) = control {
                    let place = id.place(at..at + 1);
                    report.push(
                        error("control-character", place, "目に見えない制御文字があります")
                            .hint("この位置の文字を消してください。"),
                    );
                }
                texts.push((path, id));
            }
            What::Asset(file) => {
                // As texts are written: machines differ in how they keep accents and 濁点.
                let path = path.strip_prefix(ASSETS).unwrap_or(&path).nfc().collect();
                assets.push(Asset { path, file });
            }
            What::Fault(code, message) => {
                let id = sources.add(format!("{prefix}{path}"), path.clone(), "".into());
                unreadable.insert(path);
                report.push(error(code, id.place(0..0), message));
            }
        }
    }
    // Sorted nearly already, so that this costs little more than a copy.
    Ok(Tree { texts: texts.into_iter().collect(), assets, unreadable })
}

const ASSETS: &str = "assets/";
const HIDDEN: &[u8] = b".";

/// Everything below a folder, in the order of names; `within` is its path within the content
/// folder. Fails only when the folder itself cannot be listed.
fn read_folder(folder: &Path, within: &str) -> io::Result<Vec<Found>> {
    let named = |entry: io::Result<DirEntry>| entry.map(|entry| (entry.file_name(), entry));
    let mut entries: Vec<(OsString, DirEntry)> =
        fs::read_dir(folder)?.map(named).collect::<io::Result<_>>()?;
    entries.retain(|(name, _)| !name.as_encoded_bytes().starts_with(HIDDEN));
    entries.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
    let found = entries.par_chunks(FILES_IN_ONE_GO).map(|entries| read_entries(entries, within));
    let found: Vec<Vec<Found>> = found.collect();
    Ok(found.into_iter().flatten().collect())
}

/// Files whose texts are kept as one: thousands of small pieces cost more to get than to read.
const FILES_IN_ONE_GO: usize = 64;

/// What an entry of a folder turned out to be.
enum Read {
    /// A text file: where it stands in all that was read with it.
    Text(Range<usize>),
    Folder(Vec<Found>),
    Other(What),
}

fn read_entries(entries: &[(OsString, DirEntry)], within: &str) -> Vec<Found> {
    let mut texts = String::new();
    let mut read = Vec::with_capacity(entries.len());
    for (name, entry) in entries {
        let name = name.to_string_lossy();
        let path = if within.is_empty() { name.into_owned() } else { format!("{within}/{name}") };
        let what = read_entry(entry, &path, &mut texts);
        read.push((path, what));
    }
    texts.shrink_to_fit();
    let texts = Arc::new(texts);
    let mut found = Vec::with_capacity(entries.len());
    for (path, read) in read {
        let what = match read {
            Read::Text(range) => {
                let text = Text::part(&texts, range);
                let control = control_character(&text);
                What::Text(text, control)
            }
            Read::Folder(inside) => {
                found.extend(inside);
                continue;
            }
            Read::Other(what) => what,
        };
        found.push(Found { path, what });
    }
    found
}

fn read_entry(entry: &DirEntry, path: &str, texts: &mut String) -> Read {
    match entry.file_type() {
        // A link to a folder is none, so that nothing goes round in circles.
        Ok(kind) if kind.is_dir() => match read_folder(&entry.path(), path) {
            Ok(inside) => Read::Folder(inside),
            Err(fault) => Read::Other(unreadable(&fault)),
        },
        Ok(kind) if kind.is_file() && path.starts_with(ASSETS) => {
            Read::Other(What::Asset(entry.path()))
        }
        Ok(kind) if kind.is_file() => match read_file(&entry.path(), texts) {
            Ok(range) => Read::Text(range),
            Err(fault) => Read::Other(fault),
        },
        Ok(_) => {
            let message = "ふつうのファイルではないため読みません（リンクなどは置けません）";
            Read::Other(What::Fault("not-a-file", message.to_owned()))
        }
        Err(fault) => Read::Other(unreadable(&fault)),
    }
}

fn unreadable(fault: &io::Error) -> What {
    What::Fault("unreadable", format!("読めません: {fault}"))
}

/// Adds the text of a file to `texts` and returns where it stands there; otherwise what is wrong.
fn read_file(file: &Path, texts: &mut String) -> Result<Range<usize>, What> {
    thread_local! {
        /// Room for the present file; there are thousands.
        static BYTES: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    }
    BYTES.with_borrow_mut(|bytes| {
        let size = read_bytes(file, bytes).map_err(|fault| unreadable(&fault))?;
        if size > MAX_TEXT_BYTES {
            let message =
                format!("{size} バイトあり、上限の {MAX_TEXT_BYTES} バイトを超えています");
            return Err(What::Fault("too-large", message));
        }
        let text = simdutf8::compat::from_utf8(bytes).map_err(|fault| {
            let message = format!(
                "UTF-8 ではありません（{} バイト目）。エディタで UTF-8 を選んで保存し直してください",
                fault.valid_up_to() + 1
            );
            What::Fault("not-utf-8", message)
        })?;
        let start = texts.len();
        push_normal(texts, text);
        Ok(start..texts.len())
    })
}

/// Reads a file unless it is too large; returns its size.
fn read_bytes(path: &Path, bytes: &mut Vec<u8>) -> io::Result<u64> {
    let file = File::open(path)?;
    let size = file.metadata()?.len();
    bytes.clear();
    if size > MAX_TEXT_BYTES {
        return Ok(size);
    }
    // It may have grown since its size was told.
    let read = file.take(MAX_TEXT_BYTES + 1).read_to_end(bytes)?;
    Ok(read as u64)
}

/// Adds a text without byte order mark, with LF line ends: both are harmless habits of editors.
fn push_normal(out: &mut String, text: &str) {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    match memchr(b'\r', text.as_bytes()) {
        Some(_) => out.push_str(&text.replace("\r\n", "\n").replace('\r', "\n")),
        None => out.push_str(text),
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
                    .hint(stray_remedy(path)),
            );
        }
    }
}

/// What to do about a stray file: editors and Windows like to end every name with `.txt`, and hide it.
fn stray_remedy(path: &str) -> String {
    let (stem, end) = match path.rsplit_once('.') {
        Some((stem, end)) if !end.contains('/') => (stem, end),
        _ => (path, ""),
    };
    let is_text = matches!(end.to_ascii_lowercase().as_str(), "" | "txt");
    let known = ["md", "toml", "json"].map(|right| format!("{stem}.{right}"));
    let is_misnamed =
        |right: &&String| is_known(right) && (is_text || right.eq_ignore_ascii_case(path));
    let hidden = "Windows では、エクスプローラの「表示」で「ファイル名拡張子」を出すと、名前の終わりが見えます。";
    if is_text && is_known(stem) {
        format!("名前の終わりの `.{end}` を取り、`{stem}` にします。{hidden}")
    } else if let Some(right) = known.iter().find(is_misnamed) {
        format!("名前の終わりを直し、`{right}` にします。{hidden}")
    } else {
        "pages、glossary、checks、campaigns、data、assets のどれかに置きます。".to_owned()
    }
}

fn is_known(path: &str) -> bool {
    let extension = path.rsplit('.').next().unwrap_or_default();
    match path.split_once('/').map_or("", |(folder, _)| folder) {
        "pages" | "glossary" => extension == "md",
        "data" if path.starts_with("data/results/") => extension == "json",
        // Of the files of `data` the names are known there, and unknown ones told.
        "checks" | "campaigns" | "data" => extension == "toml",
        "archive" => extension == "json",
        _ => matches!(path, "site.toml" | "ids.toml" | "README.md"),
    }
}

impl Tree {
    /// Whether this file is there, readable or not.
    pub(super) fn holds(&self, path: &str) -> bool {
        self.texts.contains_key(path) || self.unreadable.contains(path)
    }

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
