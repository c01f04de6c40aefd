//! What stands behind the sentence of a reason: where in the file, which question, how large. Japanese
//! for the secretariat; words of a parser or of the system, which are English, follow in brackets.

use std::io;

use selfcheck::grade::CannotGrade;
use selfcheck::result::{Mismatch, OuterError, ReadError};

use crate::reason::Reason;

/// The system's words for whoever looks into it, after Japanese ones.
pub(crate) fn of_system(error: &io::Error) -> String {
    let words = match error.kind() {
        io::ErrorKind::NotFound => "その名前のものがありません",
        io::ErrorKind::PermissionDenied => "権限がありません",
        io::ErrorKind::AlreadyExists => "同じ名前のものがあります",
        io::ErrorKind::IsADirectory => "フォルダです",
        io::ErrorKind::NotADirectory => "フォルダではありません",
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "空き容量がありません",
        io::ErrorKind::ReadOnlyFilesystem => "書き込めない場所です",
        io::ErrorKind::ResourceBusy => "ほかで使われています",
        _ => "システムが断りました",
    };
    format!("{words}（{error}）")
}

/// Where a JSON file of ours cannot be understood, and the parser's words.
pub(crate) fn of_json(error: &serde_json::Error) -> String {
    format!("{} 行 {} 文字目を読み取れません（{error}）", error.line(), error.column())
}

/// The same of a TOML file, of which `text` is the text.
pub(crate) fn of_toml(error: &toml::de::Error, text: &str) -> String {
    let start = error.span().map_or(0, |span| span.start);
    let before = text.get(..start).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    format!("{line} 行目を読み取れません（{}）", error.message())
}

/// Further words on a reason, where there are any.
pub(crate) fn of_reason(reason: &Reason) -> Option<String> {
    match reason {
        Reason::Unreadable(words) => Some(words.clone()),
        Reason::TooLarge(bytes) => Some(format!("{bytes} バイト")),
        Reason::Read(error) => of_reading(error),
        Reason::Mismatch(mismatch) => of_mismatch(mismatch),
        Reason::NotRegular
        | Reason::TooDeep
        | Reason::Changing
        | Reason::UnknownKey
        | Reason::OtherPerson
        | Reason::OtherCampaign
        | Reason::UnknownSet
        | Reason::NotInLedger
        | Reason::SystemFile => None,
    }
}

fn of_reading(error: &ReadError) -> Option<String> {
    Some(match error {
        ReadError::TooLarge(bytes) => format!("{bytes} バイト"),
        ReadError::Encoding => {
            "UTF-8 でないか、先頭に BOM があります（メモ帳などで保存し直すと付きます）".to_owned()
        }
        ReadError::Outer(error) => of_outer(*error),
        ReadError::Base64(member) => format!("{member} が正しい base64url ではありません"),
        ReadError::Header => "protected が、決まった見出しと一字一句同じではありません".to_owned(),
        ReadError::SignatureLength => "signature が 64 バイトではありません".to_owned(),
        ReadError::Version(v) => format!("ファイルの版は {v} で、この tally が読める版は 1 です"),
        ReadError::Payload(words) => format!("中身を読み取れません（{words}）"),
        ReadError::OtherKey | ReadError::Signature | ReadError::NotCanonical => return None,
    })
}

fn of_outer(error: OuterError) -> String {
    let words = match error {
        OuterError::Missing(members) => return format!("{members} がありません"),
        OuterError::NoObject => "`{` で始まっていません（空か、別の種類のファイルです）",
        OuterError::NoString => "項目の名前か値が、文字列ではありません",
        OuterError::StringNoEnd => "文字列の途中で切れています",
        OuterError::Escaped => "文字列に `\\` か制御文字があります",
        OuterError::NoValue => "項目の名前の後に値がありません",
        OuterError::UnknownMember => "payload、protected、signature のほかの項目があります",
        OuterError::Twice => "同じ項目が二度あります",
        OuterError::NoEnd => "項目の後に `}` も `,` もありません（途中で切れたかもしれません）",
        OuterError::Trailing => "終わりの `}` の後に余分なものがあります",
    };
    words.to_owned()
}

fn of_mismatch(mismatch: &Mismatch) -> Option<String> {
    Some(match mismatch {
        Mismatch::Questions(Some(id)) => format!("最初に違うのは設問 {id} です"),
        Mismatch::Questions(None) => "設問が足りません".to_owned(),
        Mismatch::Answer(CannotGrade::UnknownChoice(question, choice)) => {
            format!("設問 {question} に選択肢 {choice} はありません")
        }
        Mismatch::Answer(CannotGrade::TooMany(question) | CannotGrade::Missing(question)) => {
            format!("設問 {question}")
        }
        Mismatch::Policies(Some(page)) => format!("最初に違うのは {page} です"),
        Mismatch::Policies(None) => "ポリシーが足りません".to_owned(),
        Mismatch::Org | Mismatch::Campaign | Mismatch::Set | Mismatch::Role => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_system_come_behind_ours() {
        let error = std::fs::read("/nowhere/at-all").unwrap_err();
        let words = of_system(&error);
        assert!(words.starts_with("その名前のものがありません（"), "{words}");
        assert!(words.ends_with('）'), "{words}");
    }

    #[test]
    fn a_parser_is_quoted_in_brackets_only() {
        let error = ReadError::Payload("unknown field `admin` at line 1 column 14".to_owned());
        let words = of_reading(&error).unwrap();
        assert_eq!(words, "中身を読み取れません（unknown field `admin` at line 1 column 14）");
        assert_eq!(of_reading(&ReadError::Signature), None);
    }
}
