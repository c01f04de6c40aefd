//! A server that runs on: only what changed is compiled again, and nothing else can be seen of it.

use std::sync::Arc;

use site_gen::build::{Outcome, check_content, check_content_again};
use site_gen::check::Memory;

use crate::common::{Office, day};

const PAGES: [&str; 3] = ["home", "open", "rules/update"];

/// Checks again, and holds everything against a check that remembers nothing.
fn again(office: &Office, memory: &mut Memory) -> Outcome {
    let content = office.path("content");
    let outcome = check_content_again(&content, day(), memory).unwrap();
    let fresh = check_content(&content, day()).unwrap();
    assert_eq!(outcome.report.to_text(&outcome.sources), fresh.report.to_text(&fresh.sources));
    let (kept, new) = (outcome.checked.as_ref().unwrap(), fresh.checked.as_ref().unwrap());
    assert_eq!(format!("{:?}", kept.bodies), format!("{:?}", new.bodies));
    outcome
}

/// The pages that are in `after` what they were in `before`, not only alike.
fn kept<'p>(before: &Outcome, after: &Outcome, pages: &[&'p str]) -> Vec<&'p str> {
    let body = |outcome: &Outcome, id: &str| {
        let checked = outcome.checked.as_ref().unwrap();
        let page = checked.sites.find(id)?;
        Some(Arc::clone(&checked.bodies[page]))
    };
    let is_kept = |id: &&&str| match (body(before, id), body(after, id)) {
        (Some(before), Some(after)) => Arc::ptr_eq(&before, &after),
        _ => false,
    };
    pages.iter().filter(is_kept).copied().collect()
}

#[test]
fn a_page_that_changed_is_compiled_again_and_no_other() {
    let (office, mut memory) = (Office::new(), Memory::default());
    let first = again(&office, &mut memory);
    let same = again(&office, &mut memory);
    assert_eq!(kept(&first, &same, &PAGES), PAGES);

    office.edit("content/pages/rules/update.md", "その日のうちに", "その日の内に");
    let edited = again(&office, &mut memory);
    assert_eq!(kept(&same, &edited, &PAGES), ["home", "open"]);

    // A finding of a page that is not compiled again is told again.
    office.edit("content/pages/home.md", "備える", "備える ㈱ ");
    let found = again(&office, &mut memory);
    assert!(found.report.iter().any(|finding| finding.code == "packed-character"));
    office.edit("content/pages/open.md", "お知らせ", "便り");
    let later = again(&office, &mut memory);
    assert_eq!(kept(&found, &later, &PAGES), ["home", "rules/update"]);
    assert!(later.report.iter().any(|finding| finding.code == "packed-character"));
}

#[test]
fn what_every_page_rests_on_lets_all_of_them_be_compiled_again() {
    let (office, mut memory) = (Office::new(), Memory::default());
    let first = again(&office, &mut memory);
    // What a term means is on no page but the glossary's; what it is called may be on any.
    office.edit("content/glossary/malware.md", "害を与える目的で", "害を与えるために");
    let meaning = again(&office, &mut memory);
    assert_eq!(kept(&first, &meaning, &PAGES), PAGES);
    office.edit("content/glossary/malware.md", "\"不正プログラム\"", "\"悪意のあるプログラム\"");
    let name = again(&office, &mut memory);
    assert!(kept(&meaning, &name, &PAGES).is_empty());

    office.edit(
        "content/site.toml",
        "[organization]",
        "[markdown]\nterm_marks = \"first\"\n[organization]",
    );
    let options = again(&office, &mut memory);
    assert!(kept(&name, &options, &PAGES).is_empty());

    // A new file moves the places of those behind it.
    office.write(
        "content/pages/new.md",
        "+++\ntitle = \"新しいページ\"\nsummary = \"新しい。\"\nowner = \"IT推進課 担当\"\n\
         layer = \"解説\"\nreview_due = 2030-03-31\n+++\n\n新しいページです。\n",
    );
    let more = again(&office, &mut memory);
    assert_eq!(kept(&options, &more, &PAGES), ["home"]);
}
