//! The whole check as plain HTML: readable without script, printable, usable on paper.
//!
//! Choices stand in source order with their ids, so that a paper can be read the same way as a
//! file; the answer key is not shown.

use maud::{Markup, html};
use selfcheck::set::{CampaignSet, Kind, Question, QuestionSet};

const PRACTICE: [(&str, &str); 4] =
    [("yes", "はい"), ("no", "いいえ"), ("dk", "わからない"), ("na", "該当なし")];

const DECISIONS: [&str; 3] = ["同意する", "同意しない", "質問がある"];

/// `lang` is that of the page; the questions are Japanese on every page.
pub(super) fn for_staff(
    lang: &str,
    set: &CampaignSet,
    extras: Vec<(&'static str, &QuestionSet, &Question)>,
) -> Markup {
    let notice = if lang == "ja" {
        "画面で答える準備をしています。準備ができないブラウザでは、下の用紙を印刷して答え、担当者に渡してください。"
    } else {
        "The check is being made ready. If your browser cannot show it, print the sheet below (in Japanese), answer on paper and give it to your contact."
    };
    let form = html! {
            h2 #paper-form { (set.campaign.title) "（用紙）" }
            p.paper-form__person { "職員番号：＿＿＿＿＿＿＿＿　所属：＿＿＿＿＿＿＿＿＿＿　記入日：＿＿＿＿＿＿＿＿" }
            (questions(set.questions.questions().iter().map(|question| (None, question))))
            @if !extras.is_empty() {
                h2 #paper-form-extra { "管理者・担当者だけの設問" }
                (questions(extras.into_iter().map(|(audience, _, question)| (Some(audience), question))))
            }
            @if !set.acknowledgements.is_empty() {
                h2 #paper-form-policies { "方針の確認" }
                ol.paper-form__questions {
                    @for policy in &set.acknowledgements {
                        li {
                            p { (policy.title) "：" (policy.statement) }
                            // A line each, so that no box is parted from its words.
                            ul.paper-form__choices { @for label in DECISIONS { li { "□ " (label) } } }
                        }
                    }
                }
            }
    };
    around(lang, notice, &form)
}

/// `lang` is that of the page; the questions are Japanese on every page.
pub(super) fn for_residents(lang: &str, set: &QuestionSet) -> Markup {
    let notice = if lang == "ja" {
        "画面で答える準備をしています。準備ができないブラウザでも、下の設問をそのまま読めます。"
    } else {
        "The check is being made ready. If your browser cannot show it, you can read the questions below (in Japanese)."
    };
    around(lang, notice, &questions(set.questions().iter().map(|question| (None, question))))
}

/// The notice in the language of the page, the form in Japanese.
fn around(lang: &str, notice: &str, form: &Markup) -> Markup {
    html! {
        div.paper-form {
            p.paper-form__notice role="status" data-boot-message="" { (notice) }
            @if lang == "ja" { (form) } @else { div lang="ja" { (form) } }
        }
    }
}

fn questions<'a>(questions: impl Iterator<Item = (Option<&'static str>, &'a Question)>) -> Markup {
    html! {
        ol.paper-form__questions {
            @for (audience, question) in questions {
                li {
                    p {
                        span.paper-form__id { (question.id) } " "
                        @if let Some(audience) = audience { "（" (audience) "）" }
                        (question.prompt)
                    }
                    ul.paper-form__choices {
                        @match &question.kind {
                            Kind::Single(choices) | Kind::Scenario(choices) | Kind::Multiple(choices) => {
                                @for choice in choices { li { "□ " (choice.id) "　" (choice.text) } }
                            },
                            Kind::Practice { allow_na } => {
                                @for (id, label) in PRACTICE {
                                    @if id != "na" || *allow_na { li { "□ " (id) "　" (label) } }
                                }
                            },
                        }
                    }
                }
            }
        }
    }
}
