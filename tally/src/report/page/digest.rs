//! 要約: one page for the CISO. Participation, scores, the weakest items, decisions wanted.

use maud::{Markup, html};

use super::{Report, question_list};
use crate::report::summary::{Comparison, Score, Summary};
use crate::report::svg::{self, Bar};
use crate::report::tables::points;
use crate::report::wareki;

/// The page.
pub(super) fn write(report: &Report<'_>) -> Markup {
    let Report { summary, earlier, .. } = report;
    let last = earlier.last();
    let weakest = summary.weakest();
    let priority = summary.priority();
    let rate = |score: Option<Score>| {
        score.map_or_else(|| "＊".to_owned(), |score| score.rate().to_string())
    };
    let beside = |kind| last.map(|last| compared(summary.compare_kind(last, kind), last));
    html! {
        section.digest {
            h2 { "要約" }
            dl.key {
                div { dt { "実施率" } dd { (summary.completion_rate()) }
                    dd.note { "対象 " (summary.completion.target) " 人中 "
                        (summary.completion.file + summary.completion.paper) " 人" }
                    @if let Some(last) = last {
                        dd.note { (wareki::short(last.fiscal_year)) " は " (last.completion_rate()) }
                    } }
                div { dt { "得点率" } dd { (rate(summary.total)) } (note(beside(None))) }
                div { dt { "知識" } dd { (rate(summary.knowledge)) } (note(beside(Some(true)))) }
                div { dt { "実践" } dd { (rate(summary.practice)) } (note(beside(Some(false)))) }
            }
            h3 { "分野別の得点率" }
            (categories(report))
            div.columns {
                div { h3 { "弱い設問（全職員）" } (question_list(&weakest, 5)) }
                div {
                    h3 { "90% に届かない重点項目" }
                    (question_list(&priority, 5))
                    @if priority.len() > 5 {
                        p.note { "ほか " (priority.len() - 5) " 問。すべては「4 設問」にあります。" }
                    }
                }
            }
            (wanted(report, priority.len()))
        }
    }
}

fn note(text: Option<String>) -> Markup {
    html! { @if let Some(text) = text { dd.note { (text) } } }
}

fn compared(comparison: Comparison, last: &Summary) -> String {
    let year = wareki::short(last.fiscal_year);
    match (comparison.now.permille(), comparison.then.permille()) {
        (Some(now), Some(then)) => format!(
            "{year} と同じ {} 問では {} ポイント",
            comparison.questions,
            points(now.cast_signed() - then.cast_signed())
        ),
        _ => format!("{year} と同じ設問がなく、比べられません"),
    }
}

/// Bars of the categories with the marks of the year before.
pub(super) fn categories(report: &Report<'_>) -> Markup {
    let Report { summary, earlier, loaded, .. } = report;
    let bands = loaded.questions.bands;
    let bars: Vec<Bar> = summary
        .categories_of_all()
        .map(|category| Bar {
            label: category.title.clone(),
            permille: category.score.and_then(|score| score.rate().permille()),
            earlier_permille: earlier
                .last()
                .and_then(|last| summary.compare(last, Some(&category.id)).then.permille()),
        })
        .collect();
    html! {
        (svg::bars("categories", "分野別の得点率", &[bands.review, bands.good], &bars))
        p.note {
            "点線は判定の境（良好は " (bands.good) "% 以上、要確認は " (bands.review) "% 以上）です。"
            @if let Some(last) = earlier.last() {
                "縦の印は " (wareki::short(last.fiscal_year)) " の値で、番号と版が同じ設問だけで比べています。"
            }
        }
    }
}

fn wanted(report: &Report<'_>, priority: usize) -> Markup {
    let Report { figures, summary, loaded, .. } = report;
    let silent: Vec<&str> = figures
        .sections
        .iter()
        .filter(|section| section.is_silent())
        .map(|section| section.name.as_str())
        .collect();
    let done = summary.completion;
    let open = done.target - done.file - done.paper;
    let closes = loaded.campaign.closes;
    let improvements = &loaded.office.improvements;
    let overdue = improvements.iter().filter(|one| one.is_overdue(closes)).count();
    html! {
        div.wanted {
            h3 { "委員会に求めること" }
            ul {
                li { "受理：この自己点検結果" }
                @if !silent.is_empty() {
                    li { "指示：報告のない " (silent.len()) " 所属（"
                        (silent.iter().take(3).copied().collect::<Vec<_>>().join("、"))
                        @if silent.len() > 3 { " ほか" } "）の実施" }
                }
                @if open > 0 { li { "指示：未実施の " (open) " 人への対応" } }
                @if priority > 0 { li { "指示：重点項目 " (priority) " 問の改善策を所属に求めること" } }
                @if overdue > 0 {
                    li { "確認：期限を過ぎた改善策 " (overdue) " 件（前回までの " (improvements.len()) " 件中）" }
                }
            }
        }
    }
}
