//! What the committee decided. 承認, 受理 and 指名 are different acts and stand apart.

use maud::{Markup, html};

use super::{nothing_yet, table, text};
use crate::load::data::{Act, Decision};
use crate::render::page::date;
use crate::render::view::View;
use crate::wareki;

pub(super) fn render(view: &View<'_>) -> Markup {
    let decisions: Vec<&Decision> = view
        .content()
        .data
        .decisions
        .iter()
        .filter(|decision| view.shows(decision.visibility))
        .collect();
    if decisions.is_empty() {
        return nothing_yet("決定の記録はまだ登録されていません。");
    }
    html! {
        @for act in Act::ALL {
            @let mut of_act: Vec<&Decision> =
                decisions.iter().copied().filter(|decision| decision.act == act).collect();
            @if !of_act.is_empty() {
                // Newest first; what is still to come stands on top.
                @let () = of_act.sort_by_key(|one| std::cmp::Reverse((one.date.is_none(), one.date)));
                (table(
                    &format!("委員会の{}（{}件）", act.label(), of_act.len()),
                    &["年度", "件名", "日付"],
                    &of_act.into_iter().map(row).collect::<Vec<_>>(),
                ))
            }
        }
    }
}

fn row(decision: &Decision) -> Vec<Markup> {
    let when = match (decision.date, &decision.planned) {
        (Some(day), _) => date(day),
        (None, Some(planned)) => html! { "予定：" (planned) },
        (None, None) => html! { "未定" },
    };
    let subject = html! {
        (decision.subject)
        @if let Some(note) = &decision.note { "（" (note) "）" }
    };
    vec![text(&wareki::format_fiscal_year(decision.fiscal_year)), subject, when]
}
