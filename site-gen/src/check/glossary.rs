//! Rules of the glossary: one meaning a word, no dead ends.

use std::collections::HashMap;

use crate::diagnostic::{Report, did_you_mean, error, nearest, note};
use crate::load::Content;
use crate::markdown::{Body, fold};
use crate::source::Located;

pub(super) fn check(content: &Content, bodies: &[Body], definitions: &[Body], report: &mut Report) {
    let mut names: HashMap<String, &Located<String>> = HashMap::new();
    for term in &content.glossary {
        for name in std::iter::once(&term.term).chain(&term.aliases) {
            if let Some(other) = names.insert(fold(&name.value), name) {
                let message = format!("用語「{}」が二度出てきます", name.value);
                report.push(
                    error("duplicate-term", name.place, message).with("先の用語", other.place),
                );
            }
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
        let used = bodies.iter().any(|body| body.terms.iter().any(|used| used.term == index));
        if !used {
            let message = format!("用語「{}」はどのページでも使われていません", term.term.value);
            report.push(note("unused-term", term.term.place, message));
        }
    }
}

fn check_see_also(content: &Content, own: &str, id: &Located<String>, report: &mut Report) {
    let ids = || content.glossary.iter().map(|term| term.id.as_str());
    if id.value != own && ids().any(|known| known == id.value) {
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
