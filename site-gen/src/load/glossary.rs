//! `glossary/*.md`: one term a file.

use selfcheck::time::Date;

use super::files::Tree;
use super::matter;
use super::record::{Record, Toml};
use crate::diagnostic::{Report, error};
use crate::source::{FileId, Located, Sources};
use crate::visibility::Visibility;

/// The longest short form; it has to fit a small box beside the text.
const MAX_SHORT_CHARS: usize = 80;

/// One entry of the glossary as written.
#[derive(Debug)]
pub struct Term {
    /// File name without `.md`; stable, ASCII.
    pub id: String,
    /// Where it stands.
    pub file: FileId,
    /// Byte at which the definition starts.
    pub body_start: usize,
    /// The word itself.
    pub term: Located<String>,
    /// In hiragana; the order of the glossary comes from it.
    pub reading: Located<String>,
    /// English word.
    pub english: Option<String>,
    /// Other spellings that lead here.
    pub aliases: Vec<Located<String>>,
    /// One or two sentences for the page's own list and the small box.
    pub short: Located<String>,
    /// Who may read it.
    pub visibility: Visibility,
    /// Where the definition comes from.
    pub source: Option<String>,
    /// The day the definition was last looked at.
    pub date: Option<Date>,
    /// Ids of terms to read next.
    pub see_also: Vec<Located<String>>,
    /// Ids the term had before; they keep leading here.
    pub former: Vec<Located<String>>,
}

impl Term {
    /// The definition in Markdown.
    pub fn body<'s>(&self, sources: &'s Sources) -> &'s str {
        &sources.file(self.file).text[self.body_start..]
    }
}

pub(super) fn load(tree: &Tree, sources: &Sources, report: &mut Report) -> Vec<Term> {
    tree.in_folder("glossary", "md")
        .filter_map(|(stem, file)| {
            if !is_id(stem) {
                report.push(
                    error("term-name", file.place(0..0), "用語のファイル名が使えません")
                        .hint("英小文字、数字、`-` だけで付け直します。"),
                );
                return None;
            }
            let text = &sources.file(file).text;
            let matter = matter::split(file, text, report)?;
            if text[matter.body..].trim().is_empty() {
                report.push(error(
                    "empty",
                    file.place(matter.body..matter.body),
                    "説明がありません",
                ));
            }
            Toml::new(file, matter.start, &text[matter.start..matter.end])
                .read(report, |record, report| read(record, report, stem, file, matter.body))
        })
        .collect()
}

pub(super) fn read(
    record: &Record<'_>,
    report: &mut Report,
    id: &str,
    file: FileId,
    body_start: usize,
) -> Option<Term> {
    let term = record.string("term", report);
    let reading = record.string("reading", report);
    let english = record.optional_string("english", report);
    let aliases = record.strings("aliases", report);
    let short = record.string("short", report);
    let visibility = record.visibility(Visibility::Intranet, report);
    let source = record.optional_string("source", report);
    let date = record.optional_date("date", report);
    let see_also = record.strings("see_also", report);
    let former = record.strings("former", report);
    for old in former.iter().filter(|old| !is_id(&old.value)) {
        report.push(
            error("term-name", old.place, format!("`former` の「{}」が使えません", old.value))
                .hint("前のファイル名から `.md` を除いた形で書きます。"),
        );
    }
    if let Some(reading) = &reading
        && !reading.value.chars().all(is_reading_char)
    {
        report.push(
            error(
                "reading",
                reading.place,
                format!("読み「{}」がひらがなでありません", reading.value),
            )
            .hint("ひらがなと長音「ー」だけで書きます。"),
        );
    }
    if let Some(short) = &short
        && short.value.chars().count() > MAX_SHORT_CHARS
    {
        report.push(error(
            "too-long",
            short.place,
            format!(
                "`short` は {MAX_SHORT_CHARS} 字までです（今は {} 字）",
                short.value.chars().count()
            ),
        ));
    }
    Some(Term {
        id: id.to_owned(),
        file,
        body_start,
        term: term?,
        reading: reading?,
        english: english.map(|text| text.value),
        aliases,
        short: short?,
        visibility,
        source: source.map(|text| text.value),
        date: date.map(|date| date.value),
        see_also,
        former,
    })
}

fn is_id(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

fn is_reading_char(c: char) -> bool {
    matches!(c, 'ぁ'..='ゖ' | 'ー' | '・')
}
