//! The rows of a CSV, each with the line it starts on, and those that a lost quotation mark ate.

use csv::{ReaderBuilder, StringRecord};

use super::Problem;

/// The records of a CSV, each with the line it starts on (from 1), as an editor counts. Empty lines
/// are left out.
///
/// Where a quotation mark is not closed the reader takes the rows after it for one cell. Such a
/// record is a problem, and reading goes on with the next line, so that the rest is judged too.
pub(super) fn records(text: &str) -> (Vec<(u64, StringRecord)>, Vec<Problem>) {
    // One line end: the reader counts the second half of CR LF to the next record.
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let (mut records, mut problems) = (Vec::new(), Vec::new());
    let (mut rest, mut line) = (text.as_str(), 1);
    while let Some(after) = read(rest, &mut line, &mut records) {
        problems.push(Problem::OpenQuote(line));
        rest = after;
        line += 1;
    }
    (records, problems)
}

/// Reads up to the first record with a lost quotation mark; returns what follows its first line.
fn read<'a>(
    text: &'a str,
    line: &mut u64,
    records: &mut Vec<(u64, StringRecord)>,
) -> Option<&'a str> {
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut start = 0;
    loop {
        let empty = text[start..].bytes().take_while(|byte| *byte == b'\n').count();
        start += empty;
        *line += count(empty);
        let mut record = StringRecord::new();
        if !reader.read_record(&mut record).expect("text in memory, any width") {
            return None;
        }
        let end = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX).min(text.len());
        let raw = &text[start..end];
        let width = records.first().map_or(record.len(), |(_, header)| header.len());
        let goes_on = raw.trim_end_matches('\n').contains('\n');
        let quotes = quotes(raw);
        let is_eaten = goes_on && (record.len() != width || quotes == Quotes::Stray);
        if quotes == Quotes::Open || is_eaten {
            let next = raw.find('\n').map_or(end, |at| start + at + 1);
            return Some(&text[next..]);
        }
        records.push((*line, record));
        *line += count(raw.bytes().filter(|byte| *byte == b'\n').count());
        start = end;
    }
}

#[derive(PartialEq, Eq)]
enum Quotes {
    /// Every cell that begins with a mark ends with one.
    Closed,
    /// Something follows the mark that ends a cell.
    Stray,
    /// The text ends inside a cell.
    Open,
}

/// How the quotation marks of a record stand.
fn quotes(raw: &str) -> Quotes {
    let mut chars = raw.chars().peekable();
    let (mut in_quotes, mut at_start) = (false, true);
    while let Some(c) = chars.next() {
        match c {
            // Two marks in a cell stand for one.
            '"' if in_quotes && chars.next_if_eq(&'"').is_some() => {}
            '"' if in_quotes => {
                in_quotes = false;
                if chars.peek().is_some_and(|next| !matches!(next, ',' | '\n')) {
                    return Quotes::Stray;
                }
            }
            '"' if at_start => in_quotes = true,
            _ => {}
        }
        at_start = !in_quotes && matches!(c, ',' | '\n');
    }
    if in_quotes { Quotes::Open } else { Quotes::Closed }
}

fn count(number: usize) -> u64 {
    u64::try_from(number).expect("a length fits 64 bits")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, lines: &[u64], open: &[u64]) {
        let (records, problems) = records(text);
        let found: Vec<u64> = records.iter().map(|(line, _)| *line).collect();
        assert_eq!(found, lines, "{text:?}");
        let open: Vec<Problem> = open.iter().map(|line| Problem::OpenQuote(*line)).collect();
        assert_eq!(problems, open, "{text:?}");
    }

    #[test]
    fn lines_as_an_editor_counts() {
        check("a,b\r\n1,2\r\n\r\n3,4\r\n", &[1, 2, 4], &[]);
        check("a,b\n1,\"x\ny\"\n3,4", &[1, 2, 4], &[]);
        check("\n\na,b\r1,2\r", &[3, 4], &[]);
        check("", &[], &[]);
    }

    #[test]
    fn a_lost_mark_costs_its_row_only() {
        check("a,b\n1,\"x\n3,4\n5,6\n", &[1, 3, 4], &[2]);
        check("a,b\n1,\"x\n3,4\n5,\"y\n7,8\n", &[1, 3, 5], &[2, 4]);
        check("a,b\n1,2\n3,\"4", &[1, 2], &[3]);
        check("a,b\n1,\"say \"\"x\"\"\"\n3,5\" disk\n", &[1, 2, 3], &[]);
    }
}
