//! The self-check in the browser: when it can be used, whether it ever hangs, what it weighs.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use super::measure::run;
use super::row::{Amount, Budget, Row};
use super::scratch::Scratch;
use crate::project::Project;
use crate::report::step;
use crate::run::quiet;
use crate::setup;
use crate::site::{programs, site_gen};
use crate::widget;

/// Start and answering on a processor four times slower, Lighthouse, and bytes.
pub(crate) fn bench(project: &Project) -> Result<Vec<Row>> {
    setup::for_build(project)?;
    setup::for_tests(project)?;
    widget::build(project)?;
    programs(project, &["site-gen", "tally"])?;
    let scratch = Scratch::new("widget")?;
    let site = scratch.path("site");
    let mut rows = Vec::new();
    step("self-check", || {
        quiet(&mut site_gen(project, "build", &site))?;
        rows = measured(project, &site)?;
        Ok("measured".into())
    })?;
    Ok(rows)
}

fn measured(project: &Project, site: &Path) -> Result<Vec<Row>> {
    let mut node = Command::new("node");
    node.arg("widget-bench.mjs").arg(site);
    node.current_dir(project.root.join("tests").join("browser"));
    node.env("CARGO_TARGET_DIR", &project.target);
    let text = run(&mut node)?.stdout;
    let number = |name: &str| -> Result<f64> {
        let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        line.and_then(|value| value.parse().ok()).with_context(|| format!("no `{name}`: {text}"))
    };
    let row = |what: String, measured, budget| Row {
        what,
        measured,
        beside: None,
        budget,
        command: "node tests/browser/widget-bench.mjs SITE".into(),
    };
    let seconds = |name: &str| Ok::<_, anyhow::Error>(Amount::Seconds(number(name)? / 1e3));
    let count = |name: &str| Ok::<_, anyhow::Error>(Amount::Count(number(name)?));
    let (none, click) = (Amount::Count(0.0), Amount::Seconds(0.05));
    let steps = number("steps")?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a size")]
    let bytes = Amount::Bytes(number("bytes")? as u64);
    Ok(vec![
        row(
            "self-check usable, 4 times slower (median)".into(),
            seconds("start_median_ms")?,
            Budget::AtMost(Amount::Seconds(1.0)),
        ),
        row("the same (slowest)".into(), seconds("start_slowest_ms")?, Budget::None),
        row(
            format!("tasks over 50 ms in {steps} clicks, 4 times slower"),
            count("slow_long_tasks")?,
            Budget::AtMost(none),
        ),
        row("slowest click of these".into(), seconds("slow_click_ms")?, Budget::AtMost(click)),
        row(
            format!("tasks over 50 ms in {steps} clicks"),
            count("plain_long_tasks")?,
            Budget::AtMost(none),
        ),
        row("slowest click of these".into(), seconds("plain_click_ms")?, Budget::AtMost(click)),
        row("signing, 4 times slower".into(), seconds("sign_ms")?, Budget::None),
        row(
            "Lighthouse performance (median of 3)".into(),
            count("lighthouse")?,
            Budget::AtLeast(Amount::Count(95.0)),
        ),
        row("Wasm and glue (gzip)".into(), bytes, Budget::AtMost(Amount::Bytes(115_000))),
    ])
}
