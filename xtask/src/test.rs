//! `cargo xtask test`: every check, and one closing line of counts.
//!
//! [`CHECKS`] is the table, in the order in which they run. A check that fails does not stop
//! the others, unless they need what it should have made. A missing tool is a failure.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, ExitCode};
use std::time::Instant;

use anyhow::{Context, Result};

use crate::counts::Counts;
use crate::project::Project;
use crate::report::{self, Fault};
use crate::run::{all, finished};
use crate::{setup, site, widget};

/// Runs all checks, or those of one group, and prints the closing line.
pub(crate) fn test(project: &Project, args: &[String]) -> Result<ExitCode> {
    let checks = chosen(args)?;
    let mut sum = Counts::default();
    let mut missing: Vec<&str> = Vec::new();
    for check in checks {
        let counts = match check.needs.iter().find(|need| missing.contains(need)) {
            Some(need) => not_run(check, need),
            None => (check.run)(project).unwrap_or_else(|error| {
                report::error(&error);
                Counts::ONE_FAILED
            }),
        };
        if counts.failed > 0 {
            missing.push(check.name);
        }
        sum += counts;
    }
    println!("{sum}");
    Ok(if sum.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

struct Check {
    group: &'static str,
    name: &'static str,
    /// Checks that must have passed for this one to make sense.
    needs: &'static [&'static str],
    run: fn(&Project) -> Result<Counts>,
}

const CHECKS: &[Check] = &[
    Check { group: "lint", name: "formatting", needs: &[], run: formatting },
    Check { group: "lint", name: "clippy", needs: &[], run: clippy },
    Check { group: "lint", name: "clippy for wasm32", needs: &[], run: clippy_wasm },
    Check { group: "rust", name: "cargo test", needs: &[], run: cargo_test },
    Check { group: "browser", name: "tools to build", needs: &[], run: tools_to_build },
    Check { group: "browser", name: "tools to test", needs: &[], run: tools_to_test },
    Check { group: "browser", name: "widget", needs: &["tools to build"], run: build_widget },
    Check { group: "browser", name: "programs", needs: &[], run: build_programs },
    Check { group: "browser", name: "sites", needs: &["widget", "programs"], run: build_sites },
    Check { group: "browser", name: "browser tests", needs: BROWSER_NEEDS, run: browser_tests },
];
const BROWSER_NEEDS: &[&str] = &["tools to test", "widget", "programs", "sites"];

fn chosen(args: &[String]) -> Result<Vec<&'static Check>> {
    let [group] = args else {
        if args.is_empty() {
            return Ok(CHECKS.iter().collect());
        }
        return Err(usage(&args.join(" ")));
    };
    let checks: Vec<_> = CHECKS.iter().filter(|check| check.group == group).collect();
    if checks.is_empty() { Err(usage(group)) } else { Ok(checks) }
}

fn usage(given: &str) -> anyhow::Error {
    Fault::new(format!("no such group of tests: `{given}`"))
        .hint("the groups are `lint`, `rust` and `browser`; without one, all run")
        .into()
}

fn not_run(check: &Check, need: &str) -> Counts {
    report::line("FAILED", &format!("{} (not run: {need} failed)", check.name), Default::default());
    Counts::ONE_FAILED
}

fn formatting(project: &Project) -> Result<Counts> {
    let mut cargo = cargo(project);
    cargo.args(["fmt", "--all", "--check"]);
    one("formatting", &mut cargo, "run `cargo fmt --all`")
}

fn clippy(project: &Project) -> Result<Counts> {
    let mut cargo = cargo(project);
    cargo.args(["clippy", "--quiet", "--workspace", "--all-targets", "--", "-D", "warnings"]);
    one("clippy", &mut cargo, "repair what clippy names above")
}

fn clippy_wasm(project: &Project) -> Result<Counts> {
    setup::install_target()?;
    let mut cargo = cargo(project);
    cargo.args(["clippy", "--quiet", "--package", "widget"]);
    cargo.args(["--target", "wasm32-unknown-unknown", "--", "-D", "warnings"]);
    one("clippy for wasm32", &mut cargo, "repair what clippy names above")
}

fn cargo_test(project: &Project) -> Result<Counts> {
    let mut cargo = cargo(project);
    cargo.args(["test", "--quiet", "--workspace", "--no-fail-fast"]);
    many("cargo test", &mut cargo, Counts::from_cargo)
}

fn tools_to_build(project: &Project) -> Result<Counts> {
    setup::for_build(project)?;
    Ok(Counts::default())
}

fn tools_to_test(project: &Project) -> Result<Counts> {
    setup::for_tests(project)?;
    Ok(Counts::default())
}

fn build_widget(project: &Project) -> Result<Counts> {
    widget::build(project)?;
    Ok(Counts::ONE_PASSED)
}

fn build_programs(project: &Project) -> Result<Counts> {
    site::programs(project, &["site-gen", "tally", "year"])?;
    Ok(Counts::default())
}

/// The real content must build; the browser tests read what comes out.
fn build_sites(project: &Project) -> Result<Counts> {
    let mut build = site::site_gen(project, "build", &test_site(project));
    one("sites of `content/`", &mut build, "repair what the diagnostics above name")
}

fn browser_tests(project: &Project) -> Result<Counts> {
    let folder = project.root.join("tests").join("browser");
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(&folder).context("cannot list `tests/browser`")? {
        let path = entry?.path();
        if path.to_string_lossy().ends_with(".test.mjs") {
            files.push(path);
        }
    }
    files.sort();
    let mut node = Command::new("node");
    node.args(["--test", "--test-reporter=spec"]).args(&files).current_dir(&folder);
    node.env("TENKEN_PYTHON", setup::python(project)?);
    node.env("TENKEN_BIN", project.target.join("release"));
    node.env("TENKEN_WIDGET", widget::package(project));
    node.env("TENKEN_SITE", test_site(project));
    many("browser tests", &mut node, Counts::from_node)
}

fn test_site(project: &Project) -> PathBuf {
    project.target.join("test-site")
}

fn cargo(project: &Project) -> Command {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(&project.root).env("CARGO_TARGET_DIR", &project.target);
    cargo
}

/// A check that counts as one test.
fn one(what: &str, command: &mut Command, hint: &str) -> Result<Counts> {
    report::start(what);
    let began = Instant::now();
    let output = finished(command)?;
    if output.status.success() {
        report::line("ok", what, began.elapsed());
        return Ok(Counts::ONE_PASSED);
    }
    report::line("FAILED", what, began.elapsed());
    eprintln!("{}\n  hint: {hint}", all(&output).trim_end());
    Ok(Counts::ONE_FAILED)
}

/// A check that is a test runner of its own.
fn many(what: &str, command: &mut Command, count: fn(&str) -> Counts) -> Result<Counts> {
    report::start(what);
    let began = Instant::now();
    let output = finished(command)?;
    let text = all(&output);
    let counts = count(&text).judged(output.status.success());
    let Counts { passed, failed } = counts;
    if failed == 0 {
        report::line("ok", &format!("{what} ({passed} passed)"), began.elapsed());
    } else {
        let what = format!("{what} ({passed} passed, {failed} failed)");
        report::line("FAILED", &what, began.elapsed());
        eprintln!("{}", text.trim_end());
    }
    Ok(counts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn needs_stand_before_those_who_need_them() {
        for (place, check) in CHECKS.iter().enumerate() {
            for need in check.needs {
                let earlier = CHECKS[..place].iter().find(|other| other.name == *need);
                let found = earlier.map(|other| other.group);
                assert_eq!(found, Some(check.group), "{} needs {need}", check.name);
            }
        }
    }
}
