//! Stage 3: the files of one site, as bytes by output path.
//!
//! Everything was resolved before, so nothing here can fail; what a site may not show is left out
//! by asking [`View::shows`] and [`Sites::holds`](crate::check::Sites::holds). Start at
//! [`Renderer`]; `layout` is the frame of every page, `page` what surrounds a text, `figures`
//! everything drawn from data.

mod after;
mod around;
pub mod assets;
mod feedback;
mod figures;
mod glossary_data;
mod kana;
mod layout;
mod menu;
mod page;
mod pool;
mod rebase;
mod redirect;
mod script;
mod search;
mod site_map;
mod view;
mod web;
mod whole;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use selfcheck::digest::hex;
use sha2::{Digest as _, Sha256};

use crate::check::{Checked, SITE_MAP_PAGE, WHOLE_PAGE};
use crate::markdown::{Body, Figure, Segment};
use crate::search::index::Put;
use crate::search::page_text;
use crate::source::Sources;
use assets::Assets;
use pool::Pool;
use search::Search;
use view::View;

/// Output path within the site, with `/`, and its bytes.
pub type SiteFiles = BTreeMap<String, Vec<u8>>;

/// Stands in the self-check page until the rest of the site is known.
const SITE_VERSION_SLOT: &str = "data-site=\"\"";

/// What one page after the other is made and read with.
type Room = (page::Desk, page_text::Reader);

/// Pages after which the search gets what they say: few enough that their text need not be kept,
/// and so many that it does not matter how long one thread waits for the other's last page.
const BATCH: usize = 1024;

/// Pages that one thread makes before another can take some of its work.
const PAGES_IN_ONE_GO: usize = 4;

/// One site, ready to be rendered.
pub struct Renderer<'a> {
    view: View<'a>,
    /// Every page, in reading order by version.
    pages: Vec<usize>,
}

impl<'a> Renderer<'a> {
    /// Prepares the site at `site` of the configuration.
    pub fn new(
        checked: &'a Checked,
        sources: &'a Sources,
        assets: &'a Assets,
        site: usize,
    ) -> Self {
        let view = View::new(checked, sources, assets, site);
        let pages = view.all_pages().collect();
        Self { view, pages }
    }

    /// How many pages the site has.
    pub fn pages(&self) -> usize {
        self.pages.len()
    }

    /// Hands every file to `put`, as soon as it is made and on several threads at once, so that
    /// no site has to lie in memory as a whole.
    ///
    /// # Errors
    /// Those of `put`, and static files that cannot be read.
    pub fn render(
        &self,
        put: &(impl Fn(&str, &[u8]) -> anyhow::Result<()> + Sync),
    ) -> anyhow::Result<()> {
        let view = &self.view;
        // Only the self-check says which version of the site it stands on.
        let needs_version = self.pages.iter().any(|&page| has_check(&view.checked.bodies[page]));
        let digests = Mutex::new(Vec::new());
        let note = |path: &str, bytes: &[u8]| {
            if needs_version {
                let digest = (path.to_owned(), Sha256::digest(bytes));
                digests.lock().unwrap_or_else(PoisonError::into_inner).push(digest);
            }
        };
        let put_hashed = |path: &str, bytes: &[u8]| {
            note(path, bytes);
            put(path, bytes)
        };
        // What is no page first: some of it is large, and nobody should wait for it at the end.
        let (others, made) = rayon::join(
            || -> anyhow::Result<()> {
                let files: Vec<_> =
                    rest(view)?.into_iter().filter(|(path, _)| !self.has(path)).collect();
                files.par_iter().try_for_each(|(path, bytes)| put_hashed(path, bytes))
            },
            || self.render_pages(&put_hashed),
        );
        others?;
        let versioned = made?;
        versioned.iter().for_each(|(path, html)| note(path, html.as_bytes()));
        let mut digests = digests.into_inner().unwrap_or_else(PoisonError::into_inner);
        digests.sort_unstable();
        let stamp = format!("data-site=\"{}\"", version(&digests));
        versioned.into_iter().try_for_each(|(path, html)| {
            put(path, html.replace(SITE_VERSION_SLOT, &stamp).as_bytes())
        })
    }

    /// Hands every page and the search to `put`, but the pages that say which version of the
    /// site they stand on: those come back.
    fn render_pages(&self, put: &Put<'_>) -> anyhow::Result<Vec<(&str, String)>> {
        let view = &self.view;
        let mut search = Search::new(view);
        let mut versioned = Vec::new();
        let rooms: Pool<Room> = Pool::default();
        for pages in self.pages.chunks(BATCH) {
            let make = |&page: &usize| {
                rooms.with(|(desk, reader)| {
                    let (html, main) = desk.render(view, page);
                    let said = (page, reader.page(&html[main..]));
                    if has_check(&view.checked.bodies[page]) {
                        return Ok((said, Some(html.to_owned())));
                    }
                    put(view.file(page), html.as_bytes())?;
                    Ok((said, None))
                })
            };
            let made: Vec<_> = pages
                .par_iter()
                .with_max_len(PAGES_IN_ONE_GO)
                .map(make)
                .collect::<anyhow::Result<_>>()?;
            let (said, held): (Vec<_>, Vec<_>) = made.into_iter().unzip();
            let paths = pages.iter().map(|&page| view.file(page));
            versioned.extend(paths.zip(held).filter_map(|(path, html)| Some((path, html?))));
            search.add(said, put)?;
        }
        search.finish(put)?;
        Ok(versioned)
    }

    /// The page of this path, if it is one; its version stays open, which only results tell.
    pub fn page(&self, path: &str) -> Option<String> {
        let &page = self.pages.iter().find(|&&page| self.view.file(page) == path)?;
        Some(page::Desk::default().render(&self.view, page).0.to_owned())
    }

    /// Every file of the site, in memory.
    ///
    /// # Errors
    /// When a static file cannot be read.
    pub fn collect(&self) -> anyhow::Result<SiteFiles> {
        let files = Mutex::new(SiteFiles::new());
        self.render(&|path: &str, bytes: &[u8]| {
            let mut files = files.lock().unwrap_or_else(PoisonError::into_inner);
            files.insert(path.to_owned(), bytes.to_vec());
            Ok(())
        })?;
        Ok(files.into_inner().unwrap_or_else(PoisonError::into_inner))
    }

    /// Whether a page of the content has this path; it goes before what is made beside it.
    fn has(&self, path: &str) -> bool {
        path.strip_suffix(".html").is_some_and(|address| {
            self.view.find(address).is_some()
                || address.contains('.')
                    && self.pages.iter().any(|&page| self.view.file(page) == path)
        })
    }
}

/// Every file of a site that is no page of the content, but those of the search.
fn rest(view: &View<'_>) -> anyhow::Result<SiteFiles> {
    let mut files = SiteFiles::new();
    redirect::publish(view, &mut files);
    glossary_data::publish(view, &mut files);
    files.insert(format!("{SITE_MAP_PAGE}.html"), site_map::render(view).into_bytes());
    if let Some(whole) = whole::render(view) {
        files.insert(format!("{WHOLE_PAGE}.html"), whole.into_bytes());
    }
    web::publish(view, &mut files);
    publish_policy_texts(view, &mut files);
    publish_assets(view, &mut files)?;
    Ok(files)
}

/// The exact text of each policy to acknowledge, beside its page, so that anybody can hash it.
fn publish_policy_texts(view: &View<'_>, files: &mut SiteFiles) {
    let Some(archive) = view.archive() else { return };
    for (_, frozen) in archive.sets.values() {
        for policy in &frozen.set.acknowledgements {
            if let Some(page) = view.find(policy.page.as_str()) {
                let text = view.content().pages[page].body(view.sources).as_bytes().to_vec();
                files.insert(format!("{}.md", policy.page), text);
            }
        }
    }
}

/// Copies what some page of this site refers to, and nothing else.
fn publish_assets(view: &View<'_>, files: &mut SiteFiles) -> anyhow::Result<()> {
    files.extend(view.assets.common_files());
    let bodies = || view.all_pages().map(|page| &*view.checked.bodies[page]);
    if bodies().any(has_check) {
        files.extend(view.assets.widget_files());
    }
    let definitions = view.content().glossary.iter().zip(&view.checked.definitions);
    let shown =
        definitions.filter(|(term, _)| view.shows(term.visibility)).map(|(_, body)| &**body);
    let texts = bodies().chain(shown);
    let images: BTreeSet<&str> =
        texts.flat_map(|body| &body.images).map(|image| image.asset.as_str()).collect();
    for asset in view.content().assets.iter().filter(|asset| images.contains(asset.path.as_str())) {
        files.insert(format!("files/{}", asset.path), std::fs::read(&asset.file)?);
    }
    Ok(())
}

/// Whether a text runs the self-check.
fn has_check(body: &Body) -> bool {
    body.segments.iter().any(|segment| {
        matches!(segment, Segment::Figure(used)
            if matches!(used.figure, Figure::SelfCheck | Figure::ResidentCheck))
    })
}

/// The version of the built site: a hash over all files, those that will carry it before they do.
fn version(digests: &[(String, impl AsRef<[u8]>)]) -> String {
    let mut hasher = Sha256::new();
    for (path, digest) in digests {
        hasher.update(path.as_bytes());
        hasher.update([0]);
        hasher.update(digest);
    }
    format!("{}+{}", env!("CARGO_PKG_VERSION"), hex(&hasher.finalize()[..6]))
}
