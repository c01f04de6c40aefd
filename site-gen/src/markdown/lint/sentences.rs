//! Sentences that are too long to be read once.

use std::ops::Range;

use super::super::Work;
use super::super::ruby::base_text;

use crate::diagnostic::note;
use crate::load::Version;

/// Longer sentences are told.
const MAX_CHARS: usize = 60;

/// The sentences of a page.
#[derive(Default)]
pub(in super::super) struct Sentences {
    /// Characters of the present sentence.
    chars: usize,
    /// Where it starts, in the prepared text.
    start: Option<Range<usize>>,
    long: usize,
    longest: Option<(usize, Range<usize>)>,
    /// Ends of sentences within the present text: byte, and characters up to it.
    ends: Vec<(usize, usize)>,
}

impl Sentences {
    /// A new text begins.
    pub(in super::super) fn begin(&mut self) {
        self.ends.clear();
    }

    /// A sentence ends before byte `at` of the present text, its `chars`th character.
    pub(in super::super) fn mark(&mut self, at: usize, chars: usize) {
        self.ends.push((at, chars));
    }

    /// Adds the present text, whose ends are marked.
    pub(in super::super) fn add_counted(&mut self, bytes: usize, chars: usize, at: &Range<usize>) {
        let mut done = (0, 0);
        for index in 0..self.ends.len() {
            let end = self.ends[index];
            self.go_on(done.0, end.1 - done.1, at);
            self.end();
            done = end;
        }
        if done.0 < bytes {
            self.go_on(done.0, chars - done.1, at);
        }
    }

    /// Adds a text of which nothing is known; readings above words do not count.
    pub(in super::super) fn add(&mut self, text: &str, at: &Range<usize>) {
        for (offset, c) in base_text(text).char_indices() {
            self.go_on(offset, usize::from(c != '※'), at);
            if matches!(c, '。' | '！' | '？') {
                self.end();
            }
        }
    }

    fn go_on(&mut self, offset: usize, chars: usize, at: &Range<usize>) {
        if self.start.is_none() {
            self.start = Some((at.start + offset).min(at.end)..at.end);
        }
        self.chars += chars;
    }

    /// The sentence ends here.
    pub(in super::super) fn end(&mut self) {
        let start = self.start.take();
        let chars = std::mem::take(&mut self.chars);
        if chars <= MAX_CHARS {
            return;
        }
        self.long += 1;
        if let Some(start) = start
            && self.longest.as_ref().is_none_or(|(longest, _)| chars > *longest)
        {
            self.longest = Some((chars, start));
        }
    }

    /// Tells the longest sentence of a page and how many are too long.
    pub(in super::super) fn tell(mut self, work: &mut Work<'_>) {
        self.end();
        if work.origin.version == Version::English {
            return;
        }
        let Some((chars, at)) = self.longest else { return };
        let message = match self.long {
            1 => format!("{MAX_CHARS} 字を超える文があります（{chars} 字）"),
            long => {
                format!("{MAX_CHARS} 字を超える文が {long} あります（ここの文が最長で {chars} 字）")
            }
        };
        let place = work.place(&at);
        work.push(
            note("long-sentence", place, message)
                .hint("一つの文に一つの事だけを書き、文を分けます。"),
        );
    }
}
