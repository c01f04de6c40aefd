//! The samples of `selfcheck/FORMAT.md` §6 are what it says, by the real code.

use std::fs;
use std::path::Path;

use selfcheck::result::Untrusted;

use crate::fault::Fault;
use crate::ledger::{Ledger, Outcome};
use crate::roster::{Duty, ReadRoster, Roster};
use crate::staff;

const PAGE: &str = include_str!("../../selfcheck/FORMAT.md");

/// The block of the page that begins with this fence, its last line end included.
fn block(fence: &str) -> &'static str {
    let (_, after) = PAGE.split_once(&format!("\n```{fence}\n")).unwrap();
    let end = after.find("```\n").unwrap();
    &after[..end]
}

/// What `read` makes of a file with this text.
fn from_file<T>(text: &str, read: impl FnOnce(&Path) -> Result<T, Fault>) -> T {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sample");
    fs::write(&path, text).unwrap();
    read(&path).map_err(|fault| fault.to_string()).unwrap()
}

fn roster() -> ReadRoster {
    from_file(block("json roster"), Roster::read)
}

#[test]
fn the_staff_list_is_read() {
    let staff = staff::parse(block("csv staff").as_bytes()).unwrap();
    let [first, second] = &staff.members[..] else { panic!("two people") };
    let known = &roster().roster.people[0];
    assert_eq!((&first.person, &first.roles), (&known.sub, &known.roles));
    assert!(!first.exempt && second.exempt && second.roles.contains(&Duty::Manager));
}

#[test]
fn the_roster_is_in_its_written_form() {
    assert_eq!(roster().roster.to_json(), block("json roster"));
}

#[test]
fn the_ledger_holds_and_has_the_result_of_the_page() {
    let mut lines = Vec::new();
    let ledger =
        from_file(block("json ledger"), |path| Ledger::read(path, |line| lines.push(line)));
    assert!(ledger.is_closed());
    assert_eq!((ledger.campaign.as_str(), ledger.lines), ("r8", 4));
    let accepted = lines.iter().find(|line| line.outcome == Outcome::Accepted).unwrap();
    let file = Untrusted::read(block("json result-file").trim_end().as_bytes()).unwrap();
    let roster = roster();
    let key = roster.find(&accepted.kid.unwrap()).unwrap();
    let result = file.verify(key.public).unwrap();
    assert_eq!(accepted.payload_sha256, Some(result.payload_sha256()));
    assert_eq!(accepted.jti, Some(result.jti));
}
