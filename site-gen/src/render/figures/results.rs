//! Results of the yearly self-check, as `tally report` reckoned them: a figure, the same as a table,
//! and the trend over the years. Years are compared in `common`. Nothing is graded here.

use maud::{Markup, html};

use super::{common, nothing_yet, percent, table, text};
use crate::load::data::results::{CategoryScore, QuestionScore, Results, Score};
use crate::render::page::date;
use crate::render::view::View;
use crate::wareki;

/// Questions to name as the weakest.
const WEAKEST: usize = 5;

pub(super) fn render(view: &View<'_>, page: usize) -> Markup {
    let shown: Vec<&Results> =
        view.content().data.results.iter().filter(|one| view.shows(one.visibility)).collect();
    let Some(latest) = shown.first() else {
        return nothing_yet(
            "集計した結果はまだありません。委員会が受理した後に、年度ごとの結果が載ります。",
        );
    };
    html! {
        p { (sentence(latest)) }
        p {
            @match latest.received {
                Some(day) => { "委員会の受理：" (date(day)) },
                None => "委員会の受理：まだです。",
            }
        }
        (categories(latest))
        @if let Some(before) = shown.get(1) { (common::categories(latest, before)) }
        (trend(&shown))
        (common::years(&shown))
        (weakest(view, page, latest))
        @if view.shows(latest.groups) { (groups(latest)) }
    }
}

pub(super) fn year(results: &Results) -> String {
    wareki::format_fiscal_year(results.summary.fiscal_year)
}

fn answered(results: &Results) -> (u64, u64) {
    let counts = results.summary.completion;
    (counts.file.saturating_add(counts.paper), counts.target)
}

fn completion(results: &Results) -> String {
    let (answered, target) = answered(results);
    answered.checked_mul(1000).and_then(|part| part.checked_div(target)).map_or_else(dash, percent)
}

fn sentence(results: &Results) -> String {
    let (answered, target) = answered(results);
    format!(
        "{}の自己点検は、対象{target}人のうち{answered}人が終えました（実施率 {}。うち用紙 {}人）。",
        year(results),
        completion(results),
        results.summary.completion.paper
    )
}

pub(super) fn dash() -> String {
    "―".to_owned()
}

pub(super) fn rate(score: Option<Score>) -> String {
    score.and_then(Score::permille).map_or_else(dash, percent)
}

/// Bars with their numbers, and the same as a table.
fn categories(latest: &Results) -> Markup {
    let title = format!("{}の分野ごとの得点率", year(latest));
    let rows: Vec<Vec<Markup>> = latest
        .summary
        .categories
        .iter()
        .map(|category| vec![text(&category.title), number(&rate(category.score))])
        .collect();
    html! {
        figure.figure.figure--results {
            figcaption { (title) }
            (bars(&title, &latest.summary.categories))
            (table(&format!("{title}（表）"), &["分野", "得点率"], &rows))
        }
    }
}

const BAR_HEIGHT: usize = 20;
const ROW_HEIGHT: usize = 48;
/// A tenth of a percent is this many hundredths of a pixel.
const SCALE: u64 = 50;
const WIDTH: usize = 580;

/// One bar a category; its name and number stand above it, where a phone shows them.
fn bars(title: &str, categories: &[CategoryScore]) -> Markup {
    let height = categories.len() * ROW_HEIGHT + 8;
    html! {
        div.figure__scroll role="group" aria-label=(title) tabindex="0" {
            svg.result-bars xmlns="http://www.w3.org/2000/svg" role="img"
                aria-label={ (title) "。同じ内容を下の表で読めます。" }
                width=(WIDTH) height=(height) viewBox={ "0 0 " (WIDTH) " " (height) } {
                @for (index, category) in categories.iter().enumerate() {
                    @let top = index * ROW_HEIGHT;
                    @let permille = category.score.and_then(Score::permille).unwrap_or(0).min(1000);
                    @let width = permille * SCALE / 100;
                    g.bar {
                        text x="0" y=(top + 16) { (category.title) "　" (rate(category.score)) }
                        rect.bar__ground x="0" y=(top + 22) width="500" height=(BAR_HEIGHT) {}
                        rect.bar__value x="0" y=(top + 22) width=(width) height=(BAR_HEIGHT) {}
                    }
                }
            }
        }
    }
}

pub(super) fn number(text: &str) -> Markup {
    html! { span.number { (text) } }
}

/// Every year over its own questions, which the words say: they are not the same every year.
fn trend(shown: &[&Results]) -> Markup {
    let rows: Vec<Vec<Markup>> = shown
        .iter()
        .map(|one| {
            vec![
                text(&year(one)),
                number(&completion(one)),
                number(&rate(one.summary.total)),
                number(&rate(one.summary.knowledge)),
                number(&rate(one.summary.practice)),
            ]
        })
        .collect();
    html! {
        @if shown.len() > 1 {
            p {
                "次の表の得点率は、その年度のすべての設問のものです。設問は年度ごとに入れ替わるため、上下に比べられません。"
            }
        }
        (table(
            "年度ごとの実施率と得点率（その年度のすべての設問）",
            &["年度", "実施率", "全体", "知識の設問", "実践の設問"],
            &rows,
        ))
    }
}

/// The weakest questions of all, each with the page to read.
fn weakest(view: &View<'_>, page: usize, latest: &Results) -> Markup {
    let from = view.page(page).id.as_str();
    let mut questions: Vec<(u64, &QuestionScore)> = latest
        .summary
        .questions
        .iter()
        .filter(|question| question.of_all)
        .filter_map(|question| Some((question.score?.permille()?, question)))
        .collect();
    questions.sort_by(|(a, one), (b, other)| a.cmp(b).then_with(|| one.id.cmp(&other.id)));
    questions.truncate(WEAKEST);
    let rows: Vec<Vec<Markup>> = questions
        .into_iter()
        .map(|(permille, question)| {
            let rule = html! {
                @if let Some(target) = view.find(question.page.as_str()) {
                    a href=(view.href(from, target)) { (view.page(target).title.value) }
                } @else { "―" }
            };
            vec![
                text(if question.is_knowledge { "知識" } else { "実践" }),
                text(&question.prompt),
                number(&percent(permille)),
                number(&question.dont_know_permille.map_or_else(dash, percent)),
                rule,
            ]
        })
        .collect();
    if rows.is_empty() {
        return html! {};
    }
    table("得点率の低かった設問", &["種類", "設問", "得点率", "わからない", "読むページ"], &rows)
}

/// Bureaus and sections of five people or more; `tally` has merged the others.
fn groups(latest: &Results) -> Markup {
    let show = |permille: Option<u64>| number(&permille.map_or_else(dash, percent));
    let rows: Vec<Vec<Markup>> = latest
        .summary
        .groups
        .iter()
        .map(|group| {
            let level = if group.level == "bureau" { "部局" } else { "所属" };
            vec![
                text(level),
                text(&group.title),
                number(&format!("{}人", group.people)),
                show(group.total_permille),
                show(group.knowledge_permille),
                show(group.practice_permille),
            ]
        })
        .collect();
    if rows.is_empty() {
        return html! {};
    }
    table(
        &format!("{}の部局・所属ごとの得点率", year(latest)),
        &["区分", "名", "人数", "全体", "知識の設問", "実践の設問"],
        &rows,
    )
}
