//! What the TOML parser stumbles over, told in the author's words.
//!
//! The parser says in English what it expected next; an author wants to know which character is
//! wrong and what to write instead. So the line at fault is looked at again; the parser's own words
//! are told only where nothing is recognised.

mod key;
mod line;
mod lookalike;
mod value;

use std::ops::Range;

use toml::de::Error;

use super::Context;
use crate::diagnostic::{Report, error};
use line::Line;
pub(super) use value::date_in;

/// Lines of a file that are told one by one.
const MAX_LINES: usize = 50;

/// What is told of one fault, with places in the TOML text.
struct Told {
    at: Range<usize>,
    message: String,
    hint: String,
    /// A place that belongs to it.
    other: Option<(&'static str, Range<usize>)>,
    /// Whether nothing after it can be told, because everything is read differently.
    is_last: bool,
}

impl Told {
    fn new(at: Range<usize>, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { at, message: message.into(), hint: hint.into(), other: None, is_last: false }
    }

    fn last(self) -> Self {
        Self { is_last: true, ..self }
    }

    fn with(self, label: &'static str, at: Range<usize>) -> Self {
        Self { other: Some((label, at)), ..self }
    }
}

/// A fault of the parser, and the line it stands on.
struct Fault<'t> {
    text: &'t str,
    line: Line<'t>,
    at: usize,
    /// What the parser points at, which may be nothing.
    span: &'t str,
    words: &'t str,
}

/// Reports the faults of a TOML text, one a line: the others follow from the first.
pub(super) fn report(text: &str, faults: &[Error], context: Context, report: &mut Report) {
    let mut faults: Vec<(Range<usize>, &str)> =
        faults.iter().map(|fault| (fault.span().unwrap_or(0..0), fault.message())).collect();
    faults.sort_by_key(|(span, _)| span.start);
    let mut told_to = 0;
    let mut told_lines = 0;
    for (span, words) in faults {
        if span.start < told_to {
            continue;
        }
        // Each looks back over the text, so that a large file that is no TOML would take long.
        told_lines += 1;
        if told_lines > MAX_LINES {
            let place = context.place(span.start..span.start);
            report.push(
                error("toml", place, "ここから後にも、読めない行があります")
                    .hint("先に知らせた行から直します。"),
            );
            return;
        }
        let at = text.floor_char_boundary(span.start);
        let line = Line::at(text, at);
        let end = line.end();
        let span = text.get(span).unwrap_or_default();
        let told = Fault { text, line, at, span, words }.explain();
        told_to = if told.is_last { usize::MAX } else { end + 1 };
        let mut finding = error("toml", context.place(told.at), told.message).hint(told.hint);
        if let Some((label, at)) = told.other {
            finding = finding.with(label, context.place(at));
        }
        report.push(finding);
    }
}

impl Fault<'_> {
    fn explain(&self) -> Told {
        self.open_bracket()
            .or_else(|| self.open_quote())
            .or_else(|| self.duplicate())
            .or_else(|| lookalike::in_key(&self.line))
            .or_else(|| key::explain(&self.line))
            .or_else(|| self.escape())
            .or_else(|| value::explain(&self.line, self.at))
            .unwrap_or_else(|| {
                Told::new(
                    self.at..self.at,
                    format!("TOML として読めません（{}）", self.words),
                    "引用符、かっこ、`=` の対応を確かめてください。",
                )
            })
    }

    /// A bracket of an earlier line that is still open where something new begins.
    fn open_bracket(&self) -> Option<Told> {
        let is_unclosed = ["unclosed array", "unclosed inline"].iter().any(|words| {
            self.words.starts_with(words) && !self.words.starts_with("unclosed array table")
        });
        let until = if is_unclosed { self.at } else { self.line.start };
        let &(at, bracket) = line::open_brackets(&self.text[..until]).last()?;
        let in_table = bracket == '{'
            && (self.words.contains("inline table") || self.words.contains("key-value pairs"));
        if !(is_unclosed || in_table || self.line.begins_something(bracket)) {
            return None;
        }
        let (close, form) =
            if bracket == '[' { (']', "`[ 値, … ]`") } else { ('}', "`{ 項目 = 値, … }`") };
        Some(
            Told::new(
                at..at + 1,
                format!("`{bracket}` が閉じていません"),
                format!("{form} の形で書きます。終わりに `{close}` があるかを確かめます。"),
            )
            .last(),
        )
    }

    fn open_quote(&self) -> Option<Told> {
        if self.words.starts_with("invalid multi-line") {
            let (quotes, at) = ["\"\"\"", "'''"]
                .into_iter()
                .filter_map(|quotes| Some((quotes, self.text[..self.at].rfind(quotes)?)))
                .max_by_key(|&(_, at)| at)?;
            let message = format!("`{quotes}` が閉じていません");
            let hint = format!("文の終わりに、もう一度 `{quotes}` を書きます。");
            return Some(Told::new(at..at + quotes.len(), message, hint).last());
        }
        if !self.words.starts_with("invalid basic string")
            && !self.words.starts_with("invalid literal string")
        {
            return None;
        }
        let (at, quote) = self.line.open_quote()?;
        let rest = &self.text[at..self.line.end()];
        if let Some((inside, c)) = rest.char_indices().rfind(|&(_, c)| lookalike::is_quote(c)) {
            return Some(lookalike::told(at + inside, c, &self.line));
        }
        Some(Told::new(
            at..at + 1,
            format!("引用符 `{quote}` が閉じていません"),
            format!("文の終わりに `{quote}` を書きます。長い文は `\"\"\"` で囲むと改行できます。"),
        ))
    }

    fn duplicate(&self) -> Option<Told> {
        if !self.words.starts_with("duplicate key") {
            return None;
        }
        let key = self.span;
        let at = self.at..self.at + key.len();
        if self.line.is_header() {
            let message = format!("`{key}` の表が二度書かれています");
            let hint = format!("並べるなら、どれも `[[{key}]]` と、かっこを二つずつ書きます。");
            let told = Told::new(at, message, hint);
            return Some(match line::header_before(self.text, self.line.start, key) {
                Some(other) => told.with("先の表", other),
                None => told,
            });
        }
        let message = format!("`{key}` が二度書かれています");
        let told = Told::new(at, message, "どちらか一つを消します。");
        Some(match line::key_before(self.text, self.at, key) {
            Some(other) => told.with("先の項目", other),
            None => told,
        })
    }

    fn escape(&self) -> Option<Told> {
        if !self.words.contains("unicode") && !self.words.contains("escape") {
            return None;
        }
        let at = self.text[self.line.start..self.at].rfind('\\')? + self.line.start;
        Some(Told::new(
            at..at + 1,
            "引用符の中の `\\` は、そのままでは書けません",
            "`\\` を二つ重ねて `\\\\` と書くか、文を `'` で囲みます。",
        ))
    }
}

fn is_key_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_')
}
