//! A large index: the text in pieces of some pages each, and the lists of [`grams`](super::grams).

use rayon::prelude::*;

use super::grams::{BUCKETS, Gatherer, Postings};
use super::index::{Index, Page, call, records};

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

/// Cuts the text of a site; what has been written of it is given back at once.
pub(super) fn cut(pages: Vec<Page<'_>>, path: &str) -> Cut {
    let gathered = pages.par_iter().map_init(Gatherer::default, |gatherer, page| {
        let texts = page
            .text
            .sections
            .iter()
            .flat_map(|section| [section.heading.as_str(), &section.text, &section.readings]);
        gatherer.gather(std::iter::once(page.text.title.as_str()).chain(texts))
    });
    let postings = Postings::new(&gathered.collect::<Vec<_>>());
    let first_pages = first_pages(&pages);
    let mut rest = pages;
    let mut pieces: Vec<Vec<Page<'_>>> =
        first_pages.iter().rev().map(|&first| rest.split_off(first)).collect();
    pieces.reverse();
    let pieces = pieces.into_par_iter().enumerate().map(|(number, pages)| {
        let records: Vec<_> = pages.iter().map(|page| records(&page.text)).collect();
        (format!("{path}-t{number}.js"), call("piece", Some(number), &records))
    });
    let mut files: Index = pieces.collect();
    let lists = (postings.places() / LIST_PLACES).next_power_of_two().clamp(16, 4096);
    let size = BUCKETS / lists;
    files.par_extend((0..lists).into_par_iter().map(|number| {
        let mut text = format!("siteSearch.list({number},\"");
        postings.write(number * size..(number + 1) * size, &mut text);
        text.push_str("\");\n");
        (format!("{}-g{number}.js", path), text.into_bytes())
    }));
    Cut { first_pages, lists, files }
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
