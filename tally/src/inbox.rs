//! The files people sent: found without following links, in one fixed order, none left out.

use std::fs;
use std::io::{self, IsTerminal as _, Write as _};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::detail;
use crate::fault::Fault;
use crate::reason::Reason;
use crate::text::neutral_name;

/// Deeper folders are a loop or a joke.
const MAX_DEPTH: usize = 32;

/// A file that someone sent, or what stands in its place. Small, since there may be millions.
pub(crate) struct Sent {
    pub(crate) path: PathBuf,
    /// What is wrong with it already.
    pub(crate) problem: Option<Box<Reason>>,
}

/// Lists files, and everything below folders, sorted by the bytes of their paths.
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
        let is_folder = fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_dir());
        add(path.clone(), is_folder, 0, &mut sent);
    }
    // Not path by path component: that takes longer than judging the files does.
    sent.sort_unstable_by(|a, b| a.bytes().cmp(b.bytes()));
    sent.dedup_by(|a, b| a.path == b.path);
    sent.shrink_to_fit();
    Ok(sent)
}

/// Lists everything below a folder that has to be there.
///
/// # Errors
/// [`Fault::Read`] when it is missing.
pub(crate) fn list_folder(folder: &PathBuf) -> Result<Vec<Sent>, Fault> {
    fs::metadata(folder).map_err(|error| Fault::Read { path: folder.clone(), error })?;
    list(std::slice::from_ref(folder))
}

fn add(path: PathBuf, is_folder: bool, depth: usize, sent: &mut Vec<Sent>) {
    if !is_folder {
        return sent.push(Sent { path, problem: None });
    }
    if depth == MAX_DEPTH {
        return sent.push(Sent::bad(&path, Reason::TooDeep));
    }
    let unreadable =
        |error: io::Error| Sent::bad(&path, Reason::Unreadable(detail::of_system(&error)));
    match fs::read_dir(&path) {
        Ok(entries) => {
            for entry in entries {
                // A link to a folder is a link.
                match entry.and_then(|entry| Ok((entry.path(), entry.file_type()?.is_dir()))) {
                    Ok((path, is_folder)) => add(path, is_folder, depth + 1, sent),
                    Err(error) => sent.push(unreadable(error)),
                }
            }
        }
        Err(error) => sent.push(unreadable(error)),
    }
}

impl Sent {
    fn bad(path: &Path, reason: Reason) -> Self {
        Self { path: path.to_owned(), problem: Some(Box::new(reason)) }
    }

    fn bytes(&self) -> &[u8] {
        self.path.as_os_str().as_encoded_bytes()
    }

    /// The path for showing: control and bidi characters are written out.
    pub(crate) fn shown(&self) -> String {
        neutral_name(self.path.as_os_str())
    }

    /// The path in the folder that was listed, for showing: the same from wherever the command ran.
    pub(crate) fn shown_in(&self, folder: &Path) -> String {
        let inside = self.path.strip_prefix(folder).unwrap_or(&self.path);
        let is_folder = inside.as_os_str().is_empty();
        neutral_name(if is_folder { ".".as_ref() } else { inside.as_os_str() })
    }
}

/// Does `work` on every file, on all processors, in batches: `take` gets the answers of one batch in
/// the order of the files, so that nothing has to be kept of millions of them.
///
/// # Errors
/// That of `take`, which ends the pass.
pub(crate) fn each<T: Send, E>(
    sent: &[Sent],
    work: impl Fn(&Sent) -> T + Sync,
    mut take: impl FnMut(&[Sent], Vec<T>) -> Result<(), E>,
) -> Result<(), E> {
    let pass = Pass::new(sent);
    sent.chunks(BATCH).try_for_each(|batch| take(batch, pass.map(batch, &work)))
}

/// Large enough that waiting for the slower processor costs nothing.
const BATCH: usize = 512;

/// One way through all files, with a line on the terminal that says how many are done; silent
/// elsewhere and for short work.
struct Pass {
    done: AtomicUsize,
    all: usize,
    is_shown: bool,
}

impl Pass {
    /// Shown every so many files: often enough to move, too seldom to cost anything.
    const EVERY: usize = 500;

    fn new(sent: &[Sent]) -> Self {
        let all = sent.len();
        let is_shown = all > 2 * Self::EVERY && io::stderr().is_terminal();
        Self { done: AtomicUsize::new(0), all, is_shown }
    }

    fn map<T: Send>(&self, sent: &[Sent], work: impl Fn(&Sent) -> T + Sync) -> Vec<T> {
        let threads = thread::available_parallelism().map_or(1, NonZero::get);
        let share = sent.len().div_ceil(threads).max(1);
        let work = |sent: &Sent| {
            let answer = work(sent);
            self.step();
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
