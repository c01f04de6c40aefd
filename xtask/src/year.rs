//! `cargo xtask year`: a made-up office with its years of self-checks, and `tally`'s reports on
//! them. Making things up is the work of the member `year`; here it is run, and `tally` after it.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::Result;

use crate::project::Project;
use crate::report::{Fault, step};
use crate::run::{all, finished, quiet};
use crate::site;

/// `cargo xtask year --help`: the options are those of the program that makes things up.
pub(crate) fn options(project: &Project) -> Result<ExitCode> {
    site::programs(project, &["year"])?;
    print!("{}", quiet(Command::new(project.release_binary("year")).arg("--help"))?);
    Ok(ExitCode::SUCCESS)
}

/// `cargo xtask year --seed N --out DIR [--sections N] [--people N] [--years N]`.
pub(crate) fn year(project: &Project, args: &[String]) -> Result<ExitCode> {
    let out = out_of(args)?;
    if out.read_dir().is_ok_and(|mut entries| entries.next().is_some()) {
        let problem = format!("`{}` is not empty", out.display());
        return Err(Fault::new(problem).hint("name a new folder with `--out`").into());
    }
    site::programs(project, &["year", "tally"])?;
    let mut made_up = String::new();
    step("year", || {
        let mut command = Command::new(project.release_binary("year"));
        command.args(args);
        if !args.iter().any(|arg| arg.starts_with("--archive")) {
            command.arg("--archive").arg(project.root.join("content/archive"));
        }
        made_up = quiet(&mut command)?;
        Ok(made_up.trim().lines().collect::<Vec<_>>().join("; "))
    })?;
    // One line a campaign, oldest first: its id, how many people and results, `… 2 lost`.
    let lines: Vec<Vec<&str>> =
        made_up.lines().map(|line| line.split_whitespace().collect()).collect();
    let campaigns: Vec<&str> = lines.iter().filter_map(|words| words.first().copied()).collect();
    let lost = lines.iter().filter_map(|words| words.iter().rev().nth(1).copied());
    for (index, (campaign, lost)) in campaigns.iter().zip(lost).enumerate() {
        step(&format!("report {campaign}"), || {
            let mut command = report(project, &out, campaign, &campaigns[..index]);
            command.args(["--missing", lost]);
            let output = finished(&mut command)?;
            // 1: there are rejected files, which is what they were planted for.
            match output.status.code() {
                Some(0 | 1) => Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned()),
                _ => Err(Fault::new(format!("`tally report` failed\n{}", all(&output))).into()),
            }
        })?;
    }
    // What a person wants to see first.
    let newest = campaigns.last().map_or(PathBuf::new(), |campaign| {
        Path::new("reports").join(campaign).join("committee/report.html")
    });
    println!("{}", out.join(newest).display());
    Ok(ExitCode::SUCCESS)
}

fn report(project: &Project, out: &Path, campaign: &str, earlier: &[&str]) -> Command {
    let of_campaign = out.join(campaign);
    let mut command = Command::new(project.release_binary("tally"));
    command.arg("report");
    command.arg("--ledger").arg(of_campaign.join("ledger.jsonl"));
    command.arg("--archive").arg(out.join("archive"));
    command.arg("--roster").arg(of_campaign.join("roster.json"));
    command.arg("--files").arg(of_campaign.join("inbox"));
    command.arg("--content").arg(project.root.join("content"));
    command.arg("--out").arg(out.join("reports").join(campaign));
    for year in earlier {
        command.arg("--previous").arg(out.join("reports").join(year));
    }
    command
}

fn out_of(args: &[String]) -> Result<PathBuf> {
    let at = args.iter().position(|arg| arg == "--out").and_then(|at| args.get(at + 1));
    let joined = args.iter().find_map(|arg| arg.strip_prefix("--out="));
    at.map(String::as_str).or(joined).map(PathBuf::from).ok_or_else(|| {
        Fault::new("no folder named").hint("`cargo xtask year --seed 8 --out made-up`").into()
    })
}
