//! Building all sites of `content/`, and serving them.

use std::fs;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::Instant;

use anyhow::{Context, Result};

use crate::project::Project;
use crate::report::{self, Fault, step};
use crate::run::{cannot_start, finished, quiet};
use crate::{setup, widget};

/// `cargo xtask build`.
pub(crate) fn build(project: &Project, args: &[String]) -> Result<ExitCode> {
    if let Some(arg) = args.first() {
        return Err(Fault::new(format!("unexpected argument `{arg}`"))
            .hint("`cargo xtask build` takes none")
            .into());
    }
    prepare(project)?;
    let out = project.root.join("dist");
    report::start("sites");
    let began = Instant::now();
    let output = finished(&mut site_gen(project, "build", &out))?;
    // Diagnostics are for the author, so they are shown as they are, warnings too.
    report::line(if output.status.success() { "ok" } else { "FAILED" }, "sites", began.elapsed());
    eprint!("{}", String::from_utf8_lossy(&output.stderr));
    print!("{}", String::from_utf8_lossy(&output.stdout));
    Ok(status(output.status.code()))
}

/// `cargo xtask serve [--port N]`: hands over to `site-gen serve` once everything is there.
pub(crate) fn serve(project: &Project, args: &[String]) -> Result<ExitCode> {
    let port = port(args)?;
    prepare(project)?;
    let mut command = site_gen(project, "serve", &project.root.join("dist"));
    command.args(["--port", &port.to_string()]);
    // `exec` so that one process is left: whoever stops it stops the server.
    let error = command.exec();
    Err(cannot_start(&command, &error).into())
}

/// Tools, widget and generator: all that stands before a site.
fn prepare(project: &Project) -> Result<()> {
    setup::for_build(project)?;
    widget::build(project)?;
    programs(project, &["site-gen"])
}

/// Builds programs of ours in release form.
pub(crate) fn programs(project: &Project, names: &[&str]) -> Result<()> {
    step(&names.join(", "), || {
        let binaries = || names.iter().map(|name| project.release_binary(name));
        let age = |path: &Path| fs::metadata(path).and_then(|data| data.modified()).ok();
        let before: Vec<_> = binaries().map(|path| age(&path)).collect();
        let mut cargo = Command::new("cargo");
        cargo.args(["build", "--release", "--quiet"]).current_dir(&project.root);
        cargo.env("CARGO_TARGET_DIR", &project.target);
        for name in names {
            cargo.args(["--package", name]);
        }
        quiet(&mut cargo).context("our own programs do not build")?;
        let after: Vec<_> = binaries().map(|path| age(&path)).collect();
        Ok(if before == after { "unchanged".into() } else { "built".into() })
    })
}

/// `site-gen build` or `serve` on our content.
pub(crate) fn site_gen(project: &Project, verb: &str, out: &Path) -> Command {
    let mut command = Command::new(project.release_binary("site-gen"));
    command.arg(verb).current_dir(&project.root);
    command.arg("--content").arg(project.root.join("content"));
    command.arg("--public").arg(project.root.join("public"));
    command.arg("--widget").arg(widget::package(project));
    command.arg("--out").arg(out);
    command
}

fn port(args: &[String]) -> Result<u16> {
    let hint = "for example `cargo xtask serve --port 8080`";
    let words: Vec<&str> = args.iter().flat_map(|arg| arg.splitn(2, '=')).collect();
    let text = match words[..] {
        [] => return Ok(8000),
        ["--port", text] => text,
        _ => {
            let words = args.join(" ");
            return Err(Fault::new(format!("unexpected arguments `{words}`")).hint(hint).into());
        }
    };
    text.parse().map_err(|_| Fault::new(format!("no port number: `{text}`")).hint(hint).into())
}

fn status(code: Option<i32>) -> ExitCode {
    code.and_then(|code| u8::try_from(code).ok()).map_or(ExitCode::from(2), ExitCode::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_port() {
        let check = |args: &[&str], expected: Option<u16>| {
            let args: Vec<String> = args.iter().map(|arg| arg.to_string()).collect();
            assert_eq!(port(&args).ok(), expected, "{args:?}");
        };
        check(&[], Some(8000));
        check(&["--port", "8080"], Some(8080));
        check(&["--port=8080"], Some(8080));
        check(&["--port"], None);
        check(&["--port", "x"], None);
        check(&["8080"], None);
    }
}
