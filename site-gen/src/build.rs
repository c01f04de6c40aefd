//! A whole run: load, check, render, scan, write.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::Context as _;
use rayon::prelude::*;
use selfcheck::time::Date;

use crate::check::{Checked, Memory, check};
use crate::diagnostic::{Diagnostic, Report, note};
use crate::hosting;
use crate::leak::{Scanner, Sentences};
use crate::load::site::MarkdownOptions;
use crate::load::version::VersionIndex;
use crate::load::{Ids, Version, load};
use crate::markdown::{Dialect, Figure, FigureUse, Origin, Segment, TermIndex, compile};
use crate::render::assets::Assets;
use crate::render::{Renderer, SiteFiles};
use crate::source::Sources;
use crate::timings::{Clock, Shared, Timings};
use crate::visibility::Visibility;
use crate::write::{Lock, Publication, Published};

/// Where a run reads.
#[derive(Debug, Clone)]
pub struct Paths {
    /// The content folder.
    pub content: PathBuf,
    /// Style sheet, scripts, icon.
    pub public: PathBuf,
    /// The folder wasm-pack wrote, if the widget was built.
    pub widget: Option<PathBuf>,
}

impl Paths {
    /// Reads style sheet, scripts, icon and widget.
    ///
    /// # Errors
    /// When one of them is missing or cannot be read.
    pub fn assets(&self) -> anyhow::Result<Assets> {
        Assets::load(&self.public, self.widget.as_deref())
    }
}

/// What was read and found; holds everything a message may point at.
#[derive(Debug)]
pub struct Outcome {
    /// All files read.
    pub sources: Sources,
    /// All findings.
    pub report: Report,
    /// Everything resolved, unless `site.toml` was unusable.
    pub checked: Option<Checked>,
    /// How long each stage took.
    pub timings: Timings,
}

/// Loads and checks the content as of `today`.
///
/// # Errors
/// When the content folder cannot be read at all.
pub fn check_content(content: &Path, today: Date) -> anyhow::Result<Outcome> {
    check_content_with(content, today, None)
}

/// The same for a server that runs on: pages that have not changed are not compiled again.
///
/// # Errors
/// Those of [`check_content`].
pub fn check_content_again(
    content: &Path,
    today: Date,
    memory: &mut Memory,
) -> anyhow::Result<Outcome> {
    check_content_with(content, today, Some(memory))
}

fn check_content_with(
    content: &Path,
    today: Date,
    memory: Option<&mut Memory>,
) -> anyhow::Result<Outcome> {
    let mut timings = Timings::default();
    let mut sources = Sources::default();
    let mut report = Report::default();
    let loaded = timings.take("読み込み", || load(content, &mut sources, &mut report))?;
    let checked = timings.take("検査", || {
        loaded.map(|loaded| check(loaded, &sources, today, memory, &mut report))
    });
    report.finish(&sources);
    Ok(Outcome { sources, report, checked, timings })
}

/// One published site.
#[derive(Debug)]
pub struct Built {
    /// Its id.
    pub site: String,
    /// What changed.
    pub published: Published,
}

/// What a run tells while it goes on; every method may do nothing.
pub trait Progress: Sync {
    /// Another run holds the output folder; this one waits for its end.
    fn waiting(&self) {}
    /// A site of so many files is about to be made.
    fn site(&self, _site: &str, _files: usize) {}
    /// One more file of it is ready; called on several threads.
    fn file(&self) {}
}

/// Tells nothing.
impl Progress for () {}

/// Builds the named sites, or all, into a folder each below `out`; publishes nothing when there is
/// an error in the content.
///
/// # Errors
/// What stops the work: unreadable folders, a disk that refuses, an unknown site name.
pub fn build(
    paths: &Paths,
    out: &Path,
    only: &[String],
    today: Date,
    progress: &dyn Progress,
) -> anyhow::Result<(Outcome, Vec<Built>)> {
    let clock = Clock::start();
    let assets = paths.assets()?;
    let mut outcome = check_content(&paths.content, today)?;
    let Some(checked) = &outcome.checked else { return Ok((outcome, Vec::new())) };
    let chosen = choose_sites(checked, only)?;
    if outcome.report.has_errors() {
        return Ok((outcome, Vec::new()));
    }
    keep_apart(&paths.content, out)?;
    if let Some(finding) = missing_widget(checked, &assets) {
        outcome.report.push(finding);
    }
    let mut timings = std::mem::take(&mut outcome.timings);
    let sources = &outcome.sources;
    let mut sentences = timings
        .take("文の控え", || Sentences::gather(checked, sources, lowest(checked, &chosen)));
    let lock = Lock::take(out, || progress.waiting())?;
    let mut report = Report::default();
    let mut publications = Vec::new();
    for (done, &site) in chosen.iter().enumerate() {
        let id = &checked.content.config.sites[site].id;
        // What all the sites that are left may show is no secret any more.
        sentences.forget_up_to(lowest(checked, &chosen[done..]));
        let renderer = Renderer::new(checked, sources, &assets, site);
        let publication = Publication::begin(&lock, id)?;
        progress.site(id, renderer.pages());
        let scanner = Scanner::new(checked, &sentences, site);
        let place = |path: &str, bytes: &[u8]| publication.place(path, bytes);
        if !fill(&renderer, &scanner, &place, progress, &mut timings)? {
            find_all(&renderer, scanner, &mut report)?;
        }
        publications.push((id.clone(), publication));
    }
    outcome.report.append(report);
    outcome.report.finish(&outcome.sources);
    let mut built = Vec::new();
    if !outcome.report.has_errors() {
        // Only now is anything seen: all sites change together, or none does.
        timings.take("入れ替え", || -> anyhow::Result<()> {
            for (site, publication) in publications {
                built.push(Built { site, published: publication.commit()? });
            }
            let settings = Publication::begin(&lock, hosting::FOLDER)?;
            for (path, bytes) in hosting::files(&checked.content.config) {
                settings.place(&path, &bytes)?;
            }
            settings.commit().map(drop)
        })?;
    }
    timings.total = clock.elapsed();
    outcome.timings = timings;
    Ok((outcome, built))
}

/// Sites among the content would be read as content by the next run.
fn keep_apart(content: &Path, out: &Path) -> anyhow::Result<()> {
    let content = fs::canonicalize(content).unwrap_or_else(|_| content.to_owned());
    // The folder may not be there yet; the ones above it are where it will be.
    let out = std::path::absolute(out)?;
    let inside = out
        .ancestors()
        .any(|folder| fs::canonicalize(folder).is_ok_and(|folder| folder == content));
    if inside {
        anyhow::bail!(
            "`--out {}` はコンテンツのフォルダの中です。外のフォルダを指してください",
            out.display()
        );
    }
    Ok(())
}

/// A self-check that nobody can take on the screen, told once.
fn missing_widget(checked: &Checked, assets: &Assets) -> Option<Diagnostic> {
    if assets.widget.is_some() {
        return None;
    }
    let segments = checked.bodies.iter().flat_map(|body| &body.segments);
    let place = segments.into_iter().find_map(|segment| match segment {
        Segment::Figure(FigureUse { figure: Figure::SelfCheck | Figure::ResidentCheck, place }) => {
            Some(*place)
        }
        _ => None,
    })?;
    let message = "`--widget` がないため、自己点検は紙の用紙だけになり、画面では答えられません";
    Some(note("no-widget", place, message).hint(
        "Tenken のフォルダで `cargo xtask serve` を一度実行し、`--widget target/widget-pkg` を付けて作り直します。",
    ))
}

/// Makes every file of every site and scans it as a build does before it publishes; keeps none.
/// Content that has errors already is not rendered.
///
/// # Errors
/// Static files that cannot be read.
pub fn check_finished(outcome: &mut Outcome, assets: &Assets) -> anyhow::Result<()> {
    let (sources, mut report) = (&outcome.sources, Report::default());
    let Some(checked) = &outcome.checked else { return Ok(()) };
    if outcome.report.has_errors() {
        return Ok(());
    }
    let sites: Vec<usize> = (0..checked.content.config.sites.len()).collect();
    let sentences = Sentences::gather(checked, sources, lowest(checked, &sites));
    for site in sites {
        let renderer = Renderer::new(checked, sources, assets, site);
        let scanner = Scanner::new(checked, &sentences, site);
        if !fill(&renderer, &scanner, &|_, _| Ok(()), &(), &mut outcome.timings)? {
            find_all(&renderer, scanner, &mut report)?;
        }
    }
    outcome.report.append(report);
    outcome.report.finish(sources);
    Ok(())
}

/// The level of the most open of some sites.
fn lowest(checked: &Checked, sites: &[usize]) -> Visibility {
    let levels = sites.iter().map(|&site| checked.content.config.sites[site].level);
    levels.min().unwrap_or(Visibility::Restricted)
}

fn choose_sites(checked: &Checked, only: &[String]) -> anyhow::Result<Vec<usize>> {
    let sites = &checked.content.config.sites;
    if let Some(unknown) = only.iter().find(|name| sites.iter().all(|site| site.id != **name)) {
        let known: Vec<&str> = sites.iter().map(|site| site.id.as_str()).collect();
        anyhow::bail!("サイト「{unknown}」はありません（あるもの: {}）", known.join("、"));
    }
    let chosen = |site: &usize| only.is_empty() || only.contains(&sites[*site].id);
    Ok((0..sites.len()).filter(chosen).collect())
}

/// Renders, scans and places every file of a site; false, and nothing more placed, at the first
/// leak or dead link.
fn fill(
    renderer: &Renderer<'_>,
    scanner: &Scanner<'_>,
    place: &(impl Fn(&str, &[u8]) -> anyhow::Result<()> + Sync),
    progress: &dyn Progress,
    timings: &mut Timings,
) -> anyhow::Result<bool> {
    let is_clean = AtomicBool::new(true);
    let (scanning, placing) = (Shared::default(), Shared::default());
    let began = Clock::start();
    renderer.render(&|path: &str, bytes: &[u8]| {
        if !scanning.measure(|| scanner.is_clean(path, bytes)) {
            is_clean.store(false, Ordering::Relaxed);
        }
        if is_clean.load(Ordering::Relaxed) {
            placing.measure(|| place(path, bytes))?;
        }
        progress.file();
        Ok(())
    })?;
    timings.add_shared(began.elapsed(), &scanning, &placing);
    Ok(is_clean.into_inner() && scanner.dead_links().is_empty())
}

/// Renders a site once more, only to name every leak and every dead link with its file.
fn find_all(
    renderer: &Renderer<'_>,
    scanner: Scanner<'_>,
    report: &mut Report,
) -> anyhow::Result<()> {
    let scanner = scanner.thorough();
    let findings = Mutex::new(Vec::new());
    renderer.render(&|path: &str, bytes: &[u8]| {
        let found = scanner.scan(path, bytes);
        findings.lock().unwrap_or_else(PoisonError::into_inner).extend(found);
        Ok(())
    })?;
    let found = findings.into_inner().unwrap_or_else(PoisonError::into_inner);
    found.into_iter().chain(scanner.dead_links()).for_each(|finding| report.push(finding));
    Ok(())
}

/// Scans the finished files of one site for leaks and dead links.
pub fn scan_site(
    checked: &Checked,
    sources: &Sources,
    site: usize,
    files: &SiteFiles,
    report: &mut Report,
) {
    let level = checked.content.config.sites[site].level;
    let sentences = Sentences::gather(checked, sources, level);
    let scanner = Scanner::new(checked, &sentences, site).thorough();
    let found: Vec<_> =
        files.par_iter().flat_map_iter(|(path, bytes)| scanner.scan(path, bytes)).collect();
    found.into_iter().chain(scanner.dead_links()).for_each(|finding| report.push(finding));
}

/// The present day in Japan; only diagnostics depend on it, never output.
///
/// # Errors
/// When the clock shows a year outside 1970 to 9999.
pub fn today_in_japan() -> anyhow::Result<Date> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).context("時計が 1970 年より前です")?;
    let seconds = i64::try_from(now.as_secs()).context("時計が先すぎます")?;
    Date::in_japan(seconds).context("時計が 9999 年より後です")
}

/// One Markdown text as HTML.
#[derive(Debug)]
pub struct Fragment {
    /// The HTML; figures, which come from data, are left out.
    pub html: String,
    /// What the author should know, as text.
    pub findings: String,
    /// Whether one of them is an error.
    pub has_errors: bool,
}

/// Turns one Markdown text into HTML, with our extensions but without a glossary.
pub fn render_fragment(text: &str) -> Fragment {
    let mut sources = Sources::default();
    let file = sources.add("text.md".to_owned(), "text.md".to_owned(), text.into());
    let page = "text".parse().expect("a valid page id");
    let versions = VersionIndex::default();
    let version = Version::Original;
    let origin = Origin { file, start: 0, page: &page, version, versions: &versions, term: None };
    let dialect = Dialect {
        terms: &TermIndex::default(),
        ids: &Ids::default(),
        options: &MarkdownOptions::default(),
    };
    let mut report = Report::default();
    let body = compile(text, origin, dialect, &mut report);
    report.finish(&sources);
    let html = body
        .segments
        .into_iter()
        .filter_map(|segment| match segment {
            Segment::Html(html) => Some(html),
            Segment::Figure(_) => None,
        })
        .collect();
    Fragment { html, findings: report.to_text(&sources), has_errors: report.has_errors() }
}
