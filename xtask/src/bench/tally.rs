//! `tally` on 100,000 signed files, beside the signatures alone.
//!
//! Everybody in the made-up office has a code of their own, read off the letters that `tally enrol`
//! printed, so a key has to be found among 100,000 as in real life. Everything lies in memory: a
//! disk would be measured otherwise.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use super::measure::{Run, fastest, run};
use super::row::{Amount, Budget, Row};
use super::scratch::Scratch;
use crate::project::Project;
use crate::report::step;
use crate::run::quiet;
use crate::site::programs;

const FILES: u32 = 100_000;
/// What `results sign` puts below `inbox/a`.
const FEW: u32 = FILES / 10;
/// For the memory of files alone: with as many people as files, the roster would hide it.
const SMALL_OFFICE: u32 = 1_000;
const SECTIONS: u32 = 120;
const ROUNDS: usize = 3;

/// The row of the budgets, and what each stage costs.
pub(crate) fn bench(project: &Project) -> Result<Vec<Row>> {
    programs(project, &["tally"])?;
    step("results", || build_example(project))?;
    let office = Office { project, scratch: Scratch::new("tally")? };
    fs::write(office.path("staff.csv"), staff(FILES))?;
    let enrol = run(&mut office.enrol())?;
    step("result files", || office.sign())?;

    let (mut collects, mut floors) = (Vec::new(), Vec::new());
    step(&format!("collect, {ROUNDS} rounds"), || {
        for _ in 0..ROUNDS {
            collects.push(office.collect("inbox")?);
            floors.push(office.floor()?);
        }
        Ok("measured".into())
    })?;
    let again = run(&mut office.collect_command("inbox"))?;
    let verify = run(&mut office.verify())?;
    let report = office.report("inbox")?;
    let [bytes_a_file, bytes_a_file_of_report] = bytes_a_file(project)?;
    let many = collects.iter().map(|run| run.peak_bytes).max().context("there are rounds")?;
    let best = fastest(&collects).context("there are rounds")?;
    let floor = floors.iter().copied().min_by(f64::total_cmp).context("there are rounds")?;

    let speed = |run: &Run| Amount::PerSecond(f64::from(FILES) / run.seconds);
    let signatures = ("signatures alone".to_owned(), Amount::PerSecond(f64::from(FILES) / floor));
    let mut rows = vec![
        row(
            "collect, new files",
            speed(best),
            Some(signatures),
            Budget::AtLeast(Amount::PerSecond(10_000.0)),
            "tally collect --timings",
        ),
        row(
            "collect, processor time a file",
            Amount::Seconds(best.processor_seconds / f64::from(FILES)),
            None,
            // What 10,000 a second on two processors leave for each.
            Budget::AtMost(Amount::Seconds(2.0 / 10_000.0)),
            "tally collect",
        ),
        row("collect, known files", speed(&again), None, Budget::None, "tally collect"),
        row("verify", speed(&verify), None, Budget::None, "tally verify"),
        row("enrol, people", speed(&enrol), None, Budget::None, "tally enrol"),
        row(
            "memory of collect, bytes a file",
            Amount::Count(bytes_a_file.round()),
            None,
            Budget::AtMost(Amount::Count(200.0)),
            "tally collect, 100,000 files less 10,000, of 1,000 people",
        ),
        row(
            "memory of collect, 100,000 people and files",
            Amount::Bytes(many),
            None,
            Budget::None,
            "tally collect",
        ),
    ];
    rows.extend([
        row("report", speed(&report), None, Budget::None, "tally report"),
        row(
            "memory of report, bytes a file",
            Amount::Count(bytes_a_file_of_report.round()),
            None,
            Budget::AtMost(Amount::Count(200.0)),
            "tally report, 100,000 files less 10,000, of 1,000 people",
        ),
        row(
            "memory of report, 100,000 people and files",
            Amount::Bytes(report.peak_bytes),
            None,
            Budget::None,
            "tally report",
        ),
    ]);
    rows.extend(stages(best, floor)?);
    Ok(rows)
}

/// What a file more costs `collect` and `report` in memory, beside the roster, the archive and the
/// program itself.
fn bytes_a_file(project: &Project) -> Result<[f64; 2]> {
    let office = Office { project, scratch: Scratch::new("tally-memory")? };
    fs::write(office.path("staff.csv"), staff(SMALL_OFFICE))?;
    run(&mut office.enrol())?;
    step("files of a small office", || office.sign())?;
    let peaks = |inbox| -> Result<[f64; 2]> {
        let runs = [office.collect(inbox)?, office.report(inbox)?];
        Ok(runs.map(|run| Amount::Bytes(run.peak_bytes).value()))
    };
    let (few, many) = (peaks("inbox/a")?, peaks("inbox")?);
    Ok([0, 1].map(|command| (many[command] - few[command]) / f64::from(FILES - FEW)))
}

/// What each stage takes of all processor time spent on judging, and the signature within.
fn stages(run: &Run, floor: f64) -> Result<Vec<Row>> {
    let mut stages = Vec::new();
    for line in run.stderr.lines() {
        if let Some((name, rest)) = line.strip_prefix("timing ").and_then(|l| l.split_once(' ')) {
            let millis: f64 = rest.trim_end_matches(" ms").parse().context("a number of ms")?;
            stages.push((name, millis / 1000.0));
        }
    }
    let sum: f64 = stages.iter().map(|(_, seconds)| seconds).sum();
    anyhow::ensure!(sum > 0.0, "`--timings` told nothing:\n{}", run.stderr);
    // The floor ran on two threads.
    stages.push(("signature within verify", 2.0 * floor));
    Ok(stages
        .into_iter()
        .map(|(name, seconds)| {
            let all = Some(("all stages, both processors".to_owned(), Amount::Seconds(sum)));
            row(name, Amount::Seconds(seconds), all, Budget::None, "tally collect --timings")
        })
        .collect())
}

fn row(
    what: &str,
    measured: Amount,
    beside: Option<(String, Amount)>,
    budget: Budget,
    command: &str,
) -> Row {
    let what = format!("tally: {what}");
    Row { what, measured, beside, budget, command: command.to_owned() }
}

/// People in 120 sections of 12 bureaus.
fn staff(people: u32) -> String {
    let mut text = String::from("職員番号,氏名,部局コード,部局,所属コード,所属,役割,対象\n");
    for number in 0..people {
        let section = number % SECTIONS;
        let bureau = section / 10;
        let _ = writeln!(
            text,
            "{number:06},氏名 {number},{bureau},部局{bureau},{section},所属{section},,"
        );
    }
    text
}

struct Office<'a> {
    project: &'a Project,
    scratch: Scratch,
}

impl Office<'_> {
    fn path(&self, below: &str) -> PathBuf {
        self.scratch.path(below)
    }

    fn tally(&self, command: &str) -> Command {
        let mut tally = Command::new(self.project.release_binary("tally"));
        tally.current_dir(self.path("")).args([command, "--roster", "roster.json"]);
        tally
    }

    fn archive(&self) -> PathBuf {
        self.project.root.join("content/archive")
    }

    fn enrol(&self) -> Command {
        let mut enrol = self.tally("enrol");
        enrol.args(["--staff", "staff.csv", "--letters", "letters.html", "--org", "ageo"]);
        enrol
    }

    fn sign(&self) -> Result<String> {
        let mut results = self.results();
        results.args(["sign", "letters.html"]).arg(self.archive().join("r8/set-general.json"));
        let signed = run(results.arg("inbox").arg(FILES.to_string()))?.stdout;
        anyhow::ensure!(signed.trim() == FILES.to_string(), "signed `{}`", signed.trim());
        Ok(format!("{FILES} signed"))
    }

    fn floor(&self) -> Result<f64> {
        let mut results = self.results();
        let text = run(results.args(["floor", "roster.json", "inbox"]))?.stdout;
        text.trim().parse().with_context(|| format!("the floor says `{text}`"))
    }

    fn results(&self) -> Command {
        let mut results = Command::new(self.project.target.join("release/examples/results"));
        results.current_dir(self.path(""));
        results
    }

    /// Takes a folder into a new ledger.
    fn collect(&self, inbox: &str) -> Result<Run> {
        let ledger = self.path("r8.jsonl");
        if ledger.exists() {
            fs::remove_file(&ledger)?;
        }
        let ran = run(&mut self.collect_command(inbox))?;
        let lines = fs::read_to_string(&ledger)?.lines().count();
        let wanted = if inbox == "inbox" { FILES } else { FEW } + 1;
        anyhow::ensure!(lines >= wanted as usize, "{lines} lines in the ledger");
        Ok(ran)
    }

    fn collect_command(&self, inbox: &str) -> Command {
        let mut collect = self.tally("collect");
        collect.args(["--ledger", "r8.jsonl", "--timings", "--inbox", inbox]);
        collect.arg("--archive").arg(self.archive());
        collect
    }

    /// Reports on the folder that was collected last, as on the day after the campaign.
    fn report(&self, inbox: &str) -> Result<Run> {
        run(self.results().args(["close", "r8.jsonl"]))?;
        let mut report = self.tally("report");
        report.args(["--ledger", "r8.jsonl", "--out", "report", "--files", inbox]);
        let ran = run(report.arg("--archive").arg(self.archive()))?;
        fs::remove_file(self.path("r8.jsonl.reports.json"))?;
        fs::remove_dir_all(self.path("report"))?;
        Ok(ran)
    }

    fn verify(&self) -> Command {
        let mut verify = self.tally("verify");
        verify.arg("--archive").arg(self.archive()).arg("inbox");
        verify
    }
}

fn build_example(project: &Project) -> Result<String> {
    let mut cargo = Command::new("cargo");
    cargo.args(["build", "--release", "--quiet", "--package", "tally", "--example", "results"]);
    cargo.current_dir(&project.root).env("CARGO_TARGET_DIR", &project.target);
    quiet(&mut cargo)?;
    Ok("built".into())
}
