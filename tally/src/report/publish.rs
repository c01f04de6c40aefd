//! Putting a report in place: aside first, then in one swap; and not over one that it would give
//! something away together with.

use std::fs;
use std::io;
use std::path::Path;

use super::Files;
use super::figures::Figures;
use super::inputs::{GivenAway, Inputs, Newcomers};
use super::load::Campaigned;
use crate::fault::Fault;
use crate::files;

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

/// Makes sure that what stands at `out`, if anything, may be replaced.
///
/// # Errors
/// [`Fault::FewChanges`] when a report stands there that differs by fewer than five people in a
/// group; [`Fault::NotAReport`] when something else does.
pub(crate) fn check_second(
    out: &Path,
    inputs: &Inputs,
    loaded: &Campaigned<'_>,
    figures: &Figures,
) -> Result<(), Fault> {
    if !out.try_exists().unwrap_or(true) {
        return Ok(());
    }
    let path = out.join("secretariat/inputs.json");
    let not_a_report = || Fault::NotAReport(out.to_owned());
    let bytes = files::read_own(&path, MAX_INPUTS_BYTES).map_err(|_| not_a_report())?;
    let before: Inputs = serde_json::from_slice(&bytes).map_err(|_| not_a_report())?;
    if before.campaign != inputs.campaign {
        return Err(not_a_report());
    }
    let newcomers = Newcomers::of(loaded, figures, &before);
    match inputs.gives_away(&before, &newcomers) {
        Some(GivenAway::People(people)) => {
            Err(Fault::FewChanges { path: out.to_owned(), people: Some(people) })
        }
        Some(GivenAway::Hidden) => Err(Fault::FewChanges { path: out.to_owned(), people: None }),
        None => Ok(()),
    }
}
