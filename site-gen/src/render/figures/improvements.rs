//! Improvements (改善策) with their state, and the audit: its year and what it found.

use maud::{Markup, html};
use selfcheck::time::Date;

use super::{nothing_yet, table, text};
use crate::load::data::ImprovementState;
use crate::render::page::date;
use crate::render::view::View;
use crate::wareki;

pub(super) fn improvements(view: &View<'_>) -> Markup {
    let shown: Vec<_> =
        view.content().data.improvements.iter().filter(|one| view.shows(one.visibility)).collect();
    if shown.is_empty() {
        return nothing_yet(
            "改善策はまだ登録されていません。自己点検と監査の後に、一件ずつ加わります。",
        );
    }
    let rows: Vec<Vec<Markup>> = shown
        .iter()
        .map(|one| {
            let item = html! {
                (one.item) @if let Some(cause) = &one.cause { br; "原因：" (cause) }
            };
            let state = html! {
                (one.state.label()) @if let Some(day) = one.check { "（確認 " (date(day)) "）" }
            };
            vec![
                text(&one.section),
                item,
                text(&one.measure),
                text(&one.owner),
                due(one.due.value, one.state),
                state,
            ]
        })
        .collect();
    html! {
        p { (sentence("改善策", shown.iter().map(|one| one.state))) }
        (table("改善策", &["所属", "弱かった項目", "対策", "担当", "期限", "状態"], &rows))
    }
}

pub(super) fn audit(view: &View<'_>) -> Markup {
    let audit = &view.content().data.audit;
    let steps: Vec<Vec<Markup>> = audit
        .steps
        .iter()
        .filter(|step| view.shows(step.visibility))
        .map(|step| vec![text(&step.when), text(&step.title), text(&step.text)])
        .collect();
    let findings: Vec<_> =
        audit.findings.iter().filter(|finding| view.shows(finding.visibility)).collect();
    let rows: Vec<Vec<Markup>> = findings
        .iter()
        .map(|one| {
            vec![
                text(&wareki::format_fiscal_year(one.fiscal_year)),
                text(&one.section),
                text(&one.finding),
                text(&one.measure),
                due(one.due.value, one.state),
                text(one.state.label()),
            ]
        })
        .collect();
    html! {
        @if steps.is_empty() { (nothing_yet("監査の予定はまだ登録されていません。")) }
        @else { (table("監査の一年", &["時期", "段階", "内容"], &steps)) }
        @if !rows.is_empty() {
            p { (sentence("監査の指摘事項", findings.iter().map(|one| one.state))) }
            (table("監査の指摘事項", &["年度", "所属", "指摘", "対策", "期限", "状態"], &rows))
        }
    }
}

/// The small script marks what is late; what is done cannot be.
fn due(day: Date, state: ImprovementState) -> Markup {
    html! {
        span data-due=[state.is_open().then_some(day)] data-late="（期限切れ）" { (date(day)) }
    }
}

/// How far all of it is, in words.
fn sentence(name: &str, states: impl Iterator<Item = ImprovementState>) -> String {
    let states: Vec<ImprovementState> = states.collect();
    let counts: Vec<String> = ImprovementState::ALL
        .into_iter()
        .map(|state| (state, states.iter().filter(|&&other| other == state).count()))
        .filter(|(_, count)| *count > 0)
        .map(|(state, count)| format!("{} {count}件", state.label()))
        .collect();
    format!("{name}は{}件です（{}）。", states.len(), counts.join("、"))
}
