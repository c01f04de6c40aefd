//! What Japanese authors trip over: marks that Markdown does not know, and words that do not reach
//! every reader. Each finding has the place and the remedy; what repeats on a page is told once,
//! with the count.
//!
//! - [`lines`]: full-width marks at the start of a line, which Markdown takes for text.
//! - [`characters`]: characters that are shown or spoken differently elsewhere, spaces inside
//!   words, written-out addresses.
//! - [`sentences`]: sentences that are too long to be read once.

mod characters;
mod lines;
mod sentences;

use crate::diagnostic::Report;
use crate::source::Located;

pub(super) use characters::{Characters, is_suspect};
pub(super) use lines::check as check_lines;
pub(super) use sentences::Sentences;

/// Checks a line of front matter that readers see.
pub(crate) fn check_string(text: &Located<String>, report: &mut Report) {
    characters::check_string(text, report);
}

/// `（このページに 3 か所）`, or nothing for one.
fn count_note(count: usize) -> String {
    if count < 2 { String::new() } else { format!("（このページに {count} か所）") }
}
