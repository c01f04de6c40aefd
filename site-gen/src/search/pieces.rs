//! A large index: the text in pieces of some pages each, and the lists of [`grams`](super::grams).

use rayon::prelude::*;

use super::grams::{Block, GROUPS, Gatherer, Postings};
use super::index::{Page, Put, call, records};

/// A piece ends with the page that fills it. Small, for a piece is loaded for each page that may
/// match; not smaller, for each is a file.
const PIECE_BYTES: usize = 32_768;

/// Places a file of lists has on average; they are about a byte each.
const LIST_PLACES: usize = 16_384;

/// Pages that one thread writes and reads at a time, about.
const SHARE_PAGES: usize = 64;

/// What has been written of an index.
#[derive(Default)]
pub(super) struct Pieces {
    /// First page of each piece.
    pub(super) first_pages: Vec<usize>,
    /// How many pages all pieces have.
    pages: usize,
    postings: Postings,
}

/// A run of pages that is written as one file.
struct Piece<'a> {
    number: usize,
    first: usize,
    pages: Vec<Page<'a>>,
}

impl Piece<'_> {
    fn script(&self) -> Vec<u8> {
        let records: Vec<_> = self.pages.iter().map(|page| records(&page.text)).collect();
        call(&format!("piece({},", self.number), &records)
    }
}

impl Pieces {
    /// Writes the pages that fill pieces, and with `all` the last ones too; they are gone from
    /// `waiting` then, and so is their text.
    pub(super) fn write(
        &mut self,
        waiting: &mut Vec<Page<'_>>,
        all: bool,
        path: &str,
        put: &Put<'_>,
    ) -> anyhow::Result<()> {
        let shares = self.cut(waiting, all);
        let blocks: Vec<Vec<Block>> = shares
            .into_par_iter()
            .map(|share| {
                let mut gatherer = Gatherer::from_page(share[0].first);
                for piece in share {
                    put(&format!("{path}-t{}.js", piece.number), &piece.script())?;
                    piece.pages.iter().for_each(|page| gatherer.page(page.text.parts()));
                }
                Ok(gatherer.finish())
            })
            .collect::<anyhow::Result<_>>()?;
        self.postings.extend(blocks.into_iter().flatten());
        Ok(())
    }

    /// Takes pieces from the front of `waiting`, in shares of some pieces.
    fn cut<'a>(&mut self, waiting: &mut Vec<Page<'a>>, all: bool) -> Vec<Vec<Piece<'a>>> {
        let mut ends = Vec::new();
        let mut bytes = 0;
        for (page, held) in waiting.iter().enumerate() {
            bytes += held.text.bytes();
            if bytes >= PIECE_BYTES {
                ends.push(page + 1);
                bytes = 0;
            }
        }
        if all && ends.last().copied().unwrap_or(0) < waiting.len() {
            ends.push(waiting.len());
        }
        let mut pages = waiting.drain(..ends.last().copied().unwrap_or(0));
        let mut shares: Vec<Vec<Piece<'a>>> = Vec::new();
        let mut from = 0;
        for end in ends {
            let (number, first) = (self.first_pages.len(), self.pages);
            let pages: Vec<Page<'a>> = pages.by_ref().take(end - from).collect();
            self.first_pages.push(first);
            self.pages += pages.len();
            from = end;
            let piece = Piece { number, first, pages };
            match shares.last_mut() {
                Some(share) if first - share[0].first < SHARE_PAGES => share.push(piece),
                _ => shares.push(vec![piece]),
            }
        }
        shares
    }

    /// How many files the lists make, a power of two.
    pub(super) fn lists(&self) -> usize {
        (self.postings.places() / LIST_PLACES).next_power_of_two().clamp(16, GROUPS)
    }

    /// Writes the lists.
    pub(super) fn write_lists(&self, path: &str, put: &Put<'_>) -> anyhow::Result<()> {
        let lists = self.lists();
        let size = GROUPS / lists;
        (0..lists).into_par_iter().try_for_each(|number| {
            let mut script = format!("siteSearch.list({number},\"").into_bytes();
            self.postings.write(number * size..(number + 1) * size, &mut script);
            script.extend_from_slice(b"\");\n");
            put(&format!("{path}-g{number}.js"), &script)
        })
    }
}
