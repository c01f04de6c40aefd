//! Files that Windows, macOS and office programs leave in every shared folder: `Thumbs.db`,
//! `desktop.ini`, `.DS_Store`, `~$…` of an open document.
//!
//! They are told apart from what people sent, since nobody has to be asked about them. Name and
//! content must both be theirs: a result file, whole or damaged, is judged as one under any name.

use std::path::Path;

/// How much of the beginning of a file tells what it is.
pub(crate) const HEAD_BYTES: usize = 64;

/// Lock files of office programs are shorter; so nothing of size is passed over by two bytes.
const MAX_LOCK_BYTES: u64 = 1024;

/// Whether a file of this name, beginning with `head` and `size` bytes long, is one of them.
pub(crate) fn is_system_file(path: &Path, head: &[u8], size: u64) -> bool {
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else { return false };
    let is = |wanted: &str| name.eq_ignore_ascii_case(wanted);
    let sign = first_sign(head);
    match () {
        // It may have been a result file, whatever became of it.
        () if matches!(sign, Some(b'{' | b'"')) => false,
        // Pictures of the folder: a compound file.
        () if is("Thumbs.db") || is("ehthumbs.db") || is("ehthumbs_vista.db") => {
            head.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])
        }
        // How the folder is shown: sections and comments.
        () if is("desktop.ini") => matches!(sign, Some(b'[' | b';')),
        // The same of macOS, and what it keeps beside a file on a foreign disk.
        () if is(".DS_Store") => head.starts_with(b"\0\0\0\x01Bud1"),
        () if name.starts_with("._") => head.starts_with(&[0, 5, 0x16, 7]),
        // A document that somebody has open: the length of their name, then the name.
        () if name.starts_with("~$") => {
            size <= MAX_LOCK_BYTES && head.first().is_some_and(|length| (1..=54).contains(length))
        }
        // The same of LibreOffice: name and PC between commas, ended by a semicolon.
        () if name.starts_with(".~lock.") && name.ends_with('#') => {
            size <= MAX_LOCK_BYTES && head.starts_with(b",")
        }
        () => false,
    }
}

/// The first sign that can be seen, in UTF-8, UTF-16 or a local encoding.
fn first_sign(head: &[u8]) -> Option<u8> {
    let text = head.strip_prefix(b"\xFF\xFE").or_else(|| head.strip_prefix(b"\xEF\xBB\xBF"));
    text.unwrap_or(head).iter().copied().find(|sign| !b"\0\r\n\t ".contains(sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    const THUMBS: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0";
    const RESULT: &[u8] = br#"{"payload":"eyJ2Ijox"#;

    fn check(name: &str, head: &[u8], expected: bool) {
        assert_eq!(is_system_file(&Path::new("inbox").join(name), head, 165), expected, "{name}");
    }

    #[test]
    fn what_windows_macos_and_office_programs_leave() {
        check("Thumbs.db", THUMBS, true);
        check("thumbs.DB", THUMBS, true);
        check("desktop.ini", b"[.ShellClassInfo]\r\nIconIndex=0", true);
        check("desktop.ini", b"\r\n[ViewState]\r\n", true);
        check("Desktop.ini", b"\xFF\xFE[\0.\0S\0", true);
        check(".DS_Store", b"\0\0\0\x01Bud1\0\0", true);
        check("._r8-x.selfcheck.json", b"\0\x05\x16\x07\0\x02\0\0Mac OS X", true);
        check("~$名簿.xlsx", b"\x0CHanako Ageo   ", true);
        check(".~lock.名簿.xlsx#", b",hanako,pc,20.11.2026 10:00,file;", true);
    }

    #[test]
    fn nothing_hides_under_their_names() {
        for name in ["Thumbs.db", "desktop.ini", ".DS_Store", "._a", "~$a.json", ".~lock.a#"] {
            check(name, RESULT, false);
            check(name, b"", false);
            check(name, b"\xEF\xBB\xBF{\"payload\"", false);
            check(name, b"\n{\"payload\"", false);
            check(name, b"\xFF\xFE{\0\"\0p\0", false);
            check(name, b"<!DOCTYPE html>", false);
        }
        // Nor under their content.
        check("r8-x.selfcheck.json", THUMBS, false);
        check("a.ini", b"[.ShellClassInfo]", false);
        assert!(!is_system_file(Path::new("~$a.xlsx"), b"\x0CHanako", MAX_LOCK_BYTES + 1));
    }
}
