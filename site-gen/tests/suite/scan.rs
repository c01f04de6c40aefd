//! The scan passes over what it read before, and nothing ever slips through because of that.

use proptest::prelude::*;
use site_gen::build::{Outcome, check_content};
use site_gen::leak::{Scanner, Sentences};
use site_gen::visibility::Visibility;

use crate::common::{Office, day};

const HIDDEN: &str = r#"+++
title = "金庫"
summary = "委員会だけのページ。"
owner = "IT推進課 担当"
layer = "解説"
review_due = 2030-03-31
visibility = "restricted"
+++

初動対応の手順書は、委員会の保管庫の第三棚に置いています。
"#;

const SECRET: &str = "初動対応の手順書は、委員会の保管庫の第三棚に置いています";
/// The same in two halves: neither is a secret.
const FIRST: &str = "初動対応の手順書は、委員会の保管庫";
const SECOND: &str = "の第三棚に置いています";

/// An item of a navigation, longer than what a stretch is found by.
const ITEM: &str =
    "<li><a href=\"update.html\">更新を後回しにしないための、みんなの決まり</a></li>\n";

fn office() -> (Office, Outcome) {
    let office = Office::new();
    office.write("content/pages/rules/safe.md", HIDDEN);
    let outcome = check_content(&office.path("content"), day()).unwrap();
    assert!(!outcome.report.has_errors(), "{}", outcome.report.to_text(&outcome.sources));
    (office, outcome)
}

/// What a scan says of files of the public site: which are clean, and whether all links lead
/// somewhere.
struct Said {
    clean: Vec<bool>,
    dead: usize,
}

/// Scans files in order, and holds that against a scan of each one alone.
fn scan(outcome: &Outcome, files: &[(&str, String)]) -> Said {
    let checked = outcome.checked.as_ref().unwrap();
    let sentences = Sentences::gather(checked, &outcome.sources, Visibility::Public);
    let scanner = Scanner::new(checked, &sentences, 0);
    let thorough = Scanner::new(checked, &sentences, 0).thorough();
    let mut clean = Vec::new();
    for (path, html) in files {
        let is_clean = scanner.is_clean(path, html.as_bytes());
        assert_eq!(is_clean, thorough.is_clean(path, html.as_bytes()), "{path}: {html}");
        clean.push(is_clean);
    }
    let dead = scanner.dead_links().len();
    assert_eq!(dead, thorough.dead_links().len());
    Said { clean, dead }
}

fn clean(outcome: &Outcome, files: &[String]) -> Vec<bool> {
    let files: Vec<_> = files.iter().map(|html| ("rules/update.html", html.clone())).collect();
    scan(outcome, &files).clean
}

#[test]
fn what_is_known_may_stand_beside_a_secret() {
    let (_office, outcome) = office();
    let list = ITEM.repeat(5);
    let files = [
        format!("<ul>{list}</ul><p>前の文です。</p><ul>{list}</ul>"),
        format!("<ul>{list}</ul><p>{SECRET}。</p><ul>{list}</ul>"),
        format!("<ul>{list}</ul><p title=\"{SECRET}。\">前の文です。</p><ul>{list}</ul>"),
        format!("<ul>{list}</ul><p id=\"rules/safe\">前の文です。</p><ul>{list}</ul>"),
        format!("<ul>{list}</ul><script>\"{SECRET}\"</script><ul>{list}</ul>"),
        format!("<ul>{list}</ul><p>前の文です。</p><ul>{list}</ul>"),
    ];
    assert_eq!(clean(&outcome, &files), [true, false, false, false, false, true]);
}

#[test]
fn a_secret_is_told_as_often_as_it_stands() {
    let (_office, outcome) = office();
    let page = format!("<ul>{0}<li>{SECRET}。</li>{0}</ul>", ITEM.repeat(3));
    assert_eq!(clean(&outcome, &[page.clone(), page.clone(), page]), [false; 3]);
}

#[test]
fn halves_of_a_secret_are_clean_until_they_meet() {
    let (_office, outcome) = office();
    let list = ITEM.repeat(3);
    let halves = format!("{list}<p>{FIRST}</p>{list}<p>{SECOND}</p>{list}");
    let files = [
        halves.clone(),
        halves.clone(),
        // The same bytes, but the text runs on.
        halves.replace(&format!("</p>{list}<p>"), "<b></b>"),
        halves.clone(),
        format!("{list}{FIRST}<b>{SECOND}</b>{list}"),
        halves.clone(),
        // What stood in a reading is left out, and what is around it meets.
        format!("{list}<p>{FIRST}<rt>よみ{list}</rt>{SECOND}</p>"),
        halves,
    ];
    assert_eq!(clean(&outcome, &files), [true, true, false, true, false, true, false, true]);
}

#[test]
fn what_has_no_end_is_read_anew() {
    let (_office, outcome) = office();
    let list = ITEM.repeat(3);
    for (open, end) in [("<rt>", "</rt>"), ("<p a=\"", "\">"), ("<script>", "</script>")] {
        let open = format!("{list}<p>{FIRST}{open}</p>{list}");
        let files = [open.clone(), open.clone(), format!("{open}{end}{SECOND}</p>{list}")];
        assert_eq!(clean(&outcome, &files)[..2], [true, true], "{open}");
    }
}

#[test]
fn the_same_item_is_a_dead_link_in_another_folder() {
    let (_office, outcome) = office();
    let page = format!("<ul>{}</ul>", ITEM.repeat(5));
    let said = |paths: &[&'static str]| {
        let files: Vec<_> = paths.iter().map(|path| (*path, page.clone())).collect();
        scan(&outcome, &files)
    };
    assert_eq!(said(&["rules/a.html", "rules/update.html", "rules/b.html"]).dead, 0);
    let dead = said(&["rules/a.html", "rules/update.html", "b.html", "rules/c.html"]);
    assert_eq!((dead.clean, dead.dead), (vec![true; 4], 1));
    assert_eq!(said(&["a.html", "rules/update.html", "b/c.html"]).dead, 2);
}

/// What files are put together from at random: markup that is broken anywhere, halves of secrets,
/// and items that are found again.
const PARTS: [&str; 25] = [
    ITEM,
    ITEM,
    ITEM,
    "<li><a href=\"../open.html\" aria-current=\"page\">市民の皆さんへの、いつものお知らせ</a></li>",
    "<li>もう一つの項目は、リンクのない長い文だけでできていて、どこにでも立ちます</li>",
    "<li><a href=\"no.html\">どこへも行かないリンクの、少し長い名前</a></li>",
    "<li>初動対応の手順書は、委員会の保管庫の第三棚に置いています。</li>",
    FIRST,
    FIRST,
    SECOND,
    "初動対応の手順書は",
    "、委員会の保管庫の第三棚に置いています",
    "<p>",
    "</p>",
    "<b>",
    "</b>",
    "<ruby>",
    "<rt>",
    "</rt>",
    "<script>",
    "</script>",
    "<p title=\"",
    "\">",
    "&#x3002;",
    "<!-- ",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever was scanned before, a file is as clean as it is alone.
    #[test]
    fn no_order_of_files_hides_anything(
        files in prop::collection::vec((any::<bool>(), prop::collection::vec(0..PARTS.len(), 1..14)), 1..12)
    ) {
        thread_local! {
            static CONTENT: (Office, Outcome) = office();
        }
        let files: Vec<(&str, String)> = files
            .into_iter()
            .map(|(below, parts)| {
                let path = if below { "rules/update.html" } else { "open.html" };
                (path, parts.into_iter().map(|part| PARTS[part]).collect())
            })
            .collect();
        CONTENT.with(|(_, outcome)| scan(outcome, &files));
    }
}
