//! Which pages hold which pair of letters: the index of a site too large to be read at once.
//!
//! Pairs of UTF-16 units of the folded text are hashed into [`BUCKETS`] buckets, and every bucket
//! lists its pages. A search meets the lists of its pairs and reads the pages that remain, so
//! that a pair that shares its bucket with another costs a page too many and never one too few.
//! A single letter is a pair with nothing behind it; hiragana have none of their own, every page
//! has them all. `public/search-shards.js` reads what is written here.

use rayon::prelude::*;

use super::fold::fold_units;

/// Buckets of pairs.
pub const BUCKETS: usize = 1 << BUCKET_BITS;
const BUCKET_BITS: u32 = 18;

/// Pages whose lists are made together; fixed, so that the number of processors changes nothing.
const BLOCK_PAGES: usize = 1024;

/// The lists of all buckets.
pub struct Postings {
    blocks: Vec<Block>,
}

/// The lists of some pages that follow each other.
struct Block {
    /// Position in the site of its first page.
    first: u32,
    /// Where the list of each bucket starts in `pages`; one more than there are buckets.
    starts: Vec<u32>,
    /// Pages by their distance from the first, ascending within a bucket.
    pages: Vec<u16>,
}

/// Gathers the buckets of one page after the other.
pub struct Gatherer {
    seen: Vec<u64>,
    /// Those of the present page, as many as `count`; behind them is room.
    buckets: Vec<u32>,
    count: usize,
}

impl Default for Gatherer {
    fn default() -> Self {
        Self { seen: vec![0; BUCKETS / 64], buckets: Vec::new(), count: 0 }
    }
}

impl Gatherer {
    /// The buckets of a page with these texts, each once, in no order.
    pub fn gather<'t>(&mut self, texts: impl Iterator<Item = &'t str>) -> Vec<u32> {
        for text in texts {
            let mut before = None;
            fold_units(text, |unit| {
                if unit == LINE_END {
                    before = None;
                    return;
                }
                if !HIRAGANA.contains(&unit) {
                    self.see(bucket(unit, 0));
                }
                if let Some(before) = before {
                    self.see(bucket(before, unit));
                }
                before = Some(unit);
            });
        }
        let found = self.buckets[..self.count].to_vec();
        for &bucket in &found {
            self.seen[bucket as usize / 64] = 0;
        }
        self.count = 0;
        found
    }

    #[inline]
    fn see(&mut self, bucket: u32) {
        // Written before it is known to be new: a branch on that would be anybody's guess.
        match self.buckets.get_mut(self.count) {
            Some(place) => *place = bucket,
            None => self.buckets.push(bucket),
        }
        let word = &mut self.seen[bucket as usize / 64];
        let bit = 1 << (bucket % 64);
        self.count += usize::from(*word & bit == 0);
        *word |= bit;
    }
}

const LINE_END: u16 = b'\n' as u16;
const HIRAGANA: std::ops::RangeInclusive<u16> = 0x3041..=0x3096;

/// The bucket of a pair: the upper bits of a product, where all bits of both have come together.
#[inline]
fn bucket(first: u16, second: u16) -> u32 {
    (u32::from(first) << 16 | u32::from(second)).wrapping_mul(0x9E37_79B1) >> (32 - BUCKET_BITS)
}

impl Postings {
    /// Turns pages, in order, with their buckets into buckets with their pages; a block at a time,
    /// for the buckets of all pages would take as much room as their texts.
    pub fn new<P: Sync>(
        pages: &[P],
        buckets: impl Fn(&mut Gatherer, &P) -> Vec<u32> + Sync,
    ) -> Self {
        let blocks = pages.par_chunks(BLOCK_PAGES).enumerate().map(|(at, pages)| {
            let mut gatherer = Gatherer::default();
            let gathered: Vec<Vec<u32>> =
                pages.iter().map(|page| buckets(&mut gatherer, page)).collect();
            Block::new(at * BLOCK_PAGES, &gathered)
        });
        Self { blocks: blocks.collect() }
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
                    let page = block.first + u32::from(page);
                    push_number(page - next, out);
                    next = page + 1;
                }
            }
        }
    }
}

impl Block {
    fn new(first: usize, pages: &[Vec<u32>]) -> Self {
        // Counted two places ahead: filling then moves each start to the end of its list, which is
        // the start of the next.
        let mut starts = vec![0_u32; BUCKETS + 2];
        for &bucket in pages.iter().flatten() {
            starts[bucket as usize + 2] += 1;
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut listed = vec![0_u16; sum as usize];
        for (page, buckets) in pages.iter().enumerate() {
            for &bucket in buckets {
                let end = &mut starts[bucket as usize + 1];
                listed[*end as usize] = page as u16;
                *end += 1;
            }
        }
        Self { first: first as u32, starts, pages: listed }
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

    fn gathered(texts: &[&str]) -> Vec<u32> {
        let mut list = Gatherer::default().gather(texts.iter().copied());
        list.sort_unstable();
        list
    }

    #[test]
    fn pairs_do_not_run_over_lines() {
        let of_line = |line: &str| -> Vec<u32> {
            let units: Vec<u16> = line.encode_utf16().collect();
            let pairs = units.windows(2).map(|pair| bucket(pair[0], pair[1]));
            let letters = units.iter().filter(|unit| !HIRAGANA.contains(unit));
            pairs.chain(letters.map(|&unit| bucket(unit, 0))).collect()
        };
        let wanted = |lines: &[&str]| {
            let mut list: Vec<u32> = lines.iter().flat_map(|line| of_line(line)).collect();
            list.sort_unstable();
            list.dedup();
            list
        };
        assert_eq!(gathered(&["情報を𠮷"]), wanted(&["情報を𠮷"]));
        assert_eq!(gathered(&["ab\ncd", "ef"]), wanted(&["ab", "cd", "ef"]));
        assert_eq!(gathered(&["ＡＢ※ー", "ab"]), wanted(&["ab"]));
    }

    #[test]
    fn a_gatherer_forgets_the_page_before() {
        let mut gatherer = Gatherer::default();
        gatherer.gather(["情報"].into_iter());
        assert_eq!(gatherer.gather(["情"].into_iter()), [bucket('情' as u16, 0)]);
    }

    #[test]
    fn lists_are_differences() {
        let mut pages = vec![Vec::new(); 3000];
        for page in [0, 1, 50, 600, 2999] {
            pages[page] = vec![7];
        }
        let mut out = String::new();
        Postings::new(&pages, |_, page| page.clone()).write(6..9, &mut out);
        // Nothing, then 0, 0, 48 (3 + 45·1), 549 (9 + 45·12), 2398 (13 + 45·(8 + 45·1)), nothing.
        let digits: String = [0, 0, 48, 1, 54, 12, 58, 53, 1].into_iter().map(symbol).collect();
        assert_eq!(out, format!(" {digits} "));
    }

    #[test]
    fn no_symbol_needs_an_escape() {
        let all: String = (0..90).map(symbol).collect();
        assert!(all.bytes().all(|b| b.is_ascii_graphic() && b != b'\\' && b != b'"'));
    }
}
