//! What a page says as JSON, as the library would write it.
//!
//! A large site says fifty megabytes, nearly all of it characters that stand for themselves: here
//! what does not is looked for in wide steps. Everything else of an index is left to the library.

use memchr::memchr3;

use super::index::record;
use super::page_text::PageText;

/// The sections of a page, as the script reads them.
pub(super) fn push_records(page: &PageText, out: &mut Vec<u8>) {
    out.push(b'[');
    for (at, section) in page.sections().enumerate() {
        let (texts, goes_along) = record(section);
        out.extend_from_slice(if at > 0 { b",[" } else { b"[" });
        for text in texts {
            push_string(text, out);
            out.push(b',');
        }
        out.push(b'0' + goes_along);
        out.push(b']');
    }
    out.push(b']');
}

fn push_string(text: &str, out: &mut Vec<u8>) {
    let is_rare = |byte: u8| byte < b' ' && byte != b'\n';
    // Without a way out of the loop, for only such a loop takes many bytes at a time.
    if text.bytes().fold(false, |found, byte| found | is_rare(byte)) {
        serde_json::to_writer(out, text).expect("plain data, written to memory");
        return;
    }
    out.push(b'"');
    let mut rest = text.as_bytes();
    while let Some(at) = memchr3(b'\n', b'"', b'\\', rest) {
        let escaped = if rest[at] == b'\n' { b'n' } else { rest[at] };
        out.extend_from_slice(&rest[..at]);
        out.extend_from_slice(&[b'\\', escaped]);
        rest = &rest[at + 1..];
    }
    out.extend_from_slice(rest);
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::super::index::records;
    use super::super::page_text::read;
    use super::*;

    #[test]
    fn strings_are_those_of_the_library() {
        let all: String = (0..0x300).filter_map(char::from_u32).collect();
        let texts = ["", "情報", "一行\n\"二行\"\n", "\\", "a\tb", "a\u{7F}\u{2028}𠮷", &all];
        for text in texts {
            let mut out = Vec::new();
            push_string(text, &mut out);
            assert_eq!(String::from_utf8(out).unwrap(), serde_json::to_string(text).unwrap());
        }
    }

    #[test]
    fn records_are_those_of_the_library() {
        let page = read(
            "<article><h1>表</h1><p>甲</p><h2 id=\"a\">乙</h2><p>\"丙\"</p><p>\\<ruby>丁<rt>てい\
             </rt></ruby></p><h2 id=\"page-terms\">用語</h2><p>\u{1}</p></article>",
        );
        for page in [page, PageText::default()] {
            let mut out = Vec::new();
            push_records(&page, &mut out);
            let expected = serde_json::to_string(&records(&page)).unwrap();
            assert_eq!(String::from_utf8(out).unwrap(), expected);
        }
    }
}
