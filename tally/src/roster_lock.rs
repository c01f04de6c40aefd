//! One writer of the roster at a time, and codes that are issued wholly or not at all.
//!
//! Issuing writes two files, the roster and the letters, and no file system changes two at once.
//! So what is going to be done is first noted in `<roster>.lock`:
//!
//! 1. The note: new roster, where the letters will be, their hash. No code stands in it.
//! 2. The letters, aside, then under their name.
//! 3. The roster.
//! 4. The note is wiped.
//!
//! Whoever takes the lock next looks for a note that was left. If the letters stand there whole, the
//! roster is written after them: they may have been printed. If not, nothing has been issued, and
//! what was laid aside is removed. Either way no letter goes out whose code leads nowhere, and no
//! key comes in whose code nobody has.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use selfcheck::digest::Sha256;
use serde::{Deserialize, Serialize};
use tempfile::TempPath;

use crate::apart::{Named, named};
use crate::fault::Fault;
use crate::files;
use crate::say;
use crate::text::neutral_name;

/// The right to write the roster; held until it is dropped or the process ends.
pub(crate) struct RosterLock<'a> {
    roster: &'a Path,
    /// Locked. Stays where it is when all is done, empty: removing it could take it from under
    /// somebody who waits for it.
    note: File,
}

/// What was going to be done.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Note {
    v: u8,
    letters: PathBuf,
    letters_sha256: Sha256,
    /// Of the roster as it was; `None` when there was none.
    before_sha256: Option<Sha256>,
    roster: String,
}

impl<'a> RosterLock<'a> {
    /// Takes the lock and settles what a killed run has left.
    ///
    /// # Errors
    /// [`Fault::RosterBusy`] while another run has it, [`Fault::IssueBroken`] when the roster is
    /// not the one that a killed run began with, [`Fault::Write`].
    pub(crate) fn take(roster: &'a Path) -> Result<Self, Fault> {
        let write_fault = |error| Fault::Write { path: roster.to_owned(), error };
        let options =
            OpenOptions::new().read(true).write(true).create(true).truncate(false).to_owned();
        let note = options.open(note_path(roster)).map_err(write_fault)?;
        match note.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(Fault::RosterBusy(roster.to_owned())),
            Err(TryLockError::Error(error)) => return Err(write_fault(error)),
        }
        let mut lock = Self { roster, note };
        // Of a killed run; there are no codes in it.
        let _ = fs::remove_file(aside(roster));
        lock.settle()?;
        Ok(lock)
    }

    /// Replaces the roster; no letters go with it.
    ///
    /// # Errors
    /// [`Fault::Write`].
    pub(crate) fn replace(self, roster: &str) -> Result<(), Fault> {
        self.put(roster)
    }

    fn put(&self, roster: &str) -> Result<(), Fault> {
        let put = || {
            lay_aside(self.roster, roster)?.persist(self.roster).map_err(|error| error.error)?;
            files::sync_folder_of(self.roster)
        };
        put().map_err(|error| Fault::Write { path: self.roster.to_owned(), error })
    }

    /// Writes letters and roster, or neither.
    ///
    /// # Errors
    /// [`Fault::LettersExist`], [`Fault::Write`]; nothing has been issued then.
    pub(crate) fn issue(mut self, roster: &str, letters: &Path, html: &str) -> Result<(), Fault> {
        let write_fault = |error| Fault::Write { path: letters.to_owned(), error };
        if fs::symlink_metadata(letters).is_ok() {
            return Err(Fault::LettersExist(letters.to_owned()));
        }
        let letters = std::path::absolute(letters).map_err(write_fault)?;
        let note = Note {
            v: 1,
            letters_sha256: Sha256::of(html.as_bytes()),
            letters,
            before_sha256: self.present()?,
            roster: roster.to_owned(),
        };
        self.write_note(Some(&note))?;
        let issued = put_letters(&note.letters, html)
            .map_err(|error| Fault::Write { path: note.letters.clone(), error })
            .and_then(|()| {
                self.put(roster).inspect_err(|_| {
                    // The codes in these letters lead nowhere: they must not be handed out.
                    let _ = fs::remove_file(&note.letters);
                })
            });
        issued.and(self.write_note(None))
    }

    /// Finishes or undoes what a note tells of.
    fn settle(&mut self) -> Result<(), Fault> {
        let write_fault = |error| Fault::Write { path: self.roster.to_owned(), error };
        let mut text = String::new();
        match self.note.read_to_string(&mut text) {
            Err(error) if error.kind() == ErrorKind::InvalidData => {}
            read => drop(read.map_err(write_fault)?),
        }
        if text.is_empty() {
            return Ok(());
        }
        // A note that is not whole was being written when the run was killed: nothing came of it.
        if let Ok(note) = serde_json::from_str::<Note>(&text) {
            let shown = neutral_name(note.letters.as_os_str());
            let _ = fs::remove_file(aside(&note.letters));
            let present = self.present()?;
            if present == Some(Sha256::of(note.roster.as_bytes())) {
                // Only the wiping was left.
            } else if !holds(&note.letters, &note.letters_sha256) {
                say::warning("前回の発行は通知書を書き終える前に止まったので、取り消しました");
            } else if present == note.before_sha256 {
                self.put(&note.roster)?;
                say::warning(&format!(
                    "前回の発行が途中で止まったので、名簿への記入を終えました。通知書 `{shown}` は配れます"
                ));
            } else {
                let (roster, letters) = (self.roster.to_owned(), note.letters);
                return Err(Fault::IssueBroken { roster, letters });
            }
        }
        self.write_note(None)
    }

    fn present(&self) -> Result<Option<Sha256>, Fault> {
        match fs::read(self.roster) {
            Ok(bytes) => Ok(Some(Sha256::of(&bytes))),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Fault::Read { path: self.roster.to_owned(), error }),
        }
    }

    fn write_note(&mut self, note: Option<&Note>) -> Result<(), Fault> {
        let mut write = || {
            let text = note.map(serde_json::to_vec).transpose()?.unwrap_or_default();
            self.note.set_len(0)?;
            self.note.seek(SeekFrom::Start(0))?;
            self.note.write_all(&text)?;
            self.note.sync_all()
        };
        write().map_err(|error| Fault::Write { path: note_path(self.roster), error })
    }
}

/// Whatever may be written while `roster` and `letters` are.
pub(crate) fn outputs(roster: &Path, letters: &Path) -> [Named; 5] {
    [
        named("`--letters`", letters),
        named("`--roster`", roster),
        named("`--roster` の隣に作る .lock", &note_path(roster)),
        named("`--roster` の隣に作る .part", &aside(roster)),
        named("`--letters` の隣に作る .part", &aside(letters)),
    ]
}

/// The note beside a roster: `roster.json.lock`.
fn note_path(roster: &Path) -> PathBuf {
    let mut name = roster.as_os_str().to_owned();
    name.push(".lock");
    PathBuf::from(name)
}

/// Where a file is written before it gets its name: known, so that nothing with codes in it can be
/// left behind under a name that nobody looks for.
fn aside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".part");
    PathBuf::from(name)
}

/// Writes a file aside, whole and on disk; dropped, it is gone.
fn lay_aside(path: &Path, text: &str) -> io::Result<TempPath> {
    let part = aside(path);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    // Nobody else is to read the codes.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&part)?;
    let part = TempPath::try_from_path(part)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    Ok(part)
}

fn put_letters(letters: &Path, html: &str) -> io::Result<()> {
    lay_aside(letters, html)?.persist_noclobber(letters).map_err(|error| error.error)?;
    files::sync_folder_of(letters)
}

fn holds(path: &Path, sha256: &Sha256) -> bool {
    fs::read(path).is_ok_and(|bytes| Sha256::of(&bytes) == *sha256)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Desk {
        folder: tempfile::TempDir,
        roster: PathBuf,
        letters: PathBuf,
    }

    impl Desk {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let (roster, letters) =
                (folder.path().join("roster.json"), folder.path().join("letters.html"));
            fs::write(&roster, "old").unwrap();
            Self { folder, roster, letters }
        }

        /// A run that was killed after it had written its note.
        fn killed(&self) {
            let mut lock = RosterLock::take(&self.roster).unwrap();
            let note = Note {
                v: 1,
                letters: self.letters.clone(),
                letters_sha256: Sha256::of(b"codes"),
                before_sha256: Some(Sha256::of(b"old")),
                roster: "new".to_owned(),
            };
            lock.write_note(Some(&note)).unwrap();
        }

        fn names(&self) -> Vec<String> {
            let entries = fs::read_dir(self.folder.path()).unwrap();
            let mut names: Vec<String> =
                entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
            names.sort();
            names
        }

        fn check(&self, roster: &str, names: &[&str]) {
            RosterLock::take(&self.roster).unwrap();
            assert_eq!(fs::read_to_string(&self.roster).unwrap(), roster);
            assert_eq!(fs::read_to_string(note_path(&self.roster)).unwrap(), "");
            assert_eq!(self.names(), names);
        }
    }

    #[test]
    fn both_are_written_and_the_note_is_wiped() {
        let desk = Desk::new();
        let lock = RosterLock::take(&desk.roster).unwrap();
        lock.issue("new", &desk.letters, "codes").unwrap();
        assert_eq!(fs::read_to_string(&desk.letters).unwrap(), "codes");
        desk.check("new", &["letters.html", "roster.json", "roster.json.lock"]);
    }

    #[test]
    fn killed_before_the_letters_were_whole_is_undone() {
        let desk = Desk::new();
        desk.killed();
        fs::write(aside(&desk.letters), "cod").unwrap();
        desk.check("old", &["roster.json", "roster.json.lock"]);
    }

    #[test]
    fn killed_between_letters_and_roster_is_finished() {
        let desk = Desk::new();
        desk.killed();
        fs::write(&desk.letters, "codes").unwrap();
        desk.check("new", &["letters.html", "roster.json", "roster.json.lock"]);
    }

    #[test]
    fn killed_before_the_wiping_only_wipes() {
        let desk = Desk::new();
        desk.killed();
        fs::write(&desk.roster, "new").unwrap();
        // The letters have been handed out and destroyed meanwhile.
        desk.check("new", &["roster.json", "roster.json.lock"]);
    }

    #[test]
    fn killed_while_the_note_was_written_is_undone() {
        let desk = Desk::new();
        fs::write(note_path(&desk.roster), "{\"v\":1,\"letters\":\"/le").unwrap();
        desk.check("old", &["roster.json", "roster.json.lock"]);
    }

    #[test]
    fn another_roster_put_in_between_is_not_overwritten() {
        let desk = Desk::new();
        desk.killed();
        fs::write(&desk.letters, "codes").unwrap();
        fs::write(&desk.roster, "other").unwrap();
        let taken = RosterLock::take(&desk.roster);
        assert!(matches!(taken, Err(Fault::IssueBroken { .. })));
        assert_eq!(fs::read_to_string(&desk.roster).unwrap(), "other");
    }

    #[test]
    fn one_at_a_time() {
        let desk = Desk::new();
        let first = RosterLock::take(&desk.roster).unwrap();
        assert!(matches!(RosterLock::take(&desk.roster), Err(Fault::RosterBusy(_))));
        drop(first);
        RosterLock::take(&desk.roster).unwrap();
    }
}
