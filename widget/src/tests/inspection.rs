//! What the box 「結果ファイルを確かめる」 finds, and what it honestly cannot.

use std::rc::Rc;

use selfcheck::b64;
use selfcheck::code::EnrolmentCode;
use selfcheck::result::{Payload, ReadError};

use super::fixtures::{answered, at, begun, changed_sheet, holder, public_key, run, sheet};
use crate::inspection::{Found, Keys, Proof, inspect};
use crate::outcome;
use crate::run::Holder;

fn file() -> String {
    let state = answered(begun(), [&["a"], &["a"], &["no"], &["a"]]);
    let site = "0.1.0+abc".parse().unwrap();
    let outcome =
        outcome::finish(run(&state), &site, at("2026-11-20T09:12:00+09:00"), [7; 16]).unwrap();
    outcome.file.unwrap().text.clone()
}

fn parse(json: &[u8]) -> Result<Payload, ReadError> {
    serde_json::from_slice(json).map_err(|_| ReadError::Payload(String::new()))
}

fn look(file: &str, keys: &Keys) -> Result<Found, ReadError> {
    inspect(file.as_bytes(), keys, &[sheet()], parse)
}

fn own() -> Keys {
    Keys { own: Some(holder()), given: None }
}

fn stranger() -> Rc<Holder> {
    let code = EnrolmentCode::from_random([9; 15]);
    Rc::new(Holder { person: "000999".parse().unwrap(), code })
}

#[test]
fn the_own_code_proves_the_own_file() {
    let found = look(&file(), &own()).unwrap();
    assert_eq!(found.proof, Proof::Own);
    assert_eq!(found.kid, public_key().key_id());
    let judgement = found.judged.unwrap().unwrap();
    assert!(!judgement.claim_differs && !judgement.finished_late);
}

#[test]
fn a_public_key_proves_it_too() {
    let keys = Keys { own: Some(stranger()), given: Some(public_key()) };
    assert_eq!(look(&file(), &keys).unwrap().proof, Proof::Given);
}

#[test]
fn without_the_right_key_nothing_is_proven() {
    assert_eq!(look(&file(), &Keys::default()).unwrap().proof, Proof::NoKey);
    let other = Keys { own: Some(stranger()), given: None };
    assert_eq!(look(&file(), &other).unwrap().proof, Proof::OtherKey);
}

#[test]
fn a_changed_file_is_refused_with_its_reason() {
    let file = file();
    let payload = file.split('"').nth(3).unwrap();
    let text = String::from_utf8(b64::decode(payload).unwrap()).unwrap();
    let changed = b64::encode(text.replace(r#""a":["no"]"#, r#""a":["yes"]"#).as_bytes());
    let forged = file.replace(payload, &changed);
    assert_eq!(look(&forged, &own()).err(), Some(ReadError::Signature));
    assert!(look(&forged, &Keys::default()).is_ok_and(|found| found.proof == Proof::NoKey));
    let code = |text: &str| look(text, &own()).err().map(|error| error.code());
    assert_eq!(code(""), Some("outer-format"));
    assert_eq!(code(&file.replace("}", r#","summary":"100"}"#)), Some("outer-format"));
    let spaced = b64::encode(text.replace(":1,", ": 1,").as_bytes());
    let unproven = look(&file.replace(payload, &spaced), &Keys::default());
    assert_eq!(unproven.err(), Some(ReadError::NotCanonical));
}

#[test]
fn another_set_is_not_graded() {
    let found = inspect(file().as_bytes(), &own(), &[changed_sheet()], parse).unwrap();
    assert!(found.proof == Proof::Own && found.judged.is_none());
}
