//! One line of a TOML text, as its author saw it.

use std::ops::Range;

use super::is_key_char;

/// A line, without its end.
pub(super) struct Line<'t> {
    /// Where it starts in the text.
    pub(super) start: usize,
    pub(super) text: &'t str,
}

impl<'t> Line<'t> {
    /// The line that byte `at` stands on, its end included.
    pub(super) fn at(text: &'t str, at: usize) -> Self {
        let at = at.min(text.len());
        let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
        let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
        Self { start, text: &text[start..end] }
    }

    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// The characters outside strings and notes, with their places in the line.
    pub(super) fn outside(&self) -> impl Iterator<Item = (usize, char)> + '_ {
        let mut scan = Scan::default();
        self.text.char_indices().filter(move |&(at, c)| scan.is_outside(&self.text[at..], c))
    }

    /// The first `=` outside strings.
    pub(super) fn equals(&self) -> Option<usize> {
        self.outside().find(|&(_, c)| c == '=').map(|(at, _)| at)
    }

    /// What stands before the `=`, or all of the line.
    pub(super) fn key(&self) -> &'t str {
        self.text[..self.equals().unwrap_or(self.text.len())].trim_matches(' ')
    }

    pub(super) fn is_header(&self) -> bool {
        self.text.trim_start().starts_with('[')
            && self.equals().is_none_or(|equals| self.text[..equals].contains(']'))
    }

    /// Whether the line cannot be inside an array or a table that `bracket` opened earlier.
    pub(super) fn begins_something(&self, bracket: char) -> bool {
        let is_item = bracket == '[' && self.equals().is_some() && {
            !self.key().is_empty() && self.key().chars().all(is_key_char)
        };
        let name = self.text.trim_matches(['[', ']', ' ']);
        let is_name = !name.is_empty() && name.chars().all(|c| is_key_char(c) || c == '.');
        is_item || (self.text.starts_with('[') && is_name && name.starts_with(char::is_alphabetic))
    }

    /// The quotation mark that is still open at the end of the line: its place in the text.
    pub(super) fn open_quote(&self) -> Option<(usize, char)> {
        let mut scan = Scan::default();
        let mut opened = 0;
        for (at, c) in self.text.char_indices() {
            let before = scan.quote;
            scan.is_outside(&self.text[at..], c);
            if before.is_none() && scan.quote.is_some() {
                opened = at;
            }
        }
        scan.quote.map(|quote| (self.start + opened, quote))
    }
}

/// Goes through a text and knows where strings and notes are.
#[derive(Default)]
struct Scan {
    quote: Option<char>,
    is_long: bool,
    is_note: bool,
    skip: usize,
}

impl Scan {
    /// Whether `c`, which `rest` begins with, stands outside strings and notes.
    fn is_outside(&mut self, rest: &str, c: char) -> bool {
        if self.skip > 0 {
            self.skip -= 1;
            return false;
        }
        if self.is_note {
            self.is_note = c != '\n';
            return false;
        }
        match self.quote {
            Some('"') if c == '\\' => self.skip = 1,
            Some(quote) if c == quote && self.is_long => {
                if is_tripled(rest, quote) {
                    (self.quote, self.is_long, self.skip) = (None, false, 2);
                }
            }
            // A string of one line ends with it, closed or not.
            Some(quote) if c == quote || (c == '\n' && !self.is_long) => self.quote = None,
            Some(_) => {}
            None if matches!(c, '"' | '\'') => {
                self.quote = Some(c);
                self.is_long = is_tripled(rest, c);
                self.skip = if self.is_long { 2 } else { 0 };
            }
            None if c == '#' => self.is_note = true,
            None => return true,
        }
        false
    }
}

fn is_tripled(rest: &str, quote: char) -> bool {
    rest.chars().take(3).filter(|&c| c == quote).count() == 3
}

/// The brackets that are open at the end of `text`, with their places.
pub(super) fn open_brackets(text: &str) -> Vec<(usize, char)> {
    let mut scan = Scan::default();
    let mut open = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            _ if !scan.is_outside(&text[at..], c) => {}
            '[' | '{' => open.push((at, c)),
            ']' | '}' => drop(open.pop()),
            _ => {}
        }
    }
    open
}

/// Where the table `key` was written before byte `until`.
pub(super) fn header_before(text: &str, until: usize, key: &str) -> Option<Range<usize>> {
    let mut at = 0;
    for line in text[..until].split_inclusive('\n') {
        let name = line.trim().trim_matches(['[', ']']).trim();
        let (before_equals, _) = line.split_once('=').unwrap_or(("", ""));
        if (line.starts_with('[') && name.ends_with(key)) || before_equals.trim() == key {
            let inside = line.find(key)?;
            return Some(at + inside..at + inside + key.len());
        }
        at += line.len();
    }
    None
}

/// Where `key` was written before byte `until`, in the same table.
pub(super) fn key_before(text: &str, until: usize, key: &str) -> Option<Range<usize>> {
    let is_whole = |&(at, _): &(usize, &str)| {
        let (before, after) = (&text[..at], &text[at + key.len()..]);
        let begins = before.trim_end_matches(' ').ends_with(['\n', '{', ',']) || at == 0;
        begins && after.trim_start_matches(' ').starts_with('=')
    };
    let (at, _) = text[..until].rmatch_indices(key).find(is_whole)?;
    let is_same_table = !text[at..until].contains("\n[");
    is_same_table.then_some(at..at + key.len())
}
