//! One good result file changed in every way we can think of: each change has its reason code.
//!
//! The cases are data, by what they touch: `document` (the file, its three members, header and
//! signature), `payload` (properly signed payloads that are wrong in themselves) and `against_set`
//! (payloads that are fine, but no answer to the set). Whole-file sweeps stand here.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

#[path = "../common/mod.rs"]
mod common;

mod against_set;
mod document;
mod payload;

use std::collections::BTreeSet;

use common::{Parts, header, judged, signed};

/// Name of the change, the file, and the reason it must be refused for.
type Case = (&'static str, Vec<u8>, &'static str);

/// The parts of the good file.
fn good() -> Parts {
    signed(header().as_bytes(), &common::payload().to_bytes())
}

/// The good payload with one replacement, properly signed.
fn resigned(from: &str, to: &str) -> Vec<u8> {
    let payload = String::from_utf8(common::payload().to_bytes()).unwrap();
    assert!(payload.contains(from), "nothing to replace: {from}");
    signed_payload(payload.replacen(from, to, 1).as_bytes())
}

/// A file with exactly this payload, properly signed.
fn signed_payload(payload: &[u8]) -> Vec<u8> {
    signed(header().as_bytes(), payload).file().into_bytes()
}

#[test]
fn every_change_has_its_reason() {
    assert_eq!(judged(good().file().as_bytes()), Ok(()));
    let cases = [document::cases(), payload::cases(), against_set::cases()].concat();
    let names: BTreeSet<_> = cases.iter().map(|(name, ..)| name).collect();
    assert_eq!(names.len(), cases.len(), "a name stands twice");
    assert!(cases.len() >= 100, "{} cases", cases.len());

    let wrong: Vec<_> = cases
        .iter()
        .map(|(name, file, code)| (*name, judged(file), Err(*code)))
        .filter(|(_, found, expected)| found != expected)
        .collect();
    assert!(wrong.is_empty(), "name, found, expected: {wrong:#?}");
}

/// The reasons of the table are those of the page, and each is shown by a case. `answer-missing`
/// stands on neither: a file that lacks an answer differs from its set before it is graded.
#[test]
fn the_page_names_every_reason() {
    let cases = [document::cases(), payload::cases(), against_set::cases()].concat();
    let shown: BTreeSet<&str> = cases.iter().map(|(_, _, code)| *code).collect();
    let tables =
        common::PAGE.split_once("\n**Reading**").unwrap().1.split_once("\n## 5").unwrap().0;
    let on_page: BTreeSet<&str> = tables
        .lines()
        .filter_map(|line| line.strip_suffix("` |")?.rsplit_once("| `"))
        .map(|(_, code)| code)
        .collect();
    assert_eq!(shown, on_page);
}

#[test]
fn no_byte_of_the_file_may_change() {
    let file = good().file().into_bytes();
    for index in 0..file.len() {
        let mut changed = file.clone();
        changed[index] ^= 1 << (index % 8);
        assert!(judged(&changed).is_err(), "byte {index}");
    }
}

#[test]
fn no_byte_may_be_missing() {
    let file = good().file().into_bytes();
    for end in 0..file.len() {
        assert!(judged(&file[..end]).is_err(), "cut at {end}");
    }
}

/// Header and signature bit by bit, spelt canonically again, so that only their content differs.
#[test]
fn no_bit_of_header_and_signature_may_change() {
    let flipped = |text: &str| -> Vec<String> {
        let bytes = selfcheck::b64::decode(text).unwrap();
        let flip = |index: usize| {
            let mut other = bytes.clone();
            other[index] ^= 1 << (index % 8);
            selfcheck::b64::encode(&other)
        };
        (0..bytes.len()).map(flip).collect()
    };
    for protected in flipped(&good().protected) {
        // A changed letter of the key id may spell another key id.
        let found = judged(Parts { protected, ..good() }.file().as_bytes()).unwrap_err();
        assert!(["protected-header", "other-key"].contains(&found), "{found}");
    }
    for signature in flipped(&good().signature) {
        let found = judged(Parts { signature, ..good() }.file().as_bytes());
        assert_eq!(found, Err("signature"));
    }
}
