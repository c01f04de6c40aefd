//! Readings above words that stayed text.

use super::super::emphasis::is_escaped;
use super::super::ruby::Ruby;
use super::super::width::is_wide;
use super::super::{Item, Work};
use crate::diagnostic::warning;

/// Tells every `{base|reading}` of a text that is none; a `\{` is meant.
pub(in super::super) fn report(item: &Item<'_>, work: &mut Work<'_>) {
    let range = work.range(&item.at);
    let Some(text) = work.source.get(range.clone()) else { return };
    let mut found = Vec::new();
    for (at, open) in text.char_indices().filter(|(_, c)| matches!(c, '{' | '｛')) {
        let inside = &text[at + open.len_utf8()..];
        let length = inside.find(['{', '｛', '}', '｝']).unwrap_or(inside.len());
        let closing = inside[length..].chars().next().filter(|c| matches!(c, '}' | '｝'));
        let end = at + open.len_utf8() + length + closing.map_or(0, char::len_utf8);
        let is_ruby = Ruby::first(&text[at..end]).is_some();
        let is_meant = is_escaped(work.source.as_bytes(), range.start + at);
        if !is_ruby && !is_meant && was_reading(&inside[..length]) {
            found.push(at..end);
        }
    }
    for at in found {
        let written = &text[at.clone()];
        let message = format!("`{written}` は読みになっていません");
        let place = work.place_of(&(range.start + at.start..range.start + at.end));
        work.push(warning("literal-reading", place, message).hint(
            "半角で `{脆弱|ぜいじゃく}` のように書き、読みはかなだけにします。文字なら `\\{` と書きます。",
        ));
    }
}

/// Whether the part between the braces is a Japanese word with a bar behind it.
fn was_reading(inside: &str) -> bool {
    let base = inside.split_once(['|', '｜']).map_or("", |(base, _)| base);
    base.chars().any(is_wide)
}
