//! Makes up an office and its years of self-checks from a seed: staff, keys, question sets, signed
//! result files, planted faults. Same seed, same bytes.
//!
//! Nothing here is fit for real use: codes come from the seed, so whoever knows the seed can sign
//! as anybody. Real codes come from `tally enrol`, whose random source is the system's; that is why
//! roster and ledger are written here, by the formats of `selfcheck/FORMAT.md` §6, and why `tally`
//! is left to judge whether they hold.
//!
//! In reading order:
//! 1. [`dice`]: repeatable randomness.
//! 2. [`office`]: sections, people, and what changes from one year to the next.
//! 3. [`sets`]: the question sets of earlier years, made from those of the last.
//! 4. [`round`]: one campaign: who answers what and when, and what is planted among it.
//! 5. [`write`]: the folder that `tally` works on.

#![forbid(unsafe_code)]

pub mod dice;
pub mod office;
pub mod round;
pub mod sets;
pub mod write;
