//! Running other programs: quietly while they succeed, with all they said when they fail.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::{env, io};

use anyhow::Result;

use crate::report::Fault;

/// Runs `command` and returns what it wrote to stdout.
///
/// # Errors
/// A [`Fault`] with the command line and its output, if it cannot be started or fails.
pub(crate) fn quiet(command: &mut Command) -> Result<String> {
    let output = finished(command)?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    Err(Fault::new(format!("`{}` failed ({})\n{}", shown(command), output.status, all(&output)))
        .into())
}

/// Runs `command` to its end; a failing status is the caller's to judge.
pub(crate) fn finished(command: &mut Command) -> Result<Output> {
    command.stdin(Stdio::null()).output().map_err(|error| cannot_start(command, &error).into())
}

/// stdout, then stderr, as text.
pub(crate) fn all(output: &Output) -> String {
    let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.push_str(&String::from_utf8_lossy(&output.stderr));
    text
}

/// Whether `program` is a file on the search path.
pub(crate) fn on_path(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|dir| dir.join(program)).find(|file| file.is_file())
}

/// Puts folders before the search path of `command`.
pub(crate) fn prepend_path(command: &mut Command, dirs: &[&Path]) -> Result<()> {
    let old = env::var_os("PATH").unwrap_or_default();
    let all = dirs.iter().map(|dir| dir.to_path_buf()).chain(env::split_paths(&old));
    command.env("PATH", env::join_paths(all)?);
    Ok(())
}

pub(crate) fn cannot_start(command: &Command, error: &io::Error) -> Fault {
    let program = command.get_program().to_string_lossy();
    Fault::new(format!("cannot start `{program}`: {error}"))
        .hint(format!("install `{program}` so that it is found on `PATH`"))
}

/// The command as one would type it.
pub(crate) fn shown(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy()];
    words.extend(command.get_args().map(|arg| arg.to_string_lossy()));
    words.join(" ")
}
