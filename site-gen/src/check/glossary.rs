//! Rules of the glossary: one meaning a word, no dead ends.

use std::collections::HashMap;
use std::sync::Arc;

use crate::diagnostic::{Report, did_you_mean, error, nearest, warning};
use crate::load::{Content, Term};
use crate::markdown::{Body, fold};
use crate::source::Located;

pub(super) fn check(
    content: &Content,
    bodies: &[Arc<Body>],
    definitions: &[Arc<Body>],
    report: &mut Report,
) {
    let mut names: HashMap<String, &Located<String>> = HashMap::new();
    let mut readings: HashMap<&str, &Located<String>> = HashMap::new();
    let mut is_used = vec![false; content.glossary.len()];
    bodies.iter().flat_map(|body| &body.terms).for_each(|used| is_used[used.term] = true);
    for term in &content.glossary {
        for name in std::iter::once(&term.term).chain(&term.aliases) {
            if let Some(other) = names.insert(fold(&name.value), name) {
                let message = format!("用語「{}」が二度出てきます", name.value);
                report.push(
                    error("duplicate-term", name.place, message).with("先の用語", other.place),
                );
            }
        }
        if let Some(other) = readings.insert(&term.reading.value, &term.term) {
            report_reading(term, other, report);
        }
        for id in &term.see_also {
            check_see_also(content, term.id.as_str(), id, report);
        }
    }
    for (index, (term, body)) in content.glossary.iter().zip(definitions).enumerate() {
        if let Some(used) = body.terms.iter().find(|used| used.term == index) {
            let message =
                format!("「{}」の説明に「{}※」があります", term.term.value, term.term.value);
            report.push(
                error("circular-term", used.place, message).hint("自分自身には ※ を付けません。"),
            );
        }
        for used in &body.terms {
            let other = &content.glossary[used.term];
            if other.visibility > term.visibility {
                let message = format!(
                    "用語「{}」（{}）は、この説明（{}）では使えません",
                    other.term.value,
                    other.visibility.label(),
                    term.visibility.label()
                );
                report.push(error("leak", used.place, message).with("用語", other.term.place));
            }
        }
        let mut names = std::iter::once(&term.term).chain(&term.aliases);
        if !is_used[index] && !names.any(|name| content.unread.page_mentions(&name.value)) {
            let message = format!("用語「{}」はどのページでも使われていません", term.term.value);
            report.push(
                warning("unused-term", term.term.place, message)
                    .hint("使うページで `語※` と印を付けるか、用語を消します。"),
            );
        }
    }
}

/// Two terms of one reading cannot be told apart by ear or in the 五十音.
fn report_reading(term: &Term, other: &Located<String>, report: &mut Report) {
    let message = format!("読み「{}」の用語が二つあります", term.reading.value);
    report.push(
        error("duplicate-reading", term.reading.place, message)
            .with("先の用語", other.place)
            .hint("同じ語なら一つにまとめ、片方を `aliases` に書きます。"),
    );
}

fn check_see_also(content: &Content, own: &str, id: &Located<String>, report: &mut Report) {
    let ids = || content.glossary.iter().map(|term| term.id.as_str());
    let is_there = ids().any(|known| known == id.value)
        || content.unread.file(&format!("glossary/{}.md", id.value));
    if id.value != own && is_there {
        return;
    }
    let mut finding = error(
        "unknown-term",
        id.place,
        format!("`see_also` の「{}」という用語はありません", id.value),
    );
    if let Some(hint) = did_you_mean(&nearest(&id.value, ids())) {
        finding = finding.hint(hint);
    }
    report.push(finding);
}
