//! The language files: complete, in order, and saying the same.

use selfcheck::time::Date;

use super::fixtures::{language, page};
use crate::texts::{Texts, fill};

#[test]
fn both_files_have_every_name_in_order() {
    for lang in ["ja", "en"] {
        let names: Vec<String> = language(lang).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, Texts::NAMES, "{lang}");
    }
}

#[test]
fn both_files_have_the_same_places_for_values() {
    for ((name, japanese), (_, english)) in language("ja").into_iter().zip(language("en")) {
        assert!(!japanese.is_empty() && !english.is_empty(), "{name}");
        if name != "day" {
            let places = |words: &str| words.matches("{}").count();
            assert_eq!(places(&japanese), places(&english), "{name}");
        }
    }
}

#[test]
fn a_word_more_or_less_is_refused() {
    let words = || language("ja").into_iter().map(|(_, words)| words);
    assert!(Texts::read(words().skip(1).collect()).is_none());
    assert!(Texts::read(words().chain(["more".to_owned()]).collect()).is_none());
}

#[test]
fn fills_places_in_order() {
    assert_eq!(fill("問{}／{}", &["3", "34"]), "問3／34");
    assert_eq!(fill("{1}の{0}、{1}", &["a", "b"]), "bのa、b");
    assert_eq!(fill("{}{}", &["a"]), "a");
    assert_eq!(fill("plain", &["a"]), "plain");
}

#[test]
fn dates_in_both_languages() {
    let date: Date = "2026-11-16".parse().unwrap();
    let said = |lang| page(lang, "2026-11-16T09:00:00+09:00").texts.date(date);
    assert_eq!(said("ja"), "令和8年11月16日（月）");
    assert_eq!(said("en"), "Mon 16 Nov 2026");
}
