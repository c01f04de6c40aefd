//! Text from outside, made harmless before it reaches a terminal, a list or a page.
//!
//! A file name may hold an escape sequence that rewrites the terminal, or a bidi mark that shows
//! `gnp.exe` as `exe.png`. Such characters are shown as what they are: `\u{202e}`.

use std::ffi::OsStr;
use std::fmt::Write as _;

use unicode_normalization::UnicodeNormalization as _;

/// The name of a file or folder for showing; bytes that are no Unicode become `\xNN`.
pub(crate) fn neutral_name(name: &OsStr) -> String {
    let mut shown = String::new();
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        shown.push_str(&neutral(chunk.valid()));
        for byte in chunk.invalid() {
            let _ = write!(shown, "\\x{byte:02x}");
        }
    }
    shown
}

/// `text` with every control, bidi and invisible character written as `\u{…}`.
pub(crate) fn neutral(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if is_harmful(c) {
            let _ = write!(shown, "\\u{{{:x}}}", u32::from(c));
        } else {
            shown.push(c);
        }
    }
    shown
}

/// Control characters, and those that change how their neighbours are shown or cannot be seen.
pub(crate) fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{00AD}' | '\u{061C}' | '\u{180E}' | '\u{FEFF}'
            | '\u{200B}'..='\u{200F}'
            | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{FFF9}'..='\u{FFFB}'
            | '\u{E0000}'..='\u{E007F}')
}

/// NFKC without surrounding white space: full-width letters and digits as a Japanese input method
/// types them become ASCII.
pub(crate) fn nfkc(text: &str) -> String {
    text.nfkc().collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_what_hides() {
        for (text, expected) in [
            ("結果.json", "結果.json"),
            ("a\u{1b}[2Jb", "a\\u{1b}[2Jb"),
            ("x\u{202e}gnp.exe", "x\\u{202e}gnp.exe"),
            ("a\nb\r\u{9b}", "a\\u{a}b\\u{d}\\u{9b}"),
            ("\u{feff}\u{200b}", "\\u{feff}\\u{200b}"),
        ] {
            assert_eq!(neutral(text), expected);
        }
    }

    #[cfg(unix)]
    #[test]
    fn shows_names_that_are_not_unicode() {
        use std::os::unix::ffi::OsStrExt as _;
        assert_eq!(neutral_name(OsStr::from_bytes(b"a\xff\x1bb")), "a\\xff\\u{1b}b");
    }
}
