//! The signed result document: a flattened JWS whose payload is ours.
//!
//! The way of a result, and of reading this module:
//! 1. `payload`: what is signed, and how it is put together from responses ([`Payload::compose`]).
//!    `canonical`: its one spelling.
//! 2. `document`, and `outer` within it: sign it ([`sign`]), and read it strictly ([`Untrusted::read`],
//!    [`Untrusted::verify`]) into a [`Verified`] payload, which only verification can make.
//! 3. `judge`: hold a verified payload against the frozen set and grade it again ([`judge`]).
//!
//! Identity of a result is `jti` plus SHA-256 of the payload bytes, never of the file: white space
//! and the order of the three outer members may differ between files of one result.
//! Source: `selfcheck/FORMAT.md` §4.

mod canonical;
mod document;
mod judge;
mod outer;
mod payload;

pub use document::{MAX_FILE_BYTES, Parse, ReadError, Untrusted, Verified, sign};
pub use judge::{Judgement, Mismatch, judge};
pub use outer::{Members, OuterError};
pub use payload::{
    Ack, Answer, App, CampaignRef, CategoryClaim, Claimed, Decision, Inputs, Payload, SetRef, V1,
};
