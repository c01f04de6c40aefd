//! A command line that speaks Japanese: help, and what is wrong with what was typed.
//!
//! `clap` reads it; [`in_japanese`] gives a command Japanese headings and [`stop`] says in Japanese
//! why reading stopped. What was typed may be a file's name (`tally verify *`), so the program says
//! how it is made harmless before it is quoted.

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, Error};

const TEMPLATE: &str = "{about-with-newline}\n使い方: {usage}\n\n{all-args}{after-help}\n";

/// Why a command line was not read to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop {
    /// Help or version was asked for, and printed.
    Shown,
    /// Help was printed, since nothing was asked for.
    NothingAsked,
    /// Something is wrong.
    Fault {
        /// What, as a sentence without a full stop.
        sentence: String,
        /// What was probably meant.
        suggestion: Option<String>,
    },
}

/// What a program adds to the words for faults.
#[derive(Debug, Clone, Copy)]
pub struct Words {
    /// Makes harmless what was typed.
    pub neutral: fn(&str) -> String,
    /// What a value should look like, by the name it has in the help (`YYYY-MM-DD`).
    pub form: fn(&str) -> Option<&'static str>,
}

/// The same command with Japanese headings.
pub fn in_japanese(command: Command) -> Command {
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
        .mut_args(|arg| with_default(arg.help_heading("指定")))
        .mut_subcommands(|sub| {
            let path = format!("{path} {}", sub.get_name());
            japanese(sub, &path)
        })
}

/// What a value is when none is given, in Japanese.
fn with_default(arg: Arg) -> Arg {
    let values = arg.get_default_values().iter().map(|value| value.to_string_lossy());
    let values = values.collect::<Vec<_>>().join("、");
    if values.is_empty() || !arg.get_action().takes_values() {
        return arg;
    }
    let help = arg.get_help().map(StyledStr::to_string).unwrap_or_default();
    arg.hide_default_value(true).help(format!("{help}（省略すると {values}）"))
}

fn flag(name: &'static str, short: char, action: ArgAction, help: &'static str) -> Arg {
    Arg::new(name).short(short).long(name).action(action).help(help)
}

/// What `clap` stopped at; help and version are printed.
pub fn stop(error: &Error, words: Words) -> Stop {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            // It knows whether standard output is a terminal. A reader that has gone away is no
            // fault.
            let _ = error.print();
            Stop::Shown
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let _ = error.print();
            Stop::NothingAsked
        }
        _ => Stop::Fault { sentence: sentence(error, words), suggestion: suggestion(error, words) },
    }
}

fn sentence(error: &Error, words: Words) -> String {
    let of = |kind| error.get(kind).map(|value| shown(value, words)).unwrap_or_default();
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
            format!("`{argument}` に `{value}` は使えません（{}）", form(&argument, error, words))
        }
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("`{argument}` の値の数が違います")
        }
        ErrorKind::InvalidUtf8 => "指定に Unicode でない文字があります".to_owned(),
        _ => (words.neutral)(error.to_string().lines().next().unwrap_or_default()),
    }
}

/// What the value should look like.
fn form(argument: &str, error: &Error, words: Words) -> String {
    let name = argument.rsplit_once('<').map_or("", |(_, name)| name.trim_end_matches('>'));
    if let Some(form) = (words.form)(name) {
        return form.to_owned();
    }
    let why = std::error::Error::source(error).map(ToString::to_string);
    (words.neutral)(&why.unwrap_or_else(|| "書き方が違います".to_owned()))
}

fn suggestion(error: &Error, words: Words) -> Option<String> {
    let kinds = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand];
    let suggested = kinds.into_iter().find_map(|kind| error.get(kind));
    let suggested = suggested.map(|value| shown(value, words));
    suggested.filter(|text| !text.is_empty())
}

fn shown(value: &ContextValue, words: Words) -> String {
    let neutral = words.neutral;
    match value {
        ContextValue::String(text) => neutral(text),
        ContextValue::Strings(texts) => {
            texts.iter().map(|text| neutral(text)).collect::<Vec<_>>().join("、")
        }
        ContextValue::StyledStr(text) => neutral(&StyledStr::to_string(text)),
        other => neutral(&other.to_string()),
    }
}
