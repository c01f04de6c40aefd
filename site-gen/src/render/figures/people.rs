//! Committee, CSIRT, contacts and duties by role.

use maud::{Markup, html};

use super::{nothing_yet, table, text};
use crate::load::Word as _;
use crate::load::data::{Contact, Duty, Post};
use crate::render::view::View;

pub(super) fn committee(view: &View<'_>) -> Markup {
    let data = &view.content().data.committee;
    let duties: Vec<Vec<Markup>> = data
        .duties
        .iter()
        .filter(|duty| view.shows(duty.visibility))
        .map(|duty| vec![text(duty.act.label()), text(&duty.text)])
        .collect();
    let members = posts(view, data.members.iter());
    html! {
        @if duties.is_empty() { (nothing_yet("委員会の仕事はまだ登録されていません。")) }
        @else { (table("委員会の仕事", &["行い", "内容"], &duties)) }
        @if !members.is_empty() {
            (table(&format!("委員（{}人）", members.len()), &["区分", "職"], &members))
        }
        @if let Some(secretariat) = &data.secretariat { p { "事務局は" (secretariat) "です。" } }
    }
}

pub(super) fn csirt(view: &View<'_>) -> Markup {
    let data = &view.content().data.committee;
    let members = posts(view, data.members.iter().chain(&data.csirt_extra));
    let duties: Vec<&str> = data
        .csirt_duties
        .iter()
        .filter(|duty| view.shows(duty.visibility))
        .map(|duty| duty.text.as_str())
        .collect();
    html! {
        @if duties.is_empty() { (nothing_yet("CSIRTの仕事はまだ登録されていません。")) }
        @else { ol.duties { @for duty in duties { li { (duty) } } } }
        @if !members.is_empty() {
            (table(&format!("CSIRTの構成（{}人）", members.len()), &["区分", "職"], &members))
        }
    }
}

fn posts<'a>(view: &View<'_>, posts: impl Iterator<Item = &'a Post>) -> Vec<Vec<Markup>> {
    posts
        .filter(|post| view.shows(post.visibility))
        .map(|post| vec![text(&post.role), text(&post.post)])
        .collect()
}

/// Residents' contacts are for residents: staff call inside.
pub(in crate::render) fn site_contacts<'a>(view: &View<'a>) -> impl Iterator<Item = &'a Contact> {
    let level = view.site().level;
    view.content().data.contacts.iter().filter(move |contact| {
        contact.audience.map_or(contact.visibility <= level, |audience| audience == level)
    })
}

pub(super) fn contacts(view: &View<'_>) -> Markup {
    let contacts: Vec<&Contact> = site_contacts(view).collect();
    if contacts.is_empty() {
        return nothing_yet("連絡先はまだ登録されていません。");
    }
    let rows: Vec<Vec<Markup>> = contacts
        .iter()
        .map(|contact| {
            let how = html! {
                (contact.how)
                @if let Some(phone) = &contact.phone { br; strong { (phone) } }
            };
            vec![text(&contact.when), text(&contact.who), how]
        })
        .collect();
    table("連絡先（上から順に）", &["とき", "相手", "方法"], &rows)
}

/// What stands where a section has not entered its contact yet: the card is never empty.
const ON_THE_CARD: &str = "連絡先カードを見る";

pub(super) fn section_contacts(view: &View<'_>) -> Markup {
    let rows: Vec<Vec<Markup>> = view
        .content()
        .data
        .section_contacts
        .iter()
        .filter(|row| view.shows(row.visibility))
        .map(|row| {
            vec![
                text(&row.section.value),
                text(&row.manager),
                text(row.contact.as_deref().unwrap_or(ON_THE_CARD)),
                text(row.phone.as_deref().unwrap_or(ON_THE_CARD)),
            ]
        })
        .collect();
    if rows.is_empty() {
        return nothing_yet("所属ごとの担当者はまだ登録されていません。");
    }
    table("所属ごとの管理者と担当者", &["所属", "管理者（所属長）", "担当者", "内線"], &rows)
}

pub(super) fn roles(view: &View<'_>, page: usize) -> Markup {
    let from = view.page(page).id.as_str();
    let roles: Vec<_> =
        view.content().data.roles.iter().filter(|role| view.shows(role.visibility)).collect();
    if roles.is_empty() {
        return nothing_yet("役割ごとの仕事はまだ登録されていません。");
    }
    html! {
        @if roles.len() > 1 {
            nav.jump-list aria-label="役割" {
                ul { @for role in &roles { li { a href={ "#" (role_anchor(&role.id)) } { (role.name) } } } }
            }
        }
        @for role in roles {
            @let rows: Vec<Vec<Markup>> = role
                .duties
                .iter()
                .filter(|duty| view.shows(duty.visibility))
                .map(|duty| {
                    let when: Vec<&str> = duty.when.iter().map(|when| when.word()).collect();
                    vec![
                        text(&when.join("・")),
                        text(&duty.text),
                        duty_page(view, from, duty),
                    ]
                })
                .collect();
            div #(role_anchor(&role.id)) {
                (table(&role.name, &["とき", "やること", "決まり"], &rows))
            }
        }
    }
}

/// Where a role's table stands on its page.
fn role_anchor(id: &str) -> String {
    format!("role-{}", id.replace('_', "-"))
}

/// The page with the rule behind a duty, as a link.
pub(super) fn duty_page(view: &View<'_>, from: &str, duty: &Duty) -> Markup {
    let target = duty.page.as_ref().and_then(|id| view.find(id.value.as_str()));
    html! {
        @if let Some(target) = target {
            a href=(view.href(from, target)) { (view.page(target).title.value) }
        }
    }
}
