//! `report.html`: what the committee receives. One file, printable, no script.

use maud::{Markup, html};

use super::figures::{Column, Figures};
use super::load::Campaigned;
use super::publish::Inputs;
use super::summary::Summary;
use super::svg::{self, Bar};
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
    let title = format!("{} 自己点検結果報告書", wareki::fiscal_year(report.summary.fiscal_year));
    let body = html! {
        (cover(report, &title))
        (digest(report))
        (completion(report))
        (categories(report))
        (trend(report))
        (questions(report))
        (acknowledgements(report))
        (notes(report))
        (sources(report))
    };
    page::document(&title, STYLE, &body)
}

fn cover(report: &Report<'_>, title: &str) -> Markup {
    html! {
        header.cover {
            p.kind { "情報セキュリティ委員会 資料" }
            h1 { (title) }
            p { (report.summary.title) }
            p {
                "実施期間 " (wareki::date(report.summary.opens)) "から"
                (wareki::date(report.summary.closes)) "まで"
            }
            table.receipt {
                caption { "委員会の受理（承認とは別の手続です）" }
                tr { th scope="row" { "受理日" } td {} th scope="row" { "委員長" } td {} }
                tr { th scope="row" { "指示事項" } td colspan="3" {} }
            }
        }
    }
}

fn digest(report: &Report<'_>) -> Markup {
    let Report { figures, summary, loaded, .. } = report;
    let all = figures.all();
    let rate = |column| all.rate(column, loaded.questions);
    let last = report.earlier.last();
    let silent = silent_sections(figures);
    html! {
        section.page {
            h2 { "要約" }
            dl.key {
                div { dt { "実施率" } dd { (summary.completion_rate()) }
                    dd.note { "対象 " (summary.completion.target) " 人中 "
                        (summary.completion.file + summary.completion.paper) " 人" } }
                div { dt { "得点率" } dd { (rate(Column::Total)) }
                    @if let Some(last) = last { dd.note { (compared(summary, last)) } } }
                div { dt { "知識" } dd { (rate(Column::Knowledge)) } }
                div { dt { "実践" } dd { (rate(Column::Practice)) } }
            }
            h3 { "弱い設問（全職員）" }
            (question_list(report, &figures.weakest(loaded.questions), 5))
            h3 { "90% に届かない重点項目" }
            @let priority = figures.priority(loaded.questions);
            @if priority.is_empty() { p { "ありません。" } }
            @else { (question_list(report, &priority, 5)) }
            @if priority.len() > 5 { p.note { "ほか " (priority.len() - 5) " 問は 4 にあります。" } }
            h3 { "判断を求めること" }
            ul {
                li { "この結果の受理" }
                @if !silent.is_empty() {
                    li { "報告のない " (silent.len()) " 所属への指示（" (silent.join("、")) "）" }
                }
                @if !priority.is_empty() { li { "重点項目の改善策を所属に求めること" } }
                @if summary.completion_rate().is_below(100) {
                    li { "未実施の "
                        (summary.completion.target - summary.completion.file - summary.completion.paper)
                        " 人への対応" }
                }
            }
        }
    }
}

fn compared(summary: &Summary, last: &Summary) -> String {
    let comparison = summary.compare(last, None);
    let year = wareki::short(last.fiscal_year);
    match comparison.questions {
        0 => format!("{year} と同じ設問がなく、比べられません"),
        count => format!(
            "{year} と同じ {count} 問では {}（{year} は {}）",
            comparison.now, comparison.then
        ),
    }
}

/// Sections with people to answer and no answer at all.
fn silent_sections(figures: &Figures) -> Vec<&str> {
    let silent = figures
        .sections
        .iter()
        .filter(|section| section.done.target > 0 && section.done.file + section.done.paper == 0);
    silent.map(|section| section.name.as_str()).collect()
}

fn question_list(report: &Report<'_>, indexes: &[usize], most: usize) -> Markup {
    let questions = &report.loaded.questions;
    html! {
        @if indexes.is_empty() { p { "示せる設問はありません。" } }
        @else {
            ol {
                @for &index in indexes.iter().take(most) {
                    @let question = &questions.all[index].question;
                    @let rate = report.figures.questions[index].sum.map(|sum| sum.rate());
                    li {
                        b { (rate.map(|rate| rate.to_string()).unwrap_or_default()) } " "
                        (question.prompt) " "
                        span.note {
                            "（" (question.id) "、ページ " (question.page)
                            @if !questions.all[index].of_all { "、管理者・担当者" } "）"
                        }
                    }
                }
            }
        }
    }
}

fn completion(report: &Report<'_>) -> Markup {
    let bars: Vec<Bar> = report
        .figures
        .bureaus
        .iter()
        .filter(|bureau| bureau.done.target > 0)
        .map(|bureau| Bar {
            label: bureau.name.clone(),
            permille: bureau.done.rate().permille(),
            earlier_permille: None,
        })
        .collect();
    html! {
        section {
            h2 { "1 実施状況" }
            (svg::bars("completion", "部局別の実施率", &[], &bars))
            (data_table(report, "completion"))
            h3 { "報告のない所属" }
            @let silent = silent_sections(report.figures);
            @if silent.is_empty() { p { "ありません。" } }
            @else { ul { @for section in silent { li { (section) } } } }
        }
    }
}

fn categories(report: &Report<'_>) -> Markup {
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
        section {
            h2 { "2 分野別の得点率" }
            p {
                "良好は " (bands.good) "% 以上、要確認は " (bands.review) "% 以上です。"
                @if !earlier.is_empty() {
                    "縦の印は前回の値です。番号と版が同じ設問だけで比べています。"
                }
            }
            (svg::bars("categories", "分野別の得点率", &[bands.review, bands.good], &bars))
            (data_table(report, "categories"))
            h3 { "部局・所属別" }
            p.note {
                "5 人未満の所属は部局の「その他」に、5 人未満の部局は「その他の部局」にまとめています。"
                "＊は、5 人未満の答えが分かるため示しません（引き算で分かる数字も示しません）。管理者・担当者向けの設問は含みません。"
            }
            (data_table(report, "groups"))
        }
    }
}

fn trend(report: &Report<'_>) -> Markup {
    let Report { summary, earlier, .. } = report;
    let years = earlier.iter().chain([*summary]);
    let bars: Vec<Bar> = years
        .map(|year| Bar {
            label: wareki::fiscal_year(year.fiscal_year),
            permille: year.completion_rate().permille(),
            earlier_permille: None,
        })
        .collect();
    html! {
        section {
            h2 { "3 年度ごとの推移" }
            (svg::bars("trend", "年度ごとの実施率", &[], &bars))
            (data_table(report, "trend"))
        }
    }
}

fn questions(report: &Report<'_>) -> Markup {
    html! {
        section {
            h2 { "4 設問別の得点率（全庁）" }
            p.note {
                "識別力は、得点の高い 27% の人と低い 27% の人の得点率の差（ポイント）です。"
                "小さいか負の設問は、問い方を見直します。わからないと該当なしは、答えた人に占める割合です。"
            }
            (data_table(report, "questions"))
            h3 { "90% に届かない重点項目" }
            @let priority = report.figures.priority(report.loaded.questions);
            @if priority.is_empty() { p { "ありません。" } }
            @else { (question_list(report, &priority, usize::MAX)) }
        }
    }
}

fn acknowledgements(report: &Report<'_>) -> Markup {
    html! {
        section { h2 { "5 ポリシーの確認" } (data_table(report, "policies")) }
    }
}

fn notes(report: &Report<'_>) -> Markup {
    let Campaigned { flagged, rejected, missing, .. } = report.loaded;
    let mut by_flag = std::collections::BTreeMap::<_, u64>::new();
    for flag in flagged.iter().flat_map(|flagged| &flagged.flags) {
        *by_flag.entry(*flag).or_default() += 1;
    }
    let mut by_reason = std::collections::BTreeMap::<_, u64>::new();
    for reason in rejected.iter().map(|rejected| &rejected.reason) {
        *by_reason.entry((reason.code(), reason.sentence())).or_default() += 1;
    }
    html! {
        section {
            h2 { "6 受付の記録" }
            h3 { "集計に入れ、注意して見る結果" }
            @if by_flag.is_empty() { p { "ありません。" } }
            ul { @for (flag, count) in by_flag { li { (flag.sentence()) "：" (count) " 件" } } }
            h3 { "受付不可のファイル" }
            @if by_reason.is_empty() { p { "ありません。" } }
            ul {
                @for ((code, sentence), count) in by_reason {
                    li { (sentence) "（" (code) "）：" (count) " 件" }
                }
            }
            @if !missing.is_empty() {
                p { "台帳に記録があり、いまファイルが見当たらない結果：" (missing.len()) " 件" }
            }
            p.note { "ファイルごとの一覧と対処は、事務局限りの secretariat フォルダにあります。" }
        }
    }
}

fn sources(report: &Report<'_>) -> Markup {
    let inputs = report.inputs;
    html! {
        section {
            h2 { "7 この報告書のもと" }
            p {
                "結果ファイルの署名が示すのは、登録コードを持つ人が回答を出し、その後に回答が変えられていない"
                "ことです。本人が一人で、正直に答えたことまでは示しません。"
                "得点は、保管した設問集を使って回答から計算し直しています。"
                "同じ材料から同じ報告書が作れます。"
            }
            table {
                tr { th scope="row" { "tally" } td { (inputs.tally) } }
                tr { th scope="row" { "名簿" } td.hash { (inputs.roster_sha256) } }
                tr { th scope="row" { "台帳 " (inputs.ledger_lines) " 行" }
                    td.hash { (inputs.ledger_head) } }
                @for set in &inputs.sets {
                    tr { th scope="row" { "設問集 " (set.role) } td.hash { (set.sha256) } }
                }
                @for earlier in &inputs.earlier {
                    tr { th scope="row" { "前の年度 " (earlier.campaign) }
                        td.hash { (earlier.sha256) } }
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
                        tr {
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

const STYLE: &str = "\
:root{color-scheme:light}\
body{margin:0 auto;max-width:56rem;padding:1rem;background:#fff;color:#1a1a1c;font-family:'BIZ UDPGothic','Noto Sans JP','Noto Sans CJK JP','Hiragino Sans','Yu Gothic',Meiryo,sans-serif;line-height:1.7}\
h1{font-size:1.75rem;margin:.5rem 0}\
h2{font-size:1.375rem;margin:2rem 0 .75rem;border-bottom:2px solid #0017c1}\
h3{font-size:1.0625rem;margin:1.5rem 0 .5rem}\
.cover{padding:4rem 0 2rem}.kind{color:#0017c1;font-weight:bold}\
.note{color:#4d4d4d;font-size:.875rem}\
.key{display:grid;grid-template-columns:repeat(4,1fr);gap:.75rem;margin:0}\
.key div{border:1px solid #949494;border-radius:.5rem;padding:.75rem}\
.key dt{font-size:.875rem}.key dd{margin:0;font-size:1.5rem;font-weight:bold}.key dd.note{font-size:.75rem;font-weight:normal}\
table{border-collapse:collapse;width:100%;font-size:.8125rem;margin:.75rem 0}\
caption{text-align:left;font-weight:bold;padding:.25rem 0}\
th,td{border:1px solid #b3b3b3;padding:.25rem .5rem;vertical-align:top;text-align:left}\
thead th{background:#e8f1fe;word-break:keep-all}\
.number{text-align:right;white-space:nowrap}\
.groups,.questions{font-size:.6875rem}.groups th,.groups td{padding:.125rem .25rem}.groups thead th{word-break:normal}\
.groups td:nth-child(-n+2),.questions td:first-child,.trend td:first-child{white-space:nowrap}\
.hash{font-family:Consolas,'Noto Sans Mono','DejaVu Sans Mono',monospace;overflow-wrap:anywhere}\
.receipt{max-width:36rem;margin-top:3rem}.receipt td{height:2.5rem;min-width:8rem}.receipt th{width:6rem}\
.figure{display:block;width:100%;max-width:42rem;height:auto;font-size:14px}\
.figure .bar{fill:#0017c1}.figure .earlier{fill:#b04a00}.figure .axis{stroke:#949494}.figure .band{stroke:#767676;stroke-dasharray:4 3}.figure .tick{font-size:12px;fill:#4d4d4d}\
@page{size:A4;margin:18mm 15mm}\
@media print{body{max-width:none;padding:0;font-size:10.5pt}.cover{break-after:page;padding-top:30%}.page{break-after:page}h2,h3,caption{break-after:avoid}tr,.figure,li{break-inside:avoid}thead{display:table-header-group}}";
