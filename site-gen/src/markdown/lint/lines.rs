//! Marks at the start of a line that look like Markdown and are not.

use std::ops::Range;

use memchr::memchr_iter;
use pulldown_cmark::{Event, Tag};

use super::super::width::is_wide;
use super::super::{Item, Node, Work};
use crate::diagnostic::warning;

/// A line that is not what it looks like.
struct Found {
    fault: Fault,
    /// The mark, in bytes of the text.
    at: Range<usize>,
    /// Lines of the same kind below it.
    count: usize,
    line: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    Heading,
    Bullet,
    Number,
    Table,
    Definition,
    Quote,
    Fence,
    Indent,
    BulletSpace,
    NumberSpace,
}

impl Fault {
    /// Stable name, what is wrong, and the remedy.
    fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Heading => (
                "full-width-heading",
                "見出しになっていません",
                "半角の `#` と半角の空白で `## 見出し {#id}` のように書きます。",
            ),
            Self::Bullet => (
                "full-width-list",
                "箇条書きになっていません",
                "半角で `- 項目` のように書きます。",
            ),
            Self::Number => (
                "full-width-list",
                "番号の箇条書きになっていません",
                "半角で `1. 項目` のように書きます。",
            ),
            Self::Table => (
                "full-width-table",
                "表になっていません",
                "半角の `|` で `| 列 | 列 |` のように書き、2 行目に `| --- | --- |` を置きます。",
            ),
            Self::Definition => (
                "full-width-definition",
                "用語と説明の組になっていません",
                "半角の `:` と半角の空白で `: 説明` のように書きます。",
            ),
            Self::Quote => {
                ("full-width-quote", "引用になっていません", "半角で `> 文` のように書きます。")
            }
            Self::Fence => (
                "full-width-fence",
                "囲みになっていません",
                "半角の ``` だけの行で始め、同じ行で終えます。",
            ),
            Self::Indent => (
                "full-width-indent",
                "行の先頭に全角の空白があります",
                "空白を消します。段落の字下げは要りません。箇条書きの続きは半角の空白で字下げします。",
            ),
            Self::BulletSpace => {
                ("list-space", "箇条書きになっていません", "`-` の後に半角の空白を入れます。")
            }
            Self::NumberSpace => (
                "list-space",
                "番号の箇条書きになっていません",
                "`1.` の後に半角の空白を入れます。",
            ),
        }
    }
}

/// Checks every line outside code; lines of one kind that follow each other are told once.
pub(in super::super) fn check(items: &[Item<'_>], work: &mut Work<'_>) {
    let mut found: Vec<Found> = Vec::new();
    let mut code: Option<Vec<Range<usize>>> = None;
    let mut next = 0;
    let mut is_after_text = false;
    let ends = memchr_iter(b'\n', work.source.as_bytes()).chain([work.source.len()]);
    for (number, end) in ends.enumerate() {
        let line_start = next;
        let line = &work.source[line_start..end];
        next = end + 1;
        let (text, offset) = without_quotes(line.trim_end());
        let fault = judge(text, is_after_text);
        is_after_text = !text.is_empty();
        let Some((fault, length)) = fault else { continue };
        let at = line_start + offset..line_start + offset + length;
        let code = code.get_or_insert_with(|| code_ranges(items, work));
        if code.iter().any(|range| range.contains(&at.start)) {
            continue;
        }
        match found.last_mut() {
            Some(last) if last.fault == fault && number <= last.line + 2 => {
                last.count += 1;
                last.line = number;
            }
            _ => found.push(Found { fault, at, count: 1, line: number }),
        }
    }
    for one in found {
        let (code, message, hint) = one.fault.words();
        let mark = &work.source[one.at.clone()];
        let more = if one.count > 1 {
            format!("（ここから {} 行）", one.count)
        } else {
            String::new()
        };
        let place = work.place_of(&one.at);
        let message = match one.fault {
            Fault::Indent => format!("{message}{more}"),
            _ => format!("`{mark}` で始まる行は{message}{more}"),
        };
        work.push(warning(code, place, message).hint(hint));
    }
}

/// The line without leading spaces and quote marks, and how many bytes they are.
fn without_quotes(line: &str) -> (&str, usize) {
    let text = line.trim_start_matches([' ', '\t', '>']);
    (text, line.len() - text.len())
}

/// What a line looks like, and how many bytes its mark has.
fn judge(text: &str, is_after_text: bool) -> Option<(Fault, usize)> {
    let first = text.chars().next()?;
    let rest = &text[first.len_utf8()..];
    let second = rest.chars().next();
    let spaced = matches!(second, Some(' ' | '　'));
    match first {
        'a'..='z' | 'A'..='Z' | '|' => None,
        '#' => {
            let hashes = text.bytes().take_while(|&byte| byte == b'#').count();
            let next = text[hashes..].chars().next()?;
            (next == '　' || is_wide(next)).then_some((Fault::Heading, hashes))
        }
        '＃' => Some((Fault::Heading, first.len_utf8())),
        '・' | '･' | '●' | '■' | '◆' | '•' => Some((Fault::Bullet, first.len_utf8())),
        '＊' | '－' | '＋' | '‐' if spaced => Some((Fault::Bullet, first.len_utf8())),
        '-' | '+' if second.is_some_and(is_wide) => Some((Fault::BulletSpace, 1)),
        '｜' => Some((Fault::Table, first.len_utf8())),
        '：' if is_after_text => Some((Fault::Definition, first.len_utf8())),
        '｀' if text.starts_with("｀｀｀") => Some((Fault::Fence, "｀｀｀".len())),
        '＞' => Some((Fault::Quote, first.len_utf8())),
        '　' => Some((Fault::Indent, first.len_utf8())),
        '0'..='9' | '０'..='９' => judge_number(text),
        _ => None,
    }
}

/// `１．`, `1．` and `1.項目` are no list, `1.5倍` is no list either.
fn judge_number(text: &str) -> Option<(Fault, usize)> {
    let is_digit = |c: char| c.is_ascii_digit() || matches!(c, '０'..='９');
    let length: usize = text.chars().take_while(|&c| is_digit(c)).map(char::len_utf8).sum();
    let (digits, after) = text.split_at(length);
    if digits.chars().count() > 3 {
        return None;
    }
    let mut after = after.chars();
    let (point, next) = (after.next()?, after.next());
    let at = length + point.len_utf8();
    match point {
        '．' if next.is_none_or(|c| !is_digit(c)) => Some((Fault::Number, at)),
        '.' | ')' if next.is_some_and(|c| c == '　') || !digits.is_ascii() => {
            next.is_none_or(|c| !is_digit(c)).then_some((Fault::Number, at))
        }
        '）' => Some((Fault::Number, at)),
        '.' | ')' if next.is_some_and(|c| is_wide(c) && !is_digit(c)) => {
            Some((Fault::NumberSpace, at))
        }
        _ => None,
    }
}

fn code_ranges(items: &[Item<'_>], work: &Work<'_>) -> Vec<Range<usize>> {
    items
        .iter()
        .filter(|item| matches!(item.node, Node::Event(Event::Start(Tag::CodeBlock(_)))))
        .map(|item| work.range(&item.at))
        .collect()
}
