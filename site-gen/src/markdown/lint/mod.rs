//! What Japanese authors trip over: marks that Markdown does not know, and words that do not reach
//! every reader. Each finding has the place and the remedy; what repeats on a page is told once,
//! with the count.
//!
//! - [`lines`]: full-width marks at the start of a line, which Markdown takes for text.
//! - [`characters`]: characters that are shown or spoken differently elsewhere, spaces inside
//!   words, written-out addresses.
//! - [`sentences`]: sentences that are too long to be read once.
//! - [`links`], [`boxes`], [`readings`], [`tables`]: marks that were meant and stayed text.

mod boxes;
mod characters;
mod indented;
mod lines;
mod links;
mod readings;
mod sentences;
mod tables;

use super::Work;
use super::ruby::base_text;
use crate::diagnostic::{Report, warning};
use crate::source::Located;

pub(super) use boxes::report as report_box;
pub(super) use characters::{Characters, is_suspect};
pub(super) use indented::Indented;
pub(super) use lines::check as check_lines;
pub(super) use links::report as report_links;
pub(super) use readings::report as report_readings;
pub(super) use sentences::Sentences;
pub(super) use tables::Tables;

/// Checks a line of front matter that readers see.
pub(crate) fn check_string(text: &Located<String>, report: &mut Report) {
    characters::check_string(text, report);
}

/// Checks words that are published as they stand, without Markdown.
pub(crate) fn check_plain(text: &Located<String>, report: &mut Report) {
    const MARKS: [&str; 6] = ["**", "](", "※", "`", "~~", "<http"];
    let found = MARKS.into_iter().find(|mark| text.value.contains(mark));
    let ruby = base_text(&text.value);
    let mark = found.or((*ruby != *text.value).then_some("{…|…}"));
    if let Some(mark) = mark {
        report.push(
            warning("literal-mark", text.place, format!("ここでは `{mark}` が文字のまま出ます"))
                .hint(
                    "お知らせの題と文には、強調、リンク、※、読みを書けません。ふつうの文にします。",
                ),
        );
    }
}

/// Tells of a page without any text; a term's definition may be short for good reason.
pub(super) fn report_empty(work: &mut Work<'_>) {
    if work.origin.term.is_none() {
        let place = work.place_of(&(0..0));
        work.push(
            warning("empty-page", place, "このページには本文がありません")
                .hint("`+++` の下に文を書くか、まだ載せないのなら、できるまでファイルを pages の外に置きます。"),
        );
    }
}

/// `（このページに 3 か所）`, or nothing for one.
fn count_note(count: usize) -> String {
    if count < 2 { String::new() } else { format!("（このページに {count} か所）") }
}
