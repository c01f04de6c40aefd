//! A new campaign beside those before it: what was copied from last year and has to change.

use std::collections::BTreeMap;

use selfcheck::id::QuestionId;
use selfcheck::set::Question;
use selfcheck::time::Date;

use crate::diagnostic::{Diagnostic, error, warning};
use crate::load::campaign::fresh_nonce;
use crate::load::{Archive, CampaignSource, Content};

/// What keeps a campaign from being held against others; nothing once it has begun, when it could
/// not be mended any more.
pub(crate) fn faults(content: &Content, source: &CampaignSource, today: Date) -> Vec<Diagnostic> {
    let own = content.archive.iter().find(|one| one.record.campaign == source.campaign.id);
    let frozen = own.and_then(Archive::campaign);
    if frozen.is_some_and(|frozen| frozen.opens <= today) {
        return Vec::new();
    }
    let mut found: Vec<Diagnostic> = same_nonce(content, source).into_iter().collect();
    found.extend(changed_questions(content, source));
    found
}

/// The fiscal year is told to people and orders the results, the days are what counts.
pub(super) fn check_year(source: &CampaignSource) -> Option<Diagnostic> {
    let round = &source.campaign;
    let years = [round.opens.fiscal_year(), round.closes.fiscal_year()];
    (!years.contains(&round.fiscal_year)).then(|| {
        let message = format!(
            "`fiscal_year` が {} ですが、{} から {} までは {} 年度です",
            round.fiscal_year, round.opens, round.closes, years[0]
        );
        warning("fiscal-year", source.place_of("fiscal_year"), message)
            .hint("年度は 4 月から翌年 3 月までです。前の回から写した値なら直します。")
    })
}

/// Files of two campaigns with one nonce could be taken for each other.
fn same_nonce(content: &Content, source: &CampaignSource) -> Option<Diagnostic> {
    let round = &source.campaign;
    let written = content.campaigns.iter().map(|other| (&other.campaign, other.place_of("nonce")));
    let frozen = content
        .archive
        .iter()
        .filter_map(|archive| Some((archive.campaign()?, archive.file.place(0..0))));
    let is_earlier = |(other, _): &(&selfcheck::set::Campaign, _)| {
        other.id != round.id && other.nonce == round.nonce && other.opens <= round.opens
    };
    let (other, place) = written.chain(frozen).find(is_earlier)?;
    let message = format!("`nonce` が、実施回「{}」と同じです", other.id);
    let finding =
        error("same-nonce", source.place_of("nonce"), message).with("先の実施回", place).hint(
            "回ごとに違う乱数が要ります。同じだと、結果ファイルがどの回のものか見分けられません。",
        );
    Some(match fresh_nonce() {
        Some(nonce) => finding.hint(format!("新しい乱数の例: `nonce = \"{nonce}\"`")),
        None => finding,
    })
}

/// Years are compared where id and `rev` agree, so a question that changed needs another `rev`.
fn changed_questions(content: &Content, source: &CampaignSource) -> Vec<Diagnostic> {
    let mut before: BTreeMap<&QuestionId, (&Question, &Archive)> = BTreeMap::new();
    for archive in &content.archive {
        let is_earlier = archive.campaign().is_some_and(|other| {
            other.id != source.campaign.id && other.opens <= source.campaign.opens
        });
        let sets = archive.sets.values().filter(|_| is_earlier);
        for question in sets.flat_map(|(_, frozen)| frozen.set.questions.questions()) {
            let known = before.entry(&question.id).or_insert((question, archive));
            if known.0.rev <= question.rev {
                *known = (question, archive);
            }
        }
    }
    let is_asked = |id: &str| source.sets.iter().any(|name| name.value == id);
    let sets = content.checks.iter().filter(|set| is_asked(set.id.as_str()));
    let mut found = Vec::new();
    for written in sets.flat_map(|set| &set.questions) {
        let now = &written.question;
        let Some((then, archive)) = before.get(&now.id) else { continue };
        let is_same = now.prompt == then.prompt && now.kind == then.kind;
        if now.rev > then.rev || now.rev == then.rev && is_same {
            continue;
        }
        let campaign = &archive.record.campaign;
        let message = format!(
            "設問「{}」が実施回「{campaign}」の文や選択肢と違いますが、`rev` は {} のままです",
            now.id, now.rev
        );
        found.push(
            error("question-rev", written.place, message)
                .with("先の実施回", archive.file.place(0..0))
                .hint(format!(
                    "`rev = {}` にします。年度の比較は、id と `rev` が同じ設問だけで行うためです。",
                    then.rev + 1
                )),
        );
    }
    found
}
