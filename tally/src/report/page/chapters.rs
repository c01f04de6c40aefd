//! The chapters of the report.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::{Report, data_table, hidden_note, question_list};
use crate::report::figures::{Column, Level};
use crate::report::load::Campaigned;
use crate::report::svg::{self, Bar, Year};
use crate::report::wareki;
use crate::verdict::role_name;

/// All chapters, in order.
pub(super) fn write(report: &Report<'_>) -> Markup {
    html! {
        (completion(report))
        (categories(report))
        (trend(report))
        (questions(report))
        (acknowledgements(report))
        (decided(report))
        (notes(report))
        (sources(report))
    }
}

fn completion(report: &Report<'_>) -> Markup {
    let figures = report.figures;
    let bars: Vec<Bar> = figures
        .bureaus
        .iter()
        .filter(|bureau| bureau.done.target > 0)
        .map(|bureau| Bar {
            label: bureau.name.clone(),
            permille: bureau.done.rate().permille(),
            earlier_permille: None,
        })
        .collect();
    let silent: Vec<_> = figures.sections.iter().filter(|section| section.is_silent()).collect();
    html! {
        section.chapter {
            h2 { "1 実施状況" }
            (svg::bars("completion", "部局別の実施率", &[], &bars))
            (data_table(report, "bureaus"))
            h3 { "報告のない所属" }
            @if silent.is_empty() { p { "ありません。" } }
            @else {
                ul { @for section in silent { li { (section.name) "（対象 " (section.done.target) " 人）" } } }
            }
            p.note { "所属ごとの数は別表 A にあります。" }
        }
    }
}

fn categories(report: &Report<'_>) -> Markup {
    let bureaus: Vec<Bar> = report
        .figures
        .groups
        .iter()
        .filter(|group| group.level == Level::Bureau)
        .map(|group| Bar {
            label: group.title.clone(),
            permille: group
                .sum(Column::Total, report.loaded.questions)
                .and_then(|sum| sum.rate().permille()),
            earlier_permille: None,
        })
        .collect();
    html! {
        section.chapter {
            h2 { "2 分野別の得点率" }
            p { "要約の図の数字です。「全体」は全職員に共通の設問の合計です。" }
            (data_table(report, "categories"))
            @if !bureaus.is_empty() {
                h3 { "部局別の得点率" }
                (svg::bars("bureaus", "部局別の得点率", &[], &bureaus))
                (hidden_note())
            }
            p.note { "所属ごとの得点率は別表 B にあります。改善策票（improvement フォルダ）は所属ごとにできています。" }
        }
    }
}

fn trend(report: &Report<'_>) -> Markup {
    let Report { summary, earlier, .. } = report;
    let years: Vec<Year> = earlier
        .iter()
        .chain([*summary])
        .map(|year| Year {
            label: format!("{}年度", wareki::short(year.fiscal_year)),
            permille: vec![
                year.completion_rate().permille(),
                year.total.and_then(|score| score.rate().permille()),
            ],
        })
        .collect();
    html! {
        section.chapter {
            h2 { "3 年度ごとの推移" }
            @if earlier.is_empty() {
                p { "前の年度の報告がないため、推移は来年度から示します。" }
            } @else {
                (svg::lines("trend", "年度ごとの実施率と得点率", &["実施率", "得点率（全設問）"], &years))
            }
            (data_table(report, "trend"))
            @if !earlier.is_empty() { (data_table(report, "changes")) }
            p.note {
                "設問は年度によって入れ替わるため、「その年の全設問」の得点率どうしは参考です。"
                "比べるときは、番号と版が同じ「共通の設問」の欄を見ます。"
            }
            h3 { "知識と実践" }
            (data_table(report, "figures"))
        }
    }
}

fn questions(report: &Report<'_>) -> Markup {
    let priority = report.summary.priority();
    html! {
        section.chapter {
            h2 { "4 設問" }
            h3 { "弱い設問（全職員、上位 5 問）" }
            (question_list(&report.summary.weakest(), 5))
            h3 { "90% に届かない重点項目（重み 3）" }
            (question_list(&priority, usize::MAX))
            p.note { "設問ごとの難易度、識別力、わからない、該当なしは別表 C にあります。" }
        }
    }
}

fn acknowledgements(report: &Report<'_>) -> Markup {
    html! {
        section.chapter { h2 { "5 ポリシーの確認" } (data_table(report, "policies")) }
    }
}

/// 改善策 decided earlier, and what the committee does this year.
fn decided(report: &Report<'_>) -> Markup {
    let improvements = &report.loaded.office.improvements;
    let mut by_state = BTreeMap::<&str, usize>::new();
    for one in improvements {
        *by_state.entry(one.state.as_str()).or_default() += 1;
    }
    html! {
        section.chapter {
            h2 { "6 改善策と委員会の手続" }
            h3 { "前回までの改善策" }
            @if improvements.is_empty() { p { "登録された改善策はありません。" } }
            @else {
                p {
                    (improvements.len()) " 件（"
                    @for (index, (state, count)) in by_state.iter().enumerate() {
                        @if index > 0 { "、" } (state) " " (count) " 件"
                    }
                    "）。期限との関係は、締切日（" (wareki::date(report.loaded.campaign.closes)) "）で見ています。"
                }
                (data_table(report, "improvements"))
            }
            h3 { "承認と受理" }
            p.note { "委員会が承認する事項と受理する事項は別の手続です。日付は行われた後に入ります。" }
            (data_table(report, "decisions"))
        }
    }
}

fn notes(report: &Report<'_>) -> Markup {
    let Campaigned { flagged, rejected, not_results, missing, duplicates, .. } = report.loaded;
    let mut by_flag = BTreeMap::<_, u64>::new();
    for flag in flagged.iter().flat_map(|flagged| &flagged.flags) {
        *by_flag.entry(*flag).or_default() += 1;
    }
    let mut by_reason = BTreeMap::<_, u64>::new();
    for reason in rejected.iter().map(|rejected| &rejected.reason) {
        let words = (reason.code(), reason.sentence(), reason.remedy());
        *by_reason.entry(words).or_default() += 1;
    }
    html! {
        section.chapter {
            h2 { "7 受付の記録" }
            h3 { "集計に入れ、注意して見る結果" }
            @if by_flag.is_empty() { p { "ありません。" } }
            @else {
                table {
                    thead { tr { th scope="col" { "内容" } th scope="col" { "件数" } } }
                    tbody {
                        @for (flag, count) in by_flag {
                            tr { td { (flag.sentence()) } td.number { (count) } }
                        }
                    }
                }
            }
            h3 { "受付不可のファイル" }
            @if by_reason.is_empty() { p { "ありません。" } }
            @else {
                table.reasons {
                    thead { tr { th scope="col" { "理由" } th scope="col" { "件数" }
                        th scope="col" { "出した人に伝えること、事務局がすること" } } }
                    tbody {
                        @for ((_, sentence, remedy), count) in by_reason {
                            tr { td { (sentence) } td.number { (count) } td { (remedy) } }
                        }
                    }
                }
            }
            @if !not_results.is_empty() {
                p { "Windows などが受付フォルダに置いたファイル：" (not_results.len()) " 件（結果ファイルではないので、受付不可に数えていません）" }
            }
            @if *duplicates > 0 {
                p { "同じ結果が二つ以上のファイルにあるもの：" (duplicates) " 件（一度だけ数えています）" }
            }
            @if !missing.is_empty() {
                p { "台帳に記録があり、いまファイルが見当たらない結果：" (missing.len()) " 件（得点に入っていません）" }
            }
            p.note { "ファイルごとの一覧は、事務局限りの secretariat フォルダにあります。" }
        }
    }
}

fn sources(report: &Report<'_>) -> Markup {
    let inputs = report.inputs;
    html! {
        section.chapter {
            h2 { "8 この報告書のもと" }
            p {
                "結果ファイルの署名が示すのは、登録コードを持つ人が回答を出し、その後に回答が変えられていない"
                "ことです。本人が一人で、正直に答えたことまでは示しません。"
                "得点は、保管した設問集を使って回答から計算し直しています。"
                "時計も乱数も使わないので、次の材料からは、いつでも同じ報告書ができます。"
            }
            table.sources {
                thead { tr { th scope="col" { "材料" } th scope="col" { "SHA-256" } } }
                tbody {
                    tr { td { "集計した結果 " (inputs.scored()) " 人分" } td.hash { (inputs.results_sha256) } }
                    tr { td { "名簿" } td.hash { (inputs.roster_sha256) } }
                    tr { td { "台帳の最後の行（" (inputs.ledger_lines) " 行）" } td.hash { (inputs.ledger_head) } }
                    @for set in &inputs.sets {
                        tr { td { "設問集（" (role_name(set.role)) "）" } td.hash { (set.sha256) } }
                    }
                    @for earlier in &inputs.earlier {
                        tr { td { "前の年度 " (earlier.campaign) } td.hash { (earlier.sha256) } }
                    }
                    @for file in &inputs.content {
                        tr { td { "content/" (file.path) } td.hash { (file.sha256) } }
                    }
                    tr { td { "tally の版" } td { (inputs.tally) } }
                }
            }
        }
    }
}
