//! The question sets of earlier years, made from those of the last: a real frozen set is asked in
//! the last year, earlier ones asked some questions in another wording and some not at all.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, bail};
use selfcheck::b64::B64;
use selfcheck::digest::Sha256;
use selfcheck::id::CampaignId;
use selfcheck::set::{CampaignSet, FrozenSet, Question, QuestionSet, Role};
use selfcheck::time::Date;

/// The sets of a campaign by role.
pub type Sets = BTreeMap<Role, FrozenSet>;

/// Reads the sets of a campaign from the archive that `site-gen freeze` writes.
///
/// # Errors
/// When there is none, or a file is no set.
pub fn read(archive: &Path, campaign: &str) -> anyhow::Result<Sets> {
    let mut sets = Sets::new();
    for role in Role::ALL {
        let path = archive.join(campaign).join(format!("set-{role}.json"));
        if path.is_file() {
            let bytes =
                fs::read(&path).with_context(|| format!("cannot read `{}`", path.display()))?;
            let set = FrozenSet::parse(&bytes).with_context(|| format!("`{}`", path.display()))?;
            sets.insert(role, set);
        }
    }
    if !sets.contains_key(&Role::General) {
        bail!("no frozen sets of campaign `{campaign}` in `{}`", archive.display());
    }
    Ok(sets)
}

/// The sets `years` years before these. The further back, the fewer questions are the same.
///
/// # Errors
/// When the year cannot be written as a campaign.
pub fn earlier(sets: &Sets, years: u16) -> anyhow::Result<Sets> {
    let mut all = Sets::new();
    for (&role, frozen) in sets {
        let set = earlier_set(&frozen.set, years)?;
        all.insert(role, FrozenSet::parse(set.to_json().as_bytes())?);
    }
    Ok(all)
}

fn earlier_set(now: &CampaignSet, years: u16) -> anyhow::Result<CampaignSet> {
    let mut set = now.clone();
    let campaign = &mut set.campaign;
    campaign.fiscal_year -= years;
    let year = campaign.fiscal_year - 2018;
    campaign.id = format!("r{year}").parse::<CampaignId>()?;
    campaign.title = format!("令和{year}年度 情報セキュリティ自己点検");
    campaign.opens = before(campaign.opens, years)?;
    campaign.closes = before(campaign.closes, years)?;
    let nonce = Sha256::of_fields(&[b"tenken/year/nonce", campaign.id.as_str().as_bytes()]);
    campaign.nonce = B64(std::array::from_fn(|index| nonce.0[index]));
    for policy in &mut set.acknowledgements {
        let text = format!("{} of {}", policy.page, campaign.id);
        policy.sha256 = Sha256::of(text.as_bytes());
    }
    let questions = now.questions.questions();
    let kept: Vec<Question> = questions
        .iter()
        .enumerate()
        .filter(|(index, _)| !was_added(*index, years))
        .map(|(index, question)| with_rev(question, index, years))
        .collect();
    let categories = now
        .questions
        .categories()
        .iter()
        .filter(|category| kept.iter().any(|question| question.category == category.id));
    set.questions = QuestionSet::new(now.questions.bands(), categories.cloned().collect(), kept)?;
    Ok(set)
}

/// Whether the question at `index` came within the last `years` years: two a year.
fn was_added(index: usize, years: u16) -> bool {
    (1..=usize::from(years)).any(|back| index % 19 == 17 - 2 * back || index == 18)
}

/// The question as it was asked then. Revisions start at 1 and the last year has 1 throughout, so
/// the earlier wording gets another number; only equality is ever compared.
fn with_rev(question: &Question, index: usize, years: u16) -> Question {
    let mut question = question.clone();
    let reworded = (1..=usize::from(years)).any(|back| index % 10 == (3 * back) % 10);
    if reworded {
        question.rev += 1;
        question.prompt.push_str("（旧）");
    }
    question
}

fn before(day: Date, years: u16) -> anyhow::Result<Date> {
    let earlier = Date::new(day.year() - years, day.month(), day.day());
    earlier.context("campaigns do not start on a leap day")
}
