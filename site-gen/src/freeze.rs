//! Freezing a campaign: its question sets become bytes that no later build changes.
//!
//! `content/archive/<campaign>/set-<role>.json` and `campaign.json` are committed with the content;
//! builds embed exactly those bytes, and `tally` grades by them. Source: `selfcheck/FORMAT.md` §3.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use selfcheck::digest::Sha256;
use selfcheck::time::Date;

use crate::check::{compile_sets, lost_archive, page_text_hash, rounds};
use crate::diagnostic::Report;
use crate::load::{CampaignRecord, CampaignSource, Content, SourceHash};
use crate::source::Sources;

/// Writes the archive of one campaign; returns the files written.
///
/// # Errors
/// When the campaign does not exist, does not compile, is open already with other sets or without
/// any that can be read, or a file cannot be written.
pub fn freeze(
    content_dir: &Path,
    content: &Content,
    sources: &Sources,
    campaign: &str,
    today: Date,
    report: &mut Report,
) -> anyhow::Result<Vec<PathBuf>> {
    let Some(source) = content.campaigns.iter().find(|one| one.campaign.id.as_str() == campaign)
    else {
        let known: Vec<&str> =
            content.campaigns.iter().map(|one| one.campaign.id.as_str()).collect();
        bail!("実施回「{campaign}」がありません（あるもの: {}）", known.join("、"));
    };
    if !rounds::faults(content, source, today).is_empty() {
        // The check has told them.
        bail!("実施回「{campaign}」を凍結できません");
    }
    let sets = match compile_sets(content, sources, source) {
        Ok(sets) => sets,
        Err(findings) => {
            findings.into_iter().for_each(|finding| report.push(finding));
            bail!("実施回「{campaign}」を凍結できません");
        }
    };
    let files: Vec<(String, String)> =
        sets.iter().map(|(role, set)| (format!("set-{role}.json"), set.to_json())).collect();
    let record = CampaignRecord {
        v: 1,
        campaign: source.campaign.id.clone(),
        sets: sets
            .iter()
            .map(|(role, set)| (*role, Sha256::of(set.to_json().as_bytes())))
            .collect(),
        sources: source_hashes(content, sources, source),
    };
    let archive = content.archive.iter().find(|one| one.record.campaign == source.campaign.id);
    // The day that was frozen counts: one moved since then would open a way round.
    let frozen = archive.and_then(|archive| archive.campaign());
    let is_open = today >= frozen.unwrap_or(&source.campaign).opens;
    match archive {
        Some(archive) if is_open && archive.record.sets != record.sets => {
            bail!("実施回「{campaign}」はもう始まっています。始まった後の設問集は作り直せません");
        }
        None if is_open => {
            report.push(lost_archive(source));
            bail!("実施回「{campaign}」を凍結できません");
        }
        _ => {}
    }
    let folder = content_dir.join("archive").join(campaign);
    fs::create_dir_all(&folder).with_context(|| format!("`{}` を作れません", folder.display()))?;
    let record = serde_json::to_string_pretty(&record).context("記録を書き表せません")? + "\n";
    let mut written = Vec::new();
    for (name, text) in files.into_iter().chain([("campaign.json".to_owned(), record)]) {
        let path = folder.join(name);
        crate::write::replace_file(&path, text.as_bytes())?;
        written.push(path);
    }
    Ok(written)
}

/// Hashes of every source a campaign is compiled from, by path.
pub(crate) fn source_hashes(
    content: &Content,
    sources: &Sources,
    source: &CampaignSource,
) -> Vec<SourceHash> {
    let whole = |file| {
        let file = sources.file(file);
        SourceHash { path: file.within.clone(), sha256: Sha256::of(file.text.as_bytes()) }
    };
    let sets = content
        .checks
        .iter()
        .filter(|set| source.sets.iter().any(|name| name.value == set.id.as_str()))
        .map(|set| whole(set.file));
    let policies = source.acknowledgements.iter().filter_map(|policy| {
        let page = content.page(policy.page.value.as_str())?;
        let path = sources.file(page.file).within.clone();
        Some(SourceHash { path, sha256: page_text_hash(page, sources) })
    });
    let mut hashes: Vec<SourceHash> =
        std::iter::once(whole(source.file)).chain(sets).chain(policies).collect();
    hashes.sort_by(|a, b| a.path.cmp(&b.path));
    hashes
}
