//! `cargo xtask`: sets up what is missing, then builds, serves, tests or measures.
//!
//! Start at [`COMMANDS`], the table of what can be asked for. Every command is a list of steps;
//! each prints one line with what it did and how long it took (`report`), runs programs with
//! their output kept back unless they fail (`run`), and ends quickly when nothing has changed.
//! Tools are kept outside the checkout (`project`), so a second clone finds them there.

use std::env;
use std::process::ExitCode;

use anyhow::Result;

use crate::project::Project;
use crate::report::Fault;

mod bench;
mod counts;
mod project;
mod report;
mod run;
mod setup;
mod site;
mod stamp;
mod test;
mod widget;
mod year;

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    match run(&args) {
        Ok(code) => code,
        Err(error) => {
            report::error(&error);
            ExitCode::from(2)
        }
    }
}

fn run(args: &[String]) -> Result<ExitCode> {
    let (name, rest) = match args.split_first() {
        None => ("help", args),
        Some((name, rest)) => (name.as_str(), rest),
    };
    if matches!(name, "help" | "-h" | "--help") {
        print_help();
        return Ok(ExitCode::SUCCESS);
    }
    let Some(command) = COMMANDS.iter().find(|command| command.name == name) else {
        return Err(Fault::new(format!("unknown command `{name}`"))
            .hint("`cargo xtask help` lists the commands")
            .into());
    };
    if rest.iter().any(|arg| matches!(arg.as_str(), "-h" | "--help")) {
        return help_on(command);
    }
    (command.run)(&Project::find()?, rest)
}

/// What one command does and takes.
fn help_on(command: &Command) -> Result<ExitCode> {
    let call = format!("cargo xtask {} {}", command.name, command.arguments);
    println!("{}: {}\n", command.name, command.about);
    println!("Usage: {}", call.trim_end());
    match command.options {
        None => Ok(ExitCode::SUCCESS),
        Some(options) => {
            println!();
            options(&Project::find()?)
        }
    }
}

struct Command {
    name: &'static str,
    arguments: &'static str,
    about: &'static str,
    /// Prints the options, where they are another program's.
    options: Option<fn(&Project) -> Result<ExitCode>>,
    run: fn(&Project, &[String]) -> Result<ExitCode>,
}

const COMMANDS: &[Command] = &[
    Command {
        name: "serve",
        arguments: "[--port N]",
        about: "build all sites and serve them on 127.0.0.1 with live reload",
        options: None,
        run: site::serve,
    },
    Command {
        name: "build",
        arguments: "",
        about: "build all sites into `dist/`",
        options: None,
        run: site::build,
    },
    Command {
        name: "test",
        arguments: "[lint|rust|browser]",
        about: "run every test, or one group of them",
        options: None,
        run: test::test,
    },
    Command {
        name: "bench",
        arguments: "[NAME]...",
        about: "measure speed and size against the budgets; never part of `test`",
        options: None,
        run: bench::bench,
    },
    Command {
        name: "ci",
        arguments: "",
        about: "what CI runs: every test",
        options: None,
        run: test::test,
    },
    Command {
        name: "setup",
        arguments: "",
        about: "install what building and testing need, and nothing else",
        options: None,
        run: setup::setup,
    },
    Command {
        name: "year",
        arguments: "--seed N --out DIR",
        about: "make up an office with two years of self-checks, and report on them",
        options: Some(year::options),
        run: year::year,
    },
];

fn print_help() {
    println!("Sets up, builds, serves, tests and measures the project.\n");
    println!("Usage: cargo xtask COMMAND\n");
    for command in COMMANDS {
        let call = format!("{} {}", command.name, command.arguments);
        println!("  {:<28}{}", call.trim_end(), command.about);
    }
    println!("\n`cargo xtask COMMAND --help` says more about one of them.");
    println!("Example: `cargo xtask serve`, then open the address it prints.");
    println!("Tools are kept in $TENKEN_CACHE, or else in ~/.cache/tenken.");
    println!("Exit status: 0 all good, 1 tests failed or a budget is over, 2 could not be done.");
}
