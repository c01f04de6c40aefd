//! The least a site of so many pages can cost: parse every page, write as many files, no more.
//!
//! `floor PAGES OUT FILES` reads all Markdown below `PAGES`, then takes the time of pulldown-cmark
//! over all of it on two threads and of writing `FILES` files of its output below `OUT`. Prints
//! the seconds. `cargo xtask bench site` holds the generator against it.

use std::path::{Path, PathBuf};
use std::time::Instant;
use std::{env, fs};

use anyhow::Context as _;
use pulldown_cmark::{Options, Parser, html};
use rayon::prelude::*;
use walkdir::WalkDir;

const THREADS: usize = 2;
const PER_FOLDER: usize = 100;

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = env::args().skip(1).collect();
    let [pages, out, files] = &args[..] else { anyhow::bail!("floor PAGES OUT FILES") };
    let files: usize = files.parse().context("FILES is a number")?;
    let texts = read(Path::new(pages))?;
    anyhow::ensure!(!texts.is_empty(), "no Markdown below `{pages}`");
    let pool = rayon::ThreadPoolBuilder::new().num_threads(THREADS).build()?;
    let began = Instant::now();
    let parsed: Vec<String> = pool.install(|| texts.par_iter().map(|text| parse(text)).collect());
    let folders: Vec<PathBuf> = (0..files.div_ceil(PER_FOLDER))
        .map(|folder| Path::new(out).join(format!("{folder:04}")))
        .collect();
    for folder in &folders {
        fs::create_dir_all(folder)?;
    }
    pool.install(|| {
        (0..files).into_par_iter().try_for_each(|file| {
            let path = folders[file / PER_FOLDER].join(format!("{file:06}.html"));
            fs::write(path, &parsed[file % parsed.len()])
        })
    })?;
    println!("{}", began.elapsed().as_secs_f64());
    Ok(())
}

fn read(pages: &Path) -> anyhow::Result<Vec<String>> {
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
