//! Which page stands on which site.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use crate::diagnostic::{Report, did_you_mean, error, nearest};
use crate::load::{Content, Page, Site, Version};
use crate::visibility::Visibility;

/// Membership of pages in sites; sites and pages by position in the content.
#[derive(Debug)]
pub struct Sites {
    levels: Vec<Visibility>,
    /// By page, and for each page by site: whether it stands there.
    membership: Vec<bool>,
    /// Originals only.
    by_id: HashMap<String, usize, RandomState>,
    /// By page: its original, which may be itself.
    originals: Vec<usize>,
    /// By page: its versions, the original among them; none for other versions.
    versions: Vec<[Option<usize>; Version::ALL.len()]>,
}

impl Sites {
    pub(super) fn new(content: &Content, report: &mut Report) -> Self {
        let sites = &content.config.sites;
        for page in &content.pages {
            for name in &page.only {
                let is_known = sites.iter().any(|site| site.id == name.value);
                if !is_known && !content.unread.file("site.toml") {
                    let message = format!("`only` の「{}」というサイトはありません", name.value);
                    let mut finding = error("unknown-site", name.place, message);
                    let ids = sites.iter().map(|site| site.id.as_str());
                    if let Some(hint) = did_you_mean(&nearest(&name.value, ids)) {
                        finding = finding.hint(hint);
                    }
                    report.push(finding);
                }
            }
        }
        let stands = |page: &Page, site: &Site| {
            let is_pinned = !page.only.is_empty();
            let is_named = || page.only.iter().any(|name| name.value == site.id);
            page.visibility <= site.level && (!is_pinned || is_named())
        };
        let membership = content
            .pages
            .iter()
            .flat_map(|page| sites.iter().map(move |site| stands(page, site)))
            .collect();
        let mut by_id =
            HashMap::with_capacity_and_hasher(content.pages.len(), RandomState::default());
        let mut versions = vec![[None; Version::ALL.len()]; content.pages.len()];
        let mut originals = Vec::with_capacity(content.pages.len());
        // Originals come first, so the one of a version is known when it is met.
        for (index, page) in content.pages.iter().enumerate() {
            let original = if page.is_original() {
                by_id.insert(page.id.to_string(), index);
                Some(index)
            } else {
                by_id.get(page.id.as_str()).copied()
            };
            if let Some(original) = original {
                versions[original][page.version as usize] = Some(index);
            }
            originals.push(original.unwrap_or(index));
        }
        let levels = sites.iter().map(|site| site.level).collect();
        Self { levels, membership, by_id, originals, versions }
    }

    /// The original of the page with this id.
    pub fn find(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// A version of the page at `page`, whichever version that is itself.
    pub fn version(&self, page: usize, version: Version) -> Option<usize> {
        self.versions[self.originals[page]][version as usize]
    }

    /// All versions of the page at `page`, the original first.
    pub fn versions(&self, page: usize) -> impl Iterator<Item = usize> + '_ {
        self.versions[self.originals[page]].into_iter().flatten()
    }

    /// Whether a page stands on a site.
    pub fn holds(&self, site: usize, page: usize) -> bool {
        self.membership[page * self.levels.len() + site]
    }

    /// Sites that hold the page `from` but not the page `target`.
    pub(super) fn missing_for_page(&self, from: usize, target: usize) -> Vec<usize> {
        let sites = 0..self.levels.len();
        sites.filter(|&site| self.holds(site, from) && !self.holds(site, target)).collect()
    }

    /// Sites that show records of `level` but do not hold the page `target`.
    ///
    /// Pages pinned to one site are judged there only: the other sites leave the record's link out.
    pub(super) fn missing_for_level(&self, level: Visibility, target: usize) -> Vec<usize> {
        let sites = 0..self.levels.len();
        sites.filter(|&site| self.levels[site] >= level && !self.holds(site, target)).collect()
    }
}
