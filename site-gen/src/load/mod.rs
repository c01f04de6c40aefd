//! Stage 1: read the content folder into typed values, telling every mistake of form at once.
//!
//! Nothing is resolved here: a page may name a page that does not exist, and `check` says so.
//! Start at [`load`]; each kind of file has its own module, all of them read TOML through
//! [`record`].

pub mod archive;
pub mod campaign;
pub mod data;
mod files;
pub mod glossary;
pub mod ids;
mod matter;
pub mod page;
pub mod question;
mod record;
mod schema;
pub mod site;
mod unread;
pub mod version;

use std::path::Path;

use crate::diagnostic::Report;
use crate::source::Sources;

pub use archive::{Archive, CampaignRecord, SourceHash};
pub use campaign::CampaignSource;
pub use data::Data;
pub use files::Asset;
pub use glossary::Term;
pub use ids::{Ids, PageIds};
pub use page::Page;
pub use question::{CheckSource, QuestionSource};
pub(crate) use record::Word;
pub use schema::schemas;
pub use site::{Site, SiteConfig};
pub use unread::{Unread, Withheld};
pub use version::Version;

/// All content, as written.
#[derive(Debug)]
pub struct Content {
    /// `site.toml`.
    pub config: SiteConfig,
    /// `pages/**.md`: originals by id, then their other versions.
    pub pages: Vec<Page>,
    /// `glossary/*.md`, by id.
    pub glossary: Vec<Term>,
    /// `checks/*.toml`, by id.
    pub checks: Vec<CheckSource>,
    /// `campaigns/*.toml`, by id.
    pub campaigns: Vec<CampaignSource>,
    /// `data/*.toml`.
    pub data: Data,
    /// `archive/*/`: frozen question sets.
    pub archive: Vec<Archive>,
    /// `ids.toml`: anchors that were published.
    pub ids: Ids,
    /// `assets/**`: images and files that pages may refer to.
    pub assets: Vec<Asset>,
    /// What stands there and is none of these.
    pub unread: Unread,
}

impl Content {
    /// The original of the page with this id.
    pub fn page(&self, id: &str) -> Option<&Page> {
        self.pages.iter().find(|page| page.is_original() && page.id.as_str() == id)
    }
}

/// Reads the content folder.
///
/// Returns `None` when `site.toml` cannot be used; everything else is reported and left out.
///
/// # Errors
/// An I/O error that is not about a single file, such as a missing folder.
pub fn load(
    root: &Path,
    sources: &mut Sources,
    report: &mut Report,
) -> anyhow::Result<Option<Content>> {
    let tree = files::read_tree(root, sources, report)?;
    let config = site::load(&tree, sources, report);
    let mut pages = page::load(&tree, sources, report);
    let glossary = glossary::load(&tree, sources, report);
    let checks = question::load(&tree, sources, report);
    let campaigns = campaign::load(&tree, sources, report);
    let data = data::load(&tree, sources, report);
    let archive = archive::load(&tree, sources, report);
    let ids = ids::load(&tree, sources, report);
    files::report_strays(&tree, report);
    let is_withheld = |page: &mut Page| page.status.value != page::Status::Approved;
    let withheld: Vec<Page> = pages.extract_if(.., is_withheld).collect();
    let unread = Unread::new(&withheld, sources, report);
    Ok(config.map(|config| Content {
        config,
        pages,
        glossary,
        checks,
        campaigns,
        data,
        archive,
        ids,
        assets: tree.assets,
        unread,
    }))
}
