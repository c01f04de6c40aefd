//! Rules of question sets: unique ids, fitting categories, pages the reader can open.

use std::collections::HashMap;
use std::sync::Arc;

use selfcheck::set::{BadSet, Bands, QuestionSet};

use super::{Reader, Sites, report_unknown_page, resolve_page};
use crate::diagnostic::{Report, error};
use crate::load::{CheckSource, Content, QuestionSource};
use crate::markdown::{Body, Figure, Segment};
use crate::visibility::Visibility;

/// Checks every set; returns the residents' set when there is one that holds.
pub(super) fn check(content: &Content, sites: &Sites, report: &mut Report) -> Option<QuestionSet> {
    let mut ids = HashMap::new();
    let mut resident_set = None;
    for set in &content.checks {
        for question in &set.questions {
            let id = question.question.id.as_str();
            if let Some(other) = ids.insert(id, question.place) {
                let message = format!("設問の id「{id}」が二度出てきます");
                report.push(error("duplicate-id", question.place, message).with("先の設問", other));
            }
            // Residents' questions lead to pages pinned to the public site.
            if set.visibility == Visibility::Public {
                check_public_page(
                    content,
                    sites,
                    question.page.value.as_str(),
                    set,
                    question.page.place,
                    report,
                );
            } else {
                let reader = Reader::Level(set.visibility);
                let page = question.page.value.as_str();
                resolve_page(content, sites, page, question.page.place, reader, report);
            }
            check_question(set, question, report);
        }
        if set.visibility == Visibility::Public {
            resident_set = compile(set);
        }
    }
    resident_set
}

fn check_public_page(
    content: &Content,
    sites: &Sites,
    page: &str,
    set: &CheckSource,
    place: crate::source::Place,
    report: &mut Report,
) {
    let public = content.config.sites.iter().position(|site| site.level == set.visibility);
    match (sites.find(page), public) {
        (Some(found), Some(site)) if sites.holds(site, found) => {}
        (Some(found), _) => {
            let message = format!("ページ「{page}」が公開サイトにありません");
            report.push(
                error("leak", place, message)
                    .with("指されたページ", content.pages[found].title.place)
                    .hint("公開範囲をそろえるか、ほかのページを指してください。"),
            );
        }
        (None, _) => report_unknown_page(content, page, place, report),
    }
}

/// The check shows every question of its sets, whatever the page it stands on.
pub(super) fn check_places(content: &Content, bodies: &[Arc<Body>], report: &mut Report) {
    let asked = content.campaigns.iter().flat_map(|campaign| &campaign.sets);
    let sets: Vec<&CheckSource> = asked
        .filter_map(|name| content.checks.iter().find(|set| set.id.as_str() == name.value))
        .collect();
    for (page, body) in content.pages.iter().zip(bodies) {
        for segment in &body.segments {
            let Segment::Figure(used) = segment else { continue };
            let hidden = sets.iter().find(|set| set.visibility > page.visibility);
            if used.figure == Figure::SelfCheck
                && let Some(set) = hidden
            {
                let message = format!(
                    "設問集「{}」（{}）を、このページ（{}）には載せられません",
                    set.id,
                    set.visibility.label(),
                    page.visibility.label()
                );
                report.push(
                    error("leak", used.place, message)
                        .with("設問集", set.file.place(0..0))
                        .hint("市民向けには `self-check residents` を使います。"),
                );
            }
        }
    }
}

/// Whether a question holds by itself.
pub(super) fn try_alone(set: &CheckSource, question: &QuestionSource) -> Result<(), BadSet> {
    QuestionSet::new(BANDS, set.categories.clone(), vec![question.question.clone()]).map(drop)
}

fn check_question(set: &CheckSource, question: &QuestionSource, report: &mut Report) {
    if let Err(fault) = try_alone(set, question) {
        let message = format!("設問「{}」が成り立ちません", question.question.id);
        report.push(error("question", question.place, message).hint(explain(&fault)));
    }
}

/// Residents' checks have no campaign to take bands from.
const BANDS: Bands = Bands { good: 85, review: 70 };

fn compile(set: &CheckSource) -> Option<QuestionSet> {
    let questions = set.questions.iter().map(|source| source.question.clone()).collect();
    QuestionSet::new(BANDS, set.categories.clone(), questions).ok()
}

/// What is wrong with a set, for its author.
pub(super) fn explain(fault: &BadSet) -> String {
    match fault {
        BadSet::Json(text) => format!("設問集を読めません（{text}）。"),
        BadSet::Duplicate(id) => format!("「{id}」が二度出てきます。"),
        BadSet::UnknownCategory(_) => {
            "`category` をこの設問集の `[[categories]]` に合わせます。".into()
        }
        BadSet::OutOfRange(_) => "`weight` は 1 から 3、`rev` は 1 からです。".into(),
        BadSet::Choices(_) => {
            "選択肢は `a`、`b`、… の順に 2 つ以上、正答は 1 つです（`multiple` は 1 つ以上）。"
                .into()
        }
        BadSet::NotApplicable(_) => "`allow_na` は実践の設問だけに書けます。".into(),
        BadSet::Empty(what) => format!("足りないものがあります（{what}）。"),
    }
}
