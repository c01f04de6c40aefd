//! Text from outside, made harmless before it reaches a terminal, a list or a page.
//!
//! A file name may hold an escape sequence that rewrites the terminal, or a bidi mark that shows
//! `gnp.exe` as `exe.png`. Such characters are told in words: `［見えない文字 U+202E］`.

use std::ffi::OsStr;
use std::fmt::Write as _;

use unicode_normalization::UnicodeNormalization as _;

/// The name of a file or folder for showing; a byte that is no Unicode becomes `［バイト FF］`.
pub(crate) fn neutral_name(name: &OsStr) -> String {
    let mut shown = String::new();
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        shown.push_str(&neutral(chunk.valid()));
        for byte in chunk.invalid() {
            let _ = write!(shown, "［バイト {byte:02X}］");
        }
    }
    shown
}

/// `text` with every control, bidi and invisible character in words.
pub(crate) fn neutral(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if is_harmful(c) {
            tell(c, &mut shown);
        } else {
            shown.push(c);
        }
    }
    shown
}

/// What a character is that cannot be shown, for people who do not program.
fn tell(c: char, shown: &mut String) {
    let kind = match c {
        '\n' | '\r' | '\u{2028}' | '\u{2029}' => return shown.push_str("［改行］"),
        '\t' => return shown.push_str("［タブ］"),
        c if c.is_control() => "制御文字",
        _ => "見えない文字",
    };
    let _ = write!(shown, "［{kind} U+{:04X}］", u32::from(c));
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
            ("a\u{1b}[2Jb", "a［制御文字 U+001B］[2Jb"),
            ("x\u{202e}gnp.exe", "x［見えない文字 U+202E］gnp.exe"),
            ("上尾\n花子\t\u{2028}\u{9b}", "上尾［改行］花子［タブ］［改行］［制御文字 U+009B］"),
            ("\u{feff}\u{e0041}", "［見えない文字 U+FEFF］［見えない文字 U+E0041］"),
        ] {
            assert_eq!(neutral(text), expected);
        }
    }

    #[cfg(unix)]
    #[test]
    fn shows_names_that_are_not_unicode() {
        use std::os::unix::ffi::OsStrExt as _;
        assert_eq!(
            neutral_name(OsStr::from_bytes(b"a\xff\x1bb")),
            "a［バイト FF］［制御文字 U+001B］b"
        );
    }
}
