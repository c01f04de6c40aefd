//! A large index: the text in pieces of some pages each, and the lists of [`grams`](super::grams).

use rayon::prelude::*;

use super::grams::{BUCKETS, Postings};
use super::index::{Page, Put, call, records};

/// A piece ends with the page that fills it. Small, for a piece is loaded for each page that may
/// match; not smaller, for each is a file.
const PIECE_BYTES: usize = 32_768;

/// Places a file of lists has on average; they are about a byte each.
const LIST_PLACES: usize = 16_384;

/// How an index was cut.
pub(super) struct Cut {
    /// First page of each piece.
    pub(super) first_pages: Vec<usize>,
    /// Number of files of lists.
    pub(super) lists: usize,
}

/// Cuts the text of a site and hands each file to `put`; what has been written is given back at
/// once.
pub(super) fn cut(pages: Vec<Page<'_>>, path: &str, put: &Put<'_>) -> anyhow::Result<Cut> {
    let postings = Postings::new(&pages, |gatherer, page| {
        let texts = page
            .text
            .sections()
            .flat_map(|section| [section.heading, section.text, section.readings]);
        gatherer.gather(std::iter::once(page.text.title.as_str()).chain(texts))
    });
    let first_pages = first_pages(&pages);
    let mut rest = pages;
    let mut pieces: Vec<Vec<Page<'_>>> =
        first_pages.iter().rev().map(|&first| rest.split_off(first)).collect();
    pieces.reverse();
    pieces.into_par_iter().enumerate().try_for_each(|(number, pages)| {
        let records: Vec<_> = pages.iter().map(|page| records(&page.text)).collect();
        put(&format!("{path}-t{number}.js"), &call("piece", Some(number), &records))
    })?;
    let lists = (postings.places() / LIST_PLACES).next_power_of_two().clamp(16, 4096);
    let size = BUCKETS / lists;
    (0..lists).into_par_iter().try_for_each(|number| {
        let mut text = format!("siteSearch.list({number},\"");
        postings.write(number * size..(number + 1) * size, &mut text);
        text.push_str("\");\n");
        put(&format!("{path}-g{number}.js"), text.as_bytes())
    })?;
    Ok(Cut { first_pages, lists })
}

/// Where pieces begin.
fn first_pages(pages: &[Page<'_>]) -> Vec<usize> {
    let mut first_pages = vec![0];
    let mut bytes = 0;
    for (page, held) in pages.iter().enumerate() {
        if bytes >= PIECE_BYTES {
            first_pages.push(page);
            bytes = 0;
        }
        bytes += held.text.bytes();
    }
    first_pages
}
