//! The generator as a library: small content folders in, findings and pages out.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod campaign;
mod command;
mod common;
mod diagnostics;
mod figures;
mod fixtures;
mod furniture;
mod glossary;
mod hosting;
mod ids;
mod images;
mod init;
mod leftovers;
mod lints;
mod markdown;
mod matter;
mod memory;
mod publish;
mod robust;
mod rounds;
mod scan;
mod schema;
mod search;
mod syntax;
mod unread;
mod versions;
mod visibility;
mod year;
