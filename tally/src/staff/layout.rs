//! Where the headings stand when the first line has none: between other signs than commas, or below
//! a title.

use csv::StringRecord;

use super::Problem;
use super::columns::Column;

/// Titles, dates and blanks above a header are a few lines.
const LOOKED_AT: usize = 50;

/// Signs that tables are separated by, and what people call them.
const SEPARATORS: [(char, &str); 4] =
    [('\t', "タブ"), (';', "セミコロン"), ('，', "全角のコンマ"), ('、', "読点")];

/// Whether these cells are a header of which this many columns are wanted.
fn is_header<'a>(cells: impl Iterator<Item = &'a str>, wanted: usize) -> bool {
    cells.filter_map(Column::named).count() >= wanted
}

/// The one thing that is wrong when the first record is no header; `wanted` is how many columns make
/// one.
pub(super) fn problem(
    text: &str,
    records: &[(u64, StringRecord)],
    wanted: usize,
) -> Option<Problem> {
    let (_, first) = records.first()?;
    if is_header(first.iter(), wanted) {
        return None;
    }
    let lines = || text.lines().take(LOOKED_AT);
    for (separator, name) in SEPARATORS {
        let is_separated = |line: &str| {
            let cells = || line.split(separator).map(|cell| cell.trim_matches('"'));
            cells().count() > 1 && is_header(cells(), wanted)
        };
        if lines().any(is_separated) {
            return Some(Problem::Separated(name));
        }
    }
    let below = records.iter().take(LOOKED_AT).find(|(_, record)| is_header(record.iter(), wanted));
    if let Some((line, _)) = below {
        return Some(Problem::HeaderBelow(*line));
    }
    let is_known = first.iter().any(|cell| Column::named(cell).is_some());
    (!is_known).then_some(Problem::NoHeader)
}
