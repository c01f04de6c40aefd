//! Characters that do not reach every reader, spaces inside words, and bare addresses.
//!
//! Which characters: circled numbers are in JIS X 0213 and shown everywhere today, so they are a
//! note (a list with numbers says the order better, and voices read ① in several ways). What packs
//! several letters into one (㈱, №, ㌔, ㎡, Ⅳ, ⑴) is a warning: voices skip or spell it, and search
//! by the letters does not find it in other programs. Private-use characters (外字) are an error:
//! they are empty boxes on every other machine, and the Markdown shim needs them.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;

use super::super::term::Around;
use super::super::{Item, Work};
use super::count_note;
use crate::diagnostic::{Diagnostic, Report, error, note, warning};
use crate::source::{Located, Place};

/// What may be wrong with a stretch of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    PrivateUse,
    HalfWidthKana,
    Packed,
    Circled,
    WordSpace,
    BareUrl,
}

/// The kinds, in the order they are told.
const FAULTS: [Fault; 6] = [
    Fault::PrivateUse,
    Fault::HalfWidthKana,
    Fault::Packed,
    Fault::Circled,
    Fault::WordSpace,
    Fault::BareUrl,
];

/// All finds of one kind on a page.
struct Found {
    fault: Fault,
    place: Place,
    /// Different ones, at most five.
    samples: Vec<String>,
    count: usize,
}

/// What was found on a page; code and written-out links are the author's own.
pub(in super::super) struct Characters {
    found: Vec<Found>,
    /// Where the last find in the present text ended.
    end: usize,
}

impl Characters {
    /// Starts with what stands in the source and not in the events.
    pub(in super::super) fn new(work: &Work<'_>) -> Self {
        let mut found = Vec::new();
        report_shim(work, &mut found);
        Self { found, end: 0 }
    }

    /// A new text begins.
    pub(in super::super) fn begin(&mut self) {
        self.end = 0;
    }

    /// Judges what stands at byte `at` of an item's text.
    pub(in super::super) fn look(
        &mut self,
        text: &str,
        at: usize,
        item: &Item<'_>,
        around: Around,
        work: &Work<'_>,
    ) {
        if at < self.end {
            return;
        }
        let Some((fault, range)) = judge(text, at) else { return };
        self.end = range.end;
        if fault == Fault::BareUrl && around == Around::Link {
            return;
        }
        let place = || work.part(item, range.start, range.len());
        add(&mut self.found, fault, &text[range.clone()], place);
    }

    /// Tells each kind once.
    pub(in super::super) fn tell(self, work: &mut Work<'_>) {
        for fault in FAULTS {
            if let Some(one) = self.found.iter().find(|one| one.fault == fault) {
                work.push(diagnose(one));
            }
        }
    }
}

/// The characters that the shim takes out of every event would vanish without a word.
fn report_shim(work: &Work<'_>, found: &mut Vec<Found>) {
    let source = work.source;
    for at in memchr::memchr_iter(0xEE, source.as_bytes()) {
        let c = source[at..].chars().next().unwrap_or_default();
        if matches!(c, '\u{E000}' | '\u{E001}') {
            let place = || work.place_of(&(at..at + c.len_utf8()));
            add(found, Fault::PrivateUse, "", place);
        }
    }
}

/// Checks a string of front matter.
pub(super) fn check_string(text: &Located<String>, report: &mut Report) {
    let mut found = Vec::new();
    scan(&text.value, |fault, range| {
        // Titles may part their halves by a space.
        if fault != Fault::WordSpace {
            add(&mut found, fault, &text.value[range], || text.place);
        }
    });
    found.iter().for_each(|one| report.push(diagnose(one)));
}

fn add(found: &mut Vec<Found>, fault: Fault, sample: &str, place: impl FnOnce() -> Place) {
    let known = found.iter_mut().find(|one| one.fault == fault);
    let one = match known {
        Some(one) => one,
        None => {
            found.push(Found { fault, place: place(), samples: Vec::new(), count: 0 });
            found.last_mut().expect("pushed just now")
        }
    };
    one.count += 1;
    if one.samples.len() < 5 && one.samples.iter().all(|known| known != sample) {
        one.samples.push(sample.to_owned());
    }
}

fn diagnose(found: &Found) -> Diagnostic {
    let samples: String = found.samples.iter().map(|sample| format!("「{sample}」")).collect();
    let more = count_note(found.count);
    let spelt = || -> String {
        let spell = |sample: &String| format!("「{}」", sample.nfkc().collect::<String>());
        found.samples.iter().map(spell).collect()
    };
    let place = found.place;
    match found.fault {
        Fault::PrivateUse => {
            error("private-use", place, format!("外字（ほかの端末では出ない文字）があります{more}"))
                .hint("一般の漢字に直すか、読みを添えたかなで書きます。")
        }
        Fault::HalfWidthKana => {
            warning("half-width-kana", place, format!("半角カタカナ{samples}があります{more}"))
                .hint(format!("全角で{}と書きます。", spelt()))
        }
        Fault::Packed => warning(
            "packed-character",
            place,
            format!("読み上げや検索で通じない文字{samples}があります{more}"),
        )
        .hint(format!("{}のように、ふつうの文字で書きます。", spelt())),
        Fault::Circled => note(
            "circled-number",
            place,
            format!("丸数字{samples}は、読み上げ方が一つに決まりません{more}"),
        )
        .hint("順序のあるものは `1. ` で始まる箇条書きにします。"),
        Fault::WordSpace => {
            warning("word-space", place, format!("語の途中に空白があります{samples}{more}"))
                .hint("空白を消します。空白があると、読み上げと検索で別の語になります。")
        }
        Fault::BareUrl => {
            let url = found.samples.first().map_or("https://…", String::as_str);
            warning("bare-url", place, format!("アドレス `{url}` がリンクになっていません{more}"))
                .hint(format!("`<{url}>` か `[行き先の名前]({url})` の形で書きます。"))
        }
    }
}

fn scan(text: &str, mut tell: impl FnMut(Fault, Range<usize>)) {
    let mut end = 0;
    for (at, c) in text.char_indices() {
        if at >= end
            && is_suspect(c)
            && let Some((fault, range)) = judge(text, at)
        {
            end = range.end;
            tell(fault, range);
        }
    }
}

/// Whether [`judge`] may find something where this character stands.
pub(in super::super) fn is_suspect(c: char) -> bool {
    kind(c).is_some() || matches!(c, ' ' | '　' | ':')
}

/// What a character is by itself.
fn kind(c: char) -> Option<Fault> {
    match c {
        '\u{E000}' | '\u{E001}' => None,
        '\u{E002}'..='\u{F8FF}' | '\u{F0000}'.. => Some(Fault::PrivateUse),
        'ｦ'..='ﾟ' => Some(Fault::HalfWidthKana),
        '\u{2460}'..='\u{2473}' | '\u{3251}'..='\u{325F}' | '\u{32B1}'..='\u{32BF}' => {
            Some(Fault::Circled)
        }
        '\u{2474}'..='\u{24E9}' | '\u{3200}'..='\u{33FF}' | '№' | '℡' | 'Ⅰ'..='ⅿ' => {
            Some(Fault::Packed)
        }
        _ => None,
    }
}

fn judge(text: &str, at: usize) -> Option<(Fault, Range<usize>)> {
    let rest = text.get(at..)?;
    let c = rest.chars().next()?;
    match c {
        ' ' | '　' => word_space(text, at, c),
        ':' => rest.starts_with("://").then(|| url(text, at))?,
        _ => {
            let fault = kind(c)?;
            let run = rest.chars().take_while(|&c| matches!(c, 'ｦ'..='ﾟ'));
            let length = run.map(char::len_utf8).sum::<usize>().max(c.len_utf8());
            Some((fault, at..at + length))
        }
    }
}

/// A half-width space between two letters of Japanese, or a full-width one that stretches a word
/// of two letters (`日　時`).
fn word_space(text: &str, at: usize, space: char) -> Option<(Fault, Range<usize>)> {
    let mut before = text[..at].chars().rev();
    let mut after = text[at + space.len_utf8()..].chars();
    let (left, right) = (before.next()?, after.next()?);
    if !is_letter(left) || !is_letter(right) {
        return None;
    }
    // Hiragana beside a word is the grammar around it.
    let is_end = |c: Option<char>| {
        c.is_none_or(|c| matches!(c, 'ぁ'..='ゖ') || !is_letter(c) && !c.is_alphanumeric())
    };
    let is_inside = space == ' '
        || is_kanji(left) && is_kanji(right) && is_end(before.next()) && is_end(after.next());
    let range = at - left.len_utf8()..at + space.len_utf8() + right.len_utf8();
    is_inside.then_some((Fault::WordSpace, range))
}

fn is_kanji(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Kanji and kana; punctuation may stand beside a space.
fn is_letter(c: char) -> bool {
    is_kanji(c) || matches!(c, 'ぁ'..='ゖ' | 'ァ'..='ヺ' | 'ー' | '々')
}

/// The address around the `://` at byte `at`.
fn url(text: &str, at: usize) -> Option<(Fault, Range<usize>)> {
    let scheme = ["https", "http"].into_iter().find(|scheme| text[..at].ends_with(scheme))?;
    let start = at - scheme.len();
    let is_part = |c: &char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"' | '`' | '|');
    let length = text[start..].chars().take_while(is_part).count();
    let address = text[start..start + length].trim_end_matches(['.', ',', ')', ';']);
    // A scheme alone is a word about addresses.
    (address.len() > scheme.len() + "://".len())
        .then_some((Fault::BareUrl, start..start + address.len()))
}
