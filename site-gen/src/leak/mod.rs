//! The second, independent line against leaks: a scan of the finished bytes.
//!
//! The typed check in `check` is the rule; this one knows nothing of it. In every file of a site it
//! looks for sentences of 20 or more characters that stand in a more restricted source and in no
//! less restricted one, for ids of pages the site does not have, and for addresses that lead to
//! nothing. Source: `selfcheck/FORMAT.md` §8.
//!
//! 1. [`gather`]: every text of the content with its visibility.
//! 2. [`sentence`]: what remains of a text when markup, white space and width are gone ([`fold`]),
//!    as fingerprints that a long text is held against in one pass ([`window`], [`bits`]).
//! 3. [`forbidden`]: words that `site.toml` forbids, wherever they come from.
//! 4. [`Scanner`]: one site's secrets and addresses; [`file`] is one file of it, [`html`] takes a
//!    page apart, [`memory`] passes over what stood in the pages before.

mod address;
mod bits;
mod file;
mod fold;
mod forbidden;
mod gather;
mod html;
mod memory;
mod scan;
mod sentence;
mod window;

pub use scan::Scanner;
pub use sentence::Sentences;

/// Shorter sentences are common phrases.
const MIN_SENTENCE_CHARS: usize = 20;
