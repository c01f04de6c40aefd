//! Pages for residents: readings above hard words, no names, no numbers of the inside.

use std::collections::BTreeSet;

use site_gen::load::Page;
use site_gen::visibility::Visibility;

use crate::blocks::{Kind, blocks, next_reading};
use crate::{checked, markdown, none, none_but_frozen, originals};

/// The 1,026 kanji of the six years of elementary school, one year a line (学年別漢字配当表).
const SCHOOL_KANJI: &str = include_str!("school-kanji.txt");

/// The city's own name needs no reading.
const CITY: &str = "上尾市";

/// The three principles need seven terms of the plan and six those rest on; more is a lecture.
const MAX_TERMS: usize = 13;

/// Pages in Japanese that residents read.
fn residents() -> impl Iterator<Item = &'static Page> {
    originals().filter(|page| page.visibility == Visibility::Public)
}

fn is_kanji(c: char) -> bool {
    matches!(c, '一'..='鿿' | '々')
}

#[test]
fn the_list_of_school_kanji_is_whole() {
    let years: Vec<usize> = SCHOOL_KANJI.lines().map(|line| line.chars().count()).collect();
    assert_eq!(years, [80, 160, 200, 202, 193, 191]);
}

/// Where a resident first meets a kanji beyond elementary school, its reading stands above it.
///
/// Not in headings, tables of contents and link texts, which repeat elsewhere; a ※ term carries
/// its reading in the page's own list of terms.
#[test]
fn hard_words_have_a_reading_where_they_first_stand() {
    let school: BTreeSet<char> = SCHOOL_KANJI.chars().collect();
    let mut faults = Vec::new();
    for page in residents() {
        let mut read: BTreeSet<char> = CITY.chars().collect();
        let mut text = String::new();
        for line in markdown(page).lines().filter(|line| !line.starts_with('#')) {
            text.push_str(&without_links_and_terms(line));
            text.push('\n');
        }
        let mut rest = text.as_str();
        loop {
            let (before, after) = match next_reading(rest) {
                Some((before, base, _, after)) => ((before, base), Some(after)),
                None => ((rest, ""), None),
            };
            for hard in before.0.chars().filter(|c| is_kanji(*c) && *c != '々') {
                if !school.contains(&hard) && read.insert(hard) {
                    faults.push((page, format!("「{hard}」")));
                }
            }
            read.extend(before.1.chars());
            match after {
                Some(after) => rest = after,
                None => break,
            }
        }
    }
    none_but_frozen(faults);
}

/// Link texts are titles and ※ terms have their reading in the list below: both are left out.
fn without_links_and_terms(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some((before, link)) = rest.split_once('[') {
        out.push_str(before);
        let Some((_, after)) = link.split_once("](") else {
            rest = link;
            continue;
        };
        rest = after.split_once(')').map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    let mut names: Vec<&str> =
        checked().content.glossary.iter().map(|term| term.term.value.as_str()).collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    names.iter().fold(out, |text, name| text.replace(&format!("{name}※"), ""))
}

#[test]
fn readings_are_kana_and_stand_above_kanji() {
    let mut faults = Vec::new();
    for page in &checked().content.pages {
        let mut rest = markdown(page);
        while let Some((_, base, reading, after)) = next_reading(rest) {
            if !base.chars().any(is_kanji) || reading.chars().any(is_kanji) {
                faults.push(format!("{}: {{{base}|{reading}}}", page.id));
            }
            rest = after;
        }
    }
    none(&faults);
}

/// A reading in a table cell needs `\\|`; otherwise the cell ends in the middle of the word.
#[test]
fn no_marks_of_markdown_are_left_for_the_reader() {
    let mut faults = Vec::new();
    for page in &checked().content.pages {
        for block in blocks(markdown(page)) {
            if block.text.contains(['{', '}', '|', '\\', '[', ']', '※']) {
                faults.push(format!("{}: 「{}」", page.address(), block.text));
            }
        }
    }
    none(&faults);
}

#[test]
fn no_numbers_of_the_inside_and_no_mail_addresses() {
    let mut faults = Vec::new();
    for page in residents() {
        for block in blocks(markdown(page)) {
            let mut found = |what: &str| {
                faults.push(format!("{}: {what}「{}」", page.id, block.text));
            };
            if block.text.contains("内線") || block.text.contains('@') {
                found("庁内の連絡先");
            }
            let digits = block.text.split(|c: char| !c.is_ascii_digit() && c != '-');
            if digits.into_iter().any(|run| run.chars().filter(char::is_ascii_digit).count() >= 6) {
                found("番号");
            }
        }
    }
    none(&faults);
}

/// People are named by their post: every holder in the data ends like one.
#[test]
fn the_data_name_posts_and_no_persons() {
    const POSTS: [&str; 6] = ["長", "者", "もの", "）", "監", "担当"];
    let data = &checked().content.data;
    let holders = data.organization.boxes.iter().map(|one| &one.holder);
    let posts = data.committee.members.iter().chain(&data.committee.csirt_extra);
    let managers = data.section_contacts.iter().map(|row| &row.manager);
    let faults: Vec<String> = holders
        .chain(posts.map(|post| &post.post))
        .chain(managers)
        .chain(data.section_contacts.iter().filter_map(|row| row.contact.as_ref()))
        .filter(|post| !POSTS.iter().any(|end| post.ends_with(end)))
        .map(|post| format!("「{post}」は職の名に見えない"))
        .collect();
    none(&faults);
}

#[test]
fn a_page_marks_few_terms() {
    let faults = checked()
        .bodies
        .iter()
        .zip(&checked().content.pages)
        .filter(|(_, page)| page.visibility == Visibility::Public)
        .filter(|(body, _)| body.terms.len() > MAX_TERMS)
        .map(|(body, page)| (page, format!("{} 語", body.terms.len())))
        .collect();
    none_but_frozen(faults);
}

/// Words of the office that a resident need not know.
#[test]
fn no_words_of_the_office() {
    const OFFICE: [&str; 13] = [
        "所属長",
        "庁内",
        "起案",
        "決裁",
        "所管",
        "例外措置",
        "当該",
        "及び",
        "並びに",
        "遵守",
        "速やかに",
        "講じ",
        "鑑み",
    ];
    let mut faults = Vec::new();
    for page in residents() {
        for block in blocks(markdown(page)).iter().filter(|block| block.kind != Kind::Heading) {
            // The plan's own title has one of them.
            let text = block.text.replace("セキュリティ対策及び個人情報等の適正な取扱い", "");
            for word in OFFICE.iter().filter(|word| text.contains(**word)) {
                faults.push(format!("{}: 「{word}」（{}）", page.id, block.text));
            }
        }
    }
    none(&faults);
}
