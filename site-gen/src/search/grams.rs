//! Which pages hold which pair of letters: the index of a site too large to be read at once.
//!
//! Pairs of UTF-16 units of the folded text are hashed into [`BUCKETS`] buckets, and every bucket
//! lists its pages. A search meets the lists of its pairs and reads the pages that remain, so
//! that a pair that shares its bucket with another costs a page too many and never one too few.
//! A single letter is a pair with nothing behind it; hiragana have none of their own, every page
//! has them all. `public/search-shards.js` reads what is written here.

use rayon::prelude::*;

/// Buckets of pairs.
pub const BUCKETS: usize = 1 << 16;

/// Pages whose lists are made together; fixed, so that the number of processors changes nothing.
const BLOCK_PAGES: usize = 512;

/// The lists of all buckets.
pub struct Postings {
    blocks: Vec<Block>,
}

/// The lists of some pages that follow each other.
struct Block {
    /// Where the list of each bucket starts in `pages`; one more than there are buckets.
    starts: Vec<u32>,
    /// Positions of pages in the site, ascending within a bucket.
    pages: Vec<u32>,
}

/// The buckets of one page, ascending.
pub fn buckets(folded: &str) -> Vec<u16> {
    let mut bits = vec![0_u64; BUCKETS / 64];
    let mut set = |bucket: usize| bits[bucket / 64] |= 1 << (bucket % 64);
    for line in folded.split('\n') {
        let mut before = None;
        for unit in line.encode_utf16().map(u32::from) {
            if !HIRAGANA.contains(&unit) {
                set(bucket(unit, 0));
            }
            if let Some(before) = before {
                set(bucket(before, unit));
            }
            before = Some(unit);
        }
    }
    let mut list = Vec::with_capacity(2048);
    for (word, &bits) in bits.iter().enumerate() {
        let mut bits = bits;
        while bits != 0 {
            list.push((word * 64) as u16 + bits.trailing_zeros() as u16);
            bits &= bits - 1;
        }
    }
    list
}

const HIRAGANA: std::ops::RangeInclusive<u32> = 0x3041..=0x3096;

/// The bucket of a pair.
fn bucket(first: u32, second: u32) -> usize {
    ((first << 16 | second).wrapping_mul(0x9E37_79B1) >> 16) as usize
}

impl Postings {
    /// Turns the buckets of pages, in order, into the pages of buckets.
    pub fn new(pages: &[Vec<u16>]) -> Self {
        let blocks = pages.par_chunks(BLOCK_PAGES).enumerate();
        Self { blocks: blocks.map(|(at, pages)| Block::new(at * BLOCK_PAGES, pages)).collect() }
    }

    /// How many places all lists have.
    pub fn places(&self) -> usize {
        self.blocks.iter().map(|block| block.pages.len()).sum()
    }

    /// Writes the lists of some buckets that follow each other, a blank between them.
    pub fn write(&self, buckets: std::ops::Range<usize>, out: &mut String) {
        let first = buckets.start;
        for bucket in buckets {
            if bucket > first {
                out.push(' ');
            }
            let mut next = 0;
            for block in &self.blocks {
                let list = block.starts[bucket] as usize..block.starts[bucket + 1] as usize;
                for &page in &block.pages[list] {
                    push_number(page - next, out);
                    next = page + 1;
                }
            }
        }
    }
}

impl Block {
    fn new(first: usize, pages: &[Vec<u16>]) -> Self {
        let mut starts = vec![0_u32; BUCKETS + 1];
        for &bucket in pages.iter().flatten() {
            starts[usize::from(bucket) + 1] += 1;
        }
        for bucket in 0..BUCKETS {
            starts[bucket + 1] += starts[bucket];
        }
        let mut ends = starts.clone();
        let mut listed = vec![0_u32; starts[BUCKETS] as usize];
        for (page, buckets) in pages.iter().enumerate() {
            for &bucket in buckets {
                let end = &mut ends[usize::from(bucket)];
                listed[*end as usize] = (first + page) as u32;
                *end += 1;
            }
        }
        Self { starts, pages: listed }
    }
}

/// Digits of base 45, the least first; 45 is added to all but the last. They are written as `#`
/// to `~` without the backslash, which need no escape in a script.
fn push_number(mut number: u32, out: &mut String) {
    while number >= 45 {
        out.push(symbol(45 + number % 45));
        number /= 45;
    }
    out.push(symbol(number));
}

fn symbol(digit: u32) -> char {
    let code = digit as u8 + b'#';
    char::from(if code < b'\\' { code } else { code + 1 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_do_not_run_over_lines() {
        let pair = |text: &str| -> Vec<u16> {
            let units: Vec<u32> = text.encode_utf16().map(u32::from).collect();
            let mut list: Vec<u16> =
                units.windows(2).map(|pair| bucket(pair[0], pair[1]) as u16).collect();
            list.extend(
                units
                    .iter()
                    .filter(|unit| !HIRAGANA.contains(unit))
                    .map(|&unit| bucket(unit, 0) as u16),
            );
            list.sort_unstable();
            list.dedup();
            list
        };
        assert_eq!(buckets("情報を𠮷"), pair("情報を𠮷"));
        let mut two = [pair("ab"), pair("cd")].concat();
        two.sort_unstable();
        assert_eq!(buckets("ab\ncd"), two);
    }

    #[test]
    fn lists_are_differences() {
        let mut pages = vec![Vec::new(); 1200];
        for page in [0, 1, 50, 600, 1199] {
            pages[page] = vec![7];
        }
        let mut out = String::new();
        Postings::new(&pages).write(6..9, &mut out);
        // Nothing, then 0, 0, 48 (3 + 45·1), 549 (9 + 45·12), 598 (13 + 45·13), then nothing.
        let digits: String = [0, 0, 48, 1, 54, 12, 58, 13].into_iter().map(symbol).collect();
        assert_eq!(out, format!(" {digits} "));
    }

    #[test]
    fn no_symbol_needs_an_escape() {
        let all: String = (0..90).map(symbol).collect();
        assert!(all.bytes().all(|b| b.is_ascii_graphic() && b != b'\\' && b != b'"'));
    }
}
