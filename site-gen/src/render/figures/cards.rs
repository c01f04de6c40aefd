//! Ways in on the first page: each card is one task and one link.

use maud::{Markup, html};
use selfcheck::set::{Campaign, Role};

use crate::load::site::{Card, CardKind};
use crate::render::page::date;
use crate::render::view::View;

pub(super) fn render(view: &View<'_>, page: usize) -> Markup {
    let from = view.page(page).id.as_str();
    html! {
        ul.cards { @for card in &view.site().cards { (draw(view, from, card)) } }
    }
}

fn draw(view: &View<'_>, from: &str, card: &Card) -> Markup {
    let Some(target) = view.find(card.page.value.as_str()) else { return html! {} };
    let campaign = (card.kind == CardKind::Campaign).then(|| open_campaign(view)).flatten();
    let class = match card.kind {
        CardKind::Plain => "card",
        CardKind::Danger => "card card--danger",
        CardKind::Campaign => "card card--campaign",
    };
    html! {
        li class=(class) data-opens=[campaign.map(|campaign| campaign.opens)]
            data-closes=[campaign.map(|campaign| campaign.closes)] {
            p.card__title { a href=(view.href(from, target)) { (card.title) } }
            p { (card.text) }
            @if let Some(campaign) = campaign {
                p { (date(campaign.opens)) "から" (date(campaign.closes)) "まで" }
                span.campaign__state hidden {}
            }
        }
    }
}

fn open_campaign<'a>(view: &View<'a>) -> Option<&'a Campaign> {
    let (_, frozen) = view.archive()?.sets.get(&Role::General)?;
    Some(&frozen.set.campaign)
}
