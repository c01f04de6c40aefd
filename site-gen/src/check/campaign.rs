//! Campaigns: compiling their sets, and guarding frozen ones against changed sources.

use std::collections::BTreeMap;

use selfcheck::digest::Sha256;
use selfcheck::set::{Acknowledgement, CampaignSet, QuestionSet, Role};
use selfcheck::time::Date;

use super::checks::explain;
use super::{Reader, Sites, resolve_page};
use crate::diagnostic::{Report, did_you_mean, error, nearest};
use crate::load::question::Audience;
use crate::load::{Archive, CampaignSource, CheckSource, Content, Page, QuestionSource};
use crate::source::Sources;
use crate::visibility::Visibility;

/// One compiled set a role.
pub type CompiledSets = BTreeMap<Role, CampaignSet>;

/// Checks all campaigns; returns the archive of the latest frozen one.
pub(super) fn check(
    content: &Content,
    sites: &Sites,
    sources: &Sources,
    today: Date,
    report: &mut Report,
) -> Option<usize> {
    for source in &content.campaigns {
        for policy in &source.acknowledgements {
            let reader = Reader::Level(Visibility::Intranet);
            let page = policy.page.value.as_str();
            resolve_page(content, sites, page, policy.page.place, reader, report);
        }
        let archive =
            content.archive.iter().find(|archive| archive.record.campaign == source.campaign.id);
        match (compile_sets(content, sources, source), archive) {
            (Err(findings), _) => findings.into_iter().for_each(|finding| report.push(finding)),
            (Ok(sets), Some(archive)) if last_day(archive, source) >= today => {
                guard(content, sources, source, archive, &sets, today, report);
            }
            _ => {}
        }
    }
    content
        .archive
        .iter()
        .enumerate()
        .filter(|(_, archive)| archive.sets.contains_key(&Role::General))
        .max_by_key(|(_, archive)| archive.sets[&Role::General].1.set.campaign.opens)
        .map(|(index, _)| index)
}

fn last_day(archive: &Archive, source: &CampaignSource) -> Date {
    let frozen = archive.sets.values().next().map(|(_, frozen)| frozen.set.campaign.closes);
    frozen.unwrap_or(source.campaign.closes)
}

/// Compiles the sets of a campaign from its sources, one a role.
///
/// # Errors
/// The findings that keep it from being compiled.
pub fn compile_sets(
    content: &Content,
    sources: &Sources,
    source: &CampaignSource,
) -> Result<CompiledSets, Vec<crate::diagnostic::Diagnostic>> {
    let mut findings = Vec::new();
    let mut sets: Vec<&CheckSource> = Vec::new();
    for name in &source.sets {
        match content.checks.iter().find(|set| set.id.as_str() == name.value) {
            Some(set) => sets.push(set),
            None => {
                let message = format!("設問集「{}」がありません", name.value);
                let mut finding = error("unknown-set", name.place, message);
                let ids = content.checks.iter().map(|set| set.id.as_str());
                if let Some(hint) = did_you_mean(&nearest(&name.value, ids)) {
                    finding = finding.hint(hint);
                }
                findings.push(finding);
            }
        }
    }
    if !findings.is_empty() {
        // Without one of its sets, nothing true can be said of the whole.
        return Err(findings);
    }
    let mut acknowledgements = Vec::new();
    for policy in &source.acknowledgements {
        // A page that does not exist has been told already.
        if let Some(page) = content.page(policy.page.value.as_str()) {
            acknowledgements.push(Acknowledgement {
                page: page.id.clone(),
                title: page.title.value.clone(),
                sha256: page_text_hash(page, sources),
                statement: policy.statement.clone(),
            });
        }
    }
    let mut compiled = CompiledSets::new();
    for role in Role::ALL {
        match questions_for(role, &sets, source) {
            Ok(questions) => {
                compiled.insert(
                    role,
                    CampaignSet {
                        org: content.config.org.clone(),
                        campaign: source.campaign.clone(),
                        role,
                        acknowledgements: acknowledgements.clone(),
                        questions,
                    },
                );
            }
            Err(fault) => findings.push(
                error(
                    "question-set",
                    source.file.place(0..0),
                    format!("設問集「{role}」が成り立ちません"),
                )
                .hint(explain(&fault)),
            ),
        }
    }
    if findings.is_empty() { Ok(compiled) } else { Err(findings) }
}

/// SHA-256 of the Markdown after the front matter: what `sha256sum` gives for the published text.
pub fn page_text_hash(page: &Page, sources: &Sources) -> Sha256 {
    Sha256::of(page.body(sources).as_bytes())
}

fn questions_for(
    role: Role,
    sets: &[&CheckSource],
    source: &CampaignSource,
) -> Result<QuestionSet, selfcheck::set::BadSet> {
    let questions: Vec<_> = sets
        .iter()
        .flat_map(|set| &set.questions)
        .filter(|question| is_asked(question, role))
        .map(|question| question.question.clone())
        .collect();
    let categories = sets
        .iter()
        .flat_map(|set| &set.categories)
        .filter(|category| questions.iter().any(|question| question.category == category.id))
        .cloned()
        .collect();
    QuestionSet::new(source.bands, categories, questions)
}

fn is_asked(question: &QuestionSource, role: Role) -> bool {
    let is_for = |audience| question.audience.contains(&audience);
    question.audience.is_empty()
        || match role {
            Role::General => false,
            Role::Manager => is_for(Audience::Manager),
            Role::Contact => is_for(Audience::Contact),
            Role::ManagerContact => true,
        }
}

/// While a campaign is to come or open, its sources must be those that were frozen.
fn guard(
    content: &Content,
    sources: &Sources,
    source: &CampaignSource,
    archive: &Archive,
    sets: &CompiledSets,
    today: Date,
    report: &mut Report,
) {
    let id = &source.campaign.id;
    let remedy = if today < source.campaign.opens {
        format!("始まる前なので、`site-gen freeze {id}` で作り直せます。")
    } else {
        "実施中は変えられません。元に戻すか、実施が終わってから変えてください。".to_owned()
    };
    for hash in crate::freeze::source_hashes(content, sources, source) {
        let frozen = archive.record.sources.iter().find(|known| known.path == hash.path);
        if frozen.is_some_and(|frozen| frozen.sha256 == hash.sha256) {
            continue;
        }
        let file = sources.iter().position(|file| file.within == hash.path);
        let place = file.map_or(source.file.place(0..0), |index| sources.id(index).place(0..0));
        let message = format!("`{}` が、凍結した実施回「{id}」と違います", hash.path);
        report.push(
            error("frozen-source", place, message)
                .with("凍結の記録", archive.file.place(0..0))
                .hint(&remedy),
        );
    }
    for (role, set) in sets {
        let Some((_, frozen)) = archive.sets.get(role) else { continue };
        for question in changed_questions(content, set, &frozen.set) {
            let message =
                format!("設問「{}」が、凍結した実施回「{id}」と違います", question.question.id);
            report.push(error("frozen-question", question.place, message).hint(&remedy));
        }
    }
}

fn changed_questions<'c>(
    content: &'c Content,
    now: &CampaignSet,
    frozen: &CampaignSet,
) -> Vec<&'c QuestionSource> {
    let frozen = frozen.questions.questions();
    let differs = |question: &&QuestionSource| {
        now.questions.questions().contains(&question.question)
            && !frozen.contains(&question.question)
    };
    content.checks.iter().flat_map(|set| &set.questions).filter(differs).collect()
}
