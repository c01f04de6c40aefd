//! Rules of front matter: owners, dates, titles, related pages, places in the navigation.

use rayon::prelude::*;
use selfcheck::time::Date;

use super::{Reader, Sites, report_unknown_page, resolve_page};
use crate::diagnostic::{Report, did_you_mean, error, nearest, note, warning};
use crate::load::{Content, Page, Version};
use crate::source::Place;
use crate::wareki;

/// Output path, without `.html`, of the page that holds all rules.
pub const WHOLE_PAGE: &str = "print";
/// Output path, without `.html`, of the list of all pages.
pub const SITE_MAP_PAGE: &str = "sitemap";
/// More rules than this are not put on one page to print: browsers give up.
pub const MAX_WHOLE_PAGES: usize = 300;

/// Pages the generator makes itself.
const RESERVED: [&str; 5] = ["index", "404", WHOLE_PAGE, SITE_MAP_PAGE, "search"];

pub(super) fn check(content: &Content, sites: &Sites, today: Date, report: &mut Report) {
    report.append(Report::of_all(&[&|report| check_titles(content, sites, report), &|report| {
        check_number_of_rules(content, sites, report)
    }]));
    report.append(Report::of_each(&content.pages, |index, page, report| {
        if !page.is_original() {
            return check_version(content, sites, index, report);
        }
        check_name(page, report);
        check_owner(content, page, report);
        check_roles(content, page, report);
        check_dates(page, today, report);
        for related in &page.related {
            let reader = Reader::Page(index);
            resolve_page(content, sites, &related.value, related.place, reader, report);
        }
        check_navigation(content, page, report);
    }));
    for (index, site) in content.config.sites.iter().enumerate() {
        let cards = site.cards.iter().map(|card| &card.page);
        for page in [&site.home, &site.report].into_iter().chain(cards) {
            let found = sites.find(page.value.as_str());
            if found.is_none() {
                report_unknown_page(content, page.value.as_str(), page.place, report);
            } else if !found.is_some_and(|found| sites.holds(index, found)) {
                let message =
                    format!("サイト「{}」にページ「{}」がありません", site.id, page.value);
                report.push(error("unknown-page", page.place, message));
            }
        }
    }
}

fn check_titles(content: &Content, sites: &Sites, report: &mut Report) {
    let pages = content.pages.iter().enumerate();
    let mut titles: Vec<((Version, &str), usize)> =
        pages.map(|(index, page)| ((page.version, page.title.value.as_str()), index)).collect();
    titles.par_sort_unstable();
    let same_titles = titles.chunk_by(|(one, _), (other, _)| one == other);
    for same in same_titles.filter(|same| same.len() > 1) {
        for site in 0..content.config.sites.len() {
            let here = same.iter().map(|&(_, page)| page).filter(|&page| sites.holds(site, page));
            let places: Vec<Place> = here.map(|page| content.pages[page].title.place).collect();
            for pair in places.windows(2) {
                let message = format!("題名「{}」のページが二つあります", same[0].0.1);
                report.push(error("duplicate-title", pair[1], message).with("先のページ", pair[0]));
            }
        }
    }
}

fn check_number_of_rules(content: &Content, sites: &Sites, report: &mut Report) {
    for (site, config) in content.config.sites.iter().enumerate() {
        let rules = content.pages.iter().enumerate().filter(|(index, page)| {
            page.is_original() && page.layer.is_rule() && sites.holds(site, *index)
        });
        let count = rules.count();
        if count > MAX_WHOLE_PAGES {
            let message = format!(
                "サイト「{}」の決まりは {count} ページあり、{MAX_WHOLE_PAGES} ページを超えるため、\
                 「全体を印刷」は作りません",
                config.id
            );
            report.push(note("no-whole-page", None, message));
        }
    }
}

/// A page must not stand where the generator puts one of its own.
fn check_name(page: &Page, report: &mut Report) {
    let names = page.aliases.iter().map(|alias| (alias.value.as_str(), alias.place));
    for (name, place) in std::iter::once((page.id.as_str(), page.title.place)).chain(names) {
        if RESERVED.contains(&name) {
            let message = format!("「{name}」という名は、自動で作るページが使います");
            report
                .push(error("reserved-name", place, message).hint("ファイルに別の名を付けます。"));
        }
    }
}

/// A translation that is older than what it translates misleads its readers.
fn check_version(content: &Content, sites: &Sites, index: usize, report: &mut Report) {
    let page = &content.pages[index];
    let Some(original) = sites.version(index, Version::Original) else { return };
    let newest = content.pages[original].revised.iter().max_by_key(|revision| revision.date);
    let (Some(newest), Some(translated)) = (newest, page.translated) else { return };
    if newest.date > translated {
        let message = format!(
            "{}の版（{}）が、元のページの改定（{}）より古くなっています",
            page.version.label(),
            wareki::format_date(translated),
            wareki::format_date(newest.date)
        );
        report.push(
            warning("stale-version", page.title.place, message)
                .with("元のページの改定", newest.place)
                .hint("改定の内容を訳に入れ、`translated` をその日に直してください。"),
        );
    }
}

fn check_owner(content: &Content, page: &Page, report: &mut Report) {
    let sections = &content.data.organization.sections;
    let section = page.owner.value.split([' ', '　']).next().unwrap_or_default();
    let is_known = sections.iter().any(|known| known.value == section);
    if sections.is_empty() || is_known || content.unread.file("data/organization.toml") {
        return;
    }
    let message = format!("所管の課「{section}」がありません");
    let mut finding = error("unknown-owner", page.owner.place, message);
    let names = sections.iter().map(|known| known.value.as_str());
    if let Some(hint) = did_you_mean(&nearest(section, names)) {
        finding = finding.hint(hint);
    }
    report.push(finding.hint("課は content/data/organization.toml の `[[sections]]` に書きます。"));
}

fn check_roles(content: &Content, page: &Page, report: &mut Report) {
    let roles = &content.data.roles;
    if content.unread.file("data/roles.toml") {
        return;
    }
    for role in &page.roles {
        if roles.is_empty() || roles.iter().any(|known| known.id == role.value) {
            continue;
        }
        let message = format!("役割「{}」がありません", role.value);
        let mut finding = error("unknown-role", role.place, message);
        if let Some(hint) = did_you_mean(&nearest(&role.value, roles.iter().map(|r| r.id.as_str())))
        {
            finding = finding.hint(hint);
        }
        report.push(finding.hint("役割は content/data/roles.toml に書きます。"));
    }
}

fn check_dates(page: &Page, today: Date, report: &mut Report) {
    if let Some(established) = page.established {
        for revision in page.revised.iter().filter(|revision| revision.date < established) {
            report.push(error("dates", revision.place, "改定日が制定日より前です"));
        }
    }
    let newest_first = page.revised.windows(2).all(|pair| pair[0].date >= pair[1].date);
    if !newest_first {
        let place = page.revised[0].place;
        report.push(warning("dates", place, "改定の記録は新しい順に書きます"));
    }
    if page.review_due < today {
        let message = format!(
            "「{}」の見直し期限（{}）が過ぎています",
            page.title.value,
            wareki::format_date(page.review_due)
        );
        report.push(
            warning("review-overdue", page.review_place, message)
                .hint("内容を見直し、`review_due` を次の期限に直してください。"),
        );
    }
}

fn check_navigation(content: &Content, page: &Page, report: &mut Report) {
    let folder = page.folder();
    let is_known = content.config.navigation.iter().any(|group| group.folder == folder);
    if !is_known && !content.unread.file("site.toml") {
        let message = format!("フォルダ「{folder}」が site.toml の `[[navigation]]` にありません");
        report.push(
            warning("navigation", page.title.place, message)
                .hint("加えないと、このページは左の案内に出ません。"),
        );
    }
}
