//! Repeatable randomness: one stream for each purpose, so that a change in one place does not
//! reshuffle everything else.

use rand::rngs::ChaCha8Rng;
use rand::{RngExt as _, SeedableRng as _};
use selfcheck::digest::Sha256;

/// A stream of random numbers.
pub struct Dice(ChaCha8Rng);

impl Dice {
    /// The stream of this seed for this purpose.
    pub fn new(seed: u64, purpose: &str) -> Self {
        let key = Sha256::of_fields(&[b"tenken/year/v1", &seed.to_be_bytes(), purpose.as_bytes()]);
        Self(ChaCha8Rng::from_seed(key.0))
    }

    /// A number in `0..end`; 0 when `end` is 0.
    pub fn below(&mut self, end: usize) -> usize {
        if end == 0 { 0 } else { self.0.random_range(0..end) }
    }

    /// Whether something happens that happens so many times in a thousand.
    pub fn permille(&mut self, chance: i64) -> bool {
        self.0.random_range(0..1000) < chance
    }

    /// A number in `-spread..=spread`, those near 0 more often.
    pub fn bell(&mut self, spread: i64) -> i64 {
        (0..3).map(|_| self.0.random_range(-spread..=spread)).sum::<i64>() / 3
    }

    /// Bytes for codes and ids.
    pub fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.0.fill(&mut bytes);
        bytes
    }

    /// One of these.
    ///
    /// # Panics
    /// When there is none.
    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}
