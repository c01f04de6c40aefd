//! Stage 3: the files of one site, as bytes by output path.
//!
//! Everything was resolved before, so nothing here can fail; what a site may not show is left out
//! by asking [`View::shows`] and [`Sites::holds`](crate::check::Sites::holds). Start at
//! [`render_site`]; `layout` is the frame of every page, `page` what surrounds a text, `figures`
//! everything drawn from data.

mod after;
pub mod assets;
mod feedback;
mod figures;
mod glossary_data;
mod kana;
mod layout;
mod page;
mod rebase;
mod redirect;
mod search;
mod site_map;
mod view;
mod web;
mod whole;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use selfcheck::digest::hex;
use sha2::{Digest as _, Sha256};

use crate::check::{Checked, SITE_MAP_PAGE, WHOLE_PAGE};
use crate::markdown::{Figure, Segment};
use crate::search::page_text::{self, PageText};
use crate::source::Sources;
use assets::Assets;
use view::View;

/// Output path within the site, with `/`, and its bytes.
pub type SiteFiles = BTreeMap<String, Vec<u8>>;

/// Stands in the self-check page until the rest of the site is known.
const SITE_VERSION_SLOT: &str = "data-site=\"\"";

/// Renders the site at `site` of the configuration.
pub fn render_site(
    checked: &Checked,
    sources: &Sources,
    assets: &Assets,
    site: usize,
) -> anyhow::Result<SiteFiles> {
    let view = View::new(checked, sources, assets, site);
    let all: Vec<usize> = view.all_pages().collect();
    let pages: Vec<(String, Vec<u8>, PageText)> = all
        .par_iter()
        .map(|&page| {
            let html = page::render(&view, page);
            let said = page_text::read(&html);
            (format!("{}.html", checked.content.pages[page].address()), html.into_bytes(), said)
        })
        .collect();
    let mut files = SiteFiles::new();
    let mut said = BTreeMap::new();
    for (&page, (path, html, text)) in all.iter().zip(pages) {
        files.insert(path, html);
        said.insert(page, text);
    }
    search::publish(&view, said, &mut files);
    redirect::publish(&view, &mut files);
    glossary_data::publish(&view, &mut files);
    files.insert(format!("{SITE_MAP_PAGE}.html"), site_map::render(&view).into_bytes());
    if let Some(whole) = whole::render(&view) {
        files.insert(format!("{WHOLE_PAGE}.html"), whole.into_bytes());
    }
    web::publish(&view, &mut files);
    publish_policy_texts(&view, &mut files);
    publish_assets(&view, &mut files)?;
    stamp_version(&mut files);
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
    let bodies = || view.all_pages().map(|page| &view.checked.bodies[page]);
    let has_check = bodies().flat_map(|body| &body.segments).any(|segment| {
        matches!(segment, Segment::Figure(used)
            if matches!(used.figure, Figure::SelfCheck | Figure::ResidentCheck))
    });
    if has_check {
        files.extend(view.assets.widget_files());
    }
    let images: BTreeSet<&str> =
        bodies().flat_map(|body| &body.images).map(|image| image.asset.as_str()).collect();
    for asset in view.content().assets.iter().filter(|asset| images.contains(asset.path.as_str())) {
        files.insert(format!("files/{}", asset.path), std::fs::read(&asset.file)?);
    }
    Ok(())
}

/// The version of the built site: a hash over everything else in it.
fn stamp_version(files: &mut SiteFiles) {
    let mut hasher = Sha256::new();
    for (path, bytes) in files.iter() {
        hasher.update(path.as_bytes());
        hasher.update([0]);
        hasher.update((bytes.len() as u64).to_be_bytes());
        hasher.update(bytes);
    }
    let digest = hex(&hasher.finalize()[..6]);
    let stamp = format!("data-site=\"{}+{digest}\"", env!("CARGO_PKG_VERSION"));
    for (_, bytes) in files.iter_mut().filter(|(path, _)| path.ends_with(".html")) {
        if let Ok(html) = std::str::from_utf8(bytes)
            && html.contains(SITE_VERSION_SLOT)
        {
            *bytes = html.replace(SITE_VERSION_SLOT, &stamp).into_bytes();
        }
    }
}
