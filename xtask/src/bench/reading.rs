//! Reading pages in the browser: Lighthouse's points for speed.

use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::measure::run;
use super::row::{Amount, Budget, Row};
use super::scratch::Scratch;
use crate::project::Project;
use crate::report::step;
use crate::run::quiet;
use crate::setup;
use crate::site::{programs, site_gen};
use crate::widget;

/// The page with the Wasm, which is allowed a little less.
const SELF_CHECK: &str = "self-check";

/// One row for each kind of page.
pub(crate) fn bench(project: &Project) -> Result<Vec<Row>> {
    setup::for_build(project)?;
    setup::for_tests(project)?;
    widget::build(project)?;
    programs(project, &["site-gen"])?;
    let scratch = Scratch::new("reading")?;
    let sites = scratch.path("sites");
    let mut rows = Vec::new();
    step("five kinds of page", || {
        quiet(&mut site_gen(project, "build", &sites))?;
        let mut node = Command::new("node");
        node.arg("reading-bench.mjs").arg(&sites);
        node.current_dir(project.root.join("tests").join("browser"));
        node.env("CARGO_TARGET_DIR", &project.target);
        rows = read(&run(&mut node)?.stdout)?;
        Ok("measured".into())
    })?;
    Ok(rows)
}

/// The rows out of lines like `points 100 rule page`.
fn read(text: &str) -> Result<Vec<Row>> {
    let rows = text.lines().filter_map(|line| line.strip_prefix("points ")).map(|line| {
        let (points, kind) = line.split_once(' ').with_context(|| format!("no kind: {line}"))?;
        let points = points.parse().with_context(|| format!("no points: {line}"))?;
        let least = if kind == SELF_CHECK { 95.0 } else { 100.0 };
        Ok(Row {
            what: format!("Lighthouse performance, {kind} (median of 3)"),
            measured: Amount::Count(points),
            beside: None,
            budget: Budget::AtLeast(Amount::Count(least)),
            command: "node tests/browser/reading-bench.mjs SITES".into(),
        })
    });
    let rows = rows.collect::<Result<Vec<_>>>()?;
    ensure!(!rows.is_empty(), "nothing was measured: {text}");
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reading_pages_need_all_points_and_the_self_check_95() {
        let rows = read("points 99 rule page\nfault rule page: x\npoints 99 self-check\n").unwrap();
        let ok: Vec<_> = rows.iter().map(|row| (row.what.as_str(), row.is_ok())).collect();
        assert_eq!(
            ok,
            [
                ("Lighthouse performance, rule page (median of 3)", false),
                ("Lighthouse performance, self-check (median of 3)", true),
            ]
        );
        assert!(read("nothing").is_err());
    }
}
