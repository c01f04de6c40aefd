//! The tables of a report, once: the page, the CSV files and the workbook all write these.
//!
//! `completion`: who has answered; `scores`: what they know and do; `records`: what the office and
//! its committee decided, and what became of the files.

mod completion;
mod records;
mod scores;

pub(crate) use completion::{bureaus, completion};
pub(crate) use records::{decisions, flags, improvements, policies, rejected};
pub(crate) use scores::{categories, changes, figures, groups, priority, questions, trend};

use crate::rate::Rate;

/// A table with a name for its file and a title for people.
pub(crate) struct Table {
    /// ASCII, for the file and the workbook's table.
    pub(crate) name: &'static str,
    pub(crate) title: &'static str,
    pub(crate) header: Vec<String>,
    pub(crate) rows: Vec<Vec<Cell>>,
}

impl Table {
    /// Whether a row is of the city or a bureau and stands out among those of sections.
    pub(crate) fn is_sum(&self, row: &[Cell]) -> bool {
        let is = |at: usize, wanted: &str| match row.get(at) {
            Some(Cell::Text(text)) => text == wanted,
            _ => false,
        };
        match self.name {
            "completion" => is(0, "全庁") || is(1, "（部局計）"),
            "groups" => is(0, "全庁") || is(0, "部局"),
            "categories" | "changes" => is(0, "全体"),
            _ => false,
        }
    }
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Cell {
    Text(String),
    Count(u64),
    Rate(Rate),
    /// A difference of two rates, in tenths of a percent.
    Points(i64),
    /// Nothing to show: the question does not offer it, or there is nothing to compare with.
    None,
    /// Hidden: fewer than five people, or it would give such a number away.
    Hidden,
}

impl Cell {
    /// As people read it.
    pub(crate) fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Count(count) => count.to_string(),
            Self::Rate(rate) => rate.to_string(),
            Self::Points(permille) => points(*permille),
            Self::None => "―".to_owned(),
            Self::Hidden => "＊".to_owned(),
        }
    }

    fn optional(rate: Option<Rate>) -> Self {
        rate.map_or(Self::Hidden, Self::Rate)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// A difference of two rates, with its sign.
pub(crate) fn points(permille: i64) -> String {
    let sign = match permille {
        ..0 => "-",
        0 => "",
        _ => "+",
    };
    let size = permille.unsigned_abs();
    format!("{sign}{}.{}", size / 10, size % 10)
}

fn header(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}
