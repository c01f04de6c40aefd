//! Characters that do not reach every reader, spaces inside words, and bare addresses.
//!
//! Which characters: circled numbers are in JIS X 0213 and shown everywhere today, so they are a
//! note (a list with numbers says the order better, and voices read ① in several ways). What packs
//! several letters into one (㈱, №, ㌔, ㎡, Ⅳ, ⑴) is a warning: voices skip or spell it, and search
//! by the letters does not find it in other programs. Private-use characters (外字) are an error:
//! they are empty boxes on every other machine, and the Markdown shim needs them.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};
use unicode_normalization::UnicodeNormalization as _;

use super::super::term::Around;
use super::super::{Item, Node, Work};
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

/// Checks running text; code and written-out links are the author's own.
pub(super) fn check(items: &[Item<'_>], work: &mut Work<'_>) {
    let mut found: Vec<Found> = Vec::new();
    report_shim(work, &mut found);
    let mut around = Vec::new();
    for item in items {
        match &item.node {
            Node::Event(Event::Start(tag)) => {
                let here = around.last().copied().unwrap_or(Around::Text);
                if matches!(tag, Tag::Link { .. } | Tag::CodeBlock(_) | Tag::Image { .. }) {
                    around.push(here.enter(tag));
                }
            }
            Node::Event(Event::End(TagEnd::Link | TagEnd::CodeBlock | TagEnd::Image)) => {
                around.pop();
            }
            Node::Event(Event::Text(text)) => {
                let here = around.last().copied().unwrap_or(Around::Text);
                if here == Around::Code {
                    continue;
                }
                scan(text, |fault, range| {
                    if fault == Fault::BareUrl && here == Around::Link {
                        return;
                    }
                    let place = || work.part(item, range.start, range.len());
                    add(&mut found, fault, &text[range.clone()], place);
                });
            }
            _ => {}
        }
    }
    for fault in FAULTS {
        if let Some(one) = found.iter().find(|one| one.fault == fault) {
            work.push(diagnose(one));
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

/// One pass over the bytes; only those that can start something are looked at.
fn scan(text: &str, mut tell: impl FnMut(Fault, Range<usize>)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        let found = match byte {
            b' ' | 0xE2 | 0xEE..=0xEF | 0xF3..=0xF4 => judge(text, at),
            // 0xE3 starts kana too, by far the most frequent; the second byte tells.
            0xE3 if matches!(bytes.get(at + 1), Some(0x80 | 0x88..=0x8F)) => judge(text, at),
            b':' if bytes[at..].starts_with(b"://") => url(text, at),
            _ => None,
        };
        match found {
            Some((fault, range)) => {
                at = range.end.max(at + 1);
                tell(fault, range);
            }
            None => at += 1,
        }
    }
}

fn judge(text: &str, at: usize) -> Option<(Fault, Range<usize>)> {
    let rest = text.get(at..)?;
    let c = rest.chars().next()?;
    let one = at..at + c.len_utf8();
    match c {
        '\u{E000}' | '\u{E001}' => None,
        '\u{E002}'..='\u{F8FF}' | '\u{F0000}'.. => Some((Fault::PrivateUse, one)),
        'ｦ'..='ﾟ' => {
            let length: usize =
                rest.chars().take_while(|&c| matches!(c, 'ｦ'..='ﾟ')).map(char::len_utf8).sum();
            Some((Fault::HalfWidthKana, at..at + length))
        }
        '\u{2460}'..='\u{2473}' | '\u{3251}'..='\u{325F}' | '\u{32B1}'..='\u{32BF}' => {
            Some((Fault::Circled, one))
        }
        '\u{2474}'..='\u{24E9}' | '\u{3200}'..='\u{33FF}' | '№' | '℡' | 'Ⅰ'..='ⅿ' => {
            Some((Fault::Packed, one))
        }
        ' ' | '　' => word_space(text, at, c),
        _ => None,
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
