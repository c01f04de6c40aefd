//! The command line of the generator: parse, run, print, exit code.

mod command;

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    match command::run(command::Cli::parse()) {
        Ok(status) => status.into(),
        Err(fault) => {
            command::tell(&format!("エラー: {fault:#}\n"));
            command::Status::CouldNot.into()
        }
    }
}
