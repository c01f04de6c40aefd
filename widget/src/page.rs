//! What the page was built with: sets, links to pages, language, version of the site.
//!
//! The elements and attributes are the contract with `site-gen`; `browser::page` reads them.

use std::rc::Rc;

use selfcheck::id::{PageId, Version};
use selfcheck::set::Campaign;
use selfcheck::time::{Date, Timestamp};

use crate::sheet::Sheet;
use crate::state::Start;
use crate::texts::Texts;

/// Everything that stays the same while the page is open.
pub struct Page {
    /// The words on screen.
    pub texts: &'static Texts,
    /// Version of the built site, for the result file.
    pub site: Version,
    /// By role, in the order they are offered; residents have one sheet.
    pub sheets: Vec<Rc<Sheet>>,
    /// Titles and addresses of the pages the questions refer to.
    pub links: Vec<(PageId, PageLink)>,
    /// When the page was opened, by this PC's clock.
    pub opened: Timestamp,
    /// Whether the page came over plain http, where nobody vouches for it on its way.
    pub plain_http: bool,
}

/// A page of the site.
pub struct PageLink {
    /// As people read it.
    pub title: String,
    /// Relative address.
    pub href: String,
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
    /// The days of grace are over too: only a trial is possible.
    Closed,
}

impl Page {
    /// The sheet everybody gets: `general`, or the residents'.
    pub fn first_sheet(&self) -> &Rc<Sheet> {
        &self.sheets[0]
    }

    /// The campaign; `None` for residents.
    pub fn campaign(&self) -> Option<&Campaign> {
        self.first_sheet().frozen().map(|frozen| &frozen.set.campaign)
    }

    /// Where a page of the site is; `None` for a page this site does not have.
    pub fn link(&self, page: &PageId) -> Option<&PageLink> {
        self.links.iter().find(|(id, _)| id == page).map(|(_, link)| link)
    }

    /// The sheet of the chosen role; `None` while none is chosen.
    pub fn chosen_sheet(&self, start: &Start) -> Option<&Rc<Sheet>> {
        let of_role =
            |sheet: &&Rc<Sheet>| sheet.frozen().is_some_and(|f| start.role == Some(f.set.role));
        self.sheets.iter().find(of_role)
    }
}

/// The last day on which a file is taken without being late for that alone: the end of the days of
/// grace, in Japan.
pub fn last_day(campaign: &Campaign) -> Option<Date> {
    let grace = i64::from(campaign.grace_days) * 86_400;
    Date::in_japan(campaign.closes.end_unix_seconds() - 1 + grace)
}

impl Period {
    /// Where `now` lies.
    pub fn of(campaign: &Campaign, now: &Timestamp) -> Self {
        if Date::in_japan(now.unix_seconds()) > last_day(campaign) {
            Self::Closed
        } else if campaign.finished_late(now) {
            Self::Late
        } else if Date::in_japan(now.unix_seconds()) < Some(campaign.opens) {
            Self::Before
        } else {
            Self::Open
        }
    }
}
