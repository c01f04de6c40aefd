//! The command line in Japanese: help, and what is wrong with what was typed.
//!
//! What was typed may be a file's name (`tally verify *`), so it is made harmless before it is
//! quoted.

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, Error};

use crate::say;
use crate::status_code::Status;
use crate::text::neutral;

const TEMPLATE: &str = "{about-with-newline}\n使い方: {usage}\n\n{all-args}{after-help}\n";

/// The same command with Japanese headings.
pub(crate) fn in_japanese(command: Command) -> Command {
    let path = command.get_name().to_owned();
    japanese(command, &path)
}

/// `path` is the command as it is typed, `tally verify`.
fn japanese(command: Command, path: &str) -> Command {
    // It stands in English whatever the headings are.
    let usage = command.clone().bin_name(path).render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ").replace("[OPTIONS]", "[指定]");
    let command = if command.has_subcommands() { command } else { command.override_usage(usage) };
    let help = flag("help", 'h', ArgAction::Help, "この説明を表示する (help)");
    let version = flag("version", 'V', ArgAction::Version, "版を表示する (version)");
    let flags = [Some(help), command.get_version().map(|_| version)];
    command
        .help_template(TEMPLATE)
        .subcommand_help_heading("コマンド")
        .subcommand_value_name("コマンド")
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .args(flags.into_iter().flatten())
        .mut_args(|arg| arg.help_heading("指定"))
        .mut_subcommands(|sub| {
            let path = format!("{path} {}", sub.get_name());
            japanese(sub, &path)
        })
}

fn flag(name: &'static str, short: char, action: ArgAction, help: &'static str) -> Arg {
    Arg::new(name).short(short).long(name).action(action).help(help)
}

/// Prints what `clap` stopped at: help and version are results, everything else a fault.
pub(crate) fn report(error: &Error) -> Status {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        // It knows whether standard output is a terminal. A reader that has gone away is no fault.
        let _ = error.print();
        return Status::Good;
    }
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        let _ = error.print();
        return Status::CouldNotRun;
    }
    say::usage(&sentence(error), suggestion(error).as_deref());
    Status::CouldNotRun
}

fn sentence(error: &Error) -> String {
    let of = |kind| error.get(kind).map(shown).unwrap_or_default();
    let argument = of(ContextKind::InvalidArg);
    match error.kind() {
        ErrorKind::MissingRequiredArgument => format!("必要な指定がありません: {argument}"),
        ErrorKind::UnknownArgument => format!("`{argument}` という指定はありません"),
        ErrorKind::InvalidSubcommand => {
            format!("`{}` というコマンドはありません", of(ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingSubcommand => "コマンドを書いてください".to_owned(),
        ErrorKind::ArgumentConflict => {
            format!("`{argument}` は `{}` と一緒に使えません", of(ContextKind::PriorArg))
        }
        ErrorKind::InvalidValue if of(ContextKind::InvalidValue).is_empty() => {
            format!("`{argument}` に値がありません")
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let value = of(ContextKind::InvalidValue);
            format!("`{argument}` に `{value}` は使えません（{}）", form(&argument, error))
        }
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("`{argument}` の値の数が違います")
        }
        ErrorKind::InvalidUtf8 => "指定に Unicode でない文字があります".to_owned(),
        _ => neutral(error.to_string().lines().next().unwrap_or_default()),
    }
}

/// What the value should look like, by the name it has in the help.
fn form(argument: &str, error: &Error) -> String {
    let name = argument.rsplit_once('<').map_or("", |(_, name)| name.trim_end_matches('>'));
    match name {
        "YYYY-MM-DD" => "2026-11-16 の形で、実在する日を書きます".to_owned(),
        "ID" => "英小文字と数字で書きます。例 ageo、r8".to_owned(),
        "CODE" => "英数字と - で 16 文字までです".to_owned(),
        "KID" => "名簿の `kid` を写します".to_owned(),
        _ => {
            let why = std::error::Error::source(error).map(ToString::to_string);
            neutral(&why.unwrap_or_else(|| "書き方が違います".to_owned()))
        }
    }
}

fn suggestion(error: &Error) -> Option<String> {
    let kinds = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand];
    let suggested = kinds.into_iter().find_map(|kind| error.get(kind)).map(shown);
    suggested.filter(|text| !text.is_empty())
}

fn shown(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => neutral(text),
        ContextValue::Strings(texts) => {
            texts.iter().map(|text| neutral(text)).collect::<Vec<_>>().join("、")
        }
        ContextValue::StyledStr(text) => neutral(&StyledStr::to_string(text)),
        other => neutral(&other.to_string()),
    }
}
