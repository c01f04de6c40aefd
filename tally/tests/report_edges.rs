//! Years at the edge, each with its whole report as a golden file: few people, one manager, a
//! category that applied to nobody, nobody at all, no year before, everybody late.
//!
//! Workbooks are left out here, since they say the same as the CSV files; `report_privacy` reads
//! them back.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod made_up;

use made_up::{Folder, Ran, golden, office, some_questions, unit};
use selfcheck::grade::Response;
use year::dice::Dice;
use year::office::Office;
use year::round::{Mood, Round};
use year::sets::{self, Sets};

/// A password item of either kind, one about telework alone in its category, two about reports, one
/// of managers.
const QUESTIONS: [&str; 6] = ["pw1", "pw2", "cl3", "ir1", "ir3", "mg1"];

fn small_sets() -> Sets {
    some_questions(&QUESTIONS)
}

/// Everybody but the exempt answers, each in their own role.
fn everybody<'a>(office: &'a Office, sets: &'a Sets) -> Round<'a> {
    let mut round = Round::new(office, sets);
    let mut dice = Dice::new(7, "edges");
    for member in (0..office.members.len()).filter(|&member| !office.members[member].exempt) {
        round.hand_in(member, office.members[member].role(), Mood(0), 7, &mut dice);
    }
    round
}

fn office_of(units: &[&str], sets: &Sets) -> Office {
    let mut office = office(sets, units.iter().map(|text| unit(text)).collect(), 7);
    office.members.iter_mut().for_each(|member| member.exempt = false);
    office
}

/// Reports on a round and compares everything but workbooks with what is expected.
fn check(name: &str, round: &Round<'_>, previous: Option<&Round<'_>>) -> Ran {
    let folder = Folder::new();
    let mut more = Vec::new();
    if let Some(previous) = previous {
        folder.write(previous);
        assert_eq!(folder.report(previous.campaign().id.as_str(), "before", &[]).code, 0);
        more = vec!["--previous", "before"];
    }
    folder.write(round);
    let ran = folder.report(round.campaign().id.as_str(), "out", &more);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{}", ran.stdout);
    let is_text = |name: &String| !name.ends_with(".xlsx") && !name.starts_with("secretariat/");
    let mut found = folder.tree("out");
    found.retain(|name, _| is_text(name));
    golden(&format!("edges/{name}"), &found, "report_edges");
    ran
}

#[test]
fn a_section_of_four() {
    let now = small_sets();
    let then = sets::earlier(&now, 1).unwrap();
    let office = office_of(&["10/1010:8", "10/1020:4", "10/1030:9", "20/2010:9"], &now);
    let (before, round) = (everybody(&office, &then), everybody(&office, &now));
    check("section-of-four", &round, Some(&before));
}

#[test]
fn one_manager_in_a_section() {
    let sets = small_sets();
    let office = office_of(&["10/1010:12"], &sets);
    assert_eq!(office.members.iter().filter(|member| member.manager).count(), 1);
    check("one-manager", &everybody(&office, &sets), None);
}

#[test]
fn a_category_that_applied_to_nobody() {
    let sets = small_sets();
    let office = office_of(&["10/1010:7", "20/2010:6"], &sets);
    let mut round = Round::new(&office, &sets);
    let closes = round.campaign().closes.end_unix_seconds();
    for member in 0..office.members.len() {
        let role = office.members[member].role();
        let mut answers = round.answers(member, role, Mood(0), 7);
        let na = Response::new(vec!["na".parse().unwrap()]).unwrap();
        answers.insert("cl3".parse().unwrap(), na);
        let jti = Dice::new(7, &format!("{member}")).bytes();
        round.sign(member, role, answers, closes - 300_000, jti);
    }
    check("not-applicable", &round, None);
}

#[test]
fn nobody_answered() {
    let sets = small_sets();
    let office = office_of(&["10/1010:7", "20/2010:6"], &sets);
    let ran = check("nobody", &Round::new(&office, &sets), None);
    assert!(ran.stdout.starts_with("実施率 0.0%、集計 0 人"), "{}", ran.stdout);
}

#[test]
fn no_year_before() {
    let sets = small_sets();
    let office = office_of(&["10/1010:10", "10/1020:6", "20/2010:8", "30/3010:6"], &sets);
    check("first-year", &everybody(&office, &sets), None);
}

#[test]
fn everybody_was_late() {
    let sets = small_sets();
    let office = office_of(&["10/1010:7", "20/2010:6"], &sets);
    let mut round = Round::new(&office, &sets);
    let campaign = round.campaign().clone();
    let grace = i64::from(campaign.grace_days);
    let late = campaign.closes.end_unix_seconds() + 86_400 * (grace + 2);
    for member in 0..office.members.len() {
        let role = office.members[member].role();
        let answers = round.answers(member, role, Mood(0), 7);
        let jti = Dice::new(7, &format!("{member}")).bytes();
        round.sign(member, role, answers, late, jti);
    }
    let ran = check("everybody-late", &round, None);
    assert!(
        ran.stdout.contains("集計 13 人") && ran.stdout.contains("注意 13 件"),
        "{}",
        ran.stdout
    );
}
