//! Paragraphs that became code because spaces stand before them.

use super::super::Work;
use super::count_note;
use crate::diagnostic::warning;
use crate::source::Place;

/// Indented code of a page.
#[derive(Default)]
pub(in super::super) struct Indented {
    first: Option<Place>,
    count: usize,
}

impl Indented {
    /// Adds one that stands at `place`.
    pub(in super::super) fn add(&mut self, place: Place) {
        self.first.get_or_insert(place);
        self.count += 1;
    }

    /// Tells the first and how many there are.
    pub(in super::super) fn tell(self, work: &mut Work<'_>) {
        let Some(place) = self.first else { return };
        let more = count_note(self.count);
        let message = format!("字下げした段落が、プログラムの囲みになっています{more}");
        work.push(warning("indented-code", place, message).hint(
            "行の先頭の空白やタブを消します。プログラムなら、前後に ``` だけの行を置きます。",
        ));
    }
}
