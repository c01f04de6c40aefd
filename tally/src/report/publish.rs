//! What a report was made from, whether it may be made again, and putting it in place.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use selfcheck::digest::Sha256;
use selfcheck::id::{CampaignId, OrgId};
use selfcheck::set::Role;
use serde::{Deserialize, Serialize};

use super::Files;
use super::figures::Figures;
use super::load::Campaigned;
use super::partition::SMALLEST;
use super::summary::Summary;
use crate::archive::Archive;
use crate::fault::Fault;
use crate::files;

/// `secretariat/inputs.json`: digests of everything that was used, for the auditor and for the
/// rule about a second report. Names no person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Inputs {
    pub(crate) v: u8,
    pub(crate) tally: String,
    pub(crate) org: OrgId,
    pub(crate) campaign: CampaignId,
    /// SHA-256 of the roster file.
    pub(crate) roster_sha256: Sha256,
    /// SHA-256 of the ledger's last line, which covers all lines before.
    pub(crate) ledger_head: Sha256,
    pub(crate) ledger_lines: u64,
    pub(crate) sets: Vec<SetInput>,
    /// SHA-256 over the summaries of earlier years, as they were read.
    pub(crate) earlier: Vec<EarlierInput>,
    /// One digest a person who is scored, over the payloads that count, and the group they are in.
    pub(crate) records: BTreeMap<Sha256Text, String>,
}

/// A frozen set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SetInput {
    pub(crate) role: Role,
    pub(crate) sha256: Sha256,
}

/// A summary of an earlier year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EarlierInput {
    pub(crate) campaign: CampaignId,
    pub(crate) sha256: Sha256,
}

/// JSON member names are text.
type Sha256Text = String;

impl Inputs {
    /// Lists what was used.
    pub(crate) fn of(
        loaded: &Campaigned<'_>,
        figures: &Figures,
        archive: &Archive,
        earlier: &[Summary],
    ) -> Self {
        let roster = &loaded.roster.roster;
        let scored = loaded.people.iter().filter(|(index, _)| !roster.people[**index].exempt);
        let records = scored.map(|(index, answered)| {
            let payloads: Vec<String> = answered.payloads.iter().map(Sha256::to_string).collect();
            let digest = Sha256::of(payloads.join("\n").as_bytes()).to_string();
            (digest, figures.leaf_of(&roster.people[*index].section).to_owned())
        });
        let sets = Role::ALL.into_iter().filter_map(|role| {
            let set = archive.set(&loaded.campaign.id, role)?;
            Some(SetInput { role, sha256: set.sha256 })
        });
        Self {
            v: 1,
            tally: env!("CARGO_PKG_VERSION").to_owned(),
            org: roster.org.clone(),
            campaign: loaded.campaign.id.clone(),
            roster_sha256: loaded.roster.sha256,
            ledger_head: loaded.ledger.head,
            ledger_lines: loaded.ledger.lines.len() as u64,
            sets: sets.collect(),
            earlier: earlier
                .iter()
                .map(|summary| EarlierInput {
                    campaign: summary.campaign.clone(),
                    sha256: Sha256::of(&super::to_json(summary)),
                })
                .collect(),
            records: records.collect(),
        }
    }

    /// The size of the smallest group of people that two reports together would show, if it is
    /// under five: everyone who is in the same pair of groups (or in one report only) can be had
    /// by subtraction.
    fn shown_together_with(&self, before: &Self) -> Option<usize> {
        let mut pairs: BTreeMap<(Option<&str>, Option<&str>), usize> = BTreeMap::new();
        for (record, group) in &self.records {
            let then = before.records.get(record).map(String::as_str);
            *pairs.entry((then, Some(group))).or_default() += 1;
        }
        for (record, group) in &before.records {
            if !self.records.contains_key(record) {
                *pairs.entry((Some(group), None)).or_default() += 1;
            }
        }
        let is_change = |(then, now): &(Option<&str>, Option<&str>)| then != now;
        if !pairs.keys().any(is_change) {
            return None;
        }
        pairs.into_values().min().filter(|&people| (people as u64) < SMALLEST)
    }
}

const MAX_INPUTS_BYTES: u64 = 1024 * 1024 * 1024;

/// Writes the files to a folder beside `out` and swaps them in.
///
/// # Errors
/// [`Fault::FewChanges`] when a report stands there that differs by fewer than five people in a
/// group; [`Fault::NotAReport`] when something else does; [`Fault::Write`].
pub(crate) fn publish(out: &Path, inputs: &Inputs, files: &Files) -> Result<(), Fault> {
    let stands = out.try_exists().unwrap_or(true);
    if stands {
        check_second(out, inputs)?;
    }
    let write = || {
        let parent = match out.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        let staged = tempfile::Builder::new().prefix(".tally-report-").tempdir_in(parent)?;
        let new = staged.path().join("new");
        for (name, bytes) in files {
            let path = new.join(name);
            fs::create_dir_all(path.parent().unwrap_or(&new))?;
            fs::write(path, bytes)?;
        }
        if stands {
            fs::rename(out, staged.path().join("old"))?;
        }
        fs::rename(&new, out).inspect_err(|_| {
            let _ = fs::rename(staged.path().join("old"), out);
        })
    };
    write().map_err(|error: io::Error| Fault::Write { path: out.to_owned(), error })
}

fn check_second(out: &Path, inputs: &Inputs) -> Result<(), Fault> {
    let path = out.join("secretariat/inputs.json");
    let not_a_report = || Fault::NotAReport(out.to_owned());
    let bytes = files::read_own(&path, MAX_INPUTS_BYTES).map_err(|_| not_a_report())?;
    let before: Inputs = serde_json::from_slice(&bytes).map_err(|_| not_a_report())?;
    if before.campaign != inputs.campaign {
        return Err(not_a_report());
    }
    match inputs.shown_together_with(&before) {
        Some(people) => Err(Fault::FewChanges { path: out.to_owned(), people }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Groups as `group:records`, each record a letter.
    fn inputs(groups: &str) -> Inputs {
        let records = groups.split_whitespace().flat_map(|group| {
            let (name, records) = group.split_once(':').unwrap();
            records.chars().map(|record| (record.to_string(), name.to_owned()))
        });
        Inputs {
            v: 1,
            tally: String::new(),
            org: "ageo".parse().unwrap(),
            campaign: "r8".parse().unwrap(),
            roster_sha256: Sha256([0; 32]),
            ledger_head: Sha256([0; 32]),
            ledger_lines: 0,
            sets: Vec::new(),
            earlier: Vec::new(),
            records: records.collect(),
        }
    }

    fn check(before: &str, now: &str, expected: Option<usize>) {
        assert_eq!(inputs(now).shown_together_with(&inputs(before)), expected, "{before} → {now}");
    }

    #[test]
    fn a_second_report_shows_no_few_people() {
        check("a:12345", "a:12345", None);
        check("a:12345", "a:123456", Some(1));
        check("a:12345", "a:12346", Some(1));
        check("a:12345", "a:12345 b:67890", None);
        check("a:12345", "a:1234567890", None);
        // 「その他」 of 3 and 6 people, of which the 3 became a group of their own with 2 more.
        check("rest:123456789", "a:123xy b:456789", Some(2));
    }
}
