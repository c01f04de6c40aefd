//! Pages in English and in やさしい日本語.

use site_gen::load::{Page, Version};

use crate::blocks::{Kind, blocks, next_reading};
use crate::{checked, markdown, none};

/// What readers of little Japanese need first.
const ENGLISH: [&str; 10] = [
    "home",
    "incident/report",
    "check/self-check",
    "beginner/three-principles",
    "policy/basic",
    "public/home",
    "public/report",
    "public/phishing",
    "public/three-principles",
    "public/self-check",
];

const EASY: [&str; 4] =
    ["public/home", "public/three-principles", "public/report", "public/phishing"];

/// Longer ones lose a reader at B1.
const MAX_ENGLISH_WORDS: usize = 25;

/// The guideline for やさしい日本語 asks for one thing a sentence.
const MAX_EASY_CHARS: usize = 40;

fn of(version: Version) -> impl Iterator<Item = &'static Page> {
    checked().content.pages.iter().filter(move |page| page.version == version)
}

#[test]
fn the_versions_we_promised_are_there() {
    let mut faults = Vec::new();
    for (version, wanted) in [(Version::English, &ENGLISH[..]), (Version::Easy, &EASY[..])] {
        let there: Vec<&str> = of(version).map(|page| page.id.as_str()).collect();
        for id in wanted.iter().filter(|id| !there.contains(*id)) {
            faults.push(format!("{id}: {}の版がない", version.label()));
        }
    }
    none(&faults);
}

/// A version tells everything its original does: each section of one stands in the other.
#[test]
fn versions_have_the_sections_of_their_page() {
    let mut faults = Vec::new();
    let headings = |page: &Page| -> Vec<String> {
        let headings = blocks(markdown(page)).into_iter();
        let mut ids: Vec<String> =
            headings.filter(|block| block.kind == Kind::Heading).map(|block| block.under).collect();
        ids.sort();
        ids
    };
    for version in [Version::English, Version::Easy] {
        for page in of(version) {
            let original = crate::page(page.id.as_str()).expect("a version has an original");
            let (ours, theirs) = (headings(page), headings(original));
            let extra: Vec<&String> = ours.iter().filter(|id| !theirs.contains(id)).collect();
            let missing: Vec<&String> = theirs.iter().filter(|id| !ours.contains(id)).collect();
            if !extra.is_empty() || !missing.is_empty() {
                faults.push(format!("{}: 足りない {missing:?}、余る {extra:?}", page.address()));
            }
        }
    }
    none(&faults);
}

#[test]
fn english_sentences_are_short_and_in_english() {
    let mut faults = Vec::new();
    for page in of(Version::English) {
        for block in blocks(markdown(page)) {
            for sentence in block.text.split_inclusive(['.', '?', '!', ':']) {
                let words = sentence.split_whitespace().count();
                if words > MAX_ENGLISH_WORDS {
                    faults.push(format!("{}: {words} 語 “{}”", page.address(), sentence.trim()));
                }
            }
            let english = without_quotes(&block.text);
            let japanese = english.chars().filter(|c| !c.is_ascii()).count();
            if japanese * 2 > english.chars().count() {
                faults.push(format!("{}: 「{}」", page.address(), block.text));
            }
        }
    }
    none(&faults);
}

/// Japanese words may stand in an English text in 「」, as what one says or sees.
fn without_quotes(text: &str) -> String {
    let pieces = text.split('「').enumerate();
    pieces
        .map(|(index, piece)| match (index, piece.split_once('」')) {
            (0, _) | (_, None) => piece,
            (_, Some((_, after))) => after,
        })
        .collect()
}

#[test]
fn easy_sentences_are_short_and_every_kanji_has_its_reading() {
    let mut faults = Vec::new();
    for page in of(Version::Easy) {
        for block in blocks(markdown(page)) {
            for sentence in block.text.split_inclusive('。') {
                let length = sentence.chars().count();
                if length > MAX_EASY_CHARS {
                    faults.push(format!("{}: {length} 字「{sentence}」", page.address()));
                }
            }
        }
        for line in markdown(page).lines() {
            faults.extend(bare_kanji(&page.address(), line));
        }
    }
    none(&faults);
}

/// Kanji of a line without a reading.
fn bare_kanji(page: &str, line: &str) -> Option<String> {
    let mut bare = String::new();
    let mut rest = line;
    while let Some((before, _, _, after)) = next_reading(rest) {
        bare.extend(before.chars().filter(|c| matches!(c, '一'..='鿿' | '々')));
        rest = after;
    }
    bare.extend(rest.chars().filter(|c| matches!(c, '一'..='鿿' | '々')));
    (!bare.is_empty()).then(|| format!("{page}: 「{bare}」に読みがない（{line}）"))
}
