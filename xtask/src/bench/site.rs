//! The generator on a large site, beside the least such a site can cost.
//!
//! The floor is what nobody can save: pulldown-cmark over every page on two threads, and writing
//! the very files. It runs in the same minute on the same content and the same disk, and each
//! figure is the fastest of several runs taken in turn.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use super::corpus::{self, Size};
use super::measure::{Run, fastest, run};
use super::row::{Amount, Budget, Row};
use super::scratch::Scratch;
use crate::project::Project;
use crate::report::step;
use crate::run::{cannot_start, quiet};
use crate::site::programs;

const SIZE: Size = Size { pages: 10_000, restricted: 200 };
const ROUNDS: usize = 5;
const DAY: &str = "2026-11-24";

/// Speed and memory of a full build, for one site and for all three; of an edited page; of serving.
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
    rows.push(edited_row(project, &scratch, &content)?);
    rows.push(serve_row(project, &scratch)?);
    Ok(rows)
}

/// The same build again with one page edited, in turn with full builds.
fn edited_row(project: &Project, scratch: &Scratch, content: &Path) -> Result<Row> {
    let out = scratch.path("out");
    let (mut full, mut edited) = (Vec::new(), Vec::new());
    step(&format!("one page edited, {ROUNDS} rounds"), || {
        for round in 0..ROUNDS {
            clear(&out)?;
            let mut command = build(project, content, &out, &["intranet"]);
            let first = run(command.arg("--timings"))?;
            full.push(first.seconds - writing(&first)?);
            let page = content.join(format!("pages/{}.md", corpus::page_id(1)));
            let text = corpus::page_text(1, SIZE);
            std::fs::write(&page, format!("{text}{round}回目に書き足しました。\n"))?;
            edited.push(run(&mut build(project, content, &out, &["intranet"]))?.seconds);
        }
        Ok("measured".into())
    })?;
    let least = |seconds: &[f64]| seconds.iter().copied().min_by(f64::total_cmp);
    Ok(Row {
        what: "the same again, one page edited".into(),
        measured: Amount::Seconds(least(&edited).context("there are rounds")?),
        beside: Some((
            "full build without its writes".into(),
            Amount::Seconds(least(&full).context("there are rounds")?),
        )),
        budget: Budget::RatioAtMost(1.0),
        command: "site-gen build --content CORPUS --out BEFORE --site intranet".into(),
    })
}

/// Seconds of the stage that places files, as the program tells them.
fn writing(run: &Run) -> Result<f64> {
    let line = run.stderr.lines().find(|line| line.ends_with("書き込み"));
    let number = line.and_then(|line| line.split_whitespace().next());
    let milliseconds: f64 = number.context("`--timings` tells the writing")?.parse()?;
    Ok(milliseconds / 1000.0)
}

const SERVED: Size = Size { pages: 1_000, restricted: 20 };

/// From the moment an edited page is saved until the server shows it.
fn serve_row(project: &Project, scratch: &Scratch) -> Result<Row> {
    let content = scratch.path("served");
    corpus::write(&content, SERVED)?;
    let mut least = f64::INFINITY;
    step(&format!("serve, {ROUNDS} rounds"), || {
        let mut command = Command::new(project.release_binary("site-gen"));
        command.args(["serve", "--port", "0", "--content"]).arg(&content);
        command.arg("--public").arg(project.root.join("public"));
        command.stdout(Stdio::piped()).stderr(Stdio::null()).stdin(Stdio::null());
        let mut server = command.spawn().map_err(|error| cannot_start(&command, &error))?;
        let result = edit_and_watch(&mut server, &content);
        // It runs until it is stopped; what it says then is of no interest.
        let _ = server.kill();
        let _ = server.wait();
        least = result?;
        Ok("measured".into())
    })?;
    Ok(Row {
        what: "serve shows an edited page, 1,000 pages".into(),
        measured: Amount::Seconds(least),
        beside: None,
        budget: Budget::AtMost(Amount::Seconds(0.1)),
        command: "site-gen serve --port 0 --content CORPUS".into(),
    })
}

fn edit_and_watch(server: &mut Child, content: &Path) -> Result<f64> {
    let output = server.stdout.take().context("the server has an output")?;
    let mut lines = BufReader::new(output).lines();
    let address = lines.next().context("the server tells its address")??;
    let host = address.trim_start_matches("http://").trim_end_matches('/').to_owned();
    // The rest of the addresses; the server would wait for a reader.
    thread::spawn(move || lines.for_each(drop));
    let page = content.join(format!("pages/{}.md", corpus::page_id(1)));
    let path = format!("/intranet/{}.html", corpus::page_id(1));
    let mut least = f64::INFINITY;
    for round in 0..ROUNDS {
        thread::sleep(QUIET_BEFORE_EDIT);
        let mark = format!("{round}回目に書き足しました。");
        std::fs::write(&page, format!("{}{mark}\n", corpus::page_text(1, SERVED)))?;
        let saved = Instant::now();
        while !get(&host, &path)?.contains(&mark) {
            anyhow::ensure!(saved.elapsed() < PATIENCE, "the server never shows the edited page");
        }
        least = least.min(saved.elapsed().as_secs_f64());
    }
    Ok(least)
}

/// The server scans everything after each change; an author types more slowly than that.
const QUIET_BEFORE_EDIT: Duration = Duration::from_secs(3);
const PATIENCE: Duration = Duration::from_secs(60);

/// The answer to a plain request.
fn get(host: &str, path: &str) -> Result<String> {
    let mut stream = TcpStream::connect(host)?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
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
            let floor_out = scratch.path("floor");
            clear(&floor_out)?;
            floors.push(floor(project, content, &out, &floor_out)?);
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
fn floor(project: &Project, content: &Path, built: &Path, out: &Path) -> Result<f64> {
    let mut command = Command::new(project.target.join("release/examples/floor"));
    command.arg(content.join("pages")).arg(built).arg(out);
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
