//! `year`: writes a made-up office and its campaigns to a folder. Run it by `cargo xtask year`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use year::dice::Dice;
use year::office::{Office, units};
use year::round::{Mood, Round};
use year::{sets, write};

/// Make up an office and its years of self-checks. Same seed, same bytes; not for real use.
#[derive(Parser)]
#[command(
    bin_name = "cargo xtask year",
    after_help = "Example:\n  cargo xtask year --seed 8 --out made-up"
)]
struct Args {
    /// What everything is made from
    #[arg(long)]
    seed: u64,
    /// Folder to fill, new or empty
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// How many sections
    #[arg(long, default_value_t = 120, value_parser = clap::value_parser!(u32).range(1..=1000))]
    sections: u32,
    /// How many people
    #[arg(long, default_value_t = 2500, value_parser = clap::value_parser!(u32).range(1..=200_000))]
    people: u32,
    /// How many years; the last one asks the frozen sets
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u16).range(1..=5))]
    years: u16,
    /// Frozen question sets
    #[arg(long, default_value = "content/archive", value_name = "DIR")]
    archive: PathBuf,
    /// The last campaign
    #[arg(long, default_value = "r8")]
    campaign: String,
}

fn main() -> ExitCode {
    match run(&Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn run(args: &Args) -> anyhow::Result<()> {
    let last = sets::read(&args.archive, &args.campaign)?;
    write::fresh(&args.out)?;
    let (seed, people) = (args.seed, args.people as usize);
    let mut dice = Dice::new(seed, "office");
    let units = units(args.sections as usize, people, &mut dice);
    let mut office: Option<Office> = None;
    for back in (0..args.years).rev() {
        let sets = sets::earlier(&last, back)?;
        let sets = if back == 0 { last.clone() } else { sets };
        let round_of = &sets.values().next().expect("read checks that there is one").set;
        let (org, opens) = (round_of.org.clone(), round_of.campaign.opens);
        // Letters go out six weeks before.
        let issued = selfcheck::time::Date::new(opens.year(), opens.month().max(2) - 1, 1);
        let issued = issued.unwrap_or(opens);
        let this = match &office {
            None => Office::new(&org, units.clone(), issued, &mut dice),
            Some(before) => before.next_year(issued, &mut dice),
        };
        let mood = Mood(-25 * i64::from(back));
        let mut round = Round::lively(&this, &sets, mood, seed);
        round.plant((people / 800).max(1), mood, seed);
        write::campaign(&args.out, &round)?;
        println!(
            "{} {} people, {} results, {} lost",
            round.campaign().id,
            this.members.len(),
            round.handed.len(),
            round.expected().missing
        );
        office = Some(this);
    }
    Ok(())
}
