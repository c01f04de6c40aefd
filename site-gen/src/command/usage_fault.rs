//! What is wrong with the command line, said as everything else is said.

use clap::Error;
use usage::{Stop, Words};

use super::{Status, tell};

/// Prints what `clap` stopped at: help and version are results, everything else a fault.
pub(crate) fn usage_fault(error: &Error) -> Status {
    let neutral = |text: &str| text.replace(char::is_control, "\u{FFFD}");
    match usage::stop(error, Words { neutral, form }) {
        Stop::Shown => Status::Good,
        Stop::NothingAsked => Status::CouldNot,
        Stop::Fault { sentence, suggestion } => {
            let hint = match suggestion {
                Some(suggestion) => format!("`{suggestion}` ではありませんか"),
                None => "`site-gen コマンド --help` に書き方と例があります".to_owned(),
            };
            tell(&format!("エラー: {sentence}\n  対処: {hint}\n"));
            Status::CouldNot
        }
    }
}

/// What a value should look like, by the name it has in the help.
fn form(name: &str) -> Option<&'static str> {
    match name {
        "YYYY-MM-DD" => Some("2026-11-16 の形で、実在する日を書きます"),
        "ID" => Some("英小文字と数字で、2 字から 16 字です。例 ageo"),
        "番号" => Some("0 から 65535 までの番号です"),
        _ => None,
    }
}
