//! What can be wrong in a staff list, in words, with line and column as Excel shows them.

use std::fmt;

use selfcheck::id::PersonId;

use super::columns::Column;
use super::kind::Kind;
use crate::roster::UnitCode;
use crate::text::neutral;

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    /// From 1; of a row that goes over several lines the first.
    pub(crate) line: u64,
    pub(crate) column: Column,
    /// From 0.
    pub(crate) index: usize,
}

/// One thing wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Problem {
    /// A file of another kind.
    NoCsv(Kind),
    /// A table whose cells stand between other signs; holds what these are called.
    Separated(&'static str),
    /// A header that is not the first row; holds its line.
    HeaderBelow(u64),
    /// Saved as 「Unicode テキスト」.
    Utf16,
    /// A line that is neither UTF-8 nor Shift_JIS.
    Undecodable(u64),
    /// An empty file, or one without any heading.
    NoHeader,
    /// A heading that stands twice.
    HeadingTwice { index: usize, heading: String },
    /// A column that is not there.
    MissingColumn(Column),
    /// A header and nothing else.
    NoRows,
    /// A list of numbers without the column of numbers.
    NoList,
    /// A row in which a quotation mark is opened and not closed.
    OpenQuote(u64),
    /// A person number that is not in the roster.
    NotInRoster { place: Place, sub: PersonId },
    /// A new number that is a known one without its leading zeros.
    LostZeros { place: Place, person: PersonId, known: PersonId },
    /// A row with too few or too many cells.
    Width { line: u64, found: usize, wanted: usize },
    /// A cell that does not hold what its column asks for.
    Field { place: Place, found: String },
    /// A person number that stands twice.
    PersonTwice { place: Place, person: PersonId, first_line: u64 },
    /// A code with two names.
    TwoNames { place: Place, code: UnitCode, names: [String; 2], first_line: u64 },
    /// A section in two bureaus.
    TwoBureaus { place: Place, section: UnitCode, bureaus: [UnitCode; 2], first_line: u64 },
}

impl Problem {
    /// What to write instead.
    pub(crate) fn remedy(&self) -> &'static str {
        match self {
            Self::NoCsv(kind) => kind.remedy(),
            Self::HeaderBelow(_) => {
                "その上の行（表題など）をすべて消し、見出しを 1 行目にして保存し直してください"
            }
            Self::Separated(_) | Self::Utf16 | Self::Undecodable(_) => {
                "Excel の「CSV UTF-8（コンマ区切り）」か「CSV（コンマ区切り）」で保存し直してください"
            }
            Self::NoHeader | Self::HeadingTwice { .. } | Self::MissingColumn(_) => {
                "1 行目の見出し: 職員番号,氏名,部局コード,部局,所属コード,所属,役割,対象"
            }
            Self::NoRows => "職員を 1 人 1 行で書いてください",
            Self::NoList => "1 行目に見出し `職員番号` を書き、その下に職員番号を並べてください",
            Self::OpenQuote(_) => {
                "この行の \" を消すか、セルの終わりにも \" を書いてください（次の行から読み直しました）"
            }
            Self::NotInRoster { .. } => {
                "職員番号（先頭の 0 も数えます）と、名簿が最新かを確かめてください"
            }
            Self::LostZeros { .. } => {
                "先頭の 0 を付けてください（Excel では列の書式を「文字列」にしてから開きます）"
            }
            Self::Width { .. } => {
                "コンマや引用符の数を確かめてください（セルの中のコンマは \" で囲みます）"
            }
            Self::Field { place, .. } => match place.column {
                Column::Person => "英数字 1～16 文字で書いてください（先頭の 0 も数えます）",
                Column::Name | Column::Bureau | Column::Section => {
                    "80 文字までの名前を書いてください（改行や制御文字は使えません）"
                }
                Column::BureauCode | Column::SectionCode => {
                    "英数字と - で 1～16 文字のコードを書いてください"
                }
                Column::Role => "空欄、管理者、担当者、管理者・担当者 のどれかを書いてください",
                Column::Target => "空欄か yes、育休・休職などは no と書いてください",
            },
            Self::PersonTwice { .. } => "1 人 1 行にしてください（兼務は主な所属だけ）",
            Self::TwoNames { .. } => "一つのコードには一つの名前を使ってください",
            Self::TwoBureaus { .. } => "一つの所属は一つの部局に置いてください",
        }
    }
}

impl Problem {
    /// The line it stands on, from 1; 0 when it is about the whole file.
    pub(super) fn line(&self) -> u64 {
        match self {
            Self::NoCsv(_) | Self::Separated(_) => 0,
            Self::Utf16 | Self::NoHeader | Self::NoRows | Self::NoList => 0,
            Self::HeadingTwice { .. } | Self::MissingColumn(_) => 1,
            Self::Undecodable(line)
            | Self::HeaderBelow(line)
            | Self::OpenQuote(line)
            | Self::Width { line, .. } => *line,
            Self::Field { place, .. }
            | Self::PersonTwice { place, .. }
            | Self::TwoNames { place, .. }
            | Self::TwoBureaus { place, .. }
            | Self::NotInRoster { place, .. }
            | Self::LostZeros { place, .. } => place.line,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoCsv(kind) => write!(f, "CSV ではなく、{}です", kind.name()),
            Self::Separated(separator) => {
                write!(f, "列がコンマではなく、{separator}で区切られています")
            }
            Self::HeaderBelow(line) => {
                write!(f, "見出しが 1 行目ではなく、{line} 行目にあります")
            }
            Self::Utf16 => f.write_str("文字コードが UTF-16 です"),
            Self::Undecodable(line) => {
                write!(f, "{line} 行: UTF-8 でも Shift_JIS でもない文字があります")
            }
            Self::NoHeader => f.write_str("見出しの行がありません"),
            Self::HeadingTwice { index, heading } => {
                write!(f, "1 行 {} 列: 見出し `{heading}` が二度あります", letters(*index))
            }
            Self::MissingColumn(column) => {
                write!(f, "1 行: 列 `{}` がありません", column.heading())
            }
            Self::NoRows => f.write_str("職員の行がありません"),
            Self::NoList => f.write_str("見出し `職員番号` がありません"),
            Self::OpenQuote(line) => write!(f, "{line} 行: 引用符 \" が閉じていません"),
            Self::NotInRoster { place, sub } => write!(f, "{place}: `{sub}` は名簿にありません"),
            Self::LostZeros { place, person, known } => write!(
                f,
                "{place}: `{person}` は名簿にありませんが、先頭の 0 を除くと名簿の `{known}` と同じです"
            ),
            Self::Width { line, found, wanted } => {
                write!(f, "{line} 行: 列の数が {found} です（見出しは {wanted}）")
            }
            Self::Field { place, found } => write_field(f, place, found),
            Self::PersonTwice { place, person, first_line } => {
                write!(f, "{place}: `{person}` は {first_line} 行にもあります")
            }
            Self::TwoNames { place, code, names: [known, found], first_line } => write!(
                f,
                "{place}: コード `{code}` の名前が {first_line} 行の `{known}` と違います: `{found}`"
            ),
            Self::TwoBureaus { place, section, bureaus: [known, found], first_line } => write!(
                f,
                "{place}: 所属 `{section}` の部局が {first_line} 行の `{known}` と違います: `{found}`"
            ),
        }
    }
}

fn write_field(f: &mut fmt::Formatter<'_>, place: &Place, found: &str) -> fmt::Result {
    if found.is_empty() {
        return write!(f, "{place}: 空欄です");
    }
    let start: String = found.chars().take(40).collect();
    write!(f, "{place}: `{}` ", neutral(&start))?;
    f.write_str(match place.column {
        Column::Person => "は職員番号ではありません",
        Column::Name | Column::Bureau | Column::Section => {
            "に使えない文字があるか、80 文字を超えています"
        }
        Column::BureauCode | Column::SectionCode => "はコードではありません",
        Column::Role => "は役割ではありません",
        Column::Target => "は対象の有無ではありません",
    })
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} 行 {} 列（{}）", self.line, letters(self.index), self.column.heading())
    }
}

/// The letters Excel shows above a column: A to Z, AA, AB, ….
fn letters(index: usize) -> String {
    let letter = char::from(b'A' + u8::try_from(index % 26).expect("below 26"));
    match index / 26 {
        0 => letter.to_string(),
        more => letters(more - 1) + &letter.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::letters;

    #[test]
    fn column_letters() {
        assert_eq!([0, 25, 26, 27, 701, 702].map(letters), ["A", "Z", "AA", "AB", "ZZ", "AAA"]);
    }
}
