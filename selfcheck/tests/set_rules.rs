//! What a frozen set may not be: each rule of the page broken once, with its reason.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod common;

use common::{block, uncommented};
use selfcheck::set::{CampaignSet, FrozenSet, QuestionSet};

/// The sample with one replacement, and a part of the words it is refused with.
fn check(from: &str, to: &str, words: &str) {
    let sample = uncommented(block("jsonc set"));
    assert!(sample.contains(from), "nothing to replace: {from}");
    let error = FrozenSet::parse(sample.replacen(from, to, 1).as_bytes()).unwrap_err().to_string();
    assert!(error.contains(words), "{to}: {error}");
}

#[test]
fn ids_stand_once() {
    check("\"policy/standards\"", "\"policy/basic\"", "`policy/basic` stands twice");
    check("\"id\":\"ml\"", "\"id\":\"pw\"", "`pw` stands twice");
    check("\"id\":\"ml2\"", "\"id\":\"ml1\"", "`ml1` stands twice");
}

#[test]
fn questions_fit() {
    check("\"category\":\"os\"", "\"category\":\"xx\"", "`os1` has an unknown category");
    check("\"weight\":2", "\"weight\":0", "`pw1`: weight");
    check("\"weight\":2", "\"weight\":4", "`pw1`: weight");
    check("\"rev\":1", "\"rev\":0", "rev from 1");
    check("\"kind\":\"single\"", "\"kind\":\"essay\"", "essay");
}

#[test]
fn choices_fit() {
    let choices = "question `pw1`: choices";
    check("\"id\":\"b\"", "\"id\":\"c\"", choices);
    check("\"correct\":false", "\"correct\":true", choices);
    check("\"correct\":true", "\"correct\":false", choices);
    check("\"choices\":[]", "\"choices\":[{\"id\":\"a\",\"text\":\"\",\"correct\":true}]", "`pw2`");
    check("\"allow_na\":false", "\"allow_na\":true", "only practice items can allow `na`");
}

#[test]
fn bands_are_in_order() {
    check("\"good\":85", "\"good\":101", "bands");
    check("\"review\":70", "\"review\":86", "bands");
}

#[test]
fn values_have_one_spelling() {
    check("fiscal_year\":2026", "fiscal_year\":2026.0", "2026.0");
    check("2026-12-04", "2026-12-32", "2026-11-16");
    check("0d1f4f5d4a6f", "0D1F4F5D4A6F", "lower-case hex");
    check("4vMA\"", "4vMB\"", "base64url");
}

/// The hash is of the bytes, not of what they mean.
#[test]
fn other_bytes_are_another_set() {
    let sample = uncommented(block("jsonc set"));
    let spaced = format!("{sample} ");
    let (one, other) = (
        FrozenSet::parse(sample.as_bytes()).unwrap(),
        FrozenSet::parse(spaced.as_bytes()).unwrap(),
    );
    assert_eq!(one.set, other.set);
    assert_ne!(one.sha256, other.sha256);
}

/// The residents' check has no campaign: bands, categories and questions alone.
#[test]
fn a_set_without_campaign() {
    let sample = common::frozen().set.questions;
    assert_eq!(QuestionSet::parse(sample.to_json().as_bytes()).unwrap(), sample);
    let whole: CampaignSet = common::frozen().set;
    assert!(QuestionSet::parse(whole.to_json().as_bytes()).is_err());
}
