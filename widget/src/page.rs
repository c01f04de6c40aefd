//! What the page was built with: sets, links to pages, language, version of the site.
//!
//! The elements and attributes are the contract with `site-gen`; `browser::page` finds them and
//! hands their text to [`Page::read`].

use std::collections::BTreeMap;
use std::rc::Rc;

use selfcheck::id::{PageId, Version};
use selfcheck::set::{Campaign, Role};
use selfcheck::time::{Date, Timestamp};
use serde::Deserialize;

use crate::sheet::Sheet;
use crate::texts::{self, Texts};

/// Everything that stays the same while the page is open.
pub struct Page {
    /// The words on screen.
    pub texts: &'static Texts,
    /// Version of the built site, for the result file.
    pub site: Version,
    /// By role, in the order they are offered; residents have one sheet.
    pub sheets: Vec<Rc<Sheet>>,
    /// Titles and addresses of the pages the questions refer to.
    pub links: BTreeMap<PageId, PageLink>,
    /// When the page was opened, by this PC's clock.
    pub opened: Timestamp,
    /// Whether the page came over plain http, where nobody vouches for it on its way.
    pub plain_http: bool,
}

/// A page of the site.
#[derive(Debug, PartialEq, Eq, Deserialize)]
pub struct PageLink {
    /// As people read it.
    pub title: String,
    /// Relative address.
    pub href: String,
}

/// The parts of the page as text.
pub struct Source<'a> {
    /// `lang` of the document.
    pub lang: &'a str,
    /// `data-mode` of the mount: `staff` or `residents`.
    pub mode: &'a str,
    /// `data-site` of the mount.
    pub site: &'a str,
    /// Whether the page came over plain http.
    pub plain_http: bool,
    /// When the page was opened.
    pub opened: Timestamp,
    /// Text of the JSON element with this id.
    pub json: &'a dyn Fn(&str) -> Option<String>,
}

/// Where today lies in the period of a campaign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// Only a trial is possible.
    Before,
    /// As planned.
    Open,
    /// Still possible; the file counts as late.
    Late,
}

impl Page {
    /// Reads the parts.
    ///
    /// # Errors
    /// What is missing or wrong, in words for the people who run the site.
    pub fn read(source: &Source<'_>) -> Result<Self, String> {
        let json = |id: &str| (source.json)(id).ok_or_else(|| format!("no element `{id}`"));
        let in_element = |id: &str, error: &dyn std::fmt::Display| format!("`{id}`: {error}");
        let sheets = if source.mode == "residents" {
            let id = "set-residents";
            vec![Rc::new(Sheet::residents(&json(id)?).map_err(|error| in_element(id, &error))?)]
        } else {
            Role::ALL
                .iter()
                .map(|role| {
                    let id = format!("set-{role}");
                    let sheet =
                        Sheet::campaign(&json(&id)?).map_err(|error| in_element(&id, &error))?;
                    Ok(Rc::new(sheet))
                })
                .collect::<Result<_, String>>()?
        };
        let pages = "self-check-pages";
        Ok(Self {
            texts: texts::for_language(source.lang),
            site: source.site.parse().map_err(|error| in_element("data-site", &error))?,
            sheets,
            links: serde_json::from_str(&json(pages)?).map_err(|error| in_element(pages, &error))?,
            opened: source.opened.clone(),
            plain_http: source.plain_http,
        })
    }

    /// The sheet everybody gets: `general`, or the residents'.
    pub fn first_sheet(&self) -> &Rc<Sheet> {
        &self.sheets[0]
    }

    /// The campaign; `None` for residents.
    pub fn campaign(&self) -> Option<&Campaign> {
        self.first_sheet().frozen().map(|frozen| &frozen.set.campaign)
    }

    /// The sheet for `role`.
    pub fn sheet(&self, role: Role) -> Option<&Rc<Sheet>> {
        self.sheets.iter().find(|sheet| sheet.frozen().is_some_and(|f| f.set.role == role))
    }
}

impl Period {
    /// Where `now` lies.
    pub fn of(campaign: &Campaign, now: &Timestamp) -> Self {
        if campaign.finished_late(now) {
            Self::Late
        } else if Date::in_japan(now.unix_seconds()) < Some(campaign.opens) {
            Self::Before
        } else {
            Self::Open
        }
    }
}
