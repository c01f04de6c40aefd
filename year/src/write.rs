//! The folder that `tally` works on: archive, and for each campaign staff list, roster, ledger and
//! inbox.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, bail};

use crate::round::Round;

/// Writes a campaign below `out`; `archive/` is shared by all.
///
/// # Errors
/// When a file cannot be written.
pub fn campaign(out: &Path, round: &Round<'_>) -> anyhow::Result<()> {
    let id = round.campaign().id.as_str();
    for (role, frozen) in round.sets {
        let text = frozen.set.to_json();
        file(&out.join("archive").join(id).join(format!("set-{role}.json")), text.as_bytes())?;
    }
    let folder = out.join(id);
    file(&folder.join("staff.csv"), round.office.staff_csv().as_bytes())?;
    file(&folder.join("roster.json"), round.office.roster_json().as_bytes())?;
    file(&folder.join("codes.csv"), round.office.codes_csv().as_bytes())?;
    file(&folder.join("paper.csv"), paper(round).as_bytes())?;
    file(&folder.join("ledger.jsonl"), round.ledger_jsonl().as_bytes())?;
    let expected = serde_json::to_string_pretty(&round.expected()).context("plain data")?;
    file(&folder.join("expected.json"), (expected + "\n").as_bytes())?;
    let inbox = folder.join("inbox");
    fs::create_dir_all(&inbox)?;
    for handed in round.handed.iter().filter(|handed| handed.is_kept) {
        file(&inbox.join(&handed.name), handed.file.as_bytes())?;
    }
    for odd in &round.odd {
        let path = inbox.join(&odd.name);
        match &odd.bytes {
            Some(bytes) => file(&path, bytes)?,
            // A link to its own folder: whoever follows it walks in a circle.
            None => std::os::unix::fs::symlink(".", &path)
                .with_context(|| format!("cannot make `{}`", path.display()))?,
        }
    }
    Ok(())
}

/// Makes sure that `out` can be filled: it must not hold anything yet.
///
/// # Errors
/// When it does, or cannot be made.
pub fn fresh(out: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(out).with_context(|| format!("cannot make `{}`", out.display()))?;
    if fs::read_dir(out)?.next().is_some() {
        bail!("`{}` is not empty; name a new folder with `--out`", out.display());
    }
    Ok(())
}

fn paper(round: &Round<'_>) -> String {
    let mut csv = "職員番号\n".to_owned();
    for member in &round.paper {
        let _ = writeln!(csv, "{}", round.office.members[*member].sub);
    }
    csv
}

fn file(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let write = || {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(path, bytes)
    };
    write().with_context(|| format!("cannot write `{}`", path.display()))
}
