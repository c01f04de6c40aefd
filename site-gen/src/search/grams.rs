//! Which pages hold which pair of letters: the index of a site too large to be read at once.
//!
//! Pairs of UTF-16 units of the folded text are hashed into buckets, and every bucket
//! lists its pages. A search meets the lists of its pairs and reads the pages that remain, so
//! that a pair that shares its bucket with another costs a page too many and never one too few.
//! A single letter is a pair with nothing behind it; hiragana have none of their own, every page
//! has them all. `public/search-large.js` reads what is written here.

use super::fold::fold_units;

/// Buckets of pairs.
const BUCKETS: usize = 1 << BUCKET_BITS;
const BUCKET_BITS: u32 = 18;

/// Pages whose lists are made together.
const BLOCK_PAGES: usize = 256;

/// Buckets that follow each other and are sorted out only when they are written: a table of all
/// buckets for each block would be as large as the block.
const GROUP: usize = 1 << GROUP_BITS;
const GROUP_BITS: u32 = 6;
/// How many groups there are; the lists of at least one make a file.
pub const GROUPS: usize = BUCKETS / GROUP;

/// The buckets of some pages that follow each other.
pub struct Block {
    /// Position in the site of its first page.
    first: u32,
    /// Where the places of each group start; one more than there are groups.
    starts: Vec<u32>,
    /// Bucket within the group, and page by its distance from the first: by group, then by page.
    places: Vec<u16>,
}

/// Bits of a place that tell the page.
const PAGE_BITS: u32 = 16 - GROUP_BITS;
const _: () = assert!(BLOCK_PAGES <= 1 << PAGE_BITS);

/// Things taken down once each.
struct Noted<T> {
    /// Those taken down, as many as `count`; behind them is room.
    items: Vec<T>,
    count: usize,
}

impl<T: Copy> Noted<T> {
    const fn new() -> Self {
        Self { items: Vec::new(), count: 0 }
    }

    /// Written before it is known to be new: a branch on that would be anybody's guess.
    #[inline]
    fn push_if(&mut self, is_new: bool, item: T) {
        match self.items.get_mut(self.count) {
            Some(place) => *place = item,
            None => self.items.push(item),
        }
        self.count += usize::from(is_new);
    }

    fn all(&self) -> &[T] {
        &self.items[..self.count]
    }
}

/// Reads one page after the other and makes blocks of them.
pub struct Gatherer {
    /// The letters of the present page: what is asked for every letter of a site lies close
    /// together here, while pairs are scattered by design.
    letters: Noted<u16>,
    has_letter: Box<[bool; 1 << 16]>,
    /// The buckets of the pages since the last block, each page's once.
    buckets: Noted<u32>,
    has_bucket: Box<[u64; BUCKETS / 64]>,
    /// Where those of each page end.
    ends: Vec<usize>,
    first: usize,
    blocks: Vec<Block>,
}

impl Gatherer {
    /// Reads pages from the one at `first` on.
    pub fn from_page(first: usize) -> Self {
        Self {
            letters: Noted::new(),
            has_letter: Box::new([false; 1 << 16]),
            buckets: Noted::new(),
            has_bucket: Box::new([0; BUCKETS / 64]),
            ends: Vec::new(),
            first,
            blocks: Vec::new(),
        }
    }

    /// Reads the next page, which has these texts.
    pub fn page<'t>(&mut self, texts: impl Iterator<Item = &'t str>) {
        let start = self.buckets.count;
        for text in texts {
            self.text(text);
        }
        for at in 0..self.letters.count {
            let letter = self.letters.items[at];
            self.has_letter[usize::from(letter)] = false;
            if !HIRAGANA.contains(&letter) {
                self.see(bucket(letter, 0));
            }
        }
        self.letters.count = 0;
        for &bucket in &self.buckets.all()[start..] {
            self.has_bucket[bucket as usize / 64] = 0;
        }
        self.ends.push(self.buckets.count);
        if self.ends.len() == BLOCK_PAGES {
            self.end_block();
        }
    }

    /// The blocks of all pages read.
    pub fn finish(mut self) -> Vec<Block> {
        if !self.ends.is_empty() {
            self.end_block();
        }
        self.blocks
    }

    fn text(&mut self, text: &str) {
        let mut before = LINE_END;
        fold_units(text, |unit| {
            if unit == LINE_END {
                before = LINE_END;
                return;
            }
            let has_letter = &mut self.has_letter[usize::from(unit)];
            self.letters.push_if(!*has_letter, unit);
            *has_letter = true;
            if before != LINE_END {
                self.see(bucket(before, unit));
            }
            before = unit;
        });
    }

    #[inline]
    fn see(&mut self, bucket: u32) {
        let word = &mut self.has_bucket[bucket as usize / 64];
        let bit = 1 << (bucket % 64);
        self.buckets.push_if(*word & bit == 0, bucket);
        *word |= bit;
    }

    fn end_block(&mut self) {
        self.blocks.push(Block::new(self.first, self.buckets.all(), &self.ends));
        self.first += self.ends.len();
        self.ends.clear();
        self.buckets.count = 0;
    }
}

const LINE_END: u16 = b'\n' as u16;
const HIRAGANA: std::ops::RangeInclusive<u16> = 0x3041..=0x3096;

/// The bucket of a pair: the upper bits of a product, where all bits of both have come together.
#[inline]
fn bucket(first: u16, second: u16) -> u32 {
    (u32::from(first) << 16 | u32::from(second)).wrapping_mul(0x9E37_79B1) >> (32 - BUCKET_BITS)
}

impl Block {
    fn new(first: usize, buckets: &[u32], ends: &[usize]) -> Self {
        let group_of = |bucket: u32| bucket as usize / GROUP;
        // Counted two places ahead: filling then moves each start to the end of its group, which
        // is the start of the next.
        let mut starts = vec![0_u32; GROUPS + 2];
        for &bucket in buckets {
            starts[group_of(bucket) + 2] += 1;
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut places = vec![0_u16; buckets.len()];
        let mut from = 0;
        for (page, &end) in ends.iter().enumerate() {
            for &bucket in &buckets[from..end] {
                let start = &mut starts[group_of(bucket) + 1];
                places[*start as usize] = ((bucket as usize % GROUP) << PAGE_BITS | page) as u16;
                *start += 1;
            }
            from = end;
        }
        Self { first: first as u32, starts, places }
    }

    /// The buckets of a group, counted from its first, with their pages.
    fn group(&self, group: usize) -> impl Iterator<Item = (usize, u32)> {
        let places = &self.places[self.starts[group] as usize..self.starts[group + 1] as usize];
        places.iter().map(|&place| {
            let page = u32::from(place) % (1 << PAGE_BITS);
            (usize::from(place >> PAGE_BITS), self.first + page)
        })
    }
}

/// The buckets of all pages of a site, with their pages.
#[derive(Default)]
pub struct Postings {
    blocks: Vec<Block>,
}

impl Postings {
    /// Adds the blocks of the pages that follow.
    pub fn extend(&mut self, blocks: impl IntoIterator<Item = Block>) {
        self.blocks.extend(blocks);
    }

    /// How many places all lists have.
    pub fn places(&self) -> usize {
        self.blocks.iter().map(|block| block.places.len()).sum()
    }

    /// Writes the lists of some groups that follow each other, a blank between them.
    pub fn write(&self, groups: std::ops::Range<usize>, out: &mut Vec<u8>) {
        // The text of each list of a group, and the first page that is not before its next.
        let mut lists = vec![(Vec::new(), 0); GROUP];
        for group in groups.clone() {
            for block in &self.blocks {
                for (bucket, page) in block.group(group) {
                    let (text, next) = &mut lists[bucket];
                    push_number(page - *next, text);
                    *next = page + 1;
                }
            }
            for (bucket, (text, next)) in lists.iter_mut().enumerate() {
                if bucket > 0 || group > groups.start {
                    out.push(b' ');
                }
                out.append(text);
                *next = 0;
            }
        }
    }
}

/// Digits of base 45, the least first; 45 is added to all but the last. They are written as `#`
/// to `~` without the backslash, which need no escape in a script.
fn push_number(mut number: u32, out: &mut Vec<u8>) {
    while number >= 45 {
        out.push(SYMBOLS[45 + number as usize % 45]);
        number /= 45;
    }
    out.push(SYMBOLS[number as usize]);
}

const SYMBOLS: [u8; 90] = {
    let mut symbols = [0; 90];
    let mut digit = 0;
    while digit < 90 {
        let code = digit as u8 + b'#';
        symbols[digit] = if code < b'\\' { code } else { code + 1 };
        digit += 1;
    }
    symbols
};

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// Position of each page and its buckets in order.
    fn listed(gatherer: Gatherer) -> Vec<(u32, Vec<u32>)> {
        let mut pages: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for block in gatherer.finish() {
            for group in 0..GROUPS {
                for (bucket, page) in block.group(group) {
                    pages.entry(page).or_default().push((group * GROUP + bucket) as u32);
                }
            }
        }
        pages.values_mut().for_each(|buckets| buckets.sort_unstable());
        pages.into_iter().collect()
    }

    fn gathered(texts: &[&str]) -> Vec<u32> {
        let mut gatherer = Gatherer::from_page(0);
        gatherer.page(texts.iter().copied());
        listed(gatherer).remove(0).1
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
        let mut gatherer = Gatherer::from_page(7);
        ["情報", "報"].into_iter().for_each(|text| gatherer.page([text].into_iter()));
        let mut of_first = vec![bucket('情' as u16, 0), bucket('情' as u16, '報' as u16)];
        of_first.push(bucket('報' as u16, 0));
        of_first.sort_unstable();
        assert_eq!(listed(gatherer), [(7, of_first), (8, vec![bucket('報' as u16, 0)])]);
    }

    #[test]
    fn lists_are_differences() {
        // Two letters whose buckets lie in one group, so that they are sorted out.
        let letters: Vec<u16> = (0x4E00..0x9FFF).collect();
        let group_of = |letter: u16| bucket(letter, 0) as usize / GROUP;
        let (a, b) = letters
            .iter()
            .enumerate()
            .find_map(|(at, &a)| {
                let pair = |&&b: &&u16| group_of(a) == group_of(b) && bucket(a, 0) < bucket(b, 0);
                letters[at..].iter().find(pair).map(|&b| (a, b))
            })
            .unwrap();
        let mut postings = Postings::default();
        let mut gatherer = Gatherer::from_page(0);
        for page in 0..3000 {
            let mut text = Vec::new();
            if [0, 1, 50, 600, 2999].contains(&page) {
                text.extend([a, u16::from(b'\n')]);
            }
            if page == 256 {
                text.push(b);
            }
            gatherer.page([String::from_utf16(&text).unwrap().as_str()].into_iter());
            if page == 600 {
                postings.extend(gatherer.finish());
                gatherer = Gatherer::from_page(601);
            }
        }
        postings.extend(gatherer.finish());
        assert_eq!(postings.places(), 6);
        let mut out = Vec::new();
        postings.write(group_of(a)..group_of(a) + 1, &mut out);
        let lists: Vec<&[u8]> = out.split(|&byte| byte == b' ').collect();
        assert_eq!(lists.len(), GROUP);
        // 0, 0, 48 (3 + 45·1), 549 (9 + 45·12), 2398 (13 + 45·(8 + 45·1)); 256 (31 + 45·5).
        let digits = |digits: &[usize]| digits.iter().map(|&digit| SYMBOLS[digit]).collect();
        let of_a: Vec<u8> = digits(&[0, 0, 48, 1, 54, 12, 58, 53, 1]);
        let of_b: Vec<u8> = digits(&[76, 5]);
        for (at, list) in lists.into_iter().enumerate() {
            let place = (group_of(a) * GROUP + at) as u32;
            let expected: &[u8] = match place {
                place if place == bucket(a, 0) => &of_a,
                place if place == bucket(b, 0) => &of_b,
                _ => &[],
            };
            assert_eq!(list, expected, "{at}");
        }
    }

    #[test]
    fn no_symbol_needs_an_escape() {
        assert!(SYMBOLS.iter().all(|b| b.is_ascii_graphic() && *b != b'\\' && *b != b'"'));
    }
}
