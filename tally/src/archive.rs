//! The frozen question sets of all campaigns, looked up by the SHA-256 of their bytes.
//!
//! Layout: `<archive>/<campaign>/set-<role>.json`, as `site-gen freeze` writes it. Other files of
//! a campaign's folder are the generator's business.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use selfcheck::digest::Sha256;
use selfcheck::id::{CampaignId, OrgId};
use selfcheck::set::{Campaign, FrozenSet, Role};

use crate::fault::Fault;
use crate::files;
use crate::roster::ReadRoster;

/// A set of 38 questions has about 30 KB.
const MAX_SET_BYTES: u64 = 4 * 1024 * 1024;

/// All frozen sets.
pub(crate) struct Archive {
    path: PathBuf,
    sets: BTreeMap<Sha256, FrozenSet>,
    campaigns: BTreeMap<CampaignId, Campaign>,
    orgs: BTreeMap<CampaignId, OrgId>,
}

impl Archive {
    /// Reads every `set-<role>.json` and checks that those of one campaign belong together.
    ///
    /// # Errors
    /// [`Fault::Archive`] for a set that does not parse or does not fit its place,
    /// [`Fault::EmptyArchive`] when there is none.
    pub(crate) fn read(path: &Path) -> Result<Self, Fault> {
        let mut archive = Self {
            path: path.to_owned(),
            sets: BTreeMap::new(),
            campaigns: BTreeMap::new(),
            orgs: BTreeMap::new(),
        };
        for folder in sorted_entries(path)? {
            if folder.is_dir() {
                for file in sorted_entries(&folder)? {
                    if let Some(role) = role_of(&file) {
                        archive.add(&folder, &file, role)?;
                    }
                }
            }
        }
        if archive.sets.is_empty() {
            return Err(Fault::EmptyArchive(path.to_owned()));
        }
        Ok(archive)
    }

    fn add(&mut self, folder: &Path, file: &Path, role: Role) -> Result<(), Fault> {
        let bytes = files::read_own(file, MAX_SET_BYTES)?;
        let fault = |problem: String| Fault::Archive { path: file.to_owned(), problem };
        let frozen = FrozenSet::parse(&bytes)
            .map_err(|error| fault(format!("設問集として読み取れません（{error}）")))?;
        let campaign = &frozen.set.campaign;
        if folder.file_name().and_then(|name| name.to_str()) != Some(campaign.id.as_str()) {
            return Err(fault(format!(
                "実施回 `{}` の設問集が、別の実施回のフォルダにあります",
                campaign.id
            )));
        }
        if frozen.set.role != role {
            return Err(fault(format!(
                "役割 `{}` の設問集で、ファイル名と合いません",
                frozen.set.role
            )));
        }
        let known = self.campaigns.entry(campaign.id.clone()).or_insert_with(|| campaign.clone());
        if known != campaign {
            return Err(fault("実施回の内容が、ほかの役割の設問集と違います".to_owned()));
        }
        let org = &frozen.set.org;
        if self.orgs.entry(campaign.id.clone()).or_insert_with(|| org.clone()) != org {
            return Err(fault(format!("組織 `{org}` が、ほかの役割の設問集と違います")));
        }
        self.sets.insert(frozen.sha256, frozen);
        Ok(())
    }

    /// Makes sure that `roster`, read from `path`, is of the organisation whose questions these are:
    /// those of `campaign`, or any if none is given.
    ///
    /// # Errors
    /// [`Fault::RosterOfOther`].
    pub(crate) fn check_org(
        &self,
        roster: &ReadRoster,
        path: &Path,
        campaign: Option<&CampaignId>,
    ) -> Result<(), Fault> {
        let found = &roster.roster.org;
        let of_campaign = |id: &CampaignId| campaign.is_none_or(|campaign| campaign == id);
        let mut orgs = self.orgs.iter().filter(|(id, _)| of_campaign(id)).map(|(_, org)| org);
        let wanted = orgs.next_back().filter(|last| *last != found && orgs.all(|org| org != found));
        wanted.map_or(Ok(()), |wanted| {
            Err(Fault::RosterOfOther {
                path: path.to_owned(),
                found: found.clone(),
                wanted: wanted.clone(),
                archive: self.path.clone(),
            })
        })
    }

    /// The set with this hash.
    pub(crate) fn find(&self, sha256: &Sha256) -> Option<&FrozenSet> {
        self.sets.get(sha256)
    }

    /// The set of a role, if the campaign has one.
    pub(crate) fn set(&self, campaign: &CampaignId, role: Role) -> Option<&FrozenSet> {
        let mut sets = self.sets.values();
        sets.find(|frozen| frozen.set.campaign.id == *campaign && frozen.set.role == role)
    }

    /// The campaign that opened last.
    pub(crate) fn latest(&self) -> &Campaign {
        let latest = self.campaigns.values().max_by_key(|campaign| campaign.opens);
        latest.expect("an archive holds a set, and each set has its campaign")
    }

    /// The campaign that `ledger` belongs to.
    ///
    /// # Errors
    /// [`Fault::LedgerNotInArchive`].
    pub(crate) fn campaign_of(&self, id: &CampaignId, ledger: &Path) -> Result<&Campaign, Fault> {
        self.campaigns.get(id).ok_or_else(|| Fault::LedgerNotInArchive {
            path: ledger.to_owned(),
            campaign: id.clone(),
            archive: self.path.clone(),
        })
    }

    /// The campaign of this id, as somebody typed it.
    ///
    /// # Errors
    /// [`Fault::UnknownCampaign`].
    pub(crate) fn campaign(&self, id: &CampaignId) -> Result<&Campaign, Fault> {
        self.campaigns
            .get(id)
            .ok_or_else(|| Fault::UnknownCampaign { campaign: id.clone(), path: self.path.clone() })
    }
}

/// `set-manager.json` is the set of managers; other names are not ours.
fn role_of(file: &Path) -> Option<Role> {
    let name = file.file_name()?.to_str()?.strip_prefix("set-")?.strip_suffix(".json")?;
    Role::ALL.into_iter().find(|role| role.as_str() == name)
}

fn sorted_entries(folder: &Path) -> Result<Vec<PathBuf>, Fault> {
    let read = || {
        let entries = fs::read_dir(folder)?;
        let mut paths =
            entries.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>()?;
        paths.sort();
        Ok(paths)
    };
    read().map_err(|error| Fault::Read { path: folder.to_owned(), error })
}
