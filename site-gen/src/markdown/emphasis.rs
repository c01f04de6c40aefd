//! Emphasis beside Japanese punctuation.
//!
//! CommonMark decides by spaces and punctuation whether `**` opens or closes, and Japanese has no
//! spaces: `**「重要」**です` would stay literal. Until the parser has an option of its own, a
//! private-use character between the run and the punctuation lets it decide rightly; it is taken
//! out of every event again. Source: the markdown-cjk-friendly specification.

use std::borrow::Cow;

use pulldown_cmark::{CowStr, Event, Tag};
use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory as _};

use super::width::is_wide;
use super::{Item, Node, Work};
use crate::diagnostic::error;

/// Neither space nor punctuation to the parser; refused in sources.
const MARK: char = '\u{E000}';

/// Where marks were put, in bytes of the marked text, ascending.
pub(super) struct Marks(Vec<usize>);

impl Marks {
    /// The byte of the original text for a byte of the marked text.
    pub(super) fn original(&self, at: usize) -> usize {
        at - MARK.len_utf8() * self.0.partition_point(|&mark| mark < at)
    }
}

/// Puts a mark between each run of `*` or `~` beside a wide character and neighbouring
/// punctuation.
pub(super) fn mark(text: &str) -> (Cow<'_, str>, Marks) {
    let mut marked = String::new();
    let mut marks = Vec::new();
    let mut copied = 0;
    let mut at = 0;
    while let Some(found) = text[at..].find(['*', '~']) {
        let start = at + found;
        let run = text[start..].chars().next().expect("found just now");
        let end = start + text[start..].chars().take_while(|&c| c == run).count();
        let before = text[..start].chars().next_back();
        let after = text[end..].chars().next();
        if before.is_some_and(is_wide) || after.is_some_and(is_wide) {
            let sides = [(start, before), (end, after)];
            for (position, _) in sides.iter().filter(|(_, side)| side.is_some_and(is_punctuation)) {
                marked.push_str(&text[copied..*position]);
                copied = *position;
                marks.push(marked.len());
                marked.push(MARK);
            }
        }
        at = end;
    }
    if marks.is_empty() {
        return (Cow::Borrowed(text), Marks(marks));
    }
    marked.push_str(&text[copied..]);
    (Cow::Owned(marked), Marks(marks))
}

fn is_punctuation(c: char) -> bool {
    matches!(
        c.general_category_group(),
        GeneralCategoryGroup::Punctuation | GeneralCategoryGroup::Symbol
    ) && !matches!(c, '*' | '~' | '\\')
}

/// Takes the marks out of an event.
pub(super) fn unmark(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Text(text) => Event::Text(strip(text)),
        Event::Code(text) => Event::Code(strip(text)),
        Event::Html(text) => Event::Html(strip(text)),
        Event::InlineHtml(text) => Event::InlineHtml(strip(text)),
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => Event::Start(Tag::Link {
            link_type,
            dest_url: strip(dest_url),
            title: strip(title),
            id,
        }),
        Event::Start(Tag::Image { link_type, dest_url, title, id }) => Event::Start(Tag::Image {
            link_type,
            dest_url: strip(dest_url),
            title: strip(title),
            id,
        }),
        other => other,
    }
}

fn strip(text: CowStr<'_>) -> CowStr<'_> {
    if text.contains(MARK) { text.replace(MARK, "").into() } else { text }
}

/// `**` or `~~` left in running text is emphasis that did not work.
///
/// `\*\*` is meant, so the source decides and not the text.
pub(super) fn report_leftovers(items: &[Item<'_>], source: &str, work: &mut Work<'_>) {
    let mut code = 0_usize;
    for item in items {
        match &item.node {
            Node::Event(Event::Start(Tag::CodeBlock(_))) => code += 1,
            Node::Event(Event::End(pulldown_cmark::TagEnd::CodeBlock)) => code -= 1,
            Node::Event(Event::Text(text)) if code == 0 => {
                for run in ["**", "~~"] {
                    let written = source.get(item.at.clone()).unwrap_or_default();
                    if let Some(found) = written.find(run).filter(|_| text.contains(run)) {
                        let at = item.at.start + found..item.at.start + found + run.len();
                        let place = work.place(&at);
                        work.push(
                            error(
                                "literal-emphasis",
                                place,
                                format!("`{run}` が文字のまま残っています"),
                            )
                            .hint("始めと終わりの数をそろえ、内側に空白を入れないでください。"),
                        );
                    }
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(markdown: &str, expected: &str) {
        let (marked, _) = mark(markdown);
        let parser = pulldown_cmark::Parser::new_ext(&marked, super::super::options()).map(unmark);
        let mut html = String::new();
        pulldown_cmark::html::push_html(&mut html, parser);
        assert_eq!(html.trim(), expected, "{markdown}");
    }

    #[test]
    fn works_beside_japanese_punctuation() {
        check("**重要。**詳細", "<p><strong>重要。</strong>詳細</p>");
        check("これは**「重要」**です", "<p>これは<strong>「重要」</strong>です</p>");
        check("**個人情報（氏名等）**を", "<p><strong>個人情報（氏名等）</strong>を</p>");
        check("税込**¥10,000**で", "<p>税込<strong>¥10,000</strong>で</p>");
        check("~~旧規定。~~削除", "<p><del>旧規定。</del>削除</p>");
        check("**マルウェア※**に", "<p><strong>マルウェア※</strong>に</p>");
        check("**`コード`**を", "<p><strong><code>コード</code></strong>を</p>");
    }

    #[test]
    fn leaves_english_alone() {
        let text = "a * b ** c **bold** `**` * x";
        assert!(matches!(mark(text).0, Cow::Borrowed(_)));
    }

    #[test]
    fn keeps_positions() {
        let text = "これは**「重要」**です※";
        let (marked, marks) = mark(text);
        let at = marked.find('※').unwrap();
        assert_eq!(marks.original(at), text.find('※').unwrap());
    }
}
