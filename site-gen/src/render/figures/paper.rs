//! What is printed and written on: contact cards and the incident record form.
//!
//! Nothing of it is an input: what is written stays on paper, in the section's own hands.

use maud::{Markup, html};

use super::nothing_yet;
use super::people::site_contacts;
use crate::load::data::FormField;
use crate::render::view::View;

/// The wallet card is 91 × 55 mm, the size of a name card; the desk card is half a sheet.
pub(super) fn contact_card(view: &View<'_>) -> Markup {
    let contacts: Vec<_> = site_contacts(view).collect();
    if contacts.is_empty() {
        return nothing_yet("連絡先はまだ登録されていません。");
    }
    let steps = &view.site().help;
    let card = |class: &str, title: &str| {
        html! {
            section class={ "contact-card " (class) } aria-label=(title) {
                p.contact-card__title { "おかしいと思ったら" }
                ol { @for step in steps { li { (step) } } }
                table {
                    caption { (title) }
                    thead { tr { th scope="col" { "とき" } th scope="col" { "相手" } th scope="col" { "番号" } } }
                    tbody { @for contact in &contacts {
                        tr {
                            td { (contact.when) }
                            td { (contact.who) }
                            td.contact-card__number { (contact.phone.as_deref().unwrap_or_default()) }
                        }
                    } }
                }
                p.contact-card__date { "所属：＿＿＿＿＿＿＿＿　書いた日：＿＿＿＿＿＿" }
            }
        }
    };
    html! {
        div.contact-cards {
            (card("contact-card--desk", "机に貼る連絡先カード"))
            (card("contact-card--wallet", "持ち歩く連絡先カード"))
        }
    }
}

pub(super) fn incident_form(view: &View<'_>) -> Markup {
    let groups = &view.content().data.incident_form;
    if groups.is_empty() {
        return nothing_yet("記録票の項目はまだ登録されていません。");
    }
    html! {
        div.record-form {
            @for group in groups {
                @let fields: Vec<&FormField> =
                    group.fields.iter().filter(|field| view.shows(field.visibility)).collect();
                @if !fields.is_empty() {
                    table {
                        caption { (group.title) }
                        tbody { @for field in fields { (row(field)) } }
                    }
                }
            }
        }
    }
}

fn row(field: &FormField) -> Markup {
    html! {
        tr {
            th scope="row" {
                (field.label)
                @if let Some(hint) = &field.hint { br; span.record-form__hint { (hint) } }
            }
            td {
                @if !field.choices.is_empty() {
                    span.record-form__choices {
                        @for choice in &field.choices { span { "□ " (choice) } " " }
                    }
                }
                @for _ in usize::from(!field.choices.is_empty())..usize::from(field.lines) {
                    span.record-form__line {}
                }
            }
        }
    }
}
