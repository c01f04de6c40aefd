//! Stage 2: resolve every reference, compile every text, hold every rule.
//!
//! [`check`] takes what was loaded and returns it with everything that rendering needs, so that
//! rendering cannot fail. Findings go to the report; the caller decides what they stop.
//!
//! 1. [`Sites`]: which page stands on which site.
//! 2. `front_matter`, `texts`: compile pages and definitions, then follow links, fragments, images and terms.
//! 3. `images`: the files that texts show. `version_headings`: those of the original. `ids`: no anchor that was published may be lost.
//! 4. `glossary`, `pages`, `data`, `checks`: the rules of each kind of source.
//! 5. `campaign`, `frozen`: the frozen sets, and whether their sources changed since.

mod campaign;
mod checks;
mod data;
mod front_matter;
mod frozen;
mod glossary;
mod ids;
mod images;
mod memory;
mod pages;
pub(crate) mod rounds;
mod sites;
mod texts;
mod version_headings;

use std::sync::Arc;

use selfcheck::set::QuestionSet;
use selfcheck::time::Date;

use crate::diagnostic::{Report, did_you_mean, error, nearest};
use crate::load::Content;
use crate::markdown::{Body, TermIndex};
use crate::source::{Place, Sources};
use crate::visibility::Visibility;

pub use campaign::{CompiledSets, compile_sets, page_text_hash};
pub(crate) use frozen::lost as lost_archive;
pub use memory::Memory;
pub use pages::{MAX_WHOLE_PAGES, SITE_MAP_PAGE, WHOLE_PAGE};
pub use sites::Sites;

/// Everything, resolved.
#[derive(Debug)]
pub struct Checked {
    /// As loaded.
    pub content: Content,
    /// Compiled pages, by position in `content.pages`.
    pub bodies: Vec<Arc<Body>>,
    /// Compiled definitions, by position in `content.glossary`.
    pub definitions: Vec<Arc<Body>>,
    /// Which page stands on which site.
    pub sites: Sites,
    /// Position in `content.archive` of the campaign the self-check page asks.
    pub campaign: Option<usize>,
    /// The residents' short check.
    pub resident_set: Option<QuestionSet>,
}

/// Checks the content as of `today` (a day in Japan; only diagnostics depend on it); `memory` is
/// for those who will check again.
pub fn check(
    mut content: Content,
    sources: &Sources,
    today: Date,
    memory: Option<&mut Memory>,
    report: &mut Report,
) -> Checked {
    let mut unknown = Report::default();
    let (sites, terms) =
        rayon::join(|| Sites::new(&content, &mut unknown), || TermIndex::new(&content.glossary));
    report.append(unknown);
    front_matter::check(&mut content, &terms, report);
    let (bodies, definitions) = texts::compile(&content, sources, &terms, memory, report);
    hold_back_terms(&content, sources, report);
    report.append(Report::of_all(&[
        &|report| glossary::check(&content, &bodies, &definitions, report),
        &|report| pages::check(&content, &sites, today, report),
        &|report| texts::check(&content, &sites, &bodies, &definitions, report),
        &|report| images::check(&content, &bodies, &definitions, report),
        &|report| version_headings::check(&content, &sites, &bodies, report),
        &|report| ids::check(&content, sources, &sites, &bodies, report),
        &|report| data::check(&content, &sites, today, report),
    ]));
    let resident_set = checks::check(&content, &sites, report);
    checks::check_places(&content, &bodies, report);
    let campaign = campaign::check(&content, &sites, sources, today, report);
    // That a campaign has lost its sets is told once, at the campaign.
    let has_campaign = campaign.is_some() || frozen::any_is_lost(&content, sources, today);
    texts::check_figures(&content, &bodies, has_campaign, today, report);
    Checked { content, bodies, definitions, sites, campaign, resident_set }
}

/// Resolves a page named at `place` from something of visibility `from`, telling what is wrong.
fn resolve_page(
    content: &Content,
    sites: &Sites,
    name: &str,
    place: Place,
    from: Reader,
    report: &mut Report,
) -> Option<usize> {
    let Some(target) = sites.find(name) else {
        report_unknown_page(content, name, place, report);
        return None;
    };
    let page = &content.pages[target];
    let missing = match from {
        Reader::Page(index) => sites.missing_for_page(index, target),
        Reader::Level(level) => sites.missing_for_level(level, target),
    };
    if missing.is_empty() {
        return Some(target);
    }
    let missing: Vec<&str> =
        missing.into_iter().map(|site| content.config.sites[site].id.as_str()).collect();
    let message = format!(
        "ページ「{name}」（{}）は、ここが載るサイト（{}）にありません",
        page.visibility.label(),
        missing.join("、")
    );
    report.push(
        error("leak", place, message)
            .with("指されたページ", page.title.place)
            .hint("公開範囲をそろえるか、参照を外してください。"),
    );
    None
}

/// Tells that there is no page `name`; nothing when it stands there and its own fault was told.
fn report_unknown_page(content: &Content, name: &str, place: Place, report: &mut Report) {
    if content.unread.page(name) {
        return;
    }
    if let Some(page) = content.unread.withheld(name) {
        let aliases = || content.pages.iter().flat_map(|page| &page.aliases);
        if content.ids.pages.contains_key(name) && aliases().all(|alias| alias.value != name) {
            // That a published page is kept back is told once, at the page.
            return;
        }
        let message = format!("ページ「{name}」は{}のため、載りません", page.reason());
        report.push(
            error("unknown-page", place, message)
                .with("そのページ", page.place)
                .hint("載せるなら `status` の行を消し、載せないなら、この参照を外します。"),
        );
        return;
    }
    let names = content.pages.iter().filter(|page| page.is_original()).map(|page| page.id.as_str());
    let mut finding = error("unknown-page", place, format!("ページ「{name}」がありません"));
    if let Some(hint) = did_you_mean(&nearest(name, names)) {
        finding = finding.hint(hint);
    }
    report.push(finding);
}

/// Takes back that a term is unknown when its entry stands there and its own fault was told.
fn hold_back_terms(content: &Content, sources: &Sources, report: &mut Report) {
    if !content.unread.any_in("glossary") {
        return;
    }
    report.retain(|finding| {
        let Some(place) = finding.place.filter(|_| finding.code == "unknown-term") else {
            return true;
        };
        let before = &sources.file(place.file).text[..place.start];
        !content.unread.has_term_before(before.lines().next_back().unwrap_or_default())
    });
}

/// Who refers to a page.
#[derive(Debug, Clone, Copy)]
enum Reader {
    /// A page, by position.
    Page(usize),
    /// A record that stands on every site from this level up.
    Level(Visibility),
}
