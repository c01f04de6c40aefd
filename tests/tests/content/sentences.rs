//! Sentences: short enough to read once, and each written for its own page.

use std::collections::BTreeMap;

use site_gen::markdown::fold;

use crate::blocks::blocks;
use crate::{checked, markdown, none, originals};

/// Longer ones are read twice.
const MAX_CHARS: usize = 60;

/// Shorter ones are common phrases.
const MIN_SHARED_CHARS: usize = 20;

/// The sentences of a block.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(['。', '！', '？', '\n']).map(str::trim).filter(|one| !one.is_empty())
}

#[test]
fn no_sentence_is_longer_than_sixty_characters() {
    let mut faults = Vec::new();
    let mut check = |place: &str, text: &str| {
        for sentence in sentences(text) {
            let length = sentence.chars().count();
            if length > MAX_CHARS {
                faults.push(format!("{place}: {length} 字「{sentence}」"));
            }
        }
    };
    let content = &checked().content;
    for page in originals() {
        check(page.id.as_str(), &page.summary.value);
        for block in blocks(markdown(page)) {
            check(page.id.as_str(), &block.text);
        }
    }
    for term in &content.glossary {
        for block in blocks(term.body(&crate::ours().sources)) {
            check(&term.id, &block.text);
        }
    }
    for duty in content.data.roles.iter().flat_map(|role| &role.duties) {
        check("data/roles.toml", &duty.text);
    }
    none(&faults);
}

#[test]
fn no_two_pages_share_a_sentence() {
    let mut known: BTreeMap<String, String> = BTreeMap::new();
    let mut faults = Vec::new();
    let content = &checked().content;
    let pages = content
        .pages
        .iter()
        // Two versions of one page may say the same.
        .map(|page| {
            (page.id.to_string(), markdown(page).to_owned() + "\n\n" + &page.summary.value)
        });
    let terms = content.glossary.iter().map(|term| {
        let body = term.body(&crate::ours().sources);
        (format!("用語 {}", term.id), body.to_owned() + "\n\n" + &term.short.value)
    });
    for (place, text) in pages.chain(terms) {
        for block in blocks(&text) {
            for sentence in sentences(&block.text) {
                let folded: String =
                    fold(sentence).chars().filter(|c| !c.is_whitespace()).collect();
                if folded.chars().count() < MIN_SHARED_CHARS {
                    continue;
                }
                match known.get(&folded) {
                    Some(first) if *first != place => {
                        faults.push(format!("{first} と {place}: 「{sentence}」"));
                    }
                    Some(_) => {}
                    None => {
                        known.insert(folded, place.clone());
                    }
                }
            }
        }
    }
    none(&faults);
}

#[test]
fn nothing_is_left_to_be_written() {
    const LEFT: [&str; 15] = [
        "TODO",
        "TBD",
        "FIXME",
        "XXX",
        "lorem",
        "ダミー",
        "仮置き",
        "準備中",
        "工事中",
        "後日記載",
        "未定です",
        "追って",
        "○○",
        "△△",
        "●●",
    ];
    let mut faults = Vec::new();
    let files = product_tests::files();
    for file in files.iter().filter(|file| file.starts_with("content/")) {
        let Some(text) = product_tests::text(file) else { continue };
        if file.ends_with("README.md") || file.starts_with("content/archive/") {
            continue;
        }
        for (number, line) in text.lines().enumerate() {
            for left in LEFT.iter().filter(|left| line.contains(**left)) {
                faults.push(format!("{file}:{}: 「{left}」", number + 1));
            }
        }
    }
    none(&faults);
}
