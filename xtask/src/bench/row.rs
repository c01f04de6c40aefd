//! One measured figure, its budget, and the table of all.

use std::fmt;

/// One line of the table.
pub(crate) struct Row {
    /// What was measured, in a few words.
    pub(crate) what: String,
    /// The figure.
    pub(crate) measured: Amount,
    /// What it is held against, measured in the same run.
    pub(crate) beside: Option<(String, Amount)>,
    pub(crate) budget: Budget,
    /// How to get the figure again.
    pub(crate) command: String,
}

/// A figure with its unit.
#[derive(Debug, Clone, Copy)]
#[allow(dead_code, reason = "units are there for every benchmark, also those to come")]
pub(crate) enum Amount {
    Seconds(f64),
    Bytes(u64),
    PerSecond(f64),
    /// Points of a hundred, or a plain count.
    Count(f64),
}

/// What the figure has to keep.
#[derive(Debug, Clone, Copy)]
#[allow(dead_code, reason = "kinds are there for every benchmark, also those to come")]
pub(crate) enum Budget {
    AtMost(Amount),
    AtLeast(Amount),
    /// `measured / beside` at most.
    RatioAtMost(f64),
    /// `measured / beside` at least.
    RatioAtLeast(f64),
    /// For comparison only.
    None,
}

impl Amount {
    /// The bare number, in the unit's base.
    pub(crate) fn value(self) -> f64 {
        match self {
            Self::Seconds(value) | Self::PerSecond(value) | Self::Count(value) => value,
            #[expect(clippy::cast_precision_loss, reason = "no size here comes near 2^53")]
            Self::Bytes(value) => value as f64,
        }
    }
}

impl Row {
    /// `measured / beside`.
    fn ratio(&self) -> Option<f64> {
        let (_, beside) = self.beside.as_ref()?;
        Some(self.measured.value() / beside.value())
    }

    /// Whether the budget is kept; a ratio without a second figure is not.
    pub(crate) fn is_ok(&self) -> bool {
        match self.budget {
            Budget::AtMost(most) => self.measured.value() <= most.value(),
            Budget::AtLeast(least) => self.measured.value() >= least.value(),
            Budget::RatioAtMost(most) => self.ratio().is_some_and(|ratio| ratio <= most),
            Budget::RatioAtLeast(least) => self.ratio().is_some_and(|ratio| ratio >= least),
            Budget::None => true,
        }
    }

    fn cells(&self) -> [String; 6] {
        let beside = self.beside.as_ref();
        [
            self.what.clone(),
            self.measured.to_string(),
            beside.map_or_else(String::new, |(what, amount)| format!("{amount} {what}")),
            self.ratio().map_or_else(String::new, |ratio| format!("{ratio:.2}")),
            self.budget.to_string(),
            match self.budget {
                Budget::None => "",
                _ if self.is_ok() => "ok",
                _ => "over",
            }
            .to_owned(),
        ]
    }
}

/// Prints all rows under one heading, then how to get each again.
pub(crate) fn print_table(command: &str, rows: &[Row]) {
    print!("{}", table(command, rows));
}

const HEADINGS: [&str; 6] = ["what", "measured", "beside", "ratio", "budget", ""];

fn table(command: &str, rows: &[Row]) -> String {
    let mut lines: Vec<[String; 6]> = vec![HEADINGS.map(str::to_owned)];
    lines.extend(rows.iter().map(Row::cells));
    let width = |column: usize| lines.iter().map(|line| line[column].chars().count()).max();
    let widths: [usize; 6] = std::array::from_fn(|column| width(column).unwrap_or(0));
    let mut text = format!("{command}\n\n");
    for line in &lines {
        let padded = line.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}"));
        let joined = padded.collect::<Vec<_>>().join("  ");
        text.push_str(joined.trim_end());
        text.push('\n');
    }
    text.push('\n');
    for row in rows {
        text.push_str(&format!("{}: {}\n", row.what, row.command));
    }
    text
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Seconds(seconds) if seconds < 1.0 => write!(f, "{:.1} ms", seconds * 1000.0),
            Self::Seconds(seconds) => write!(f, "{seconds:.2} s"),
            Self::Bytes(bytes) if bytes < 1_000_000 => {
                write!(f, "{:.1} KB", Self::Bytes(bytes).value() / 1e3)
            }
            Self::Bytes(bytes) => write!(f, "{:.0} MB", Self::Bytes(bytes).value() / 1e6),
            Self::PerSecond(number) => write!(f, "{number:.0} /s"),
            Self::Count(number) => write!(f, "{number}"),
        }
    }
}

impl fmt::Display for Budget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AtMost(amount) => write!(f, "≤ {amount}"),
            Self::AtLeast(amount) => write!(f, "≥ {amount}"),
            Self::RatioAtMost(ratio) => write!(f, "≤ {ratio} ×"),
            Self::RatioAtLeast(ratio) => write!(f, "≥ {ratio} ×"),
            Self::None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(measured: f64, beside: Option<f64>, budget: Budget) -> Row {
        Row {
            what: "a".into(),
            measured: Amount::Seconds(measured),
            beside: beside.map(|seconds| ("b".into(), Amount::Seconds(seconds))),
            budget,
            command: "c".into(),
        }
    }

    #[test]
    fn holds_figures_against_budgets() {
        let second = Amount::Seconds(1.0);
        assert!(row(1.0, None, Budget::AtMost(second)).is_ok());
        assert!(!row(1.1, None, Budget::AtMost(second)).is_ok());
        assert!(!row(0.9, None, Budget::AtLeast(second)).is_ok());
        assert!(row(3.0, Some(1.0), Budget::RatioAtMost(3.0)).is_ok());
        assert!(!row(3.1, Some(1.0), Budget::RatioAtMost(3.0)).is_ok());
        assert!(!row(1.9, Some(1.0), Budget::RatioAtLeast(2.0)).is_ok());
        assert!(!row(1.0, None, Budget::RatioAtMost(3.0)).is_ok(), "nothing to compare with");
    }

    #[test]
    fn prints_a_plain_table() {
        let rows = [row(0.5, Some(0.25), Budget::RatioAtMost(1.5))];
        let expected = "cargo xtask bench x\n\n\
            what  measured  beside      ratio  budget\n\
            a     500.0 ms  250.0 ms b  2.00   ≤ 1.5 ×  over\n\n\
            a: c\n";
        assert_eq!(table("cargo xtask bench x", &rows), expected);
    }
}
