//! Taking out of the record what was abolished on purpose.

use anyhow::{bail, ensure};

use super::TERM_START;
use crate::check::Checked;
use crate::diagnostic::{did_you_mean, nearest};
use crate::load::{Ids, Version};

/// Takes an address out of `ids`: a page with its versions, one heading of it, or a term. Returns
/// what was taken out.
pub(super) fn take_out(
    address: &str,
    ids: &mut Ids,
    checked: &Checked,
) -> anyhow::Result<Vec<String>> {
    let gone = recorded(address, ids);
    if gone.is_empty() {
        let all: Vec<String> = all(ids).collect();
        let hint = did_you_mean(&nearest(address, all.iter().map(String::as_str)));
        bail!("`{address}` は ids.toml にありません。{}", hint.unwrap_or_default());
    }
    for one in &gone {
        ensure!(
            !stands(one, checked),
            "`{one}` はまだあります。先に、ページ、見出し、用語と、`aliases`、`alias`、`former` から消してください。"
        );
    }
    for one in &gone {
        if let Some(term) = one.strip_prefix(TERM_START) {
            ids.terms.retain(|id| id != term);
        } else if let Some((page, heading)) = one.split_once('#') {
            if let Some(page) = ids.pages.get_mut(page) {
                page.ids.retain(|id| id != heading);
                page.assigned.retain(|_, id| id != heading);
            }
        } else {
            ids.pages.remove(one);
        }
    }
    Ok(gone)
}

/// The recorded addresses that `address` names.
fn recorded(address: &str, ids: &Ids) -> Vec<String> {
    let is_version = |known: &str| Version::split(known).is_some_and(|(id, _)| id == address);
    let is_named = |known: &String| known == address || !known.contains('#') && is_version(known);
    all(ids).filter(is_named).collect()
}

/// Every address of the record.
fn all(ids: &Ids) -> impl Iterator<Item = String> {
    let terms = ids.terms.iter().map(|id| format!("{TERM_START}{id}"));
    let pages = ids.pages.iter().flat_map(|(page, known)| {
        let headings = known.all().map(move |id| format!("{page}#{id}"));
        std::iter::once(page.clone()).chain(headings)
    });
    terms.chain(pages)
}

/// Whether an address of the record is still answered by the content, or by a file with a fault.
fn stands(address: &str, checked: &Checked) -> bool {
    let content = &checked.content;
    if let Some(term) = address.strip_prefix(TERM_START) {
        return content.unread.file(&format!("glossary/{term}.md"))
            || content
                .glossary
                .iter()
                .any(|known| known.id == term || known.former.iter().any(|old| old.value == term));
    }
    let (page, heading) = match address.split_once('#') {
        Some((page, heading)) => (page, Some(heading)),
        None => (address, None),
    };
    let mut pages = content.pages.iter().zip(&checked.bodies).filter(|(known, _)| {
        known.address() == page || known.aliases.iter().any(|alias| alias.value == page)
    });
    match heading {
        Some(heading) => {
            content.unread.page(page)
                || pages.any(|(_, body)| body.outline.iter().any(|one| one.answers_to(heading)))
        }
        None => content.unread.page(page) || pages.next().is_some(),
    }
}
