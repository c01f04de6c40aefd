//! How long each stage of judging took, summed over all threads (`--timings`).
//!
//! For whoever wonders whether the shared folder or the signatures are slow, and for the bench.
//! Only durations: what day or time it is, nobody learns here.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// The stages of judging a file, in their order.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Stage {
    /// Opening and reading the file.
    Read,
    /// The outer document: size, members, base64url, header.
    Parse,
    /// `verify_strict`, then the payload's own parsing and rewriting.
    Verify,
    /// Holding it against the set, and grading.
    Grade,
    /// Recording it.
    Ledger,
}

const NAMES: [&str; 5] = ["read", "parse", "verify", "grade", "ledger"];

/// Nanoseconds a stage.
#[derive(Default)]
pub(crate) struct Timings([AtomicU64; NAMES.len()]);

impl Timings {
    /// Does `work` and adds how long it took to `stage`.
    pub(crate) fn time<T>(&self, stage: Stage, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let done = work();
        let spent = u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX);
        self.0[stage as usize].fetch_add(spent, Ordering::Relaxed);
        done
    }

    /// One line a stage: name and milliseconds.
    pub(crate) fn to_text(&self) -> String {
        let mut text = String::new();
        for (name, nanos) in NAMES.iter().zip(&self.0) {
            let spent = Duration::from_nanos(nanos.load(Ordering::Relaxed));
            let _ = writeln!(text, "timing {name} {} ms", spent.as_millis());
        }
        text
    }
}
