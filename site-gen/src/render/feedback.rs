//! 「このページについて知らせる」: a mail or a call, with the page already named.
//!
//! The small script adds the clause a reader came for; without it the page is named.

use maud::{Markup, html};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::view::View;
use super::words::Words;
use crate::load::Page;
use crate::load::data::Feedback;

/// What a mailto address may hold as it is (RFC 6068).
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The way to tell somebody; nothing when `contacts.toml` names nobody for this site.
pub(super) fn render(view: &View<'_>, page: &Page, words: &Words) -> Markup {
    let Some(feedback) = whom(view) else { return html! {} };
    let address = page.address();
    html! {
        section.page-feedback aria-labelledby="page-feedback" {
            h2 #page-feedback { (words.feedback) }
            p {
                (words.feedback_to) (words.in_japanese(&feedback.who))
                @if let Some(phone) = &feedback.phone { "（" (words.in_japanese(phone)) "）" }
            }
            @if let Some(mail) = &feedback.mail {
                p {
                    a href=(mailto(mail, page, words)) data-feedback=(words.feedback_clause) { (mail) }
                }
            }
            p { (words.feedback_what) code data-clause { (address) } }
        }
    }
}

/// The first entry that stands on this site.
fn whom<'a>(view: &View<'a>) -> Option<&'a Feedback> {
    let level = view.site().level;
    view.content().data.feedback.iter().find(|entry| {
        entry.audience.map_or(entry.visibility <= level, |audience| {
            audience == level && entry.visibility <= level
        })
    })
}

/// The line of the clause ends the body, so that the script can add to it.
fn mailto(mail: &str, page: &Page, words: &Words) -> String {
    let subject = format!("{}（{}）", words.feedback, page.title.value);
    let body = format!(
        "{}{}（{}）\n{}\n\n{}",
        words.feedback_page,
        page.title.value,
        page.address(),
        words.feedback_text,
        words.feedback_clause
    )
    .replace('\n', "\r\n");
    let encode = |text: &str| utf8_percent_encode(text, PLAIN).to_string();
    format!("mailto:{mail}?subject={}&body={}", encode(&subject), encode(&body))
}
