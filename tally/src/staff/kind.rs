//! What a file is that is no CSV, so that one problem names it where every column would be missing.

use super::Problem;

/// A kind of file that people take for a staff list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// `.xlsx` and its like.
    Workbook,
    /// `.xls`, or a workbook under a password.
    OldWorkbook,
    /// `.ods`
    OpenDocument,
    Zip,
    Pdf,
    Html,
}

impl Kind {
    /// By what the file begins with; in an archive, by the names in its directory.
    pub(super) fn of(bytes: &[u8]) -> Option<Self> {
        let start = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
        let word = start.get(..14).unwrap_or(start).to_ascii_lowercase();
        match () {
            () if bytes.starts_with(b"PK\x03\x04") => Some(Self::of_archive(bytes)),
            () if bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") => Some(Self::OldWorkbook),
            () if start.starts_with(b"%PDF-") => Some(Self::Pdf),
            () if word.starts_with(b"<!doctype html") || word.starts_with(b"<html") => {
                Some(Self::Html)
            }
            () => None,
        }
    }

    /// The directory stands at the end; a document of the other kind says first what it is.
    fn of_archive(bytes: &[u8]) -> Self {
        let (head, tail) = (&bytes[..bytes.len().min(200)], bytes.len().saturating_sub(65_536));
        let holds = |part: &[u8], name: &[u8]| part.windows(name.len()).any(|at| at == name);
        if holds(head, b"opendocument.spreadsheet") {
            Self::OpenDocument
        } else if holds(&bytes[tail..], b"xl/workbook") {
            Self::Workbook
        } else {
            Self::Zip
        }
    }

    /// As people call it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Workbook => "Excel のブック（.xlsx）",
            Self::OldWorkbook => "古い形式かパスワード付きの Excel のブック",
            Self::OpenDocument => "表計算の文書（.ods）",
            Self::Zip => "ZIP で圧縮したもの",
            Self::Pdf => "PDF の文書",
            Self::Html => "ウェブページ（HTML）",
        }
    }

    /// How to make a CSV of it.
    pub(super) fn remedy(self) -> &'static str {
        match self {
            Self::Workbook | Self::OldWorkbook | Self::Html => {
                "Excel で開き、「名前を付けて保存」で「CSV UTF-8（コンマ区切り）」を選び、できたファイルを指定してください"
            }
            Self::OpenDocument => {
                "表計算ソフトで開いて CSV（UTF-8、コンマ区切り）で保存し、できたファイルを指定してください"
            }
            Self::Zip => "展開して、中の CSV を指定してください",
            Self::Pdf => {
                "もとの Excel などで「CSV UTF-8（コンマ区切り）」で保存し、できたファイルを指定してください"
            }
        }
    }
}

/// Makes sure that the bytes are no known kind of another file.
///
/// # Errors
/// [`Problem::NoCsv`].
pub(super) fn check(bytes: &[u8]) -> Result<(), Vec<Problem>> {
    Kind::of(bytes).map_or(Ok(()), |kind| Err(vec![Problem::NoCsv(kind)]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_by_their_bytes() {
        let xlsx = [&b"PK\x03\x04\x14\0[Content_Types].xml"[..], &[0; 70_000], b"xl/workbook.xml"];
        let cases: [(&[u8], Option<Kind>); 9] = [
            (&xlsx.concat(), Some(Kind::Workbook)),
            (
                b"PK\x03\x04\x14\0\0mimetypeapplication/vnd.oasis.opendocument.spreadsheetPK",
                Some(Kind::OpenDocument),
            ),
            (b"PK\x03\x04", Some(Kind::Zip)),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0", Some(Kind::OldWorkbook)),
            (b"%PDF-1.7\n%\xE2\xE3", Some(Kind::Pdf)),
            (b"\xEF\xBB\xBF\r\n<!DOCTYPE HTML PUBLIC", Some(Kind::Html)),
            (b"<html xmlns:x=", Some(Kind::Html)),
            (b"PK,name\n", None),
            (b"", None),
        ];
        for (bytes, kind) in cases {
            assert_eq!(Kind::of(bytes), kind, "{:?}", &bytes[..bytes.len().min(40)]);
        }
    }
}
