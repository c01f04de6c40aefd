//! Lists over all pages: reviews due, changes, rules, values to confirm.

use std::collections::BTreeMap;

use maud::{Markup, html};
use selfcheck::time::Date;

use super::{nothing_yet, table, text};
use crate::render::page::date;
use crate::render::view::View;

pub(super) fn review_list(view: &View<'_>, page: usize) -> Markup {
    let from = view.page(page).id.as_str();
    let mut pages: Vec<usize> = view.pages().to_vec();
    pages.sort_by_key(|&page| (view.page(page).review_due, view.page(page).id.clone()));
    let rows: Vec<Vec<Markup>> = pages
        .iter()
        .map(|&index| {
            let page = view.page(index);
            vec![
                link(view, from, index),
                text(page.layer.as_str()),
                text(&page.owner.value),
                due(page.review_due),
            ]
        })
        .collect();
    html! {
        (table("所管ごとの見直しの予定", &["所管", "ページの数", "次の見直し"], &by_owner(view, &pages)))
        (table("見直しの予定", &["ページ", "種類", "所管", "次回見直し"], &rows))
    }
}

/// A row an owner: the pages they keep, and the first that is due.
fn by_owner(view: &View<'_>, pages: &[usize]) -> Vec<Vec<Markup>> {
    let mut owners: BTreeMap<&str, (Date, usize)> = BTreeMap::new();
    for &page in pages {
        let page = view.page(page);
        let known = owners.entry(page.owner.value.as_str()).or_insert((page.review_due, 0));
        *known = (known.0.min(page.review_due), known.1 + 1);
    }
    let mut owners: Vec<(&str, (Date, usize))> = owners.into_iter().collect();
    owners.sort_by_key(|&(owner, (first, _))| (first, owner));
    owners
        .into_iter()
        .map(|(owner, (first, count))| {
            let count = html! { span.number { (count) "ページ" } };
            vec![text(owner), count, due(first)]
        })
        .collect()
}

/// The small script marks what is late.
fn due(day: Date) -> Markup {
    html! { span data-due=(day) { (date(day)) } }
}

pub(super) fn history(view: &View<'_>, page: usize) -> Markup {
    let from = view.page(page).id.as_str();
    let mut changes: Vec<_> = view
        .pages()
        .iter()
        .flat_map(|&page| view.page(page).revised.iter().map(move |change| (change, page)))
        .collect();
    changes.sort_by_key(|(change, page)| {
        (std::cmp::Reverse(change.date), view.page(*page).id.clone())
    });
    if changes.is_empty() {
        return nothing_yet("改定の記録はまだありません。");
    }
    let rows: Vec<Vec<Markup>> = changes
        .into_iter()
        .map(|(change, page)| vec![date(change.date), link(view, from, page), text(&change.note)])
        .collect();
    table("改定の記録", &["日付", "ページ", "変わったこと"], &rows)
}

/// Every numbered rule, so that one can be found and cited.
pub(super) fn clauses(view: &View<'_>, page: usize) -> Markup {
    let from = view.page(page).id.as_str();
    let rows: Vec<Vec<Markup>> = view
        .pages()
        .iter()
        .filter(|&&page| view.page(page).layer.is_rule())
        .flat_map(|&page| {
            view.checked.bodies[page]
                .outline
                .iter()
                .filter(|heading| heading.id.starts_with("rule-") || heading.id.starts_with("art-"))
                .map(move |heading| {
                    let href = format!("{}#{}", view.href(from, page), heading.id);
                    vec![
                        text(&view.page(page).title.value),
                        html! { a href=(href) { (heading.text) } },
                    ]
                })
        })
        .collect();
    if rows.is_empty() {
        return nothing_yet("決まりはまだ登録されていません。");
    }
    table("決まりの一覧", &["ページ", "決まり"], &rows)
}

pub(super) fn to_confirm(view: &View<'_>, page: usize) -> Markup {
    let from = view.page(page).id.as_str();
    let rows: Vec<Vec<Markup>> = view
        .content()
        .data
        .to_confirm
        .iter()
        .filter(|value| view.shows(value.visibility))
        .map(|value| {
            let target = value.page.as_ref().and_then(|id| view.find(id.value.as_str()));
            let page = target.map_or_else(|| text("―"), |target| link(view, from, target));
            vec![page, text(&value.what), text(&value.proposal), text(&value.who)]
        })
        .collect();
    if rows.is_empty() {
        return nothing_yet("確認を待っている値はありません。");
    }
    table("市が確かめて決める値", &["ページ", "決めること", "今の書き方", "確かめる課"], &rows)
}

fn link(view: &View<'_>, from: &str, page: usize) -> Markup {
    html! { a href=(view.href(from, page)) { (view.page(page).title.value) } }
}
