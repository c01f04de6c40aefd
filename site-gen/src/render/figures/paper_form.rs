//! The whole check as plain HTML: readable without script, printable, usable on paper.
//!
//! Choices stand in source order with their ids, so that a paper can be read the same way as a
//! file; the answer key is not shown.

use maud::{Markup, html};
use selfcheck::set::{CampaignSet, Kind, Question, QuestionSet};

const PRACTICE: [(&str, &str); 4] =
    [("yes", "はい"), ("no", "いいえ"), ("dk", "わからない"), ("na", "該当なし")];

pub(super) fn for_staff(
    set: &CampaignSet,
    extras: Vec<(&'static str, &QuestionSet, &Question)>,
) -> Markup {
    html! {
        div.paper-form {
            p.paper-form__notice role="status" data-boot-message="" {
                "画面で答える準備をしています。準備ができないブラウザでは、下の用紙を印刷して答え、担当者に渡してください。"
            }
            h2 #paper-form { (set.campaign.title) "（用紙）" }
            p.paper-form__person { "職員番号：＿＿＿＿＿＿＿＿　所属：＿＿＿＿＿＿＿＿＿＿　記入日：＿＿＿＿＿＿＿＿" }
            (questions(set.questions.questions().iter().map(|question| (None, question))))
            @if !extras.is_empty() {
                h2 #paper-form-extra { "管理者・担当者だけの設問" }
                (questions(extras.into_iter().map(|(audience, _, question)| (Some(audience), question))))
            }
            @if !set.acknowledgements.is_empty() {
                h2 #paper-form-policies { "ポリシーの確認" }
                @for policy in &set.acknowledgements {
                    p { (policy.title) "：" (policy.statement) "　□ 同意する　□ 同意しない　□ 質問がある" }
                }
            }
        }
    }
}

pub(super) fn for_residents(set: &QuestionSet) -> Markup {
    html! {
        div.paper-form {
            p.paper-form__notice role="status" data-boot-message="" {
                "画面で答える準備をしています。準備ができないブラウザでも、下の設問をそのまま読めます。"
            }
            (questions(set.questions().iter().map(|question| (None, question))))
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
