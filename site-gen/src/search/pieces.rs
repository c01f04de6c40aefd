//! A large index: the text in pieces of some pages each, and the lists of [`grams`](super::grams).

use rayon::prelude::*;

use super::fold::fold_into;
use super::grams::{BUCKETS, Postings, buckets};
use super::index::{Index, Source, call, records};
use super::page_text::PageText;

/// A piece ends with the page that fills it. Small, for a piece is loaded for each page that may
/// match; not smaller, for each is a file.
const PIECE_BYTES: usize = 32_768;

/// Places a file of lists has on average; they are about a byte each.
const LIST_PLACES: usize = 16_384;

/// An index cut up.
pub(super) struct Cut {
    /// First page of each piece.
    pub(super) first_pages: Vec<usize>,
    /// Number of files of lists.
    pub(super) lists: usize,
    /// All files.
    pub(super) files: Index,
}

/// Cuts the text of a site.
pub(super) fn cut(source: &Source<'_>) -> Cut {
    let first_pages = first_pages(source);
    let ends = first_pages.iter().skip(1).copied().chain([source.pages.len()]);
    let ranges: Vec<_> = first_pages.iter().copied().zip(ends).collect();
    let pieces: Vec<(String, String)> = ranges
        .par_iter()
        .enumerate()
        .map(|(number, &(first, end))| {
            let pages: Vec<_> =
                source.pages[first..end].iter().map(|page| records(&page.text)).collect();
            (format!("{}-t{number}.js", source.path), call("piece", Some(number), &pages))
        })
        .collect();
    let held: Vec<Vec<u16>> = source.pages.par_iter().map(|page| pairs(&page.text)).collect();
    let postings = Postings::new(&held);
    let lists = (postings.places() / LIST_PLACES).next_power_of_two().clamp(16, 4096);
    let size = BUCKETS / lists;
    let mut files = pieces;
    files.par_extend((0..lists).into_par_iter().map(|number| {
        let mut text = format!("siteSearch.list({number},\"");
        postings.write(number * size..(number + 1) * size, &mut text);
        text.push_str("\");\n");
        (format!("{}-g{number}.js", source.path), text)
    }));
    Cut { first_pages, lists, files }
}

/// Where pieces begin.
fn first_pages(source: &Source<'_>) -> Vec<usize> {
    let mut first_pages = vec![0];
    let mut bytes = 0;
    for (page, held) in source.pages.iter().enumerate() {
        if bytes >= PIECE_BYTES {
            first_pages.push(page);
            bytes = 0;
        }
        bytes += held.text.bytes();
    }
    first_pages
}

/// The buckets of everything a page is found by.
fn pairs(page: &PageText) -> Vec<u16> {
    let mut folded = String::with_capacity(page.bytes());
    fold_into(&page.title, &mut folded);
    for section in &page.sections {
        for text in [&section.heading, &section.text, &section.readings] {
            folded.push('\n');
            fold_into(text, &mut folded);
        }
    }
    buckets(&folded)
}
