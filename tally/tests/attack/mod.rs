//! An attacker who reads everything a report publishes and solves for small groups.
//!
//! `published` collects every score of every output as (group, column); `solve` holds the sums they
//! amount to and says what follows from them. The attacker is given more than they would have:
//! every rate counts as the exact points behind it.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
#![allow(dead_code, reason = "each test file uses its own part")]

pub mod published;
pub mod solve;
