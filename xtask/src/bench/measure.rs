//! Running a program with its time and its peak memory.

use std::fs;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Result;

use crate::report::Fault;
use crate::run::{all, cannot_start, shown};

/// One finished run.
#[derive(Debug, Clone)]
pub(crate) struct Run {
    /// From start to end, on the wall.
    pub(crate) seconds: f64,
    /// The most memory it held at once (the kernel's high-water mark).
    pub(crate) peak_bytes: u64,
    /// Time of all processors together, to a hundredth of a second: what else the machine does
    /// hardly changes it.
    pub(crate) processor_seconds: f64,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// How often the high-water mark is looked at; it only rises, so little is missed.
const LOOK: Duration = Duration::from_millis(2);

/// Runs a program to its end.
///
/// # Errors
/// A [`Fault`] with its output, if it cannot be started or fails.
pub(crate) fn run(command: &mut Command) -> Result<Run> {
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let began = Instant::now();
    let child = command.spawn().map_err(|error| cannot_start(command, &error))?;
    let process = child.id();
    let over = AtomicBool::new(false);
    let (output, seconds, (peak_bytes, processor_seconds)) = thread::scope(|scope| {
        let watcher = scope.spawn(|| {
            let (mut peak, mut spent) = (0, 0.0);
            while !over.load(Ordering::Relaxed) {
                peak = peak_bytes(process).unwrap_or(0).max(peak);
                spent = processor_seconds(process).unwrap_or(0.0).max(spent);
                thread::sleep(LOOK);
            }
            (peak, spent)
        });
        let output = child.wait_with_output();
        let seconds = began.elapsed().as_secs_f64();
        over.store(true, Ordering::Relaxed);
        (output, seconds, watcher.join().unwrap_or_default())
    });
    let output = output?;
    if !output.status.success() {
        let text = format!("`{}` failed ({})\n{}", shown(command), output.status, all(&output));
        return Err(Fault::new(text).into());
    }
    let [stdout, stderr] =
        [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    Ok(Run { seconds, peak_bytes, processor_seconds, stdout, stderr })
}

/// The fastest of several runs: whatever else the machine does only adds.
pub(crate) fn fastest(runs: &[Run]) -> Option<&Run> {
    runs.iter().min_by(|a, b| a.seconds.total_cmp(&b.seconds))
}

/// What all threads of a process that runs have used so far: fields 14 and 15 of its `stat`, in
/// ticks of a hundredth of a second (`USER_HZ` on every Linux that Rust supports).
fn processor_seconds(process: u32) -> Option<f64> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name before may hold anything.
    let (_, fields) = stat.rsplit_once(") ")?;
    let ticks = fields.split(' ').skip(11).take(2).map(str::parse::<u32>);
    let ticks: Vec<u32> = ticks.collect::<Result<_, _>>().ok()?;
    Some(ticks.iter().map(|ticks| f64::from(*ticks) / 100.0).sum())
}

/// The high-water mark of a process that runs.
pub(crate) fn peak_bytes(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}
