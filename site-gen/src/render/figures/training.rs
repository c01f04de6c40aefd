//! The training plan (研修計画) and how far it is (実施状況), year by year.

use maud::{Markup, html};

use super::{nothing_yet, table, text, years};
use crate::load::data::{Course, TrainingStatus};
use crate::render::page::date;
use crate::render::view::View;
use crate::wareki;

pub(super) fn render(view: &View<'_>) -> Markup {
    let courses: Vec<&Course> = view
        .content()
        .data
        .training
        .iter()
        .filter(|course| view.shows(course.visibility))
        .collect();
    if courses.is_empty() {
        return nothing_yet("研修計画はまだ登録されていません。");
    }
    html! {
        @for (year, courses) in years(&courses, |course| course.fiscal_year) {
            @let name = wareki::format_fiscal_year(year);
            p { (sentence(&name, &courses)) }
            (table(
                &format!("{name}の研修計画と実施状況"),
                &["研修", "対象", "方法", "時期", "状況", "受講"],
                &courses.iter().map(|course| row(course)).collect::<Vec<_>>(),
            ))
        }
    }
}

/// How far the plan is, in words.
fn sentence(name: &str, courses: &[&&Course]) -> String {
    let counts: Vec<String> = TrainingStatus::ALL
        .into_iter()
        .map(|status| (status, courses.iter().filter(|course| course.status == status).count()))
        .filter(|(_, count)| *count > 0)
        .map(|(status, count)| format!("{} {count}件", status.label()))
        .collect();
    format!("{name}の研修は{}件です（{}）。", courses.len(), counts.join("、"))
}

fn row(course: &Course) -> Vec<Markup> {
    let status = html! {
        (course.status.label()) @if let Some(day) = course.held { "（" (date(day)) "）" }
    };
    let attendance = match course.attendance {
        Some((attended, invited)) => {
            let permille = u64::from(attended) * 1000 / u64::from(invited);
            format!("{attended}人／{invited}人（{}）", super::percent(permille))
        }
        None => "―".to_owned(),
    };
    vec![
        text(&course.title),
        text(&course.audience),
        text(&course.method),
        text(&course.when),
        status,
        text(&attendance),
    ]
}
