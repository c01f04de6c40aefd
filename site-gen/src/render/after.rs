//! What stands below the text of a page: its terms, questions, related pages, history, neighbours.

use maud::{Markup, html};
use selfcheck::set::Question;

use super::page::date_in;
use super::view::View;
use super::words::Words;
use crate::load::{Page, Version};
use crate::markdown::Body;
use crate::visibility::Visibility;

/// 「このページの用語」, where ※ leads without any script.
pub(super) fn terms(view: &View<'_>, page: &Page, body: &Body, words: &Words) -> Markup {
    if body.terms.is_empty() {
        return html! {};
    }
    let japanese = words.japanese();
    let glossary = view.find("glossary").map(|glossary| view.href(page.id.as_str(), glossary));
    html! {
        section.page-terms role="doc-glossary" aria-labelledby="page-terms" {
            h2 #page-terms { (words.terms) }
            p { (words.terms_intro) }
            dl lang=[japanese] {
                @for used in &body.terms {
                    @let term = &view.content().glossary[used.term];
                    @let html = view.term(used.term);
                    @let several = used.count > 1;
                    (html.word)
                    dd {
                        (html.short) " "
                        @if let Some(glossary) = &glossary {
                            a href={ (glossary) "#t-" (term.id) } { "用語集の「" (html.name) "」" }
                        }
                        // The ways back to each use, numbered where there are several.
                        @for count in 1..=used.count {
                            " "
                            a.backlink role="doc-backlink" href={ "#r-" (term.id) "-" (count) }
                                aria-label={
                                    "『" (html.name) "』の本文の位置へ戻る"
                                    // Apart by a space: what is seen must be a word of the name
                                    // (WCAG 2.5.3).
                                    @if several { " " (count) }
                                } { "↩" @if several { (count) } }
                        }
                    }
                }
            }
        }
    }
}

/// The questions whose rule stands on this page, so that a reader knows what will be asked.
pub(super) fn questions(view: &View<'_>, page: &Page, words: &Words) -> Markup {
    if page.version != Version::Original {
        return html! {};
    }
    let asked: Vec<(&str, bool)> = view
        .content()
        .checks
        .iter()
        .filter(|set| view.shows(set.visibility))
        .flat_map(|set| set.questions.iter().map(move |question| (set, &question.question)))
        .filter(|(_, question)| question.page == page.id)
        .map(|(set, question)| {
            let later = set.visibility != Visibility::Public && !is_frozen(view, question);
            (question.prompt.as_str(), later)
        })
        .collect();
    if asked.is_empty() {
        return html! {};
    }
    let check = ["check/self-check", "public/self-check"].iter().find_map(|id| view.find(id));
    html! {
        section.page-questions aria-labelledby="page-questions" {
            h2 #page-questions { (words.questions) }
            ul { @for (prompt, later) in asked {
                li { (prompt) @if later { "（次の回から）" } }
            } }
            @if let Some(check) = check {
                p { a href=(view.href(page.id.as_str(), check)) { (view.title(check)) "のページへ" } }
            }
        }
    }
}

/// Whether the present campaign asks a question; without a campaign nothing is early.
fn is_frozen(view: &View<'_>, question: &Question) -> bool {
    view.archive().is_none_or(|archive| {
        archive.sets.values().any(|(_, frozen)| {
            frozen.set.questions.questions().iter().any(|asked| asked.id == question.id)
        })
    })
}

/// Pages to read next, in the reader's version where there is one; laws and source.
pub(super) fn related(view: &View<'_>, page: &Page, words: &Words) -> Markup {
    let related: Vec<usize> = page
        .related
        .iter()
        .filter_map(|id| view.find(&id.value))
        .map(|target| view.preferred(target, page.version))
        .collect();
    if related.is_empty() && page.legal_basis.is_empty() && page.source.is_none() {
        return html! {};
    }
    let address = page.address();
    let japanese = words.japanese();
    html! {
        section.page-related aria-labelledby="page-related" {
            h2 #page-related { (words.related) }
            @if !related.is_empty() {
                ul {
                    @for target in related {
                        @let other = view.page(target);
                        @let lang = japanese.filter(|_| other.version.lang() == "ja");
                        li {
                            a href=(view.href(&address, target)) hreflang=[lang] lang=[lang] {
                                (view.title(target))
                            }
                        }
                    }
                }
            }
            @if !page.legal_basis.is_empty() {
                p { (words.legal_basis) (words.in_japanese(&page.legal_basis.join("、"))) }
            }
            @if let Some(source) = &page.source {
                p { (words.source) (words.in_japanese(source)) }
            }
        }
    }
}

/// What changed when.
pub(super) fn history(page: &Page, words: &Words) -> Markup {
    if page.revised.is_empty() {
        return html! {};
    }
    let lang = words.japanese().filter(|_| !page.own_words.revised);
    html! {
        section.page-history aria-labelledby="page-history" {
            h2 #page-history { (words.history) }
            table {
                thead {
                    tr { th scope="col" { (words.history_date) } th scope="col" { (words.history_note) } }
                }
                tbody {
                    @for revision in &page.revised {
                        tr {
                            td { (date_in(words, revision.date)) }
                            td lang=[lang] { (revision.note) }
                        }
                    }
                }
            }
        }
    }
}

/// The pages before and after.
pub(super) fn pager(view: &View<'_>, index: usize, words: &Words) -> Markup {
    let address = view.address(index);
    let (before, after) = view.neighbours(index);
    if before.is_none() && after.is_none() {
        return html! {};
    }
    html! {
        nav.pager aria-label=(words.pager) {
            @if let Some(before) = before {
                a rel="prev" href=(view.href(address, before)) {
                    (words.previous) (view.title(before))
                }
            }
            @if let Some(after) = after {
                a rel="next" href=(view.href(address, after)) {
                    (words.next) (view.title(after))
                }
            }
        }
    }
}
