//! Our own content under test: what the generator cannot know, because it serves any office.
//!
//! Everything is read through the generator's library. Each rule is one test that lists every
//! place at fault; a rule that a frozen page cannot keep names the page and the reason. Start at
//! [`ours`]; `blocks` cuts a page into what a reader sees as one piece.

mod blocks;
mod facts;
mod glossary;
mod pages;
mod questions;
mod residents;
mod rules;
mod sentences;
mod versions;

use std::sync::OnceLock;

use product_tests::root;
use site_gen::build::{Outcome, Paths, build, check_content};
use site_gen::check::Checked;
use site_gen::load::Page;

/// The day these tests live on: the campaign of 令和8年度 is open.
const TODAY: &str = "2026-11-24";

/// Pages that may not change by a byte while that campaign is open: staff acknowledge their text.
///
/// What they lack comes with their first revision after it has closed; until then they are the
/// named exception of a rule, and the rule's test fails as soon as the exception is not needed.
const FROZEN: [&str; 2] = ["policy/basic", "policy/standards"];

/// Our content, read and checked once.
fn ours() -> &'static Outcome {
    static OURS: OnceLock<Outcome> = OnceLock::new();
    OURS.get_or_init(|| {
        let today = TODAY.parse().expect("a day");
        check_content(&root().join("content"), today).expect("the content folder can be read")
    })
}

fn checked() -> &'static Checked {
    ours().checked.as_ref().expect("site.toml can be used")
}

/// The pages in official Japanese, and not their other versions.
fn originals() -> impl Iterator<Item = &'static Page> {
    checked().content.pages.iter().filter(|page| page.is_original())
}

fn page(id: &str) -> Option<&'static Page> {
    originals().find(|page| page.id.as_str() == id)
}

/// The Markdown of a page.
fn markdown(page: &Page) -> &'static str {
    page.body(&ours().sources)
}

fn is_frozen(page: &Page) -> bool {
    FROZEN.contains(&page.id.as_str())
}

/// Fails with the whole list.
fn none(faults: &[String]) {
    assert!(faults.is_empty(), "{} 件:\n{}", faults.len(), faults.join("\n"));
}

/// Fails with the list, frozen pages apart, and when those keep the rule after all.
fn none_but_frozen(faults: Vec<(&'static Page, String)>) {
    let (excused, open): (Vec<_>, Vec<_>) =
        faults.into_iter().partition(|(page, _)| is_frozen(page));
    let lines: Vec<String> =
        open.into_iter().map(|(page, fault)| format!("{}: {fault}", page.address())).collect();
    none(&lines);
    assert!(!excused.is_empty(), "no frozen page breaks this rule: drop the exception");
}

#[test]
fn the_content_has_no_errors_and_no_warnings() {
    let report = &ours().report;
    let said = report.to_text(&ours().sources);
    assert!(said.contains("エラー 0 件、警告 0 件"), "{said}");
}

/// The scan for leaks looks at finished sites only, so they are made here.
#[test]
fn all_sites_can_be_published() {
    let root = root();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let paths = Paths { content: root.join("content"), public: root.join("public"), widget: None };
    let (outcome, built) = build(&paths, folder.path(), &[], TODAY.parse().expect("a day"), &())
        .expect("the sites can be made");
    let said = outcome.report.to_text(&outcome.sources);
    assert_eq!(built.len(), 3, "{said}");
    assert!(said.contains("エラー 0 件、警告 0 件"), "{said}");
}
