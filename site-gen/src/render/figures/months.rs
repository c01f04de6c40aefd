//! Duties month by month: what everybody has to do now, whatever their role.

use maud::{Markup, html};

use super::people::duty_page;
use super::{nothing_yet, table, text};
use crate::load::data::{Duty, RoleDuties, When};
use crate::render::view::View;

/// The months of a fiscal year, in its order.
const FISCAL_MONTHS: [u8; 12] = [4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3];

pub(super) fn render(view: &View<'_>, page: usize) -> Markup {
    let from = view.page(page).id.as_str();
    let months: Vec<(u8, Vec<(&RoleDuties, &Duty)>)> = FISCAL_MONTHS
        .into_iter()
        .map(|month| (month, duties_of(view, month)))
        .filter(|(_, duties)| !duties.is_empty())
        .collect();
    if months.is_empty() {
        return nothing_yet("月ごとの仕事はまだ登録されていません。");
    }
    html! {
        nav.jump-list aria-label="月" {
            ul { @for (month, _) in &months {
                li { a href={ "#month-" (month) } data-month=(month) { (month) "月" } }
            } }
        }
        @for (month, duties) in &months {
            @let rows: Vec<Vec<Markup>> = duties
                .iter()
                .map(|(role, duty)| vec![
                    text(&role.name),
                    text(&duty.text),
                    duty_page(view, from, duty),
                ])
                .collect();
            div #{ "month-" (month) } {
                (table(&format!("{month}月の仕事"), &["役割", "やること", "決まり"], &rows))
            }
        }
    }
}

fn duties_of<'a>(view: &View<'a>, month: u8) -> Vec<(&'a RoleDuties, &'a Duty)> {
    let roles = view.content().data.roles.iter().filter(|role| view.shows(role.visibility));
    roles
        .flat_map(|role| role.duties.iter().map(move |duty| (role, duty)))
        .filter(|(_, duty)| view.shows(duty.visibility) && duty.when.contains(&When::Month(month)))
        .collect()
}
