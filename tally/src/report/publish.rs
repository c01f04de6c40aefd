//! Putting a report in place: aside first, then in one swap; and not over one that it would give
//! something away together with.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::Files;
use super::figures::Figures;
use super::inputs::{GivenAway, Inputs, Newcomers};
use super::load::Campaigned;
use crate::detail::of_json;
use crate::fault::Fault;
use crate::files;
use crate::say;
use crate::text::neutral_name;

const MAX_INPUTS_BYTES: u64 = 1024 * 1024 * 1024;

/// Writes the files to a folder beside `out` and swaps them in.
///
/// # Errors
/// [`Fault::Write`].
pub(crate) fn publish(out: &Path, files: &Files) -> Result<(), Fault> {
    let stands = out.try_exists().unwrap_or(true);
    let write = || {
        let parent = match out.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        fs::create_dir_all(parent)?;
        let staged = tempfile::Builder::new().prefix(".tally-report-").tempdir_in(parent)?;
        let new = staged.path().join("new");
        for (name, bytes) in files {
            let path = new.join(name);
            fs::create_dir_all(path.parent().unwrap_or(&new))?;
            fs::write(path, bytes)?;
        }
        if stands {
            fs::rename(out, staged.path().join("old"))?;
        }
        fs::rename(&new, out).inspect_err(|_| {
            let _ = fs::rename(staged.path().join("old"), out);
        })
    };
    write().map_err(|error: io::Error| Fault::Write { path: out.to_owned(), error })
}

/// What was reported on a campaign so far: a list beside the ledger (`r8.jsonl.reports.json`), so
/// that a report in another folder is known too.
pub(crate) struct Reported {
    path: PathBuf,
    list: Vec<Inputs>,
}

impl Reported {
    /// Reads the list beside `ledger`; none is an empty one.
    ///
    /// # Errors
    /// [`Fault::Reported`] when it cannot be understood.
    pub(crate) fn read(ledger: &Path) -> Result<Self, Fault> {
        let mut path = ledger.as_os_str().to_owned();
        path.push(".reports.json");
        let path = PathBuf::from(path);
        if !path.exists() {
            return Ok(Self { path, list: Vec::new() });
        }
        let bytes = files::read_own(&path, MAX_INPUTS_BYTES)?;
        match serde_json::from_slice(&bytes) {
            Ok(list) => Ok(Self { path, list }),
            Err(error) => Err(Fault::Reported { path, problem: of_json(&error) }),
        }
    }

    /// Makes sure that nothing is given away by a report beside those in the list and the one that
    /// stands at `out`.
    ///
    /// # Errors
    /// [`Fault::FewChanges`] when they differ by fewer than five people in a group,
    /// [`Fault::Moved`] when people stand in other groups;
    /// [`Fault::NotAReport`] when something else stands at `out`.
    pub(crate) fn check(
        &self,
        out: &Path,
        inputs: &Inputs,
        loaded: &Campaigned<'_>,
        figures: &Figures,
    ) -> Result<(), Fault> {
        let mut before = self.list.clone();
        if out.try_exists().unwrap_or(true) {
            let not_a_report = || Fault::NotAReport(out.to_owned());
            let path = out.join("secretariat/inputs.json");
            let bytes = files::read_own(&path, MAX_INPUTS_BYTES).map_err(|_| not_a_report())?;
            let stands: Inputs = serde_json::from_slice(&bytes).map_err(|_| not_a_report())?;
            if stands.campaign != inputs.campaign {
                return Err(not_a_report());
            }
            before.push(stands);
        }
        let before: Vec<(Inputs, Newcomers)> = before
            .into_iter()
            .map(|before| {
                let newcomers = Newcomers::of(loaded, figures, &before);
                (before, newcomers)
            })
            .collect();
        let path = || out.to_owned();
        match inputs.gives_away(&before) {
            Some(GivenAway::People(people)) => {
                Err(Fault::FewChanges { path: path(), people: Some(people) })
            }
            Some(GivenAway::Hidden) => Err(Fault::FewChanges { path: path(), people: None }),
            Some(GivenAway::Moved(people)) => Err(Fault::Moved { path: path(), people }),
            None => Ok(()),
        }
    }

    /// Adds a report to the list; the same records again are no other report.
    ///
    /// An auditor may have the ledger on a medium that cannot be written, so that is a warning.
    pub(crate) fn add(mut self, inputs: Inputs) {
        if self.list.iter().any(|before| before.records == inputs.records) {
            return;
        }
        self.list.push(inputs);
        if write_whole(&self.path, &super::to_json(&self.list)).is_err() {
            say::warning(&format!(
                "報告の控え `{}` を書けません。別のフォルダに作る次の報告と比べられません",
                neutral_name(self.path.as_os_str())
            ));
        }
    }
}

/// Writes a file aside, then puts it in place.
fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    files::sync_folder_of(path)
}
