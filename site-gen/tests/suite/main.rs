//! The generator as a library: small content folders in, findings and pages out.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod campaign;
mod common;
mod diagnostics;
mod figures;
mod furniture;
mod glossary;
mod hosting;
mod ids;
mod lints;
mod markdown;
mod publish;
mod search;
mod versions;
mod visibility;
mod year;
