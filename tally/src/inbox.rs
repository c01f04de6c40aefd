//! The files people sent: found without following links, in one fixed order, none left out.

use std::fs;
use std::io::{self, IsTerminal as _, Write as _};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::fault::Fault;
use crate::reason::Reason;
use crate::text::neutral_name;

/// Deeper folders are a loop or a joke.
const MAX_DEPTH: usize = 32;

/// A file that someone sent, or what stands in its place.
pub(crate) struct Sent {
    pub(crate) path: PathBuf,
    /// The path for showing: control and bidi characters are written out.
    pub(crate) shown: String,
    /// What is wrong with it already.
    pub(crate) problem: Option<Reason>,
}

/// Lists files, and everything below folders, sorted by path.
///
/// Links are listed and not followed, so a loop of folders ends. A folder that cannot be read is
/// listed itself.
///
/// # Errors
/// [`Fault::NoFiles`] when nothing was named.
pub(crate) fn list(paths: &[PathBuf]) -> Result<Vec<Sent>, Fault> {
    if paths.is_empty() {
        return Err(Fault::NoFiles);
    }
    let mut sent = Vec::new();
    for path in paths {
        add(path, 0, &mut sent);
    }
    sent.sort_by(|a, b| a.path.cmp(&b.path));
    sent.dedup_by(|a, b| a.path == b.path);
    Ok(sent)
}

fn add(path: &Path, depth: usize, sent: &mut Vec<Sent>) {
    let is_folder = fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_dir());
    if !is_folder {
        return sent.push(Sent::new(path, None));
    }
    if depth == MAX_DEPTH {
        return sent.push(Sent::new(path, Some(Reason::TooDeep)));
    }
    let entries = fs::read_dir(path).and_then(|entries| entries.collect::<Result<Vec<_>, _>>());
    match entries {
        Ok(entries) => entries.iter().for_each(|entry| add(&entry.path(), depth + 1, sent)),
        Err(error) => sent.push(Sent::new(path, Some(Reason::Unreadable(error.to_string())))),
    }
}

impl Sent {
    fn new(path: &Path, problem: Option<Reason>) -> Self {
        Self { path: path.to_owned(), shown: neutral_name(path.as_os_str()), problem }
    }
}

/// Does `work` on every file, on all processors; the answers come back in the order of the files.
pub(crate) fn map<T: Send>(sent: &[Sent], work: impl Fn(&Sent) -> T + Sync) -> Vec<T> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let share = sent.len().div_ceil(threads).max(1);
    let progress = Progress::new(sent.len());
    let work = |sent: &Sent| {
        let answer = work(sent);
        progress.step();
        answer
    };
    let work = &work;
    thread::scope(|scope| {
        let workers: Vec<_> = sent
            .chunks(share)
            .map(|chunk| scope.spawn(move || chunk.iter().map(work).collect::<Vec<T>>()))
            .collect();
        let joined = workers.into_iter().map(|worker| worker.join());
        joined
            .flat_map(|part| part.unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    })
}

/// A line on the terminal with how many files are done; silent elsewhere and for short work.
struct Progress {
    done: AtomicUsize,
    all: usize,
    is_shown: bool,
}

impl Progress {
    /// Shown every so many files: often enough to move, too seldom to cost anything.
    const EVERY: usize = 500;

    fn new(all: usize) -> Self {
        let is_shown = all > 2 * Self::EVERY && io::stderr().is_terminal();
        Self { done: AtomicUsize::new(0), all, is_shown }
    }

    fn step(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        if self.is_shown && (done.is_multiple_of(Self::EVERY) || done == self.all) {
            let width = 30 * done / self.all;
            let end = if done == self.all { "\r\x1b[2K" } else { "" };
            let _ = write!(
                io::stderr().lock(),
                "\r[{:<30}] {done} / {} 件{end}",
                "#".repeat(width),
                self.all
            );
        }
    }
}
