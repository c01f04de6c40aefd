//! The generator: a content folder in, static sites out.
//!
//! Four stages, each a module with one entry function that takes the value of the stage before:
//! [`load`] reads and types every file, [`check`] resolves every reference and compiles every
//! text, [`render`] makes the files of one site, [`write`] puts them on disk in one swap.
//! [`build`] is the story of a whole run. Mistakes of authors are [`diagnostic`]s, gathered and
//! told at once; only what stops the work is an error.

#![forbid(unsafe_code)]

pub mod build;
pub mod check;
pub mod diagnostic;
pub mod freeze;
pub mod hosting;
pub mod ids;
pub mod init;
pub mod leak;
pub mod load;
pub mod markdown;
pub mod render;
pub mod search;
pub mod serve;
pub mod source;
pub mod timings;
pub mod visibility;
pub mod wareki;
pub mod write;
