//! `archive/<campaign>/`: the frozen question sets and the record of what they came from.

use std::collections::BTreeMap;

use selfcheck::digest::Sha256;
use selfcheck::id::CampaignId;
use selfcheck::set::{Campaign, FrozenSet, Role};
use serde::{Deserialize, Serialize};

use super::files::Tree;
use crate::diagnostic::{Report, error};
use crate::source::{FileId, Sources};

/// The frozen sets of one campaign.
#[derive(Debug)]
pub struct Archive {
    /// The record file.
    pub file: FileId,
    /// What the sets came from.
    pub record: CampaignRecord,
    /// One frozen set a role, with the file it lies in.
    pub sets: BTreeMap<Role, (FileId, FrozenSet)>,
}

impl Archive {
    /// The round as it was frozen; `None` when no set can be read.
    pub fn campaign(&self) -> Option<&Campaign> {
        self.sets.values().next().map(|(_, frozen)| &frozen.set.campaign)
    }
}

/// `campaign.json`: written by `freeze`, never by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CampaignRecord {
    /// Format version, 1.
    pub v: u8,
    /// The campaign.
    pub campaign: CampaignId,
    /// SHA-256 of each frozen set, by role.
    pub sets: BTreeMap<Role, Sha256>,
    /// Every source file, with its hash at the time of freezing.
    pub sources: Vec<SourceHash>,
}

/// A source file as it was when the sets were frozen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceHash {
    /// Path within the content folder.
    pub path: String,
    /// SHA-256 of the text; of a policy page, of the Markdown after the front matter.
    pub sha256: Sha256,
}

pub(super) fn load(tree: &Tree, sources: &Sources, report: &mut Report) -> Vec<Archive> {
    tree.in_folder("archive", "json")
        .filter_map(|(stem, file)| Some((stem.strip_suffix("/campaign")?, file)))
        .filter_map(|(name, file)| load_one(tree, name, file, sources, report))
        .collect()
}

fn load_one(
    tree: &Tree,
    name: &str,
    file: FileId,
    sources: &Sources,
    report: &mut Report,
) -> Option<Archive> {
    let remedy = format!(
        "このフォルダは手で直しません。`git checkout` で戻すか、開始前なら `site-gen freeze {name}` で作り直します。"
    );
    let record: CampaignRecord = match serde_json::from_str(&sources.file(file).text) {
        Ok(record) => record,
        Err(fault) => {
            let message = format!("凍結した記録を読めません（{fault}）");
            report.push(error("archive", file.place(0..0), message).hint(remedy));
            return None;
        }
    };
    let mut sets = BTreeMap::new();
    for (&role, &expected) in &record.sets {
        let path = format!("archive/{name}/set-{role}.json");
        let Some(&set_file) = tree.texts.get(&path) else {
            if tree.holds(&path) {
                continue;
            }
            let message = format!("凍結した設問集 `{path}` がありません");
            report.push(error("archive", file.place(0..0), message).hint(&remedy));
            continue;
        };
        match FrozenSet::parse(sources.file(set_file).text.as_bytes()) {
            Ok(set) if set.sha256 == expected && set.set.role == role => {
                sets.insert(role, (set_file, set));
            }
            Ok(_) => report.push(
                error(
                    "archive",
                    set_file.place(0..0),
                    "凍結した設問集が記録のハッシュ値と違います",
                )
                .hint(&remedy),
            ),
            Err(fault) => report.push(
                error(
                    "archive",
                    set_file.place(0..0),
                    format!("凍結した設問集を読めません（{fault}）"),
                )
                .hint(&remedy),
            ),
        }
    }
    Some(Archive { file, record, sets })
}
