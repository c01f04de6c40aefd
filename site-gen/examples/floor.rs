//! The least a site can cost: parse every page, write every file, no more.
//!
//! `floor PAGES BUILT OUT` reads all Markdown below `PAGES` and the finished sites below `BUILT`,
//! then takes the time of pulldown-cmark over all of the one on two threads and of writing all of
//! the other below `OUT`. Prints the seconds. `cargo xtask bench site` holds the generator against
//! it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Instant;
use std::{env, fs};

use pulldown_cmark::{Options, Parser, html};
use rayon::prelude::*;
use walkdir::WalkDir;

const THREADS: usize = 2;

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = env::args().skip(1).collect();
    let [pages, built, out] = &args[..] else { anyhow::bail!("floor PAGES BUILT OUT") };
    let texts = texts(Path::new(pages))?;
    anyhow::ensure!(!texts.is_empty(), "no Markdown below `{pages}`");
    let files = files(Path::new(built), Path::new(out))?;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(THREADS).build()?;
    let began = Instant::now();
    let parsed: Vec<String> = pool.install(|| texts.par_iter().map(|text| parse(text)).collect());
    let folders: BTreeSet<&Path> = files.iter().filter_map(|(path, _)| path.parent()).collect();
    for folder in folders {
        fs::create_dir_all(folder)?;
    }
    pool.install(|| files.par_iter().try_for_each(|(path, bytes)| fs::write(path, bytes)))?;
    println!("{}", began.elapsed().as_secs_f64());
    // Nobody may leave out what is never looked at.
    anyhow::ensure!(parsed.iter().all(|html| !html.is_empty()), "a page without text");
    Ok(())
}

/// The Markdown of every page, without front matter.
fn texts(pages: &Path) -> anyhow::Result<Vec<String>> {
    let mut texts = Vec::new();
    for entry in WalkDir::new(pages).sort_by_file_name() {
        let entry = entry?;
        if entry.path().extension().is_some_and(|extension| extension == "md") {
            let text = fs::read_to_string(entry.path())?;
            let body = text.splitn(3, "+++\n").nth(2).unwrap_or(&text).to_owned();
            texts.push(body);
        }
    }
    Ok(texts)
}

/// Every file below `built`, and where it goes below `out`.
fn files(built: &Path, out: &Path) -> anyhow::Result<Vec<(PathBuf, Vec<u8>)>> {
    let mut files = Vec::new();
    for entry in WalkDir::new(built).sort_by_file_name() {
        let entry = entry?;
        if entry.file_type().is_file() {
            let place = out.join(entry.path().strip_prefix(built)?);
            files.push((place, fs::read(entry.path())?));
        }
    }
    Ok(files)
}

fn parse(text: &str) -> String {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST;
    let mut out = String::with_capacity(text.len() * 3 / 2);
    html::push_html(&mut out, Parser::new_ext(text, options));
    out
}
