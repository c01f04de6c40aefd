//! Person numbers whose leading zeros Excel may have eaten.

use std::collections::BTreeMap;

use selfcheck::id::PersonId;

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
