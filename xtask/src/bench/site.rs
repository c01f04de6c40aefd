//! The generator on a large site, beside the least such a site can cost.
//!
//! The floor is what nobody can save: pulldown-cmark over every page on two threads, and writing as
//! many files. It runs in the same minute on the same content and the same disk, and each figure is
//! the fastest of several runs taken in turn.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use super::corpus::{self, Size};
use super::measure::{Run, fastest, run};
use super::row::{Amount, Budget, Row};
use super::scratch::Scratch;
use crate::project::Project;
use crate::report::step;
use crate::run::quiet;
use crate::site::programs;

const SIZE: Size = Size { pages: 10_000, restricted: 200 };
const ROUNDS: usize = 5;
const DAY: &str = "2026-11-24";

/// Rows one and three of the budgets, for one site and for all three.
pub(crate) fn bench(project: &Project) -> Result<Vec<Row>> {
    programs(project, &["site-gen"])?;
    step("floor", || build_floor(project))?;
    let scratch = Scratch::new("site")?;
    let content = scratch.path("content");
    step("10,200 pages", || {
        corpus::write(&content, SIZE)?;
        Ok("written".into())
    })?;
    let mut rows = build_rows(project, &scratch, &content, &["intranet"], "one site")?;
    rows.extend(build_rows(project, &scratch, &content, &[], "all three sites")?);
    Ok(rows)
}

/// Full builds of some sites in turn with the floor for as many files.
fn build_rows(
    project: &Project,
    scratch: &Scratch,
    content: &Path,
    sites: &[&str],
    name: &str,
) -> Result<Vec<Row>> {
    let out = scratch.path("out");
    let mut builds = Vec::new();
    let mut floors = Vec::new();
    step(&format!("{name}, {ROUNDS} rounds"), || {
        for _ in 0..ROUNDS {
            clear(&out)?;
            builds.push(run(&mut build(project, content, &out, sites))?);
            let files = published_files(builds.last())?;
            let floor_out = scratch.path("floor");
            clear(&floor_out)?;
            floors.push(floor(project, content, &floor_out, files)?);
            clear(&floor_out)?;
        }
        Ok("measured".into())
    })?;
    let fastest = fastest(&builds).context("there are rounds")?;
    let floor = floors.iter().copied().min_by(f64::total_cmp).context("there are rounds")?;
    let peak = builds.iter().map(|run| run.peak_bytes).max().context("there are rounds")?;
    let files = published_files(Some(fastest))?;
    let command = shown(sites);
    let row = |what: &str, measured, beside, budget| Row {
        what: format!("{what}, {name}"),
        measured,
        beside,
        budget,
        command: command.clone(),
    };
    Ok(vec![
        row(
            "full build of 10,000 pages",
            Amount::Seconds(fastest.seconds),
            Some((format!("floor, {files} files"), Amount::Seconds(floor))),
            Budget::RatioAtMost(3.0),
        ),
        row("memory", Amount::Bytes(peak), None, Budget::AtMost(Amount::Bytes(250_000_000))),
    ])
}

fn build(project: &Project, content: &Path, out: &Path, sites: &[&str]) -> Command {
    let mut command = Command::new(project.release_binary("site-gen"));
    command.args(["build", "--today", DAY, "--content"]).arg(content);
    command.arg("--public").arg(project.root.join("public")).arg("--out").arg(out);
    for site in sites {
        command.args(["--site", site]);
    }
    command
}

fn shown(sites: &[&str]) -> String {
    let sites: String = sites.iter().map(|site| format!(" --site {site}")).collect();
    format!("site-gen build --content CORPUS --out EMPTY{sites}")
}

/// The sum of the files `build` says it published.
fn published_files(build: Option<&Run>) -> Result<usize> {
    let text = &build.context("a build ran")?.stdout;
    let counts = text.lines().filter_map(|line| {
        let (_, rest) = line.rsplit_once(": ")?;
        rest.split(' ').next()?.parse::<usize>().ok()
    });
    let sum = counts.sum();
    anyhow::ensure!(sum > 0, "`site-gen build` told no count of files:\n{text}");
    Ok(sum)
}

fn build_floor(project: &Project) -> Result<String> {
    let mut cargo = Command::new("cargo");
    cargo.args(["build", "--release", "--quiet", "--package", "site-gen", "--example", "floor"]);
    cargo.current_dir(&project.root).env("CARGO_TARGET_DIR", &project.target);
    quiet(&mut cargo)?;
    Ok("built".into())
}

/// Seconds of the floor, as it measured itself: reading is not counted.
fn floor(project: &Project, content: &Path, out: &Path, files: usize) -> Result<f64> {
    let mut command = Command::new(project.target.join("release/examples/floor"));
    command.arg(content.join("pages")).arg(out).arg(files.to_string());
    let text = run(&mut command)?.stdout;
    text.trim().parse().with_context(|| format!("the floor says `{text}`"))
}

fn clear(folder: &Path) -> Result<()> {
    if folder.exists() {
        std::fs::remove_dir_all(folder)
            .with_context(|| format!("cannot clear `{}`", folder.display()))?;
    }
    Ok(())
}
