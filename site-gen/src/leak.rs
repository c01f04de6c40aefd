//! The second, independent line against leaks: a scan of the finished bytes.
//!
//! The typed check in `check` is the rule; this one knows nothing of it. It looks in every file of
//! a site for sentences of 20 or more characters that stand in a more restricted source and in no
//! less restricted one, and for the addresses and ids of pages the site does not have.
//! Source: `selfcheck/FORMAT.md` §8.

use std::collections::BTreeMap;

use aho_corasick::AhoCorasick;
use rayon::prelude::*;
use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfkc_quick};

use crate::check::Checked;
use crate::diagnostic::{Report, error};
use crate::render::SiteFiles;
use crate::source::Place;
use crate::visibility::Visibility;

/// Shorter sentences are common phrases.
const MIN_SENTENCE_CHARS: usize = 20;

/// Scans all sites; `rendered` is by position of the configuration.
pub fn scan(checked: &Checked, rendered: &[SiteFiles], report: &mut Report) {
    let sentences = gather(checked);
    for (index, site) in checked.content.config.sites.iter().enumerate() {
        let secrets: Vec<(&String, Place)> = sentences
            .iter()
            .filter(|(_, (visibility, _))| *visibility > site.level)
            .map(|(text, (_, place))| (text, *place))
            .collect();
        scan_sentences(&site.id, &secrets, &rendered[index], report);
        scan_addresses(checked, index, &rendered[index], report);
    }
}

/// Every sentence with the least visibility it has anywhere, and one place of it.
fn gather(checked: &Checked) -> BTreeMap<String, (Visibility, Place)> {
    let content = &checked.content;
    let mut sentences = BTreeMap::new();
    let mut add = |text: &str, visibility: Visibility, place: Place| {
        for sentence in split(text) {
            let known = sentences.entry(sentence).or_insert((visibility, place));
            if visibility < known.0 {
                *known = (visibility, place);
            }
        }
    };
    for (page, body) in content.pages.iter().zip(&checked.bodies) {
        let place = page.title.place;
        add(&body.text, page.visibility, place);
        add(&page.summary.value, page.visibility, place);
        for revision in &page.revised {
            add(&revision.note, page.visibility, revision.place);
        }
    }
    for (term, body) in content.glossary.iter().zip(&checked.definitions) {
        add(&body.text, term.visibility, term.term.place);
        add(&term.short.value, term.visibility, term.short.place);
    }
    for set in &content.checks {
        for source in &set.questions {
            let question = &source.question;
            for text in [&question.prompt, &question.explanation, &question.action] {
                add(text, set.visibility, source.place);
            }
        }
    }
    for value in &content.data.to_confirm {
        if let Some(page) = &value.page {
            add(&value.what, value.visibility, page.place);
            add(&value.proposal, value.visibility, page.place);
        }
    }
    sentences
}

fn scan_sentences(
    site: &str,
    secrets: &[(&String, Place)],
    files: &SiteFiles,
    report: &mut Report,
) {
    if secrets.is_empty() {
        return;
    }
    let Ok(finder) = AhoCorasick::new(secrets.iter().map(|(text, _)| text.as_bytes())) else {
        report.push(error("leak-scan", None, "漏れの検査を準備できません（文が多すぎます）"));
        return;
    };
    let findings: Vec<(String, usize)> = files
        .par_iter()
        .filter_map(|(path, bytes)| Some((path, std::str::from_utf8(bytes).ok()?)))
        .flat_map_iter(|(path, text)| {
            let visible = fold(&strip_tags(text));
            let raw = fold(text);
            let mut found: Vec<usize> = finder
                .find_iter(&visible)
                .chain(finder.find_iter(&raw))
                .map(|hit| hit.pattern().as_usize())
                .collect();
            found.sort_unstable();
            found.dedup();
            found.into_iter().map(|secret| (path.clone(), secret)).collect::<Vec<_>>()
        })
        .collect();
    for (path, secret) in findings {
        let (text, place) = secrets[secret];
        let start: String = text.chars().take(30).collect();
        report.push(
            error(
                "leak",
                place,
                format!("サイト「{site}」の `{path}` に、載せてはいけない文「{start}…」があります"),
            )
            .hint("この文の元の公開範囲を確かめ、公開する側から取り除いてください。"),
        );
    }
}

/// Addresses that lead to nothing in this site, and ids of pages it does not have.
fn scan_addresses(checked: &Checked, site: usize, files: &SiteFiles, report: &mut Report) {
    let config = &checked.content.config.sites[site];
    let hidden: Vec<usize> = (0..checked.content.pages.len())
        .filter(|&page| !checked.sites.holds(site, page))
        .filter(|&page| checked.content.pages[page].visibility > config.level)
        .collect();
    let quoted = |&page: &usize| format!("\"{}\"", checked.content.pages[page].id);
    let Ok(finder) = AhoCorasick::new(hidden.iter().map(quoted)) else { return };
    for (path, bytes) in files {
        let Ok(text) = std::str::from_utf8(bytes) else { continue };
        for hit in finder.find_iter(text) {
            let page = &checked.content.pages[hidden[hit.pattern().as_usize()]];
            // A word of one segment (`home`) may be anything; a path is a page.
            if page.id.as_str().contains('/') {
                let message = format!(
                    "サイト「{}」の `{path}` に、載っていないページ「{}」の名があります",
                    config.id, page.id
                );
                report.push(error("leak", page.title.place, message));
            }
        }
        if path.ends_with(".html") {
            for address in addresses(text) {
                let known = resolve(path, address).is_none_or(|target| files.contains_key(&target));
                if !known {
                    let message = format!(
                        "サイト「{}」の `{path}` から `{address}` へのリンクが、このサイトにありません",
                        config.id
                    );
                    report.push(error("dead-link", None, message));
                }
            }
        }
    }
}

/// Values of `href`, `src` and the two addresses of the widget.
fn addresses(html: &str) -> impl Iterator<Item = &str> {
    ["href=\"", "src=\"", "data-wasm=\"", "data-embedded=\"", "\"href\":\""]
        .into_iter()
        .flat_map(move |start| html.split(start).skip(1).filter_map(|rest| rest.split('"').next()))
}

/// The output path an address names; `None` for other hosts and for fragments of the same page.
fn resolve(from: &str, address: &str) -> Option<String> {
    let path = address.split('#').next().unwrap_or_default();
    if path.is_empty() || path.contains(':') {
        return None;
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            ".." => {
                parts.pop();
            }
            "." => {}
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Sentences of a text, folded.
fn split(text: &str) -> impl Iterator<Item = String> {
    text.split(['。', '！', '？', '\n'])
        .map(fold)
        .filter(|sentence| sentence.chars().count() >= MIN_SENTENCE_CHARS)
}

/// NFKC without white space or term marks: what remains of a sentence whatever markup it passed.
fn fold(text: &str) -> String {
    let keep = |c: &char| !c.is_whitespace() && *c != '※';
    if is_nfkc_quick(text.chars()) == IsNormalized::Yes {
        return text.chars().filter(keep).collect();
    }
    text.nfkc().filter(keep).collect()
}

fn strip_tags(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut in_tag = false;
    for c in html.chars() {
        match c {
            '<' => in_tag = true,
            '>' if in_tag => in_tag = false,
            _ if !in_tag => text.push(c),
            _ => {}
        }
    }
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}
