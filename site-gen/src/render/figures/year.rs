//! The committee's year: training, decisions, improvements, audit, results.

use maud::{Markup, html};

use super::{nothing_yet, table, text};
use crate::render::page::date;
use crate::render::view::View;
use crate::wareki;

pub(super) fn training(view: &View<'_>) -> Markup {
    let rows: Vec<Vec<Markup>> = view
        .content()
        .data
        .training
        .iter()
        .filter(|course| view.shows(course.visibility))
        .map(|course| {
            vec![
                text(&wareki::format_fiscal_year(course.fiscal_year)),
                text(&course.title),
                text(&course.audience),
                text(&course.method),
                text(&course.when),
                text(&course.status),
            ]
        })
        .collect();
    if rows.is_empty() {
        return nothing_yet("研修計画はまだ登録されていません。");
    }
    table("研修計画と実施状況", &["年度", "研修", "対象", "方法", "時期", "状況"], &rows)
}

pub(super) fn decisions(view: &View<'_>) -> Markup {
    let rows: Vec<Vec<Markup>> = view
        .content()
        .data
        .decisions
        .iter()
        .filter(|decision| view.shows(decision.visibility))
        .map(|decision| {
            let when = match (decision.date, &decision.planned) {
                (Some(day), _) => date(day),
                (None, Some(planned)) => html! { "予定：" (planned) },
                (None, None) => html! { "未定" },
            };
            let subject = html! {
                (decision.subject)
                @if let Some(note) = &decision.note { "（" (note) "）" }
            };
            let year = wareki::format_fiscal_year(decision.fiscal_year);
            vec![text(&year), text(decision.act.label()), subject, when]
        })
        .collect();
    if rows.is_empty() {
        return nothing_yet("決定の記録はまだ登録されていません。");
    }
    table("委員会の承認・受理・指名・決定", &["年度", "行い", "件名", "日付"], &rows)
}

pub(super) fn improvements(view: &View<'_>) -> Markup {
    let rows: Vec<Vec<Markup>> = view
        .content()
        .data
        .improvements
        .iter()
        .filter(|one| view.shows(one.visibility))
        .map(|one| {
            vec![
                text(&one.section),
                text(&one.item),
                text(&one.measure),
                text(&one.owner),
                date(one.due),
                text(&one.state),
            ]
        })
        .collect();
    if rows.is_empty() {
        return nothing_yet(
            "改善策はまだ登録されていません。自己点検と監査の後に、一件ずつ加わります。",
        );
    }
    table("改善策", &["所属", "弱かった項目", "対策", "担当", "期限", "状態"], &rows)
}

pub(super) fn audit(view: &View<'_>) -> Markup {
    let rows: Vec<Vec<Markup>> = view
        .content()
        .data
        .audit
        .iter()
        .filter(|step| view.shows(step.visibility))
        .map(|step| vec![text(&step.when), text(&step.title), text(&step.text)])
        .collect();
    if rows.is_empty() {
        return nothing_yet("監査の予定はまだ登録されていません。");
    }
    table("監査の一年", &["時期", "段階", "内容"], &rows)
}

pub(super) fn results() -> Markup {
    nothing_yet("集計した結果はまだありません。委員会が受理した後に、年度ごとの結果が載ります。")
}
