//! Counts of tests, read off what the test runners print.

use std::fmt;
use std::ops::AddAssign;

/// How many tests ran, and how.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
}

impl Counts {
    pub(crate) const ONE_PASSED: Counts = Counts { passed: 1, failed: 0 };
    pub(crate) const ONE_FAILED: Counts = Counts { passed: 0, failed: 1 };

    /// Adds up the `test result:` lines of `cargo test`. An ignored test counts as failed:
    /// a test that does not run proves nothing, and the closing line promises 0 skipped.
    pub(crate) fn from_cargo(output: &str) -> Counts {
        let mut sum = Counts::default();
        for line in output.lines().filter(|line| line.starts_with("test result:")) {
            sum.passed += number_before(line, " passed");
            sum.failed += number_before(line, " failed") + number_before(line, " ignored");
        }
        sum
    }

    /// Reads the summary of `node --test`. Skipped, cancelled and to-do tests count as failed.
    pub(crate) fn from_node(output: &str) -> Counts {
        let mut sum = Counts::default();
        for line in output.lines() {
            let mut words = line.trim_start_matches(['ℹ', '#', ' ']).split_whitespace();
            let (Some(word), Some(number), None) = (words.next(), words.next(), words.next())
            else {
                continue;
            };
            let number = number.parse().unwrap_or(0);
            match word {
                "pass" => sum.passed = number,
                "fail" | "cancelled" | "skipped" | "todo" => sum.failed += number,
                _ => {}
            }
        }
        sum
    }

    /// A runner that failed, or ran nothing, has at least one failure.
    pub(crate) fn judged(mut self, success: bool) -> Counts {
        if self.failed == 0 && (!success || self.passed == 0) {
            self.failed = 1;
        }
        self
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Counts) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

/// The closing line that CI reads.
impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed, 0 skipped", self.passed, self.failed)
    }
}

fn number_before(line: &str, word: &str) -> u64 {
    let before = line.split(word).next().filter(|before| before.len() < line.len());
    let digits = before.and_then(|before| before.rsplit([' ', ';']).next());
    digits.and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adds_up_cargo_results() {
        let output = "test a ... ok\n\
            test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; x\n\
            test result: FAILED. 3 passed; 2 failed; 1 ignored; 0 measured; 0 filtered out\n";
        assert_eq!(Counts::from_cargo(output), Counts { passed: 15, failed: 3 });
    }

    #[test]
    fn reads_both_summaries_of_node() {
        let summary = |mark: &str| {
            ["tests 7", "suites 0", "pass 4", "fail 1", "cancelled 0", "skipped 2", "todo 0"]
                .map(|line| format!("{mark} {line}\n"))
                .concat()
        };
        let expected = Counts { passed: 4, failed: 3 };
        assert_eq!(Counts::from_node(&summary("ℹ")), expected);
        assert_eq!(Counts::from_node(&summary("#")), expected);
    }

    #[test]
    fn a_runner_without_tests_has_failed() {
        assert_eq!(Counts::default().judged(true), Counts::ONE_FAILED);
        assert_eq!(Counts::ONE_PASSED.judged(true), Counts::ONE_PASSED);
        assert_eq!(Counts::ONE_PASSED.judged(false), Counts { passed: 1, failed: 1 });
        assert_eq!(Counts::ONE_FAILED.judged(false), Counts::ONE_FAILED);
    }

    #[test]
    fn closes_with_the_line_ci_reads() {
        let counts = Counts { passed: 5, failed: 1 };
        assert_eq!(counts.to_string(), "5 passed, 1 failed, 0 skipped");
    }
}
