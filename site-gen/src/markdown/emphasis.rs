//! Emphasis beside Japanese punctuation.
//!
//! CommonMark decides by spaces and punctuation whether `**` opens or closes, and Japanese has no
//! spaces: `**「重要」**です` would stay literal. Until the parser has an option of its own, a
//! private-use character between the run and its neighbour lets the parser decide rightly; it is
//! taken out of every event again. Source: the markdown-cjk-friendly specification, §6.2. `_`
//! needs no help: the amended rules only differ for it behind variation selectors.

use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory as _};

use super::width::is_cjk;
use super::{Item, Work};
use crate::diagnostic::{error, warning};

/// The bytes before which a mark lets the parser see what the amended rules see; ascending.
pub(super) fn marks(text: &str) -> Vec<usize> {
    let mut positions = Vec::new();
    let mut chain: Vec<Run> = Vec::new();
    let mut at = 0;
    while let Some(mut run) = Run::next(text, at) {
        at = run.end;
        if chain.last().is_none_or(|last| last.end != run.start) {
            chain.clear();
        } else if positions.last() == Some(&run.start) {
            run.is_behind_mark = true;
        }
        if run.may_close() && !run.closes(false) {
            // What ends here loses the punctuation that let it close.
            let before = chain.iter().rev().take_while(|run| run.may_close() && !run.closes(true));
            positions.extend(before.map(|run| run.start));
            positions.push(run.start);
        }
        if run.may_open() && !run.opens() {
            positions.push(run.end);
        }
        chain.push(run);
    }
    positions.sort_unstable();
    positions.dedup();
    positions
}

/// A run of `*`, or of two and more `~`, and its neighbours.
#[derive(Debug)]
struct Run {
    start: usize,
    end: usize,
    is_tilde: bool,
    before: Side,
    after: Side,
    /// Whether a mark was put between the run and what stands before it.
    is_behind_mark: bool,
}

impl Run {
    /// The first run from byte `at` on.
    fn next(text: &str, mut at: usize) -> Option<Self> {
        let bytes = text.as_bytes();
        loop {
            let mut start = at + memchr::memchr2(b'*', b'~', &bytes[at..])?;
            let delimiter = bytes[start];
            at = start + bytes[start..].iter().take_while(|&&byte| byte == delimiter).count();
            if is_escaped(bytes, start) {
                start += 1;
            }
            let is_tilde = delimiter == b'~';
            if at > start + usize::from(is_tilde) {
                return Some(Self {
                    start,
                    end: at,
                    is_tilde,
                    before: Side::before(&text[..start]),
                    after: Side::after(&text[at..]),
                    is_behind_mark: false,
                });
            }
        }
    }

    /// Left-flanking by the amended rules.
    fn may_open(&self) -> bool {
        flanks(self.after, self.before)
    }

    /// Right-flanking by the amended rules.
    fn may_close(&self) -> bool {
        flanks(self.before, self.after)
    }

    /// Whether the parser lets it open; `~~` always may.
    fn opens(&self) -> bool {
        let before = self.before.space || self.before.bare_mark;
        !self.after.space && (self.is_tilde || !self.after.mark || before && !self.is_behind_mark)
    }

    /// Whether the parser lets it close, a mark behind it or not.
    fn closes(&self, before_mark: bool) -> bool {
        let after = self.after.space || self.after.mark;
        !self.before.space && (!self.before.bare_mark || after && !before_mark)
    }
}

/// The amended rule of flanking: `inner` is the side of the emphasised text.
fn flanks(inner: Side, outer: Side) -> bool {
    let is_plain_mark = inner.mark && !inner.cjk;
    !inner.space && (!is_plain_mark || outer.space || outer.mark || outer.cjk)
}

/// Whether an odd number of backslashes stands before `at`.
pub(super) fn is_escaped(bytes: &[u8], at: usize) -> bool {
    bytes[..at].iter().rev().take_while(|&&byte| byte == b'\\').count() % 2 == 1
}

/// What stands on one side of a run.
#[derive(Debug, Clone, Copy)]
struct Side {
    space: bool,
    /// Punctuation or symbol.
    mark: bool,
    /// The same, as the parser sees it: without looking behind a variation selector.
    bare_mark: bool,
    /// Japanese, Chinese or Korean.
    cjk: bool,
}

impl Side {
    /// The end of the text counts as white space.
    fn of(c: Option<char>) -> Self {
        let Some(c) = c else {
            return Self { space: true, mark: false, bare_mark: false, cjk: false };
        };
        let mark = is_mark(c);
        // A ※ is as wide as the Japanese around it, and is not to change what emphasis does.
        Self { space: c.is_whitespace(), mark, bare_mark: mark, cjk: is_cjk(c) || c == '※' }
    }

    fn after(text: &str) -> Self {
        Self::of(text.chars().next())
    }

    /// A variation selector belongs to the character before it.
    fn before(text: &str) -> Self {
        let mut chars = text.chars().rev();
        match chars.next() {
            Some('\u{E0100}'..='\u{E01EF}') => {
                Self { space: false, mark: false, bare_mark: false, cjk: true }
            }
            Some(selector @ '\u{FE00}'..='\u{FE0E}') => {
                let base = chars.next();
                let side = Self::of(base);
                // Curly quotation marks with this selector are the full-width ones.
                let is_wide_quote =
                    selector == '\u{FE01}' && matches!(base, Some('‘' | '’' | '“' | '”'));
                Self { space: false, bare_mark: false, cjk: side.cjk || is_wide_quote, ..side }
            }
            c => Self::of(c),
        }
    }
}

fn is_mark(c: char) -> bool {
    match c {
        ..'\u{80}' => c.is_ascii_punctuation(),
        // Kana and common kanji, the usual neighbours.
        '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' | '\u{4E00}'..='\u{9FFF}' => false,
        _ => matches!(
            c.general_category_group(),
            GeneralCategoryGroup::Punctuation | GeneralCategoryGroup::Symbol
        ),
    }
}

/// `**` or `~~` left in running text is emphasis that did not work.
///
/// `\*\*` is meant, so the source decides and not the text.
pub(super) fn report_leftovers(text: &str, item: &Item<'_>, work: &mut Work<'_>) {
    for run in ["**", "~~"] {
        if !text.contains(run) {
            continue;
        }
        let Some(found) = work.written(&item.at).find(run) else { continue };
        let start = work.range(&item.at).start + found;
        let place = work.place_of(&(start..start + run.len()));
        work.push(
            error("literal-emphasis", place, format!("`{run}` が文字のまま残っています"))
                .hint("始めと終わりの数をそろえ、内側に空白を入れないでください。文字なら `\\*` と書きます。"),
        );
    }
    report_full_width(item, work);
}

/// `＊＊大事＊＊` is text. Other numbers of ＊ stand for letters nobody may see.
fn report_full_width(item: &Item<'_>, work: &mut Work<'_>) {
    let written = work.written(&item.at);
    let runs = written.match_indices("＊＊").filter(|&(at, run)| {
        !written[..at].ends_with('＊') && !written[at + run.len()..].starts_with('＊')
    });
    let mut runs = runs.map(|(at, _)| at);
    let (Some(first), Some(second)) = (runs.next(), runs.next()) else { return };
    let start = work.range(&item.at).start + first;
    let end = start + second - first + "＊＊".len();
    let words = &work.source[start + "＊＊".len()..end - "＊＊".len()];
    let message = format!("`＊＊{words}＊＊` は強調になっていません");
    let remedy = format!("半角で `**{words}**` と書きます。");
    let place = work.place_of(&(start..end));
    work.push(warning("full-width-emphasis", place, message).hint(remedy));
}

#[cfg(test)]
mod tests;
