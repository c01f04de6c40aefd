//! The command line of the generator: parse, run, print, exit code.

mod command;

use std::process::ExitCode;

use clap::{CommandFactory as _, FromArgMatches as _};

use command::{Cli, Status};

fn main() -> ExitCode {
    let typed = usage::in_japanese(Cli::command()).try_get_matches();
    let ended = match typed.and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => command::run(cli),
        Err(error) => return command::usage_fault(&error).into(),
    };
    match ended {
        Ok(status) => status.into(),
        Err(fault) => {
            command::tell(&format!("エラー: {fault:#}\n"));
            Status::CouldNot.into()
        }
    }
}
