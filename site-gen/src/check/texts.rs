//! Compiling all texts in parallel, and following what they refer to.

use std::sync::Arc;

use rayon::prelude::*;
use selfcheck::time::Date;

use super::{Memory, Reader, Sites, frozen, resolve_page};
use crate::diagnostic::{Report, did_you_mean, error, nearest, note};
use crate::load::ids::IDS_FILE;
use crate::load::version::VersionIndex;
use crate::load::{Content, Page, Version};
use crate::markdown::{
    Body, Dialect, Figure, LinkTarget, LinkUse, Origin, PlainUse, Segment, TermIndex,
    compile as compile_one,
};
use crate::source::Sources;
use crate::visibility::Visibility;

/// Pages that one thread compiles before another can take some of its work.
const PAGES_IN_ONE_GO: usize = 16;

/// The page every definition stands on.
const GLOSSARY_PAGE: &str = "glossary";

pub(super) fn compile(
    content: &Content,
    sources: &Sources,
    terms: &TermIndex,
    mut memory: Option<&mut Memory>,
    report: &mut Report,
) -> (Vec<Arc<Body>>, Vec<Arc<Body>>) {
    let versions = VersionIndex::new(&content.pages);
    let dialect = Dialect { terms, ids: &content.ids, options: &content.config.markdown };
    if let Some(memory) = &mut memory {
        memory.begin(content, &versions);
    }
    let pages: Vec<(Arc<Body>, Report)> = content
        .pages
        .par_iter()
        .with_max_len(PAGES_IN_ONE_GO)
        .map(|page| {
            if let Some(known) = memory.as_ref().and_then(|memory| memory.recall(page, sources)) {
                return known;
            }
            let mut report = Report::default();
            let origin = Origin {
                file: page.file,
                start: page.body_start,
                page: &page.id,
                version: page.version,
                versions: &versions,
                term: None,
            };
            (Arc::new(compile_one(page.body(sources), origin, dialect, &mut report)), report)
        })
        .collect();
    if let Some(memory) = memory {
        memory.keep(&content.pages, &pages, sources);
    }
    let glossary_page = GLOSSARY_PAGE.parse().expect("a valid page id");
    let definitions: Vec<(Arc<Body>, Report)> = content
        .glossary
        .par_iter()
        .map(|term| {
            let mut report = Report::default();
            let origin = Origin {
                file: term.file,
                start: term.body_start,
                page: &glossary_page,
                version: Version::Original,
                versions: &versions,
                term: Some(&term.id),
            };
            (Arc::new(compile_one(term.body(sources), origin, dialect, &mut report)), report)
        })
        .collect();
    let mut gather = |compiled: Vec<(Arc<Body>, Report)>| -> Vec<Arc<Body>> {
        compiled
            .into_iter()
            .map(|(body, findings)| {
                report.append(findings);
                body
            })
            .collect()
    };
    (gather(pages), gather(definitions))
}

pub(super) fn check(
    content: &Content,
    sites: &Sites,
    bodies: &[Arc<Body>],
    definitions: &[Arc<Body>],
    report: &mut Report,
) {
    report.append(Report::of_each(bodies, |index, body, report| {
        check_links(content, sites, bodies, index, body, Reader::Page(index), report);
        check_terms(content, index, body, report);
    }));
    let glossary_page = sites.find(GLOSSARY_PAGE);
    for (term, body) in content.glossary.iter().zip(definitions) {
        let reader = Reader::Level(term.visibility);
        if let Some(page) = glossary_page {
            check_links(content, sites, bodies, page, body, reader, report);
        }
    }
}

fn check_links(
    content: &Content,
    sites: &Sites,
    bodies: &[Arc<Body>],
    page: usize,
    body: &Body,
    reader: Reader,
    report: &mut Report,
) {
    for link in &body.links {
        let target = match &link.target {
            LinkTarget::SamePage => Some(page),
            LinkTarget::Page(id) => {
                resolve_page(content, sites, id.as_str(), link.place, reader, report)
                    .and_then(|page| resolve_version(content, sites, page, link, report))
            }
        };
        let (Some(target), Some(fragment)) = (target, &link.fragment) else { continue };
        let outline = &bodies[target].outline;
        let is_there = outline.iter().any(|heading| heading.answers_to(fragment));
        // Headings without an id of their own have theirs from the record.
        if is_there || content.unread.file(IDS_FILE) {
            continue;
        }
        let message = format!(
            "ページ「{}」に `#{fragment}` という見出しがありません",
            content.pages[target].address()
        );
        let mut finding = error("unknown-fragment", link.place, message);
        let ids = outline.iter().map(|heading| heading.id.as_str());
        if let Some(hint) = did_you_mean(&nearest(fragment, ids)) {
            finding = finding.hint(hint);
        }
        report.push(finding);
    }
}

/// The version a link names; that the page stands there was resolved before.
fn resolve_version(
    content: &Content,
    sites: &Sites,
    page: usize,
    link: &LinkUse,
    report: &mut Report,
) -> Option<usize> {
    let found = sites.version(page, link.version);
    let address = || format!("{}{}", content.pages[page].id, link.version.suffix());
    if found.is_none() && !content.unread.page(&address()) {
        let page = &content.pages[page];
        let message = format!("ページ「{}」に{}の版がありません", page.id, link.version.label());
        report.push(
            error("page-version", link.place, message)
                .with("元のページ", page.title.place)
                .hint(format!("元のページへは `{}.md` の形で指します。", page.id)),
        );
    }
    found
}

fn check_terms(content: &Content, page: usize, body: &Body, report: &mut Report) {
    let page = &content.pages[page];
    for used in &body.terms {
        let term = &content.glossary[used.term];
        if term.visibility > page.visibility {
            let message = format!(
                "用語「{}」（{}）は、このページ（{}）では使えません",
                term.term.value,
                term.visibility.label(),
                page.visibility.label()
            );
            report.push(
                error("leak", used.place, message)
                    .with("用語", term.term.place)
                    .hint("用語の `visibility` を広げるか、※ を外してください。"),
            );
        }
    }
    report_unmarked(content, page, body, report);
}

/// Terms this page's readers may look up and are not shown the way to; one finding a page.
fn report_unmarked(content: &Content, page: &Page, body: &Body, report: &mut Report) {
    if page.version == Version::English || page.id.as_str() == GLOSSARY_PAGE {
        return;
    }
    let plain: Vec<&PlainUse> = body
        .plain_terms
        .iter()
        .filter(|plain| content.glossary[plain.term].visibility <= page.visibility)
        .filter(|plain| body.terms.iter().all(|used| used.term != plain.term))
        .collect();
    let Some(first) = plain.first() else { return };
    let names: String = plain
        .iter()
        .take(MAX_NAMED)
        .map(|plain| format!("「{}」", content.glossary[plain.term].term.value))
        .collect();
    let more = match plain.len() {
        count if count > MAX_NAMED => format!("など {count} 語"),
        _ => String::new(),
    };
    let hint = if page.visibility == Visibility::Public {
        "まず、やさしい言い方に替えられないかを考えます。残す語には、最初の所に `語※` と印を付けます。"
    } else {
        "そのページで最初に出る所に `語※` と印を付けると、意味へ進めます。"
    };
    report.push(
        note("unmarked-term", first.place, format!("用語{names}{more}に ※ がありません"))
            .hint(hint),
    );
}

/// Terms named in one finding.
const MAX_NAMED: usize = 5;

/// Figures that need more than data: the self-check needs a frozen campaign.
pub(super) fn check_figures(
    content: &Content,
    bodies: &[Arc<Body>],
    has_campaign: bool,
    today: Date,
    report: &mut Report,
) {
    let has_campaign = has_campaign || content.unread.any_in("archive");
    let has_resident_set = content.unread.any_in("checks")
        || content.checks.iter().any(|set| set.visibility == Visibility::Public);
    let figures =
        bodies.iter().flat_map(|body| body.segments.iter()).filter_map(|segment| match segment {
            Segment::Figure(figure) => Some(figure),
            Segment::Html(_) => None,
        });
    for used in figures {
        match used.figure {
            Figure::SelfCheck if !has_campaign => {
                let mut finding =
                    error("campaign", used.place, "凍結した自己点検の実施回がありません");
                finding.hints = match content.campaigns.last() {
                    Some(source) if source.campaign.opens <= today => frozen::remedies(source),
                    Some(source) => {
                        vec![format!(
                            "`site-gen freeze {}` を実行してください。",
                            source.campaign.id
                        )]
                    }
                    None => vec![
                        "content/campaigns に実施回を加え、`site-gen freeze` を実行してください。"
                            .to_owned(),
                    ],
                };
                report.push(finding);
            }
            Figure::ResidentCheck if !has_resident_set => report.push(
                error("residents", used.place, "市民向けの設問集がありません")
                    .hint("content/checks/residents.toml を置いてください。"),
            ),
            _ => {}
        }
    }
}
