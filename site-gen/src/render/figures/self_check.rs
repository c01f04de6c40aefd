//! The self-check: the whole check as plain HTML, the frozen sets, and what starts the widget.

use std::collections::BTreeMap;

use maud::{Markup, PreEscaped, html};
use selfcheck::id::PageId;
use selfcheck::set::{FrozenSet, Question, QuestionSet, Role};
use serde::Serialize;

use super::paper_form;
use crate::load::Archive;
use crate::render::assets::Widget;
use crate::render::page::date;
use crate::render::view::View;

/// The staff check of the latest frozen campaign.
pub(super) fn for_staff(view: &View<'_>, page: usize) -> Markup {
    let Some(archive) = view.archive() else { return html! {} };
    let pages =
        page_links(view, page, archive.sets.values().flat_map(|(_, frozen)| linked(frozen)));
    let form = match archive.sets.get(&Role::General) {
        Some((_, general)) => {
            let lang = view.page(page).version.lang();
            paper_form::for_staff(lang, &general.set, extras(archive, general))
        }
        None => html! {},
    };
    html! {
        (mount(view, page, "staff", &form))
        @for (role, (file, _)) in &archive.sets {
            (json(&format!("set-{role}"), &view.sources.file(*file).text))
        }
        (json("self-check-pages", &pages))
        (words(view, page))
    }
}

/// The residents' short check.
pub(super) fn for_residents(view: &View<'_>, page: usize) -> Markup {
    let Some(set) = &view.checked.resident_set else { return html! {} };
    let pages = page_links(view, page, set.questions().iter().map(|question| &question.page));
    let form = paper_form::for_residents(view.page(page).version.lang(), set);
    html! {
        (mount(view, page, "residents", &form))
        (json("set-residents", &set.to_json()))
        (json("self-check-pages", &pages))
        (words(view, page))
    }
}

/// What the widget says, in the language of the page.
fn words(view: &View<'_>, page: usize) -> Markup {
    match &view.assets.widget {
        Some(widget) => json("self-check-texts", widget.words(view.page(page).version.lang())),
        None => html! {},
    }
}

/// The open campaign and its dates; the small script adds how many days are left.
pub(super) fn campaign(view: &View<'_>) -> Markup {
    let Some((_, frozen)) = view.archive().and_then(|archive| archive.sets.get(&Role::General))
    else {
        return super::nothing_yet("自己点検の予定はまだ登録されていません。");
    };
    let campaign = &frozen.set.campaign;
    html! {
        p.campaign data-opens=(campaign.opens) data-closes=(campaign.closes) {
            strong { (campaign.title) } "：" (date(campaign.opens)) "から" (date(campaign.closes)) "まで"
        }
    }
}

fn mount(view: &View<'_>, page: usize, mode: &str, form: &Markup) -> Markup {
    let id = view.page(page).id.as_str();
    let widget: Option<&Widget> = view.assets.widget.as_ref();
    let to_paper = match view.page(page).version.lang() {
        "ja" => "紙の用紙を開く",
        _ => "Open the sheet for paper (in Japanese)",
    };
    html! {
        // Outside the part that makes room for the check on screen. `boot.js` knows the address.
        p.self-check__link data-paper-link="" { a href="?paper" { (to_paper) } }
        div #self-check .self-check translate="no" data-mode=(mode) data-site=""
            data-wasm=[widget.map(|widget| view.asset(id, &widget.wasm))]
            data-embedded=[widget.map(|widget| view.asset(id, &widget.embedded))] {
            (form)
        }
    }
}

/// The text is put in as it is: neither frozen bytes nor words hold a `<`.
fn json(id: &str, text: &str) -> Markup {
    html! { script type="application/json" id=(id) { (PreEscaped(text)) } }
}

#[derive(Serialize)]
struct PageLink<'a> {
    title: &'a str,
    href: String,
}

fn page_links<'a>(
    view: &View<'_>,
    page: usize,
    linked: impl Iterator<Item = &'a PageId>,
) -> String {
    let from = view.page(page).id.as_str();
    let links: BTreeMap<&str, PageLink<'_>> = linked
        .filter_map(|id| {
            let target = view.find(id.as_str())?;
            let title = view.page(target).title.value.as_str();
            Some((id.as_str(), PageLink { title, href: view.href(from, target) }))
        })
        .collect();
    serde_json::to_string(&links).expect("plain data").replace('<', "\\u003c")
}

fn linked(frozen: &FrozenSet) -> impl Iterator<Item = &PageId> {
    let questions = frozen.set.questions.questions().iter().map(|question| &question.page);
    questions.chain(frozen.set.acknowledgements.iter().map(|policy| &policy.page))
}

/// Questions that only managers and contacts get, with whom they are for.
fn extras<'a>(
    archive: &'a Archive,
    general: &FrozenSet,
) -> Vec<(&'static str, &'a QuestionSet, &'a Question)> {
    let Some((_, both)) = archive.sets.get(&Role::ManagerContact) else { return Vec::new() };
    let asked_in = |role: Role, question: &Question| {
        archive.sets.get(&role).is_some_and(|(_, set)| {
            set.set.questions.questions().iter().any(|other| other.id == question.id)
        })
    };
    let known = general.set.questions.questions();
    both.set
        .questions
        .questions()
        .iter()
        .filter(|question| known.iter().all(|other| other.id != question.id))
        .map(|question| {
            let audience =
                match (asked_in(Role::Manager, question), asked_in(Role::Contact, question)) {
                    (true, true) => "管理者・担当者",
                    (true, false) => "管理者",
                    _ => "担当者",
                };
            (audience, &both.set.questions, question)
        })
        .collect()
}
