//! Person numbers whose leading zeros Excel may have eaten.

use std::collections::{BTreeMap, BTreeSet};

use selfcheck::id::PersonId;

use super::{Problem, Staff};

/// New numbers that are a known person's without leading zeros, while that person is not in the
/// list: the list has gone through Excel, and new codes for people who have one would follow.
pub(crate) fn lost_zeros<'a>(
    staff: &Staff,
    known: impl Iterator<Item = &'a PersonId>,
) -> Vec<Problem> {
    let stripped = |person: &PersonId| person.as_str().trim_start_matches('0').to_owned();
    let listed: BTreeSet<&PersonId> = staff.members.iter().map(|member| &member.person).collect();
    let (present, absent): (BTreeSet<_>, BTreeSet<_>) =
        known.partition(|person| listed.contains(person));
    let absent: BTreeMap<String, &PersonId> =
        absent.into_iter().map(|person| (stripped(person), person)).collect();
    let new = staff.members.iter().filter(|member| !present.contains(&member.person));
    new.filter_map(|member| {
        let known = absent.get(&stripped(&member.person))?;
        let (place, person) = (member.place.clone(), member.person.clone());
        Some(Problem::LostZeros { place, person, known: (*known).clone() })
    })
    .collect()
}

/// The numbers that are shorter or longer than most, in order; empty when all have one length.
///
/// Of equally common lengths the longer one counts as the usual one: zeros get lost, not added.
pub(crate) fn odd_lengths<'a>(numbers: impl Iterator<Item = &'a PersonId>) -> Vec<&'a PersonId> {
    let mut by_length: BTreeMap<usize, Vec<&PersonId>> = BTreeMap::new();
    for number in numbers {
        by_length.entry(number.as_str().len()).or_default().push(number);
    }
    let usual = by_length.iter().max_by_key(|(length, numbers)| (numbers.len(), **length));
    let Some(usual_length) = usual.map(|(length, _)| *length) else { return Vec::new() };
    let odd = by_length.into_iter().filter(|(length, _)| *length != usual_length);
    let mut odd: Vec<&PersonId> = odd.flat_map(|(_, numbers)| numbers).collect();
    odd.sort();
    odd
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(numbers: &[&str], expected: &[&str]) {
        let numbers: Vec<PersonId> = numbers.iter().map(|n| n.parse().unwrap()).collect();
        let odd: Vec<&str> = odd_lengths(numbers.iter()).iter().map(|n| n.as_str()).collect();
        assert_eq!(odd, expected);
    }

    #[test]
    fn finds_the_shortened() {
        check(&[], &[]);
        check(&["000123", "000124"], &[]);
        check(&["000123", "000124", "125"], &["125"]);
        check(&["000123", "124"], &["124"]);
    }
}
