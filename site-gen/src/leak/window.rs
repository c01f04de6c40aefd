//! The hash of the last 20 characters at each place of a text.
//!
//! Every character moves the hash up by three bits, so that after 20 more it has left the 60 bits
//! that are looked at: nothing has to be taken out again, and a step costs a shift and a sum.

use super::MIN_SENTENCE_CHARS;

/// Bits a character moves the hash.
const STEP: u32 = 3;
/// Bits above the window: what older characters left.
const OLD: u32 = u64::BITS - STEP * MIN_SENTENCE_CHARS as u32;

/// Rolls along a text.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Window(u64);

impl Window {
    /// The window that ends with these characters.
    pub(super) fn over(text: &[u32]) -> Self {
        let mut window = Self::default();
        text.iter().for_each(|&c| window.enter(c));
        window
    }

    /// One character further.
    #[inline(always)]
    pub(super) fn enter(&mut self, c: u32) {
        // The high half is the better one, and old characters are known by their lowest bits only.
        let spread = u64::from(c).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(32);
        self.0 = (self.0 << STEP).wrapping_add(spread);
    }

    /// The hash of its 20 characters, in the high bits.
    #[inline(always)]
    pub(super) fn hash(self) -> u64 {
        self.0 << OLD
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_its_own_characters_and_no_older_ones() {
        let text: Vec<u32> = (0..100_u32).map(|c| c * 7919 % 0x3000).collect();
        let mut rolling = Window::default();
        let mut hashes = Vec::new();
        for (at, &c) in text.iter().enumerate() {
            rolling.enter(c);
            let first = (at + 1).saturating_sub(MIN_SENTENCE_CHARS);
            if first > 0 {
                assert_eq!(rolling.hash(), Window::over(&text[first..=at]).hash(), "{at}");
            }
            hashes.push(rolling.hash());
        }
        hashes.sort_unstable();
        hashes.dedup();
        assert_eq!(hashes.len(), text.len());
        // Each of the 20 characters counts, the first as well.
        let whole = Window::over(&text[..MIN_SENTENCE_CHARS]).hash();
        for at in 0..MIN_SENTENCE_CHARS {
            let mut other = text[..MIN_SENTENCE_CHARS].to_vec();
            other[at] += 1;
            assert_ne!(Window::over(&other).hash(), whole, "{at}");
        }
    }
}
