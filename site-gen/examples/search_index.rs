//! What the search costs a build: read every page of a built site, write its index.
//!
//! `search_index SITE` takes the time of both on two threads, over pages held in memory, and prints
//! the seconds. `cargo xtask bench search` holds it against the whole build.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;
use std::{env, fs};

use anyhow::Context as _;
use rayon::prelude::*;
use site_gen::search::index::{Index, Page, Source};
use site_gen::search::{page_text, texts};
use walkdir::WalkDir;

const THREADS: usize = 2;

/// Pages that are read before the index gets them, as in a build.
const BATCH: usize = 1024;

fn main() -> anyhow::Result<()> {
    let site = env::args().nth(1).context("search_index SITE")?;
    let mut pages = Vec::new();
    for entry in WalkDir::new(&site).sort_by_file_name() {
        let path = entry?.into_path();
        if path.extension().is_some_and(|extension| extension == "html") {
            pages.push((path.display().to_string(), fs::read_to_string(&path)?));
        }
    }
    anyhow::ensure!(!pages.is_empty(), "no pages below `{site}`");
    let pool = rayon::ThreadPoolBuilder::new().num_threads(THREADS).build()?;
    let began = Instant::now();
    let bytes = AtomicUsize::new(0);
    let put = |_: &str, file: &[u8]| {
        bytes.fetch_add(file.len(), Ordering::Relaxed);
        Ok(())
    };
    pool.install(|| -> anyhow::Result<()> {
        let mut index = Index::new("search/ja");
        for pages in pages.chunks(BATCH) {
            let read = pages.par_iter().map(|(id, html)| Page { id, text: page_text::read(html) });
            index.add(read.collect::<Vec<_>>(), &put)?;
        }
        let source = Source {
            terms: Vec::new(),
            glossary: None,
            texts: &texts::JA,
            large_script: "assets/search-large.js",
        };
        index.finish(source, &put).map(drop)
    })?;
    let seconds = began.elapsed().as_secs_f64();
    anyhow::ensure!(bytes.into_inner() > 0, "an index was written");
    println!("{seconds}");
    Ok(())
}
