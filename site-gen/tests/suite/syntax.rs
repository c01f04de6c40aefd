//! Faults of TOML are told in Japanese, at the culprit, with what to write instead.

use std::fmt::Write as _;

use proptest::prelude::*;

use crate::common::Office;

/// What is told of a data file with this text, a line each: place, message and remedies.
fn told(text: &str) -> String {
    let office = Office::new();
    office.write("content/data/contacts.toml", text);
    let outcome = office.check();
    let mut told = String::new();
    for finding in outcome.report.iter().filter(|finding| finding.code == "toml") {
        let (_, line, column) = outcome.sources.locate(finding.place.unwrap());
        let _ = write!(told, "> {line}:{column} {}", finding.message);
        if let Some((label, place)) = finding.other {
            let (_, line, column) = outcome.sources.locate(place);
            let _ = write!(told, " {label} {line}:{column}");
        }
        let _ = writeln!(told, " / {}", finding.hints.join(" "));
    }
    told
}

/// `syntax.txt` has what clerks write, and below each what they are told.
#[test]
fn every_fault_is_told_where_it_is_with_its_remedy() {
    for case in include_str!("../syntax.txt").split("\n\n") {
        let (text, expected) = case.split_at(case.find("\n> ").unwrap() + 1);
        assert_eq!(told(text).trim_end(), expected.trim_end(), "of\n{text}");
    }
}

#[test]
fn what_is_not_recognised_is_told_in_the_words_of_the_library() {
    let words = "引用符、かっこ、`=` の対応を確かめてください。";
    assert_eq!(
        told("\"x\"\n"),
        format!("> 1:4 TOML として読めません（key with no value, expected `=`） / {words}\n")
    );
}

#[test]
fn values_that_are_days_in_another_form() {
    let hint = |value: &str| {
        let office = Office::new();
        office.edit("content/pages/home.md", "2030-03-31", value);
        let outcome = office.check();
        let found = outcome.report.iter().find(|finding| finding.code == "date").unwrap();
        assert_eq!(found.message, "`review_due` は日付です");
        found.hints.join(" ")
    };
    let meant = "引用符や時刻を付けずに `2030-03-31` と書きます。";
    for value in [
        "\"2030-03-31\"",
        "\"令和12年3月31日\"",
        "\"２０３０／３／３１\"",
        "20300331",
        "2030-03-31T09:00:00",
    ] {
        assert_eq!(hint(value), meant, "{value}");
    }
    for value in ["\"来年度末\"", "20300332", "true"] {
        assert_eq!(hint(value), "引用符を付けずに `2026-04-01` の形で書きます。", "{value}");
    }
}

#[test]
fn a_file_that_is_no_toml_is_told_shortly() {
    let text = "本文です。\n".repeat(60_000);
    let told = told(&text);
    assert_eq!(told.lines().count(), 51, "{told}");
    assert!(
        told.ends_with(
            "> 51:6 ここから後にも、読めない行があります / 先に知らせた行から直します。\n"
        )
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn any_text_is_told_or_read(text in "([ab=\\[\\]{},.:\"'#\\\\＝　“”「」、あ0-9年月日/ -]|\"\"\"|\n){0,40}") {
        told(&text);
    }
}
