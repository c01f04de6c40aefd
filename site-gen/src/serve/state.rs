//! The sites in memory: the last ones without a fault, and what is wrong with the present sources.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Instant;

use tokio::sync::watch::Sender;

use super::Tell;
use super::overlay::Findings;
use crate::build::{Outcome, Paths, check_content_again, scan_site, today_in_japan};
use crate::check::Memory;
use crate::diagnostic::Report;
use crate::render::assets::Assets;
use crate::render::{Renderer, SiteFiles};

/// What requests are answered from.
pub(super) struct State {
    paths: Paths,
    version: Sender<u64>,
    tell: Tell,
    present: Mutex<Present>,
    memory: Mutex<Memory>,
}

#[derive(Default)]
struct Present {
    /// The last sources without a fault.
    good: Option<Arc<Sites>>,
    /// What is wrong with the present ones; empty when nothing is.
    findings: Arc<Findings>,
}

/// All sites of one state of the sources.
pub(super) struct Sites {
    outcome: Outcome,
    assets: Assets,
    /// By position of the configuration; made when somebody asks for more than a page.
    whole: Vec<OnceLock<SiteFiles>>,
}

impl State {
    pub(super) fn new(paths: Paths, version: Sender<u64>, tell: Tell) -> Self {
        let (present, memory) = (Mutex::default(), Mutex::default());
        Self { paths, version, tell, present, memory }
    }

    /// Reads and checks the sources, shows what came of it, then scans it as a build would.
    pub(super) fn refresh(&self) {
        let began = Instant::now();
        match self.read() {
            Err(fault) => {
                (self.tell)(&format!("エラー: {fault:#}\n"));
                self.show(None, Findings::stopped(&format!("{fault:#}")));
            }
            Ok(sites) => {
                let outcome = &sites.outcome;
                (self.tell)(&outcome.report.to_summary(&outcome.sources));
                if outcome.report.has_errors() {
                    (self.tell)("誤りがあるため、前のサイトのまま見せています。\n");
                    let findings = Findings::new(&outcome.report, &outcome.sources);
                    self.show(None, findings);
                    return;
                }
                let took = began.elapsed().as_secs_f64();
                (self.tell)(&format!("{took:.2} 秒で読み直しました。\n"));
                let sites = Arc::new(sites);
                self.show(Some(Arc::clone(&sites)), Findings::default());
                self.scan(&sites);
            }
        }
    }

    fn read(&self) -> anyhow::Result<Sites> {
        let assets = self.paths.assets()?;
        let mut memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        let outcome = check_content_again(&self.paths.content, today_in_japan()?, &mut memory)?;
        drop(memory);
        let count =
            outcome.checked.as_ref().map_or(0, |checked| checked.content.config.sites.len());
        let whole = (0..count).map(|_| OnceLock::new()).collect();
        Ok(Sites { outcome, assets, whole })
    }

    /// The second line against leaks, on every file of every site.
    fn scan(&self, sites: &Sites) {
        let mut report = Report::default();
        if let Err(fault) = sites.scan(&mut report) {
            (self.tell)(&format!("エラー: {fault:#}\n"));
            self.show(None, Findings::stopped(&format!("{fault:#}")));
        } else if report.has_errors() {
            report.finish(&sites.outcome.sources);
            (self.tell)(&report.to_summary(&sites.outcome.sources));
            self.show(None, Findings::new(&report, &sites.outcome.sources));
        }
    }

    /// Shows new sites, or findings over the old ones, and lets pages reload.
    fn show(&self, good: Option<Arc<Sites>>, findings: Findings) {
        let mut present = self.lock();
        if good.is_some() {
            present.good = good;
        }
        present.findings = Arc::new(findings);
        drop(present);
        self.version.send_modify(|version| *version += 1);
    }

    fn lock(&self) -> MutexGuard<'_, Present> {
        self.present.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What to put over every page.
    pub(super) fn findings(&self) -> Arc<Findings> {
        Arc::clone(&self.lock().findings)
    }

    /// The sites to show.
    pub(super) fn sites(&self) -> Option<Arc<Sites>> {
        self.lock().good.clone()
    }

    /// Names of the sites to show.
    pub(super) fn site_names(&self) -> Vec<String> {
        self.sites().map_or_else(Vec::new, |sites| sites.names())
    }
}

impl Sites {
    pub(super) fn names(&self) -> Vec<String> {
        let checked = self.outcome.checked.iter();
        checked.flat_map(|checked| &checked.content.config.sites).map(|s| s.id.clone()).collect()
    }

    /// The bytes of `path` of the site called `name`.
    pub(super) fn file(&self, name: &str, path: &str) -> Option<Vec<u8>> {
        let checked = self.outcome.checked.as_ref()?;
        let site = checked.content.config.sites.iter().position(|site| site.id == name)?;
        let renderer = Renderer::new(checked, &self.outcome.sources, &self.assets, site);
        if let Some(whole) = self.whole[site].get() {
            return whole.get(path).cloned();
        }
        if let Some(html) = renderer.page(path) {
            return Some(html.into_bytes());
        }
        // A static file that cannot be read was told when the site was scanned.
        let whole = self.whole[site].get_or_init(|| renderer.collect().unwrap_or_default());
        whole.get(path).cloned()
    }

    fn scan(&self, report: &mut Report) -> anyhow::Result<()> {
        let Some(checked) = &self.outcome.checked else { return Ok(()) };
        for (site, whole) in self.whole.iter().enumerate() {
            let renderer = Renderer::new(checked, &self.outcome.sources, &self.assets, site);
            let files = match whole.get() {
                Some(files) => files,
                None => {
                    let files = renderer.collect()?;
                    whole.get_or_init(|| files)
                }
            };
            scan_site(checked, &self.outcome.sources, site, files, report);
        }
        Ok(())
    }
}
