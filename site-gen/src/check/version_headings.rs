//! Headings of a version are those of its original: a link to a rule leads to the rule in every
//! language. Plain Japanese may leave some out.

use std::sync::Arc;

use super::Sites;
use crate::diagnostic::{Report, did_you_mean, nearest, warning};
use crate::load::{Content, Version};
use crate::markdown::{Body, Heading};

pub(super) fn check(content: &Content, sites: &Sites, bodies: &[Arc<Body>], report: &mut Report) {
    for (index, page) in content.pages.iter().enumerate().filter(|(_, page)| !page.is_original()) {
        let Some(original) = sites.version(index, Version::Original) else { continue };
        let (own, outline) = (&bodies[index].outline, &bodies[original].outline);
        let title = content.pages[original].title.place;
        for heading in own.iter().filter(|heading| !is_there(heading, outline)) {
            let message = format!("見出しの id「{}」が、元のページにありません", heading.id);
            let mut finding = warning("version-heading", heading.place, message);
            let ids = outline.iter().filter(|known| !is_there(known, own));
            if let Some(hint) =
                did_you_mean(&nearest(&heading.id, ids.map(|known| known.id.as_str())))
            {
                finding = finding.hint(hint);
            }
            report.push(
                finding
                    .with("元のページ", title)
                    .hint("元のページの、同じ内容の見出しと同じ `{#id}` を付けます。"),
            );
        }
        if page.version != Version::English {
            continue;
        }
        let missing: String = outline
            .iter()
            .filter(|heading| !is_there(heading, own))
            .map(|heading| format!("「{}」（`#{}`）", heading.text, heading.id))
            .collect();
        if !missing.is_empty() {
            let message =
                format!("元のページの見出し{missing}に当たるものが、英語の版にありません");
            report.push(
                warning("version-heading", page.title.place, message)
                    .with("元のページ", title)
                    .hint("訳を加えるか、当たる見出しに同じ `{#id}` を付けます。"),
            );
        }
    }
}

/// Whether a heading with a written id, which alone can be the same elsewhere, is in an outline.
fn is_there(heading: &Heading, outline: &[Heading]) -> bool {
    !heading.is_written || outline.iter().any(|known| known.answers_to(&heading.id))
}
