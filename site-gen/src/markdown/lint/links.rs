//! Links and images that stayed text: full-width brackets, a space between them, none at the end.

use super::super::emphasis::is_escaped;
use super::super::wrong_link::{FILE_REMEDY, is_file};
use super::super::{Item, Work};
use crate::diagnostic::warning;

/// Tells every `[text](address)` of a text that is no link; a `\[` is meant.
pub(in super::super) fn report(item: &Item<'_>, work: &mut Work<'_>) {
    let range = work.range(&item.at);
    let Some(text) = work.source.get(range.clone()) else { return };
    let is_meant = |at: usize| is_escaped(work.source.as_bytes(), range.start + at);
    let closing = text.char_indices().filter(|&(at, c)| matches!(c, ']' | '］') && !is_meant(at));
    let found: Vec<Leftover<'_>> = closing
        .filter_map(|(at, _)| Leftover::around(text, at))
        .filter(|one| !is_meant(one.start + usize::from(one.is_image)))
        .collect();
    for one in found {
        let place = work.place_of(&(range.start + one.start..range.start + one.end));
        let what = if one.is_image { "画像" } else { "リンク" };
        let message = format!("`{}` は{what}になっていません", &text[one.start..one.end]);
        work.push(warning("literal-link", place, message).hint(one.remedy()));
    }
}

/// What was meant for a link.
struct Leftover<'t> {
    /// The first byte, and one past the last.
    start: usize,
    end: usize,
    is_image: bool,
    name: &'t str,
    address: &'t str,
    fault: Fault,
}

/// What keeps it from being one.
enum Fault {
    /// Full-width brackets, or a space between them.
    Brackets,
    /// A space in the address.
    Space,
    /// No closing bracket.
    Open,
}

impl<'t> Leftover<'t> {
    /// The one whose name ends with the bracket at byte `at`.
    fn around(text: &'t str, at: usize) -> Option<Self> {
        let after = text[at..].trim_start_matches([']', '］']);
        let rest = after.trim_start_matches([' ', '　']);
        let inside = rest.strip_prefix(['(', '（'])?;
        let inside_at = text.len() - inside.len();
        let closing = inside.find([')', '）']);
        let address = match closing {
            Some(end) => &inside[..end],
            // The sentence may go on behind it.
            None => inside.split(|c: char| !c.is_ascii_graphic()).next()?,
        };
        let is_plain = text[at..].starts_with("](");
        // 「［別表］（第3条）」 is a sentence.
        if !is_plain && !is_address(address) {
            return None;
        }
        let open = text[..at].rfind(['[', '［']);
        let name = open.map_or("", |open| text[open..at].trim_start_matches(['[', '［']));
        let mut start = open.unwrap_or(at);
        let before = text[..start].strip_suffix(['!', '！']);
        let is_image = open.is_some() && before.is_some();
        if let (true, Some(before)) = (is_image, before) {
            start = before.len();
        }
        let fault = match closing {
            None => Fault::Open,
            Some(_) if is_plain => Fault::Space,
            Some(_) => Fault::Brackets,
        };
        let bracket = closing.and_then(|end| inside[end..].chars().next());
        let end = inside_at + address.len() + bracket.map_or(0, char::len_utf8);
        Some(Self { start, end, is_image, name, address: address.trim(), fault })
    }

    fn remedy(&self) -> String {
        if is_file(self.address) && !self.address.contains("://") {
            return FILE_REMEDY.to_owned();
        }
        let mark = if self.is_image { "!" } else { "" };
        let name = if self.name.is_empty() { "行き先の題名" } else { self.name };
        let address = match self.address.contains(char::is_whitespace) {
            true => format!("<{}>", self.address),
            false => self.address.to_owned(),
        };
        let how = match self.fault {
            Fault::Brackets => "括弧は半角で、間に空白を入れずに ",
            Fault::Space => "空白のあるアドレスは `<` と `>` で囲み、",
            Fault::Open => "`)` で閉じて ",
        };
        format!("{how}`{mark}[{name}]({address})` と書きます。文字なら `\\[` と書きます。")
    }
}

/// Whether somebody would write this for a page, a file or a site.
fn is_address(text: &str) -> bool {
    const PARTS: [&str; 9] =
        ["../", "./", "://", ".md", ".html", "www.", "mailto:", ".png", ".svg"];
    let is_fragment = || {
        text.strip_prefix('#').is_some_and(|id| id.starts_with(|c: char| c.is_ascii_lowercase()))
    };
    PARTS.iter().any(|part| text.contains(part)) || is_fragment()
}
