//! The words of front matter: they reach titles, feeds and search, where no ※ may stand.

use rayon::prelude::*;

use crate::diagnostic::{Report, error};
use crate::load::{Content, Page, Unread};
use crate::markdown::{TermIndex, base_text, check_string, diagnose_date};
use crate::source::Located;
use crate::wareki;

/// Checks titles, summaries and short forms, and takes marks of terms and readings out of them.
pub(super) fn check(content: &mut Content, terms: &TermIndex, report: &mut Report) {
    let unread = &content.unread;
    let pages = content.pages.par_iter_mut().fold(Report::default, |mut report, page| {
        check_page(page, terms, unread, &mut report);
        report
    });
    report.append(pages.reduce(Report::default, Report::joined));
    for term in &mut content.glossary {
        check_line(&mut term.short, terms, unread, report);
    }
}

fn check_page(page: &mut Page, terms: &TermIndex, unread: &Unread, report: &mut Report) {
    check_line(&mut page.title, terms, unread, report);
    check_line(&mut page.summary, terms, unread, report);
    for revision in &mut page.revised {
        let mut line = Located { value: std::mem::take(&mut revision.note), place: revision.place };
        check_line(&mut line, terms, unread, report);
        revision.note = line.value;
    }
}

fn check_line(line: &mut Located<String>, terms: &TermIndex, unread: &Unread, report: &mut Report) {
    check_string(line, report);
    for date in wareki::scan(&line.value) {
        if let Some(fault) = date.fault {
            report.push(diagnose_date(fault, line.place));
        }
    }
    if line.value.contains('※') {
        let place = line.place;
        let unknown = |word: &str, _: usize| {
            if unread.has_term_before(word) {
                return;
            }
            let message = format!("「{word}※」に当たる用語がありません");
            report.push(
                error("unknown-term", place, message)
                    .hint("題名や要約では ※ は表示されません。ただの注なら `\\※` と書きます。"),
            );
        };
        line.value = terms.without_marks(&line.value, unknown);
    }
    if line.value.contains('{') {
        line.value = base_text(&line.value).into_owned();
    }
}
