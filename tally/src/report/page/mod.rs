//! `report.html`: what the committee receives. One file, printable, no script.
//!
//! Cover, one page for the CISO (`digest`), seven chapters (`chapters`), and the long tables as
//! appendices on landscape pages.

mod chapters;
mod digest;
mod style;

use maud::{Markup, html};

use super::figures::Figures;
use super::inputs::Inputs;
use super::load::Campaigned;
use super::summary::{QuestionScore, Summary};
use super::tables::{Cell, Table};
use super::{table, wareki};
use crate::page;

/// Everything the page shows.
pub(crate) struct Report<'a> {
    pub(crate) loaded: &'a Campaigned<'a>,
    pub(crate) figures: &'a Figures,
    pub(crate) summary: &'a Summary,
    /// Oldest first.
    pub(crate) earlier: &'a [Summary],
    pub(crate) tables: &'a [Table],
    pub(crate) inputs: &'a Inputs,
}

/// The whole document.
pub(crate) fn write(report: &Report<'_>) -> String {
    let office = report.loaded.office.name.as_deref().unwrap_or_default();
    let year = wareki::fiscal_year(report.summary.fiscal_year);
    let title = format!("{year} 自己点検結果報告書");
    let body = html! {
        (cover(report, office, &title))
        main {
            (digest::write(report))
            (chapters::write(report))
            (appendix(report, "A", "所属別の実施状況", "completion"))
            (appendix(report, "B", "部局・所属別の得点率", "groups"))
            (appendix(report, "C", "設問別の得点率（全庁）", "questions"))
        }
    };
    page::document(&title, style::STYLE, &body)
}

fn cover(report: &Report<'_>, office: &str, title: &str) -> Markup {
    let summary = report.summary;
    html! {
        header.cover {
            p.kind { "情報セキュリティ委員会 資料" }
            @if !office.is_empty() { p.office { (office) } }
            h1 { (title) }
            p { (summary.title) }
            dl.cover-facts {
                div { dt { "実施期間" }
                    dd { (wareki::date(summary.opens)) "から" (wareki::date(summary.closes)) "まで" } }
                div { dt { "対象" } dd { (summary.completion.target) "人" } }
                div { dt { "集計" } dd { "結果ファイル" (summary.scored) "人分" } }
                div { dt { "結果の指紋" } dd.hash { (report.inputs.results_sha256) } }
            }
            table.receipt {
                caption { "委員会の受理（承認とは別の手続です）" }
                tr { th scope="row" { "受理日" } td {} th scope="row" { "委員長" } td {} }
                tr { th scope="row" { "指示事項" } td colspan="3" {} }
            }
            p.note { "この報告書に、個人の回答と 5 人未満の集まりの得点は含みません。" }
        }
    }
}

/// A long table on landscape pages.
fn appendix(report: &Report<'_>, letter: &str, title: &str, name: &str) -> Markup {
    html! {
        // The list of sections is long and narrow; the others are wide.
        section class=(if name == "completion" { "tall" } else { "wide" }) {
            h2 { "別表" (letter) " " (title) }
            @if name == "groups" { (hidden_note()) }
            @if name == "questions" {
                p.note {
                    "得点率は、その設問が当てはまった人の得点の割合（難易度）です。識別力は、全体の得点率が高い 27% の人と"
                    "低い 27% の人とで、その設問の得点率がどれだけ違うか（ポイント）です。10 ポイント未満の設問は、"
                    "問い方を見直します。わからないと該当なしは、答えた人に占める割合です。"
                }
            }
            (data_table(report, name))
        }
    }
}

fn hidden_note() -> Markup {
    html! {
        p.note {
            "5 人未満の所属は部局の「その他」に、5 人未満の部局は「その他の部局」にまとめています。"
            "＊は、5 人未満の答えが分かるため示しません（引き算で分かる数字も示しません）。"
            "管理者・担当者向けの設問は含みません。"
        }
    }
}

fn question_list(questions: &[&QuestionScore], most: usize) -> Markup {
    html! {
        @if questions.is_empty() { p { "ありません。" } }
        @else {
            ol.questions-list {
                @for question in questions.iter().take(most) {
                    li {
                        span.prompt { (question.prompt) }
                        " " strong { (question.score.map(|score| score.rate().to_string()).unwrap_or_default()) }
                        " " span.page-id { (question.id) " " (question.page) }
                    }
                }
            }
        }
    }
}

fn data_table(report: &Report<'_>, name: &str) -> Markup {
    html! {
        @if let Some(table) = table(report.tables, name) {
            table class=(table.name) {
                caption { (table.title) }
                thead { tr { @for title in &table.header { th scope="col" { (title) } } } }
                tbody {
                    @for row in &table.rows {
                        tr class=[table.is_sum(row).then_some("sum")] {
                            @for cell in row {
                                @match cell {
                                    Cell::Text(text) => td { (text) },
                                    _ => td.number { (cell.text()) },
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
