//! Rates in tenths of a percent, in integers: the same bytes on every machine.

use std::fmt;

use serde::{Serialize, Serializer};

/// A part of a whole; a whole of 0 has no rate (対象外).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Rate {
    pub(crate) part: u64,
    pub(crate) whole: u64,
}

impl Rate {
    /// Tenths of a percent, rounded down: 99.97 % never shows as 100 %.
    pub(crate) fn permille(self) -> Option<u64> {
        (1000 * self.part).checked_div(self.whole)
    }

    /// Whether the rate lies below `percent`, by cross-multiplication.
    pub(crate) fn is_below(self, percent: u64) -> bool {
        100 * self.part < percent * self.whole
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.permille() {
            Some(permille) => write!(f, "{}.{}%", permille / 10, permille % 10),
            None => f.write_str("―"),
        }
    }
}

impl Serialize for Rate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.permille().serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_down_and_compares_exactly() {
        let rate = |part, whole| Rate { part, whole };
        assert_eq!(rate(2, 3).to_string(), "66.6%");
        assert_eq!(rate(9_999, 10_000).to_string(), "99.9%");
        assert_eq!(rate(3, 3).to_string(), "100.0%");
        assert_eq!(rate(0, 0).to_string(), "―");
        assert!(rate(899, 1000).is_below(90));
        assert!(!rate(900, 1000).is_below(90));
    }
}
