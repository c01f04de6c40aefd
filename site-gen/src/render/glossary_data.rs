//! The glossary of a site for reuse: linked data in the page, JSON and CSV beside it.

use serde::Serialize;
use serde_json::json;

use super::SiteFiles;
use super::kana::term_key;
use super::view::View;
use crate::load::Term;

/// The page all entries stand on.
const PAGE: &str = "glossary";

/// One entry of `glossary.json`.
#[derive(Serialize)]
struct Entry<'a> {
    id: &'a str,
    term: &'a str,
    reading: &'a str,
    english: Option<&'a str>,
    aliases: Vec<&'a str>,
    short: &'a str,
    /// The definition as plain text, a line a block.
    definition: &'a str,
    source: Option<&'a str>,
    date: Option<String>,
    see_also: Vec<&'a str>,
    /// From the folder of `glossary.json`, like every link of the site.
    url: String,
}

/// Terms the site shows, by position in the glossary.
pub(super) fn shown(view: &View<'_>) -> Vec<usize> {
    let glossary = &view.content().glossary;
    (0..glossary.len()).filter(|&term| view.shows(glossary[term].visibility)).collect()
}

/// Adds both files where the site has a glossary.
pub(super) fn publish(view: &View<'_>, files: &mut SiteFiles) {
    if view.find(PAGE).is_none() {
        return;
    }
    let entries = entries(view);
    let all = json!({ "v": 1, "site": view.site().title, "language": "ja", "terms": &entries });
    files.insert("glossary.json".to_owned(), format!("{all:#}\n").into_bytes());
    files.insert("glossary.csv".to_owned(), csv(&entries).into_bytes());
}

/// A `DefinedTermSet` of schema.org, safe inside a script element.
pub(super) fn linked_data(view: &View<'_>) -> String {
    let terms: Vec<_> = entries(view)
        .into_iter()
        .map(|entry| {
            let names: Vec<&str> = entry.aliases.into_iter().chain(entry.english).collect();
            json!({
                "@type": "DefinedTerm",
                "@id": format!("#t-{}", entry.id),
                "termCode": entry.id,
                "name": entry.term,
                "alternateName": names,
                "description": entry.short,
            })
        })
        .collect();
    let set = json!({
        "@context": "https://schema.org",
        "@type": "DefinedTermSet",
        "name": format!("{}の用語集", view.site().title),
        "inLanguage": "ja",
        "hasDefinedTerm": terms,
    });
    set.to_string().replace('<', "\\u003c")
}

fn entries<'v>(view: &'v View<'_>) -> Vec<Entry<'v>> {
    let glossary = &view.content().glossary;
    let mut terms = shown(view);
    terms.sort_by_cached_key(|&term| {
        term_key(&glossary[term].term.value, &glossary[term].reading.value)
    });
    let is_shown =
        |id: &str| glossary.iter().any(|term: &Term| term.id == id && view.shows(term.visibility));
    terms
        .into_iter()
        .map(|index| {
            let term = &glossary[index];
            let see_also = term.see_also.iter().map(|id| id.value.as_str());
            Entry {
                id: &term.id,
                term: &term.term.value,
                reading: &term.reading.value,
                english: term.english.as_deref(),
                aliases: term.aliases.iter().map(|alias| alias.value.as_str()).collect(),
                short: &term.short.value,
                definition: view.checked.definitions[index].text.trim_end(),
                source: term.source.as_deref(),
                date: term.date.map(|day| day.to_string()),
                see_also: see_also.filter(|id| is_shown(id)).collect(),
                url: format!("{PAGE}.html#t-{}", term.id),
            }
        })
        .collect()
}

/// With a byte order mark, without which the office's spreadsheet takes UTF-8 for Shift_JIS.
fn csv(entries: &[Entry<'_>]) -> String {
    let mut out =
        String::from("\u{FEFF}id,用語,読み,英語,別の言い方,短い説明,説明,出どころ,日付\r\n");
    for entry in entries {
        let aliases = entry.aliases.join("、");
        let cells = [
            entry.id,
            entry.term,
            entry.reading,
            entry.english.unwrap_or_default(),
            &aliases,
            entry.short,
            entry.definition,
            entry.source.unwrap_or_default(),
            entry.date.as_deref().unwrap_or_default(),
        ];
        out.push_str(&cells.map(cell).join(","));
        out.push_str("\r\n");
    }
    out
}

/// One cell (RFC 4180); what a spreadsheet would take for a formula stays text.
fn cell(text: &str) -> String {
    let guard = if text.starts_with(['=', '+', '-', '@', '\t']) { "'" } else { "" };
    if text.contains([',', '"', '\n', '\r']) || !guard.is_empty() {
        return format!("\"{guard}{}\"", text.replace('"', "\"\""));
    }
    text.to_owned()
}
