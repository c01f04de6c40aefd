//! The vector of the normative format, value by value, through the public functions only.
//!
//! The same values stand in `FORMAT.md`, where `format_page` reckons them again from the words of
//! the page; here they are written down a second time, so that neither can drift alone.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod common;

use common::{code, header, key, org, person, signed};
use selfcheck::code::{BadCode, EnrolmentCode};
use selfcheck::result::Untrusted;
use selfcheck::store::AnswerStore;

const PRINTED: &str = "000G-40R4-0M30-E209-185G-R38E-RHMK";
const SIGNATURE: &str =
    "6Gwbiz-74Lo3aLmaDGVqGO8OkbIpbrn1P-KP6gaMN-NtgKsvdP-b026sf4X052fZQqk2m0b5c9mFliCt2c02CA";

#[test]
fn code_and_key() {
    assert_eq!(code().print(&org(), &person()), PRINTED);
    let public = key().public();
    assert_eq!(public.x().to_string(), "d_fSsc5hfabdjWx1Lt7TWG-TYmNg4RP8SIEfPnuqbYs");
    assert_eq!(public.key_id().to_string(), "4_4WVMpvK7THMc_rQjDha4VKWTr5WbBSQlu0jckYH-M");
}

#[test]
fn check_binds_person_and_organisation() {
    let read = |org: &str, person: &str| {
        EnrolmentCode::read(PRINTED, &org.parse().unwrap(), &person.parse().unwrap()).err()
    };
    assert_eq!(read("ageo", "000123"), None);
    assert_eq!(read("ageo", "123"), Some(BadCode::Check));
    assert_eq!(read("ageo", "000132"), Some(BadCode::Check));
    assert_eq!(read("okegawa", "000123"), Some(BadCode::Check));
}

#[test]
fn signature() {
    let parts = signed(header().as_bytes(), br#"{"v":1}"#);
    assert_eq!(parts.signature, SIGNATURE);
    // The signature holds; that the payload is too short for a result is found after it.
    let error = Untrusted::read(parts.file().as_bytes()).unwrap().verify(&key().public());
    assert_eq!(error.unwrap_err().code(), "payload-format");
}

#[test]
fn another_input_is_another_key() {
    use selfcheck::keys::PersonKey;
    let x = |org: &str, person: &str| {
        PersonKey::derive(&code(), &org.parse().unwrap(), &person.parse().unwrap()).public().x()
    };
    assert_ne!(x("ageo", "000123"), x("ageo", "123"));
    assert_ne!(x("ageo", "1a"), x("ageo1", "a"), "fields are separated");
}

#[test]
fn store() {
    let store = AnswerStore::derive(&code(), &org(), &person(), &"r8".parse().unwrap());
    assert_eq!(store.name(), "67b700cdf49712fd69375f4550839dea");
    let record = store.seal([9; 12], b"answers");
    assert_eq!(record.len(), 12 + 7 + 16, "nonce, content, tag");
    assert_eq!(record[..12], [9; 12]);
    assert_eq!(store.open(&record).unwrap(), b"answers");
}
