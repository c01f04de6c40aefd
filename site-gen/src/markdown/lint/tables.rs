//! Tables: rows with another number of cells than the head, and lines that look like a table.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::super::emphasis::is_escaped;
use super::super::{Item, Node, Work, ruby};
use super::count_note;
use crate::diagnostic::{error, warning};
use crate::source::Place;

/// What was seen of the tables of a text.
#[derive(Default)]
pub(in super::super) struct Tables {
    columns: usize,
    /// The first row with too few cells: its place, its cells and those of the head.
    short: Option<(Place, usize, usize)>,
    /// How many there are.
    count: usize,
    /// Where the last line ended that looked like a table, in bytes of the text as written.
    line_end: Option<usize>,
}

impl Tables {
    /// A table of so many columns begins.
    pub(in super::super) fn begin(&mut self, columns: usize) {
        self.columns = columns;
    }

    /// Judges a row. The parser drops cells without a column, and adds those that are missing at
    /// the end of the row; `inside` are the events from its first cell on.
    pub(in super::super) fn row(
        &mut self,
        row: &Item<'_>,
        inside: &[Item<'_>],
        work: &mut Work<'_>,
    ) {
        let is_end =
            |item: &Item<'_>| matches!(item.node, Node::Event(Event::End(TagEnd::TableRow)));
        let written = inside.iter().take_while(|item| !is_end(item)).filter(|item| {
            matches!(item.node, Node::Event(Event::Start(Tag::TableCell)))
                && item.at.start < row.at.end
        });
        let (cells, last) = written.fold((0, None), |(cells, _), cell| (cells + 1, Some(cell)));
        let Some(last) = last else { return };
        if cells < self.columns {
            self.count += 1;
            let place = work.place(&row.at).start();
            self.short.get_or_insert((place, cells, self.columns));
            return;
        }
        let rest = work.range(&(last.at.end..row.at.end));
        let lost = work.source.get(rest.clone()).unwrap_or_default();
        let lost = lost.trim_start_matches(['|', ' ']).trim_end_matches(['|', ' ', '\n']);
        if lost.is_empty() {
            return;
        }
        let start = rest.start + work.source[rest].find(lost).unwrap_or(0);
        let place = work.place_of(&(start..start + lost.len()));
        let columns = self.columns;
        let message = format!("表の列が見出しの行（{columns} 列）より多く、「{lost}」は載りません");
        work.push(
            error("table-cells", place, message)
                .hint("列の数を見出しの行とそろえます。文字の `|` は `\\|` と書きます。"),
        );
    }

    /// Looks at a text that begins with `|` and is in no table; `before` are the events up to it.
    pub(in super::super) fn line(
        &mut self,
        item: &Item<'_>,
        before: &[Item<'_>],
        work: &mut Work<'_>,
    ) {
        let is_line_start = matches!(
            before.last().map(|item| &item.node),
            Some(Node::Event(Event::Start(Tag::Paragraph | Tag::Item) | Event::SoftBreak))
        );
        let start = work.range(&item.at).start;
        if !is_line_start || is_escaped(work.source.as_bytes(), start) {
            return;
        }
        let line = work.source[start..].lines().next().unwrap_or_default().trim_end();
        if line.len() < "| |".len() || !line.ends_with('|') {
            return;
        }
        // The lines that follow belong to the same table.
        let is_next = self.line_end.is_some_and(|end| {
            work.source.get(end..start).is_some_and(|between| between.matches('\n').count() == 1)
        });
        self.line_end = Some(start + line.len());
        if is_next {
            return;
        }
        let bars = line.matches('|').count() - line.matches("\\|").count() - ruby::bars(line).len();
        let rule = format!("|{}", " --- |".repeat(bars.saturating_sub(1).max(1)));
        let place = work.place_of(&(start..start + line.len()));
        work.push(
            warning("literal-table", place, "`|` で始まる行は表になっていません")
                .hint(format!("見出しの行のすぐ下に、半角で、同じ列の数だけ `{rule}` と置きます。"))
                .hint("上の表の続きなら、間の空の行を消します。文字なら `\\|` と書きます。"),
        );
    }

    /// Tells the first row that is too short and how many there are.
    pub(in super::super) fn tell(self, work: &mut Work<'_>) {
        let Some((place, cells, columns)) = self.short else { return };
        let more = count_note(self.count);
        let message =
            format!("表の行が {cells} 列で、見出しの行の {columns} 列より少なくなっています{more}");
        work.push(
            warning("table-cells", place, message)
                .hint("空の欄にも `| |` のように区切りを書き、列の数をそろえます。"),
        );
    }
}
