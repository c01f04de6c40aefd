//! Putting a report in place: aside first, then in one swap; and not over one that it would give
//! something away together with.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::Files;
use super::figures::Figures;
use super::gives_away::GivesAway;
use super::inputs::{Inputs, Newcomers};
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
    /// Where the list of a ledger is.
    pub(crate) fn path(ledger: &Path) -> PathBuf {
        let mut path = ledger.as_os_str().to_owned();
        path.push(".reports.json");
        PathBuf::from(path)
    }

    /// Reads the list beside `ledger`; none is an empty one.
    ///
    /// # Errors
    /// [`Fault::Reported`] when it cannot be understood.
    pub(crate) fn read(ledger: &Path) -> Result<Self, Fault> {
        let path = Self::path(ledger);
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
    /// [`Fault::GivesAway`] when they differ by fewer than five people in a group, or people
    /// stand in other groups;
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
            let mut stands: Inputs = serde_json::from_slice(&bytes).map_err(|_| not_a_report())?;
            if stands.campaign != inputs.campaign {
                return Err(not_a_report());
            }
            // The list has most probably told it already, with its folder.
            if before.iter().all(|listed| listed.records != stands.records) {
                stands.folder = Some(absolute(out));
                before.push(stands);
            }
        }
        let before: Vec<(Inputs, Newcomers)> = before
            .into_iter()
            .map(|before| {
                let newcomers = Newcomers::of(loaded, figures, &before);
                (before, newcomers)
            })
            .collect();
        let Some(what) = inputs.gives_away(&before) else { return Ok(()) };
        let beside = before.iter().map(|(before, _)| before);
        let beside = beside.filter(|before| inputs.can_be_subtracted_from(before));
        let list = (!self.list.is_empty()).then(|| self.path.clone());
        Err(Fault::GivesAway(GivesAway::new(what, beside, list)))
    }

    /// Adds the report at `out` to the list. The same records again are no other report, and one
    /// without records stands in nobody's way.
    ///
    /// An auditor may have the ledger on a medium that cannot be written, so that is a warning.
    pub(crate) fn add(mut self, inputs: Inputs, out: &Path) {
        let is_known = self.list.iter().any(|before| before.records == inputs.records);
        if is_known || inputs.records.is_empty() {
            return;
        }
        self.list.push(Inputs { folder: Some(absolute(out)), ..inputs });
        if write_whole(&self.path, &super::to_json(&self.list)).is_err() {
            say::warning(&format!(
                "報告の控え `{}` を書けません。別のフォルダに作る次の報告と比べられません",
                neutral_name(self.path.as_os_str())
            ));
        }
    }
}

/// A folder as it is called from everywhere.
fn absolute(folder: &Path) -> String {
    let path = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    path.to_string_lossy().into_owned()
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
