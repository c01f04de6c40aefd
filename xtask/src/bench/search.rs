//! The search of a large site in the browser, what it loads, and what it costs the build.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use super::corpus::{self, Size};
use super::measure::{fastest, run};
use super::row::{Amount, Budget, Row};
use super::scratch::Scratch;
use crate::project::Project;
use crate::report::step;
use crate::run::quiet;
use crate::setup;
use crate::site::programs;

const SIZE: Size = Size { pages: 1_735, restricted: 0 };
const LARGE: Size = Size { pages: 10_000, restricted: 0 };
const ROUNDS: usize = 5;
const DAY: &str = "2026-11-24";

/// A query at 1,735 pages, and the share of the search in a build of 10,000.
pub(crate) fn bench(project: &Project) -> Result<Vec<Row>> {
    setup::for_tests(project)?;
    programs(project, &["site-gen"])?;
    step("search_index", || build_example(project))?;
    let scratch = Scratch::new("search")?;
    let mut rows = Vec::new();
    step("1,735 pages", || {
        let site = build(project, &scratch, SIZE)?.0;
        rows.extend(query_rows(project, &site)?);
        Ok("measured".into())
    })?;
    step("10,000 pages", || {
        rows.push(share(project, &scratch)?);
        Ok("measured".into())
    })?;
    Ok(rows)
}

/// Builds the staff site of a corpus; its folder, and the seconds of the fastest round.
fn build(project: &Project, scratch: &Scratch, size: Size) -> Result<(std::path::PathBuf, f64)> {
    let content = scratch.path(&format!("content-{}", size.pages));
    let out = scratch.path(&format!("out-{}", size.pages));
    corpus::write(&content, size)?;
    let mut runs = Vec::new();
    for _ in 0..ROUNDS {
        if out.exists() {
            std::fs::remove_dir_all(&out).context("cannot clear the output")?;
        }
        let mut command = Command::new(project.release_binary("site-gen"));
        command.args(["build", "--site", "intranet", "--today", DAY, "--content"]).arg(&content);
        command.arg("--public").arg(project.root.join("public")).arg("--out").arg(&out);
        runs.push(run(&mut command)?);
    }
    let seconds = fastest(&runs).context("there are rounds")?.seconds;
    Ok((out.join("intranet"), seconds))
}

fn query_rows(project: &Project, site: &Path) -> Result<Vec<Row>> {
    let folder = project.root.join("tests").join("browser");
    let mut node = Command::new("node");
    node.arg("search-bench.mjs").arg(site).current_dir(folder);
    let text = run(&mut node)?.stdout;
    let number = |name: &str| -> Result<f64> {
        let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        line.and_then(|value| value.parse().ok()).with_context(|| format!("no `{name}`: {text}"))
    };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "sizes")]
    let bytes = |name: &str| Ok::<_, anyhow::Error>(Amount::Bytes(number(name)? as u64));
    let row = |what: String, measured, budget| Row {
        what,
        measured,
        beside: None,
        budget,
        command: "node tests/browser/search-bench.mjs SITE".into(),
    };
    let most = Budget::AtMost(Amount::Seconds(0.005));
    let of = format!("{} queries, 1,735 pages", number("queries")?);
    Ok(vec![
        row(format!("median of {of}"), Amount::Seconds(number("median_ms")? / 1e3), most),
        row(format!("slowest of {of}"), Amount::Seconds(number("slowest_ms")? / 1e3), most),
        row(
            "most a first query loads (gzip)".into(),
            bytes("first_bytes")?,
            Budget::AtMost(Amount::Bytes(400_000)),
        ),
        row(
            format!("index in {} files", number("index_files")?),
            bytes("index_bytes")?,
            Budget::None,
        ),
    ])
}

/// Reading pages and writing the index, beside the whole build.
fn share(project: &Project, scratch: &Scratch) -> Result<Row> {
    let (site, whole) = build(project, scratch, LARGE)?;
    let mut best = f64::INFINITY;
    for _ in 0..ROUNDS {
        let mut command = Command::new(project.target.join("release/examples/search_index"));
        let text = run(command.arg(&site))?.stdout;
        best = best.min(text.trim().parse().with_context(|| format!("it says `{text}`"))?);
    }
    Ok(Row {
        what: "search records of 10,000 pages".into(),
        measured: Amount::Seconds(best),
        beside: Some(("whole build".into(), Amount::Seconds(whole))),
        budget: Budget::RatioAtMost(0.25),
        command: "site-gen/examples/search_index SITE".into(),
    })
}

fn build_example(project: &Project) -> Result<String> {
    let mut cargo = Command::new("cargo");
    cargo.args(["build", "--release", "--quiet", "--package", "site-gen"]);
    cargo.args(["--example", "search_index"]);
    cargo.current_dir(&project.root).env("CARGO_TARGET_DIR", &project.target);
    quiet(&mut cargo)?;
    Ok("built".into())
}
