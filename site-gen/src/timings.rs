//! How long each stage of a run took, for `--timings` and for whoever makes it faster.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Stages in the order in which they ran.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Timings {
    stages: Vec<(&'static str, Duration)>,
    /// The whole run.
    pub total: Duration,
}

/// A running clock.
pub(crate) struct Clock(Instant);

impl Clock {
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    pub(crate) fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}

/// Time that several threads spend on the same thing at once, in nanoseconds.
#[derive(Default)]
pub(crate) struct Shared(AtomicU64);

impl Shared {
    pub(crate) fn measure<T>(&self, work: impl FnOnce() -> T) -> T {
        let began = Instant::now();
        let done = work();
        let spent = u64::try_from(began.elapsed().as_nanos()).unwrap_or(u64::MAX);
        self.0.fetch_add(spent, Ordering::Relaxed);
        done
    }

    /// This thread's fair part of the time: what it adds to the run.
    fn on_each_thread(&self) -> Duration {
        let threads = rayon::current_num_threads().max(1) as u64;
        Duration::from_nanos(self.0.load(Ordering::Relaxed) / threads)
    }
}

impl Timings {
    /// Does `work` and adds what it took to `stage`.
    pub(crate) fn take<T>(&mut self, stage: &'static str, work: impl FnOnce() -> T) -> T {
        let clock = Clock::start();
        let done = work();
        self.add(stage, clock.elapsed());
        done
    }

    /// Parts the time of a site into rendering, scanning and placing, which run side by side.
    pub(crate) fn add_shared(&mut self, all: Duration, scanning: &Shared, placing: &Shared) {
        let (scanning, placing) = (scanning.on_each_thread(), placing.on_each_thread());
        self.add("組み立て", all.saturating_sub(scanning + placing));
        self.add("漏れの検査", scanning);
        self.add("書き込み", placing);
    }

    fn add(&mut self, stage: &'static str, took: Duration) {
        match self.stages.iter_mut().find(|(name, _)| *name == stage) {
            Some((_, sum)) => *sum += took,
            None => self.stages.push((stage, took)),
        }
    }
}

/// One line a stage, in milliseconds, and the sum.
impl fmt::Display for Timings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (stage, took) in self.stages.iter().chain([&("全体", self.total)]) {
            writeln!(f, "{:>8.1} ミリ秒  {stage}", took.as_secs_f64() * 1000.0)?;
        }
        Ok(())
    }
}
