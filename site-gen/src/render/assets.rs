//! Style sheet, scripts, icon and widget: read once, published under fingerprinted names.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, bail};
use base64ct::{Base64, Encoding as _};
use selfcheck::digest::Sha256;

use super::script;

/// One published file.
#[derive(Debug, Clone)]
pub struct AssetFile {
    /// Output path, for example `assets/style-1a2b3c4d.css`.
    pub path: String,
    bytes: Vec<u8>,
}

impl AssetFile {
    fn new(stem: &str, extension: &str, bytes: Vec<u8>) -> Self {
        let digest = Sha256::of(&bytes).to_string();
        Self { path: format!("assets/{stem}-{}.{extension}", &digest[..8]), bytes }
    }

    pub(super) fn entry(&self) -> (String, Vec<u8>) {
        (self.path.clone(), self.bytes.clone())
    }
}

/// Everything static that pages refer to.
#[derive(Debug)]
pub struct Assets {
    /// All style sheets of `public/style`, joined in order of their names.
    pub style: AssetFile,
    /// The script of every page.
    pub page_script: AssetFile,
    /// The search of every page.
    pub search_script: AssetFile,
    /// What the search needs for an index in pieces.
    pub search_large: AssetFile,
    /// The icon.
    pub icon: AssetFile,
    /// The self-check, when it has been built.
    pub widget: Option<Widget>,
}

/// The self-check widget.
#[derive(Debug)]
pub struct Widget {
    /// Glue written by wasm-bindgen.
    pub glue: AssetFile,
    /// The Wasm itself.
    pub wasm: AssetFile,
    /// The same as base64 in a classic script, for `file://` and servers that refuse Wasm.
    pub embedded: AssetFile,
    /// Starts the widget.
    pub boot: AssetFile,
    /// The words on screen by language, JSON that is safe inside a `<script>` element.
    words: BTreeMap<String, String>,
}

impl Assets {
    /// Reads `public` and, if given, the folder that wasm-pack wrote.
    ///
    /// # Errors
    /// When a file is missing or cannot be read; the message names it.
    pub fn load(public: &Path, widget: Option<&Path>) -> anyhow::Result<Self> {
        if !public.join("style").is_dir() {
            bail!(
                "`{}` にスタイルがありません。Tenken のフォルダで実行するか、その中の public を `--public` で指してください",
                public.display()
            );
        }
        Ok(Self {
            style: AssetFile::new("style", "css", join_styles(&public.join("style"))?),
            page_script: own_script(public, "page")?,
            search_script: own_script(public, "search")?,
            search_large: own_script(public, "search-large")?,
            icon: AssetFile::new("icon", "svg", read(&public.join("icon.svg"))?),
            widget: widget.map(|folder| Widget::load(public, folder)).transpose()?,
        })
    }

    pub(super) fn common_files(&self) -> impl Iterator<Item = (String, Vec<u8>)> {
        [&self.style, &self.page_script, &self.search_script, &self.icon]
            .into_iter()
            .map(AssetFile::entry)
    }

    pub(super) fn widget_files(&self) -> impl Iterator<Item = (String, Vec<u8>)> {
        self.widget
            .iter()
            .flat_map(|widget| [&widget.glue, &widget.wasm, &widget.embedded, &widget.boot])
            .map(AssetFile::entry)
    }
}

impl Widget {
    fn load(public: &Path, folder: &Path) -> anyhow::Result<Self> {
        let wasm = read(&folder.join("widget_bg.wasm"))?;
        let embedded = format!("window.selfCheckWasm=\"{}\";\n", Base64::encode_string(&wasm));
        Ok(Self {
            glue: AssetFile::new("widget", "js", read(&folder.join("widget.js"))?),
            wasm: AssetFile::new("widget", "wasm", wasm),
            embedded: AssetFile::new("widget-embedded", "js", embedded.into_bytes()),
            boot: own_script(public, "boot")?,
            words: read_words(&folder.join("texts"))?,
        })
    }

    /// The words of a language; Japanese for a language that has none.
    pub(super) fn words(&self, language: &str) -> &str {
        let known = self.words.get(language).or_else(|| self.words.get("ja"));
        known.map_or("{}", String::as_str)
    }
}

/// The language files, each named by its language.
fn read_words(folder: &Path) -> anyhow::Result<BTreeMap<String, String>> {
    let mut words = BTreeMap::new();
    let entries =
        fs::read_dir(folder).with_context(|| format!("`{}` を読めません", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        let Some(language) = path.file_stem().and_then(|stem| stem.to_str()) else { continue };
        let text = String::from_utf8(read(&path)?)
            .with_context(|| format!("`{}` は UTF-8 ではありません", path.display()))?;
        words.insert(language.to_owned(), text.trim().replace('<', "\\u003c"));
    }
    Ok(words)
}

/// One of our own scripts.
fn own_script(public: &Path, stem: &str) -> anyhow::Result<AssetFile> {
    Ok(AssetFile::new(stem, "js", script::load(&public.join(format!("{stem}.js")))?))
}

fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("`{}` を読めません", path.display()))
}

fn join_styles(folder: &Path) -> anyhow::Result<Vec<u8>> {
    let mut paths = Vec::new();
    let entries =
        fs::read_dir(folder).with_context(|| format!("`{}` を読めません", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "css") {
            paths.push(path);
        }
    }
    paths.sort();
    let mut joined = Vec::new();
    for path in paths {
        joined.extend(read(&path)?);
    }
    Ok(joined)
}
