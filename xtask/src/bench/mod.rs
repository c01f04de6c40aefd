//! `cargo xtask bench`: how fast and how large, each figure beside its budget.
//!
//! [`BENCHES`] is the table; a benchmark is one file that returns [`Row`]s. What a figure is
//! measured against (a floor, a rival, the run before) is measured in the same run, so that a slow
//! or busy machine changes both. Never part of `test`: a test must not depend on the clock.
//!
//! Shared by the benchmarks: [`row`] (amounts, budgets, the printed table), [`measure`] (running a
//! program with its time and peak memory), [`scratch`] (a folder in memory), [`corpus`] (Japanese
//! content out of a seed).

use std::process::ExitCode;

use anyhow::Result;

use crate::project::Project;
use crate::report::Fault;

use self::row::{Row, print_table};

mod corpus;
mod measure;
mod reading;
mod row;
mod scratch;
mod search;
mod site;
mod tally;
mod widget;

/// Runs the named benchmarks, or all, and prints one table; status 1 when something is over.
pub(crate) fn bench(project: &Project, names: &[String]) -> Result<ExitCode> {
    let benches = chosen(names)?;
    let mut rows = Vec::new();
    for bench in benches {
        rows.extend((bench.run)(project)?);
    }
    let command = ["cargo xtask bench", &names.join(" ")].join(" ");
    print_table(command.trim_end(), &rows);
    Ok(if rows.iter().all(Row::is_ok) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

struct Bench {
    name: &'static str,
    run: fn(&Project) -> Result<Vec<Row>>,
}

const BENCHES: &[Bench] = &[
    Bench { name: "site", run: site::bench },
    Bench { name: "search", run: search::bench },
    Bench { name: "reading", run: reading::bench },
    Bench { name: "tally", run: tally::bench },
    Bench { name: "widget", run: widget::bench },
];

fn chosen(names: &[String]) -> Result<Vec<&'static Bench>> {
    if names.is_empty() {
        return Ok(BENCHES.iter().collect());
    }
    let find = |name: &String| {
        BENCHES.iter().find(|bench| bench.name == name).ok_or_else(|| {
            let known: Vec<_> = BENCHES.iter().map(|bench| format!("`{}`", bench.name)).collect();
            let hint = format!("there are {}; without a name, all run", known.join(", "));
            Fault::new(format!("no such benchmark: `{name}`")).hint(hint).into()
        })
    };
    names.iter().map(find).collect()
}
