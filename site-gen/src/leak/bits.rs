//! A set of hashes that says "no" at once and "perhaps" seldom without reason.

/// One bit a hash, by its high bits.
#[derive(Debug)]
pub(super) struct Bits {
    words: Vec<u64>,
    shift: u32,
}

impl Bits {
    /// Room for so many hashes.
    pub(super) fn with_room_for(count: usize) -> Self {
        // One place of 64 to 128 is taken: few pass by chance.
        let bits = (count.max(4) * 64).next_power_of_two().trailing_zeros();
        Self { words: vec![0; (1 << bits) / 64], shift: u64::BITS - bits }
    }

    pub(super) fn insert(&mut self, hash: u64) {
        let bit = (hash >> self.shift) as usize;
        self.words[bit / 64] |= 1 << (bit % 64);
    }

    /// Whether it may hold a hash.
    #[inline(always)]
    pub(super) fn may_hold(&self, hash: u64) -> bool {
        let bit = (hash >> self.shift) as usize;
        self.words.get(bit / 64).is_some_and(|word| word >> (bit % 64) & 1 == 1)
    }
}
