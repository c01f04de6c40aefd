//! The text of an event while its ※ are looked at: a stretch of it, copied only when something is
//! left out.

use pulldown_cmark::CowStr;

use super::items::piece;

/// Text since the last mark; it goes out whole unless a term is cut off its end.
pub(super) struct Pending<'t, 'a> {
    text: &'t CowStr<'a>,
    /// A stretch of `text` while nothing is left out of it.
    from: usize,
    to: usize,
    changed: Option<String>,
}

impl<'t, 'a> Pending<'t, 'a> {
    pub(super) fn new(text: &'t CowStr<'a>) -> Self {
        Self { text, from: 0, to: 0, changed: None }
    }

    /// How far the text was read.
    pub(super) fn end(&self) -> usize {
        self.to
    }

    pub(super) fn text(&self) -> &str {
        self.changed.as_deref().unwrap_or(&self.text[self.from..self.to])
    }

    /// What it is when something else than the stretch is meant.
    fn change(&mut self) -> &mut String {
        self.changed.get_or_insert_with(|| self.text[self.from..self.to].to_owned())
    }

    pub(super) fn read(&mut self, to: usize) {
        if let Some(changed) = &mut self.changed {
            changed.push_str(&self.text[self.to..to]);
        }
        self.to = to;
    }

    pub(super) fn leave_out(&mut self, to: usize) {
        self.change();
        self.to = to;
    }

    /// The backslash before the mark goes, the mark stays.
    pub(super) fn unescape(&mut self, mark: char, to: usize) {
        let changed = self.change();
        changed.pop();
        changed.push(mark);
        self.to = to;
    }

    pub(super) fn clear(&mut self, to: usize) {
        (self.from, self.to, self.changed) = (to, to, None);
    }

    pub(super) fn split(&self, at: usize) -> [CowStr<'a>; 2] {
        match &self.changed {
            Some(changed) => [&changed[..at], &changed[at..]].map(|part| part.to_owned().into()),
            None => [self.from..self.from + at, self.from + at..self.to]
                .map(|range| piece(self.text, range)),
        }
    }
}
