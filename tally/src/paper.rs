//! The list of people who answered on paper (紙で実施): a CSV with the column 職員番号.

use std::collections::BTreeMap;
use std::path::Path;

use selfcheck::id::PersonId;
use selfcheck::keys::KeyId;

use crate::fault::Fault;
use crate::files;
use crate::roster::{Person, Roster};
use crate::say;
use crate::staff::{self, Problem};

const MAX_LIST_BYTES: u64 = 16 * 1024 * 1024;

/// A person who answered on paper.
pub(crate) struct OnPaper {
    /// All keys of theirs, oldest first.
    pub(crate) keys: Vec<KeyId>,
}

/// Reads the list. `None` when it has problems, all of which have been printed.
///
/// # Errors
/// [`Fault::Read`] and its like.
pub(crate) fn read(path: &Path, roster: &Roster) -> Result<Option<Vec<OnPaper>>, Fault> {
    match parse(&files::read_own(path, MAX_LIST_BYTES)?, roster) {
        Ok(people) => Ok(Some(people)),
        Err(problems) => {
            say::problems(path, &problems);
            Ok(None)
        }
    }
}

fn parse(bytes: &[u8], roster: &Roster) -> Result<Vec<OnPaper>, Vec<Problem>> {
    let people: BTreeMap<&PersonId, &Person> =
        roster.people.iter().map(|person| (&person.sub, person)).collect();
    let mut on_paper = Vec::new();
    let mut problems = Vec::new();
    for (place, found) in staff::person_numbers(bytes)? {
        let known = found.and_then(|sub| match people.get(&sub) {
            Some(person) => Ok(*person),
            None => Err(Problem::NotInRoster { place, sub }),
        });
        match known {
            Ok(person) => {
                on_paper.push(OnPaper { keys: person.keys.iter().map(|key| key.kid).collect() });
            }
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() { Ok(on_paper) } else { Err(problems) }
}
