//! A whole run: load, check, render, scan, write.

use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::Context as _;
use selfcheck::time::Date;

use crate::check::{Checked, check};
use crate::diagnostic::Report;
use crate::hosting;
use crate::leak;
use crate::load::site::MarkdownOptions;
use crate::load::version::VersionIndex;
use crate::load::{Ids, Version, load};
use crate::markdown::{Dialect, Origin, Segment, TermIndex, compile};
use crate::render::assets::Assets;
use crate::render::{SiteFiles, render_site};
use crate::source::Sources;
use crate::write::{Published, publish};

/// Where a run reads and writes.
#[derive(Debug, Clone)]
pub struct Paths {
    /// The content folder.
    pub content: PathBuf,
    /// Style sheet, scripts, icon.
    pub public: PathBuf,
    /// The folder wasm-pack wrote, if the widget was built.
    pub widget: Option<PathBuf>,
    /// Where the sites go, one folder each.
    pub out: PathBuf,
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
}

/// Loads and checks the content as of `today`.
///
/// # Errors
/// When the content folder cannot be read at all.
pub fn check_content(content: &Path, today: Date) -> anyhow::Result<Outcome> {
    let mut sources = Sources::default();
    let mut report = Report::default();
    let checked = load(content, &mut sources, &mut report)?
        .map(|loaded| check(loaded, &sources, today, &mut report));
    report.finish(&sources);
    Ok(Outcome { sources, report, checked })
}

/// Renders all sites of a checked content and scans them for leaks; by position of `site.toml`.
///
/// # Errors
/// When a static file cannot be read.
pub fn render_sites(outcome: &mut Outcome, assets: &Assets) -> anyhow::Result<Vec<SiteFiles>> {
    let Some(checked) = &outcome.checked else { return Ok(Vec::new()) };
    let rendered = (0..checked.content.config.sites.len())
        .map(|site| render_site(checked, &outcome.sources, assets, site))
        .collect::<anyhow::Result<Vec<_>>>()?;
    leak::scan(checked, &rendered, &mut outcome.report);
    outcome.report.finish(&outcome.sources);
    Ok(rendered)
}

/// One published site.
#[derive(Debug)]
pub struct Built {
    /// Its id.
    pub site: String,
    /// What changed.
    pub published: Published,
}

/// Builds the named sites, or all; publishes nothing when there is an error in the content.
///
/// # Errors
/// What stops the work: unreadable folders, a disk that refuses, an unknown site name.
pub fn build(paths: &Paths, only: &[String], today: Date) -> anyhow::Result<(Outcome, Vec<Built>)> {
    let assets = Assets::load(&paths.public, paths.widget.as_deref())?;
    let mut outcome = check_content(&paths.content, today)?;
    if outcome.report.has_errors() {
        return Ok((outcome, Vec::new()));
    }
    let rendered = render_sites(&mut outcome, &assets)?;
    if outcome.report.has_errors() {
        return Ok((outcome, Vec::new()));
    }
    let sites = outcome.checked.as_ref().map_or(&[][..], |checked| &checked.content.config.sites);
    if let Some(unknown) = only.iter().find(|name| sites.iter().all(|site| site.id != **name)) {
        let known: Vec<&str> = sites.iter().map(|site| site.id.as_str()).collect();
        anyhow::bail!("サイト「{unknown}」はありません（あるもの: {}）", known.join("、"));
    }
    let mut built = Vec::new();
    for (site, files) in sites.iter().zip(&rendered) {
        if only.is_empty() || only.contains(&site.id) {
            let published = publish(&paths.out, &site.id, files)?;
            built.push(Built { site: site.id.clone(), published });
        }
    }
    if let Some(checked) = &outcome.checked {
        publish(&paths.out, hosting::FOLDER, &hosting::files(&checked.content.config))?;
    }
    Ok((outcome, built))
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
