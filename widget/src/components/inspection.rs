//! 「結果ファイルを確かめる」: choose or drop a file; what it says, and whether its signature holds.

use std::rc::Rc;

use selfcheck::grade::Points;
use selfcheck::result::ReadError;
use yew::Html;

use super::context::Context;
use super::parts::{anew, badge, details, el, facts, field, file_field, p, with, words};
use super::score;
use crate::effects::{FILE, Intent, KEY};
use crate::inspection::{Found, Inspection, Proof};
use crate::state::State;
use crate::texts::{Texts, fill};

pub fn view(context: &Context, state: &State) -> Html {
    let texts = context.texts();
    let about_own =
        if state.run().is_some() { texts.inspect_own_here() } else { texts.inspect_own_typed() };
    let wrong = if state.wrong_key { texts.inspect_key_error() } else { "" };
    details(
        texts.inspect_title(),
        vec![
            p("", texts.inspect_text()),
            p("", about_own),
            field(KEY, texts.inspect_key(), texts.inspect_key_hint(), wrong, false),
            file_field(
                FILE,
                texts.inspect_file(),
                texts.inspect_drop(),
                context.change(Intent::ChooseFile),
            ),
            // Always there, so that screen readers watch it.
            with(
                "div",
                &["class", "role"],
                &["inspection", "status"],
                match &state.inspection {
                    // Another file, other elements: its address is its name.
                    Some(inspection) => {
                        let name = (Rc::as_ptr(inspection) as usize).to_string();
                        vec![anew("div", &name, el("div", "", result(context, inspection)))]
                    }
                    None => Vec::new(),
                },
            ),
        ],
    )
}

fn result(context: &Context, inspection: &Inspection) -> Vec<Html> {
    let texts = context.texts();
    let name = words("code", "", inspection.name.clone());
    match &inspection.found {
        Err(reason) => vec![
            el(
                "p",
                "inspection__file",
                vec![badge("badge badge--improve", texts.inspect_bad()), name],
            ),
            p("", refused(texts, reason)),
        ],
        Ok(found) => {
            let (badge, said) = proof(texts, found);
            let mut all = vec![el("p", "inspection__file", vec![badge, name]), p("", said)];
            all.extend(judged(context, found));
            all.push(facts("inspection__facts", lines(context, found)));
            all
        }
    }
}

/// The reason with its code, which `tally` uses too.
fn refused(texts: &Texts, reason: &ReadError) -> String {
    let words = match reason {
        ReadError::Signature => texts.inspect_signature(),
        ReadError::Version(_) => texts.inspect_version(),
        ReadError::Payload(_) | ReadError::NotCanonical => texts.inspect_payload(),
        _ => texts.inspect_form(),
    };
    fill(words, &[reason.code()])
}

fn proof(texts: &Texts, found: &Found) -> (Html, &'static str) {
    match found.proof {
        Proof::Own => (badge("badge badge--good", texts.inspect_good()), texts.inspect_proof_own()),
        Proof::Given => {
            (badge("badge badge--good", texts.inspect_good()), texts.inspect_proof_given())
        }
        Proof::OtherPerson => {
            (badge("badge badge--improve", texts.inspect_bad()), texts.inspect_proof_other_person())
        }
        Proof::NoKey => {
            (badge("badge badge--review", texts.inspect_open()), texts.inspect_proof_none())
        }
        Proof::OtherKey => {
            (badge("badge badge--review", texts.inspect_open()), texts.inspect_proof_other_key())
        }
    }
}

/// What grading its answers again has shown.
fn judged(context: &Context, found: &Found) -> Option<Html> {
    let texts = context.texts();
    match &found.judged {
        None => Some(p("", texts.inspect_other_set())),
        Some(Err(mismatch)) => Some(p("", fill(texts.inspect_mismatch(), &[mismatch.code()]))),
        Some(Ok(judgement)) if judgement.claim_differs => {
            Some(p("", texts.inspect_claim_differs()))
        }
        Some(Ok(judgement)) if judgement.finished_late => Some(p("", texts.file_late())),
        Some(Ok(_)) => None,
    }
}

fn lines(context: &Context, found: &Found) -> Vec<(&'static str, String)> {
    let (texts, payload) = (context.texts(), &found.payload);
    let points = match &found.judged {
        Some(Ok(judgement)) => (texts.total(), judgement.score.total),
        _ => (
            texts.inspect_claimed(),
            Points { points: payload.claimed.points, max: payload.claimed.max },
        ),
    };
    let mut lines = vec![
        (texts.slip_person(), payload.sub.as_str().to_owned()),
        (texts.inspect_role(), texts.role_name(payload.role).to_owned()),
        (texts.slip_campaign(), payload.campaign.id.as_str().to_owned()),
        (texts.slip_started(), texts.time(&payload.started)),
        (texts.slip_finished(), texts.time(&payload.finished)),
        (texts.inspect_answers(), payload.answers.len().to_string()),
        (points.0, score::share(context, points.1)),
    ];
    for ack in &payload.ack {
        let title = context.page.link(&ack.page).map_or(ack.page.as_str(), |link| &link.title);
        let said = fill("{}：{}", &[title, texts.decision_name(ack.decision)]);
        lines.push((texts.review_policies(), said));
    }
    lines.push((texts.file_id(), payload.jti.text()));
    lines.push((texts.file_digest(), found.payload_sha256.clone()));
    lines.push((texts.inspect_kid(), found.kid.text()));
    lines
}
