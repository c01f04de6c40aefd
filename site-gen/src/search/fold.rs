//! The form in which texts are searched; `public/search.js` folds queries and texts the same way.
//!
//! NFKC, lower case, katakana as hiragana, small vowels as large ones, and without white space,
//! long marks, hyphens, middle dots and ※, so that ＵＳＢ and usb, サーバ and サーバー, ウィルス and
//! ウイルス are one word each. A line feed stays: it is the edge of a block, over which nobody
//! reads. Every step looks at one character alone, so a part of a text folds to a part of the
//! folded text: that is why no search can miss what stands on a page.
//! `tests/browser/search-vectors.json` runs through both foldings.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization as _;

/// Folds a text.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(text, &mut folded);
    folded
}

/// Folds a text behind what `folded` holds already.
fn fold_into(text: &str, folded: &mut String) {
    for line in text.split_inclusive('\n') {
        let start = folded.len();
        for c in line.chars() {
            match simple(c) {
                Simple::Drop => {}
                Simple::Keep(c) => folded.push(c),
                Simple::Unknown => {
                    folded.truncate(start);
                    fold_line(line, folded);
                    break;
                }
            }
        }
    }
}

/// Hands the UTF-16 units of a folded text to `see`; a large site folds millions of letters. A line
/// that turns out to hold something rare comes again from its start, after a line feed.
pub fn fold_units(text: &str, mut see: impl FnMut(u16)) {
    const DROP: u16 = 0;
    const UNKNOWN: u16 = 1;
    /// The simple rule as a table.
    static UNITS: LazyLock<Vec<u16>> = LazyLock::new(|| {
        let unit = |code| match char::from_u32(code).map_or(Simple::Unknown, simple) {
            Simple::Drop => DROP,
            Simple::Keep(c) => u16::try_from(u32::from(c)).unwrap_or(UNKNOWN),
            Simple::Unknown => UNKNOWN,
        };
        (0..0x1_0000).map(unit).collect()
    });
    let units = UNITS.as_slice();
    let unit = |c: char| units.get(c as usize).copied().unwrap_or(UNKNOWN);
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match unit(c) {
            DROP => {}
            UNKNOWN => {
                let (line, rest) = line_of(text, text.len() - chars.as_str().len());
                let mut folded = String::with_capacity(line.len());
                fold_line(line, &mut folded);
                see(b'\n'.into());
                folded.encode_utf16().for_each(&mut see);
                chars = rest.chars();
            }
            unit => see(unit),
        }
    }
}

/// The line that holds the byte before `at`, with its line feed, and what follows it.
fn line_of(text: &str, at: usize) -> (&str, &str) {
    let start = text[..at].rfind('\n').map_or(0, |feed| feed + 1);
    let end = text[at..].find('\n').map_or(text.len(), |feed| at + feed + 1);
    (&text[start..end], &text[end..])
}

enum Simple {
    Drop,
    Keep(char),
    Unknown,
}

/// The characters nearly all Japanese text is made of, without Unicode's tables.
fn simple(c: char) -> Simple {
    match c {
        'A'..='Z' => Simple::Keep(c.to_ascii_lowercase()),
        '\n' | '!'..=',' | '.'..='~' => Simple::Keep(c),
        '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30F6}' | '\u{30FD}' | '\u{30FE}' => {
            Simple::Keep(kana(c))
        }
        '\u{3001}'..='\u{3003}' | '\u{3005}'..='\u{3011}' | '\u{4E00}'..='\u{9FFF}' => {
            Simple::Keep(c)
        }
        // Full-width letters, figures and signs; their hyphen is left to the tables.
        '\u{FF01}'..='\u{FF0C}' | '\u{FF0E}'..='\u{FF5E}' => {
            let ascii = char::from((c as u32 - 0xFEE0) as u8);
            Simple::Keep(ascii.to_ascii_lowercase())
        }
        _ if is_dropped(c) => Simple::Drop,
        _ => Simple::Unknown,
    }
}

/// The whole rule, for lines that hold anything rarer.
fn fold_line(line: &str, folded: &mut String) {
    let normal: String = line.nfkc().collect();
    folded.extend(normal.to_lowercase().chars().filter(|&c| !is_dropped(c)).map(kana));
}

/// White space and invisible characters, hyphens and long marks, the middle dot and ※.
fn is_dropped(c: char) -> bool {
    matches!(
        c,
        '\t' | '\u{B}'..='\r' | ' ' | '\u{85}' | '\u{A0}' | '\u{AD}' | '\u{1680}'
            | '\u{2000}'..='\u{200F}' | '\u{2028}'..='\u{202F}' | '\u{205F}'..='\u{2064}'
            | '\u{3000}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{E0100}'..='\u{E01EF}'
            | '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2500}' | 'ー' | '・' | '※'
    )
}

/// Hiragana, with large vowels; ヵ and ヶ are the か of 一か月.
fn kana(c: char) -> char {
    let hiragana = match c {
        '\u{30A1}'..='\u{30F6}' | '\u{30FD}' | '\u{30FE}' => {
            char::from_u32(c as u32 - 0x60).unwrap_or(c)
        }
        _ => c,
    };
    match hiragana {
        'ぁ' => 'あ',
        'ぃ' => 'い',
        'ぅ' => 'う',
        'ぇ' => 'え',
        'ぉ' => 'お',
        'ゕ' | 'ゖ' => 'か',
        _ => hiragana,
    }
}

#[cfg(test)]
mod tests {
    use super::{fold, fold_line, fold_units};

    const VECTORS: &str = include_str!("../../../tests/browser/search-vectors.json");

    #[test]
    fn shared_vectors() {
        let vectors: Vec<(String, String)> = serde_json::from_str(VECTORS).unwrap();
        assert!(vectors.len() > 30);
        for (text, folded) in vectors {
            assert_eq!(fold(&text), folded, "{text}");
            let mut units = Vec::new();
            fold_units(&text, |unit| units.push(unit));
            assert!(String::from_utf16(&units).unwrap().ends_with(&folded), "{text}");
        }
    }

    #[test]
    fn a_rare_line_comes_again_and_its_neighbours_do_not() {
        let mut units = Vec::new();
        fold_units("ａb\nc㈱d\n㈱\ne", |unit| units.push(unit));
        assert_eq!(String::from_utf16(&units).unwrap(), "ab\nc\nc(株)d\n\n(株)\ne");
    }

    #[test]
    fn the_short_way_is_the_long_way() {
        for code in (0..0x1_0000).chain(0xE_0100..0xE_01F0) {
            let Some(c) = char::from_u32(code) else { continue };
            let text = format!("あ{c}a");
            let mut long = String::new();
            fold_line(&text, &mut long);
            assert_eq!(fold(&text), long, "U+{code:04X}");
        }
    }

    #[test]
    fn a_part_of_a_text_folds_to_a_part_of_the_folded_text() {
        let text = "サーバー※の ＵＳＢ‐メモリを、\n一ヶ月・１２３日（ｳｲﾙｽ対策）";
        let chars: Vec<char> = text.chars().collect();
        let whole = fold(text);
        for start in 0..chars.len() {
            for end in start..=chars.len() {
                let part: String = chars[start..end].iter().collect();
                assert!(whole.contains(&fold(&part)), "{part}");
            }
        }
    }
}
