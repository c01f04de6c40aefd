//! Campaigns: compiling their sets, and which of them the page asks.

use std::collections::BTreeMap;

use selfcheck::digest::Sha256;
use selfcheck::set::{Acknowledgement, BadSet, CampaignSet, QuestionSet, Role};
use selfcheck::time::Date;

use super::checks::{explain, try_alone};
use super::frozen::{self, Guard};
use super::rounds::{self, check_year};
use super::{Reader, Sites, resolve_page};
use crate::diagnostic::{Diagnostic, Report, did_you_mean, error, nearest};
use crate::load::campaign::AcknowledgementSource;
use crate::load::question::Audience;
use crate::load::{CampaignSource, CheckSource, Content, Page, QuestionSource};
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
        for finding in rounds::faults(content, source, today).into_iter().chain(check_year(source))
        {
            report.push(finding);
        }
        let archive =
            content.archive.iter().find(|archive| archive.record.campaign == source.campaign.id);
        match (compile_sets(content, sources, source), archive) {
            (Err(findings), _) => findings.into_iter().for_each(|finding| report.push(finding)),
            (Ok(sets), Some(archive)) => {
                Guard { content, sources, source, archive, today }.check(&sets, report);
            }
            (Ok(_), None) => frozen::check_not_lost(sources, source, today, report),
        }
    }
    frozen::check_campaigns_exist(content, sources, today, report);
    content
        .archive
        .iter()
        .enumerate()
        .filter(|(_, archive)| archive.sets.contains_key(&Role::General))
        .max_by_key(|(_, archive)| archive.sets[&Role::General].1.set.campaign.opens)
        .map(|(index, _)| index)
}

/// Compiles the sets of a campaign from its sources, one a role.
///
/// # Errors
/// The findings that keep it from being compiled.
pub fn compile_sets(
    content: &Content,
    sources: &Sources,
    source: &CampaignSource,
) -> Result<CompiledSets, Vec<Diagnostic>> {
    let mut findings = Vec::new();
    let mut sets: Vec<&CheckSource> = Vec::new();
    let mut is_whole = !source.sets.is_empty();
    for (index, name) in source.sets.iter().enumerate() {
        if source.sets[..index].iter().any(|other| other.value == name.value) {
            let message = format!("設問集「{}」が二度書かれています", name.value);
            findings.push(error("duplicate-id", name.place, message).hint("片方を消します。"));
            continue;
        }
        match content.checks.iter().find(|set| set.id.as_str() == name.value) {
            Some(set) => {
                let has_fault = content.unread.file(&sources.file(set.file).within);
                let holds = |question| try_alone(set, question).is_ok();
                is_whole &= !has_fault && set.questions.iter().all(holds);
                sets.push(set);
            }
            None if content.unread.file(&format!("checks/{}.toml", name.value)) => is_whole = false,
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
    let is_there = |policy: &AcknowledgementSource| content.page(policy.page.value.as_str());
    is_whole &= source.acknowledgements.iter().all(|policy| is_there(policy).is_some());
    if !findings.is_empty() || !is_whole {
        // What is wrong with one of its parts has been told, and without it nothing true can be
        // said of the whole.
        return Err(findings);
    }
    let mut acknowledgements = Vec::new();
    for policy in &source.acknowledgements {
        if let Some(page) = is_there(policy) {
            acknowledgements.push(Acknowledgement {
                page: page.id.clone(),
                title: page.title.value.clone(),
                sha256: page_text_hash(page, sources),
                statement: policy.statement.clone(),
            });
        }
    }
    let mut compiled = CompiledSets::new();
    let mut faults: Vec<(BadSet, Vec<&str>)> = Vec::new();
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
            Err(fault) => match faults.iter_mut().find(|(known, _)| *known == fault) {
                Some((_, roles)) => roles.push(who(role)),
                None => faults.push((fault, vec![who(role)])),
            },
        }
    }
    if faults.is_empty() {
        return Ok(compiled);
    }
    Err(faults.iter().filter_map(|(fault, roles)| diagnose(fault, roles, &sets, source)).collect())
}

/// The people of a role, as they are told to the author.
fn who(role: Role) -> &'static str {
    match role {
        Role::General => "一般の職員",
        Role::Manager => "管理者",
        Role::Contact => "担当者",
        Role::ManagerContact => "管理者・担当者",
    }
}

/// What is wrong with sets that hold one by one; nothing when it was told before.
fn diagnose(
    fault: &BadSet,
    roles: &[&str],
    sets: &[&CheckSource],
    source: &CampaignSource,
) -> Option<Diagnostic> {
    let place = source.sets.first()?.place;
    match fault {
        BadSet::Duplicate(id) => {
            let has = |set: &&&CheckSource| set.categories.iter().any(|one| one.id.as_str() == id);
            let owners: Vec<&str> = sets.iter().filter(has).map(|set| set.id.as_str()).collect();
            // Questions that stand twice are told where they stand.
            (!owners.is_empty()).then(|| {
                let message = format!("分野「{id}」が二度出てきます（{}）", owners.join("、"));
                error("question-set", place, message)
                    .hint("一つの実施回の中では、分野の id は設問集ごとに違うものにします。")
            })
        }
        BadSet::Empty(_) => {
            let message = format!("{}に出す設問が一つもありません", roles.join("、"));
            Some(
                error("question-set", place, message)
                    .hint("`sets` の設問集に、`roles` を書かない設問（全員のもの）を加えます。"),
            )
        }
        other => {
            let message = format!("設問集（{}）が成り立ちません", roles.join("、"));
            Some(error("question-set", place, message).hint(explain(other)))
        }
    }
}

/// SHA-256 of the Markdown after the front matter: what `sha256sum` gives for the published text.
pub fn page_text_hash(page: &Page, sources: &Sources) -> Sha256 {
    Sha256::of(page.body(sources).as_bytes())
}

fn questions_for(
    role: Role,
    sets: &[&CheckSource],
    source: &CampaignSource,
) -> Result<QuestionSet, BadSet> {
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
