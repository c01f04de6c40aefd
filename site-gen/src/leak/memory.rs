//! What was read before and found clean: half of a page is the navigation of its folder.
//!
//! Whole stretches are kept and compared byte for byte, so what is passed over is what was read. A
//! stretch begins and ends behind block tags, at *borders*: no text runs on there, and nothing
//! before tells how to read what follows. So it is as clean wherever it stands again. Only its
//! addresses lead elsewhere from another folder, and there everything is read anew.

/// Clean stretches of the files of one folder, as many as there is room for.
#[derive(Debug, Default)]
pub(super) struct Memory {
    folder: String,
    /// All stretches, one after the other, behind a first byte that is none.
    text: String,
    /// One bit a place in `text`: whether a border is there.
    borders: Vec<u64>,
    /// Borders by the hash of what follows them; the first one of a hash counts.
    known: Vec<Known>,
    /// The borders of the stretch that is being read, by their place in the file.
    fresh: Vec<(usize, Option<Hash>)>,
    /// Whether what was read since the last border depends on more than itself.
    is_open_ended: bool,
    is_full: bool,
    /// Whether there was room when the file began, and how much was passed over since.
    is_learning: bool,
    passed: usize,
    /// How many borders in a row were not known, and up to where none is looked up therefore.
    missed: usize,
    look_at: usize,
}

#[derive(Debug, Default, Clone, Copy)]
struct Known {
    /// Where in the text the border is, or [`NOWHERE`].
    border: u32,
    /// What tells it from most others of the hash.
    check: u32,
}

const NOWHERE: u32 = 0;

/// An index of [`Memory::known`], and the check.
type Hash = (usize, u32);

/// Bytes behind a border by which it is found again: few more than a link of a list has, so that
/// what is found goes on for long.
const START: usize = 64;
const PLACES: usize = 1 << 12;
/// Bytes kept at most.
const ROOM: usize = 128 << 10;
/// By how many bytes what is not looked up grows with each miss.
const STRIDE: usize = 32;

impl Memory {
    /// The folder whose files it knows.
    pub(super) fn folder(&self) -> &str {
        &self.folder
    }

    /// Before the first border of a file of `folder`.
    pub(super) fn begin(&mut self, folder: &str) {
        if self.folder != folder || self.text.is_empty() {
            self.forget();
            folder.clone_into(&mut self.folder);
        }
        self.fresh.clear();
        self.is_open_ended = false;
        self.is_learning = !self.is_full;
        (self.passed, self.missed, self.look_at) = (0, 0, 0);
    }

    /// At a border; returns how much of what follows is known, up to another one.
    pub(super) fn border(&mut self, html: &str, at: usize) -> usize {
        if self.is_open_ended {
            self.keep(html);
            self.is_open_ended = false;
        }
        // Where all is new, ever longer strides do: what is known again is found a little later.
        if !self.is_learning && at < self.look_at {
            return 0;
        }
        let mut end = at;
        loop {
            let rest = &html.as_bytes()[end..];
            let hash = rest.first_chunk().map(hash);
            if self.is_learning {
                self.fresh.push((end, hash));
            }
            let length = hash.map_or(0, |hash| self.length(hash, rest));
            if length == 0 {
                break;
            }
            self.keep(html);
            self.missed = 0;
            end += length;
        }
        self.missed += 1;
        self.look_at = end + self.missed * STRIDE;
        self.passed += end - at;
        end - at
    }

    /// What is read from the last border to the next one depends on more than itself.
    pub(super) fn open_ended(&mut self) {
        self.is_open_ended = true;
    }

    /// Behind the last byte of a file.
    pub(super) fn end(&mut self, html: &str, is_clean: bool) {
        self.keep(html);
        // What is full and of little use makes room for what is read now.
        if !is_clean || !self.is_learning && self.passed < html.len() / 8 {
            self.forget();
        }
    }

    /// How much of a text is known, up to a border.
    fn length(&self, (index, check): Hash, text: &[u8]) -> usize {
        let known = self.known[index];
        if known.border == NOWHERE || known.check != check {
            return 0;
        }
        let from = known.border as usize;
        let end = from + same(&self.text.as_bytes()[from..], text);
        let mut word = end / 64;
        let mut bits = self.borders[word] & (u64::MAX >> (63 - end % 64));
        while bits == 0 && word > from / 64 {
            word -= 1;
            bits = self.borders[word];
        }
        let last = bits.checked_ilog2().map_or(from, |bit| word * 64 + bit as usize);
        last.saturating_sub(from)
    }

    /// Keeps the stretch that was being read, up to its last border.
    fn keep(&mut self, html: &str) {
        let Some(&(began, _)) = self.fresh.first() else { return };
        let base = self.text.len();
        let mut end = began;
        for (at, hash) in self.fresh.drain(..) {
            let place = base + (at - began);
            self.is_full |= place > ROOM;
            if self.is_full {
                break;
            }
            end = at;
            self.borders[place / 64] |= 1 << (place % 64);
            if let Some((index, check)) = hash
                && self.known[index].border == NOWHERE
            {
                let border = u32::try_from(place).unwrap_or(NOWHERE);
                self.known[index] = Known { border, check };
            }
        }
        self.text.push_str(&html[began..end]);
    }

    fn forget(&mut self) {
        self.text.clear();
        self.text.push('\n');
        self.borders.clear();
        self.borders.resize(ROOM / 64 + 1, 0);
        self.known.clear();
        self.known.resize(PLACES, Known::default());
        self.is_full = false;
    }
}

/// How many bytes two texts begin with in common.
fn same(one: &[u8], other: &[u8]) -> usize {
    let mut same = 0;
    // In large steps as long as that goes well.
    for step in [256, 16, 1] {
        let pairs = one[same..].chunks_exact(step).zip(other[same..].chunks_exact(step));
        same += pairs.take_while(|(one, other)| one == other).count() * step;
    }
    same
}

fn hash(start: &[u8; START]) -> Hash {
    let (words, _) = start.as_chunks();
    let words = words.iter().zip((1_u64..).step_by(2));
    let products = words.map(|(&word, odd)| {
        u64::from_le_bytes(word).wrapping_mul(odd.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    });
    let sum = products.fold(0, u64::wrapping_add);
    ((sum >> 48) as usize % PLACES, (sum >> 16) as u32)
}
