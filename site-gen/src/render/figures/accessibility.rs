//! The result of the accessibility tests: what was tested, with what, and criterion by criterion.

use maud::{Markup, html};

use super::{nothing_yet, table, text};
use crate::load::data::accessibility::{Conformance, Criterion};
use crate::render::page::date;
use crate::render::view::View;

pub(super) fn render(view: &View<'_>) -> Markup {
    let data = view.content().data.accessibility.as_ref();
    let Some(data) = data.filter(|data| view.shows(data.visibility)) else {
        return nothing_yet("アクセシビリティの試験結果はまだ登録されていません。");
    };
    let tools: Vec<Vec<Markup>> = data
        .tools
        .iter()
        .filter(|tool| view.shows(tool.visibility))
        .map(|tool| {
            let version = tool.version.as_deref().unwrap_or("―");
            vec![text(&tool.name), text(version), text(&tool.looks_at)]
        })
        .collect();
    let shown: Vec<&Criterion> =
        data.criteria.iter().filter(|criterion| view.shows(criterion.visibility)).collect();
    let criteria: Vec<Vec<Markup>> = shown
        .iter()
        .map(|criterion| {
            vec![
                html! { (criterion.id) " " (criterion.title) },
                text(&criterion.level),
                text(criterion.result.as_str()),
                text(&criterion.method),
            ]
        })
        .collect();
    let count = |wanted| shown.iter().filter(|one| one.result == wanted).count();
    html! {
        dl.facts {
            div { dt { "規格" } dd { (data.standard) } }
            div { dt { "試験した日" } dd { (date(data.tested)) } }
            div { dt { "試験したページ" } dd { (view.pages().len()) "ページ（このサイトの全ページ）" } }
            div {
                dt { "結果" }
                dd {
                    "適合" (count(Conformance::Met)) "、不適合" (count(Conformance::NotMet))
                    "、適用なし" (count(Conformance::NotApplicable))
                }
            }
        }
        (table("試験に使った道具", &["道具", "版", "見るもの"], &tools))
        (table("達成基準ごとの結果", &["達成基準", "レベル", "結果", "確かめ方"], &criteria))
    }
}
