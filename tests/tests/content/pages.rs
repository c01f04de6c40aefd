//! The sitemap of the office, and what every page says about itself.

use std::collections::BTreeSet;

use site_gen::visibility::Visibility::{self, Intranet, Public, Restricted};

use crate::{checked, none, none_but_frozen, originals, page};

/// Every page the office planned, with its readers.
const SITEMAP: [(&str, Visibility); 43] = [
    ("home", Intranet),
    ("plan/measure-7", Intranet),
    ("org/chart", Intranet),
    ("org/committee", Intranet),
    ("org/csirt", Intranet),
    ("org/roles", Intranet),
    ("policy/structure", Intranet),
    ("policy/basic", Public),
    ("policy/standards", Intranet),
    ("policy/exceptions", Intranet),
    ("assets/classification", Intranet),
    ("assets/personal-info", Intranet),
    ("assets/media", Intranet),
    ("network/three-layers", Intranet),
    ("network/security-cloud", Intranet),
    ("physical/office", Intranet),
    ("physical/server-room", Intranet),
    ("people/rules", Intranet),
    ("people/password", Intranet),
    ("people/training", Intranet),
    ("tech/update", Intranet),
    ("tech/malware", Intranet),
    ("tech/mail-web", Intranet),
    ("work/telework", Intranet),
    ("work/cloud", Intranet),
    ("work/generative-ai", Intranet),
    ("outsourcing/contract", Intranet),
    ("incident/report", Intranet),
    ("incident/response-plan", Restricted),
    ("check/self-check", Intranet),
    ("check/results", Intranet),
    ("audit/plan", Intranet),
    ("review/history", Intranet),
    ("beginner/three-principles", Intranet),
    ("glossary", Public),
    // The basic policy and the glossary above are one text for everybody.
    ("public/home", Public),
    ("public/organisation", Public),
    ("public/measure-7", Public),
    ("public/three-principles", Public),
    ("public/phishing", Public),
    ("public/report", Public),
    ("public/self-check", Public),
    ("accessibility", Public),
];

/// Beside the sitemap: what people asked for since.
const FURTHER: [(&str, Visibility); 5] = [
    ("org/section-contacts", Intranet),
    ("incident/contact-card", Intranet),
    ("incident/record-form", Intranet),
    ("check/privacy", Intranet),
    ("review/to-confirm", Restricted),
];

/// As long as a line of search results.
const MAX_SUMMARY_CHARS: usize = 60;

#[test]
fn every_page_of_the_sitemap_is_there_for_its_readers() {
    let mut faults = Vec::new();
    for (id, visibility) in SITEMAP.iter().chain(&FURTHER) {
        match page(id) {
            None => faults.push(format!("{id}: ない")),
            Some(page) if page.visibility != *visibility => {
                faults.push(format!("{id}: 公開範囲が{}", page.visibility.label()));
            }
            Some(_) => {}
        }
    }
    let known: BTreeSet<&str> = SITEMAP.iter().chain(&FURTHER).map(|(id, _)| *id).collect();
    faults.extend(
        originals()
            .filter(|page| !known.contains(page.id.as_str()))
            .map(|page| format!("{}: サイトの一覧にない", page.id)),
    );
    none(&faults);
}

#[test]
fn summaries_are_one_line() {
    let faults: Vec<String> = originals()
        .filter(|page| !(10..=MAX_SUMMARY_CHARS).contains(&page.summary.value.chars().count()))
        .map(|page| format!("{}: {} 字", page.id, page.summary.value.chars().count()))
        .collect();
    none(&faults);
}

#[test]
fn every_page_says_when_it_was_written_and_when_it_is_looked_at_again() {
    let faults: Vec<String> = originals()
        .filter(|page| page.established.is_none() || page.order == 1000)
        .map(|page| format!("{}: 制定日か順番がない", page.id))
        .collect();
    none(&faults);
}

/// Whoever prints a page sees whether it may leave the office.
#[test]
fn pages_for_the_office_carry_their_class() {
    let faults = originals()
        .filter(|page| {
            let wanted = match page.visibility {
                Public => None,
                Intranet => Some("自治体機密性2"),
                Restricted => Some("自治体機密性3C"),
            };
            page.class.as_deref() != wanted
        })
        .map(|page| (page, format!("分類が{:?}", page.class)))
        .collect();
    none_but_frozen(faults);
}

/// Nobody gets lost: every page leads on, and something leads to every page.
#[test]
fn every_page_leads_on_and_is_led_to() {
    let content = &checked().content;
    let mut led_to: BTreeSet<String> = BTreeSet::new();
    let mut faults = Vec::new();
    for (page, body) in content.pages.iter().zip(&checked().bodies) {
        let mut targets: BTreeSet<String> =
            page.related.iter().map(|related| related.value.clone()).collect();
        targets.extend(body.links.iter().filter_map(|link| match &link.target {
            site_gen::markdown::LinkTarget::Page(id) => Some(id.to_string()),
            _ => None,
        }));
        targets.remove(page.id.as_str());
        if targets.is_empty() {
            faults.push(format!("{}: どこへも進めない", page.id));
        }
        led_to.extend(targets);
    }
    let homes: Vec<&str> =
        content.config.sites.iter().map(|site| site.home.value.as_str()).collect();
    for site in &content.config.sites {
        led_to.extend(site.cards.iter().map(|card| card.page.value.to_string()));
    }
    faults.extend(
        originals()
            .filter(|page| !led_to.contains(page.id.as_str()) && !homes.contains(&page.id.as_str()))
            .map(|page| format!("{}: どのページからも来られない", page.id)),
    );
    none(&faults);
}

/// What only the city can settle stands in one list that its secretariat can work off.
#[test]
fn values_to_confirm_name_a_page_and_a_section() {
    let content = &checked().content;
    let sections: Vec<&str> =
        content.data.organization.sections.iter().map(|section| section.value.as_str()).collect();
    let mut seen = BTreeSet::new();
    let mut faults = Vec::new();
    for value in &content.data.to_confirm {
        if value.page.is_none() || !sections.contains(&value.who.as_str()) {
            faults.push(format!("「{}」: ページか課がない", value.what));
        }
        if !seen.insert(&value.what) {
            faults.push(format!("「{}」が二度ある", value.what));
        }
    }
    none(&faults);
    assert!(content.data.to_confirm.len() > 50, "the list is not lost");
}

#[test]
fn the_first_page_leads_to_every_first_task() {
    let content = &checked().content;
    for (site, wanted) in [
        (
            "intranet",
            [
                "incident/report",
                "check/self-check",
                "org/roles",
                "policy/standards",
                "glossary",
                "review/history",
                "org/section-contacts",
            ]
            .as_slice(),
        ),
        (
            "public",
            [
                "public/report",
                "public/phishing",
                "public/three-principles",
                "public/self-check",
                "glossary",
            ]
            .as_slice(),
        ),
    ] {
        let site = content.config.sites.iter().find(|one| one.id == site).expect("a site of ours");
        let cards: Vec<&str> = site.cards.iter().map(|card| card.page.value.as_str()).collect();
        let missing: Vec<String> = wanted
            .iter()
            .filter(|page| !cards.contains(page))
            .map(|page| format!("{}: 「{page}」への入口がない", site.id))
            .collect();
        none(&missing);
    }
}
