//! Compiling all texts in parallel, and following what they refer to.

use rayon::prelude::*;

use super::{Reader, Sites, resolve_page};
use crate::diagnostic::{Report, did_you_mean, error, nearest};
use crate::load::version::VersionIndex;
use crate::load::{Content, Version};
use crate::markdown::{
    Body, Figure, LinkTarget, LinkUse, Origin, Segment, TermIndex, compile as compile_one,
};
use crate::source::Sources;

/// The page every definition stands on.
const GLOSSARY_PAGE: &str = "glossary";

pub(super) fn compile(
    content: &Content,
    sources: &Sources,
    terms: &TermIndex,
    report: &mut Report,
) -> (Vec<Body>, Vec<Body>) {
    let versions = VersionIndex::new(&content.pages);
    let pages: Vec<(Body, Report)> = content
        .pages
        .par_iter()
        .map(|page| {
            let mut report = Report::default();
            let origin = Origin {
                file: page.file,
                start: page.body_start,
                page: &page.id,
                version: page.version,
                versions: &versions,
                backlinks: true,
            };
            (compile_one(page.body(sources), origin, terms, &mut report), report)
        })
        .collect();
    let glossary_page = GLOSSARY_PAGE.parse().expect("a valid page id");
    let definitions: Vec<(Body, Report)> = content
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
                backlinks: false,
            };
            (compile_one(term.body(sources), origin, terms, &mut report), report)
        })
        .collect();
    let mut gather = |compiled: Vec<(Body, Report)>| -> Vec<Body> {
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
    bodies: &[Body],
    definitions: &[Body],
    report: &mut Report,
) {
    for (index, body) in bodies.iter().enumerate() {
        check_links(content, sites, bodies, index, body, Reader::Page(index), report);
        check_images(content, body, report);
        check_terms(content, index, body, report);
    }
    let glossary_page = sites.find(GLOSSARY_PAGE);
    for (term, body) in content.glossary.iter().zip(definitions) {
        let reader = Reader::Level(term.visibility);
        if let Some(page) = glossary_page {
            check_links(content, sites, bodies, page, body, reader, report);
        }
        check_images(content, body, report);
    }
}

fn check_links(
    content: &Content,
    sites: &Sites,
    bodies: &[Body],
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
        if outline.iter().any(|heading| heading.id == *fragment) {
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
    if found.is_none() {
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

fn check_images(content: &Content, body: &Body, report: &mut Report) {
    for image in &body.images {
        if content.assets.iter().any(|asset| asset.path == image.asset) {
            continue;
        }
        let message = format!("画像 `assets/{}` がありません", image.asset);
        let mut finding = error("unknown-asset", image.place, message);
        let paths = content.assets.iter().map(|asset| asset.path.as_str());
        if let Some(hint) = did_you_mean(&nearest(&image.asset, paths)) {
            finding = finding.hint(hint);
        }
        report.push(finding);
    }
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
}

/// Figures that need more than data: the self-check needs a frozen campaign.
pub(super) fn check_figures(
    content: &Content,
    bodies: &[Body],
    has_campaign: bool,
    has_resident_set: bool,
    report: &mut Report,
) {
    let figures =
        bodies.iter().flat_map(|body| &body.segments).filter_map(|segment| match segment {
            Segment::Figure(figure) => Some(figure),
            Segment::Html(_) => None,
        });
    for used in figures {
        match used.figure {
            Figure::SelfCheck if !has_campaign => {
                let finding = error("campaign", used.place, "凍結した自己点検の実施回がありません");
                let remedy = match content.campaigns.last() {
                    Some(source) => {
                        format!("`site-gen freeze {}` を実行してください。", source.campaign.id)
                    }
                    None => {
                        "content/campaigns に実施回を加え、`site-gen freeze` を実行してください。"
                            .to_owned()
                    }
                };
                report.push(finding.hint(remedy));
            }
            Figure::ResidentCheck if !has_resident_set => report.push(
                error("residents", used.place, "市民向けの設問集がありません")
                    .hint("content/checks/residents.toml を置いてください。"),
            ),
            _ => {}
        }
    }
}
