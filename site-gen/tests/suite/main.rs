//! The generator as a library: small content folders in, findings and pages out.

mod common;
mod diagnostics;
mod markdown;
mod publish;
