//! No anchor that was published may be lost: pages, headings and terms are held against `ids.toml`.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::Sites;
use crate::diagnostic::{Report, error, note, warning};
use crate::ids::TERM_START;
use crate::load::ids::IDS_FILE;
use crate::load::{Content, Page, PageIds, Version};
use crate::markdown::{Body, Heading};
use crate::source::{Place, Sources};

pub(super) fn check(
    content: &Content,
    sources: &Sources,
    sites: &Sites,
    bodies: &[Arc<Body>],
    report: &mut Report,
) {
    let moved = check_aliases(content, sites, report);
    check_pages(content, sources, sites, bodies, &moved, report);
    check_terms(content, sources, report);
    report_unrecorded(content, bodies, report);
}

/// Earlier addresses of pages, with the page that has each now.
fn check_aliases<'c>(
    content: &'c Content,
    sites: &Sites,
    report: &mut Report,
) -> HashMap<&'c str, usize> {
    let mut moved: HashMap<&str, (usize, Place)> = HashMap::new();
    for (index, page) in content.pages.iter().enumerate() {
        for alias in &page.aliases {
            let is_page_id = Version::split(&alias.value)
                .is_some_and(|(id, _)| id.parse::<selfcheck::id::PageId>().is_ok());
            if !is_page_id {
                let message =
                    format!("`aliases` の「{}」はページの id ではありません", alias.value);
                report.push(error("page-alias", alias.place, message).hint(
                    "`people/old-name` のように、前のファイルの `.md` を除いた形で書きます。",
                ));
            } else if let Some(other) = sites.find(&alias.value) {
                let message = format!("`aliases` の「{}」というページがあります", alias.value);
                report.push(
                    error("page-alias", alias.place, message)
                        .with("そのページ", content.pages[other].title.place),
                );
            } else if let Some((_, other)) = moved.insert(&alias.value, (index, alias.place)) {
                let message = format!("`aliases` の「{}」が二つのページにあります", alias.value);
                report.push(error("page-alias", alias.place, message).with("先の別名", other));
            }
        }
    }
    moved.into_iter().map(|(alias, (index, _))| (alias, index)).collect()
}

fn check_pages(
    content: &Content,
    sources: &Sources,
    sites: &Sites,
    bodies: &[Arc<Body>],
    moved: &HashMap<&str, usize>,
    report: &mut Report,
) {
    for (address, recorded) in &content.ids.pages {
        let (id, version) = Version::split(address).unwrap_or((address, Version::Original));
        let standing = sites.find(id).and_then(|page| sites.version(page, version));
        let Some(page) = standing.or_else(|| moved.get(address.as_str()).copied()) else {
            report_lost_page(content, sources, id, address, report);
            continue;
        };
        let outline = &bodies[page].outline;
        let is_lost = |id: &&str| !outline.iter().any(|heading: &Heading| heading.answers_to(id));
        for id in recorded.all().filter(is_lost) {
            report.push(lost_id(content, sources, &content.pages[page], address, id));
        }
    }
}

/// Tells that a page is gone; nothing when it, or the page it moved to, stands there and its own
/// fault was told.
fn report_lost_page(
    content: &Content,
    sources: &Sources,
    id: &str,
    address: &str,
    report: &mut Report,
) {
    let unread = &content.unread;
    let is_alias = || unread.mentions("pages", &format!("\"{address}\""));
    if unread.page(address) || unread.page(id) || is_alias() {
        return;
    }
    let place = content.ids.place(address, address, sources);
    let moved = format!("先頭に `aliases = [\"{address}\"]` を書きます。");
    let Some(page) = unread.withheld(address) else {
        let message = format!("公開したページ「{address}」がなくなっています");
        report.push(
            error("lost-page", place, message)
                .hint(format!("移った先のページの{moved}"))
                .hint(retire(address)),
        );
        return;
    };
    let message = format!("公開したページ「{address}」が{}になっています", page.reason());
    let finding = error("lost-page", page.place, message)
        .hint("載せ続けるなら `status` の行を消します。")
        .hint(format!("載せるのをやめるなら、代わりのページの{moved}"))
        .hint(retire(address));
    report.push(match place {
        Some(place) => finding.with("id の記録", place),
        None => finding,
    });
}

/// The way out for what is gone on purpose.
fn retire(address: &str) -> String {
    format!(
        "廃止したのなら `site-gen ids --retire {address}` を実行します。引用された古いアドレスからは、もう開けません。"
    )
}

fn lost_id(
    content: &Content,
    sources: &Sources,
    page: &Page,
    address: &str,
    id: &str,
) -> crate::diagnostic::Diagnostic {
    let message =
        format!("公開した見出しの id「{id}」が、ページ「{}」にありません", page.address());
    let mut finding = error("lost-id", page.title.place, message).hint(format!(
        "元の見出しに `{{#{id}}}` を戻すか、代わりの見出しに `{{#新しいid alias={id}}}` と書きます。"
    ));
    let assigned = content.ids.pages[address].assigned.iter().find(|(_, given)| *given == id);
    if let Some((text, _)) = assigned {
        finding = finding.hint(format!(
            "「{text}」の文を直したのなら、見出しに `{{#{id}}}` と書けば同じ id のままです。"
        ));
    }
    finding = finding.hint(retire(&format!("{address}#{id}")));
    match content.ids.place(address, id, sources) {
        Some(place) => finding.with("id の記録", place),
        None => finding,
    }
}

fn check_terms(content: &Content, sources: &Sources, report: &mut Report) {
    let mut former: HashMap<&str, Place> = HashMap::new();
    for term in &content.glossary {
        for old in &term.former {
            if content.glossary.iter().any(|other| other.id == old.value) {
                let message = format!("`former` の「{}」という用語があります", old.value);
                report.push(error("term-alias", old.place, message));
            } else if let Some(other) = former.insert(&old.value, old.place) {
                let message = format!("`former` の「{}」が二つの用語にあります", old.value);
                report.push(error("term-alias", old.place, message).with("先の用語", other));
            }
        }
    }
    for id in &content.ids.terms {
        let unread = &content.unread;
        let is_there = content.glossary.iter().any(|term| term.id == *id)
            || former.contains_key(id.as_str())
            || unread.file(&format!("glossary/{id}.md"))
            || unread.mentions("glossary", &format!("\"{id}\""));
        if is_there {
            continue;
        }
        let place = content.ids.place("", id, sources);
        report.push(
            error("lost-id", place, format!("公開した用語「{id}」がなくなっています"))
                .hint(format!(
                    "名前が変わったのなら、新しい用語の先頭に `former = [\"{id}\"]` を書きます。"
                ))
                .hint(retire(&format!("{TERM_START}{id}"))),
        );
    }
}

/// Ids that nobody guards yet.
fn report_unrecorded(content: &Content, bodies: &[Arc<Body>], report: &mut Report) {
    if content.unread.file(IDS_FILE) {
        return;
    }
    let hint = "`site-gen ids` を実行すると記録され、後で消えたときに分かります。";
    if content.ids.file.is_none() {
        report.push(
            note(
                "unrecorded-id",
                None,
                format!("公開する id の記録（{IDS_FILE}）がまだありません"),
            )
            .hint(hint),
        );
        return;
    }
    let mut unrecorded = 0;
    let mut first: Option<(Place, String)> = None;
    let mut tell = |place: Place, id: &str| {
        unrecorded += 1;
        first.get_or_insert_with(|| (place, id.to_owned()));
    };
    for (page, body) in content.pages.iter().zip(bodies) {
        let recorded = content.ids.pages.get(&page.address());
        if recorded.is_none() {
            tell(page.title.place, &page.address());
        }
        let known: HashSet<&str> = recorded.into_iter().flat_map(PageIds::all).collect();
        for heading in &body.outline {
            if !heading.id.is_empty() && !known.contains(heading.id.as_str()) {
                tell(heading.place, &heading.id);
            }
        }
    }
    let known: HashSet<&str> = content.ids.terms.iter().map(String::as_str).collect();
    for term in content.glossary.iter().filter(|term| !known.contains(term.id.as_str())) {
        tell(term.term.place, &term.id);
    }
    let Some((place, id)) = first else { return };
    let more = if unrecorded > 1 { format!("など {unrecorded} 件") } else { String::new() };
    report.push(
        warning(
            "unrecorded-id",
            place,
            format!("新しい id「{id}」{more}が {IDS_FILE} にありません"),
        )
        .hint(hint),
    );
}
