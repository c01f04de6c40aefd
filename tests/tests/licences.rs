//! The licences of everything we build with, held against `deny.toml`.
//!
//! `deny.toml` is written for `cargo deny check`, which also knows advisories. This test reads
//! the part about licences itself, so that it holds on every run: building cargo-deny takes
//! longer than all our tests, and its advisories come from a place that CI does not reach.

use std::collections::BTreeSet;

use product_tests::{metadata, text};
use toml::Table;

const PLATFORMS: &[&str] = &["x86_64-unknown-linux-gnu", "wasm32-unknown-unknown"];

#[test]
fn every_dependency_has_an_allowed_licence() {
    let allowed = allowed();
    let mut faults = BTreeSet::new();
    for platform in PLATFORMS {
        let metadata = metadata(platform);
        let used: BTreeSet<&str> = metadata["resolve"]["nodes"]
            .as_array()
            .expect("metadata has a graph")
            .iter()
            .filter_map(|node| node["id"].as_str())
            .collect();
        for package in metadata["packages"].as_array().expect("metadata has packages") {
            if !package["id"].as_str().is_some_and(|id| used.contains(id)) {
                continue;
            }
            let name = package["name"].as_str().unwrap_or_default();
            let licence = package["license"].as_str().unwrap_or_default();
            if !satisfied(licence, &allowed) {
                faults.insert(format!("{name}: `{licence}`"));
            }
        }
    }
    assert!(faults.is_empty(), "not allowed by `deny.toml`: {faults:#?}");
}

#[test]
fn no_licence_is_allowed_in_vain() {
    let metadata: Vec<_> = PLATFORMS.iter().map(|platform| metadata(platform)).collect();
    let used: BTreeSet<String> = metadata
        .iter()
        .flat_map(|metadata| metadata["packages"].as_array().into_iter().flatten())
        .filter_map(|package| package["license"].as_str())
        .flat_map(words)
        .collect();
    let vain: Vec<_> = allowed().into_iter().filter(|name| !used.contains(name)).collect();
    assert!(vain.is_empty(), "in `deny.toml`, yet used by nobody: {vain:?}");
}

#[test]
fn licence_expressions_are_understood() {
    let allowed = ["MIT", "Unicode-3.0", "Apache-2.0 WITH LLVM-exception"].map(String::from);
    let allowed = BTreeSet::from(allowed);
    let check = |expression: &str, expected: bool| {
        assert_eq!(satisfied(expression, &allowed), expected, "{expression}");
    };
    check("MIT", true);
    check("GPL-3.0", false);
    check("MIT OR GPL-3.0", true);
    check("MIT/GPL-3.0", true);
    check("MIT AND GPL-3.0", false);
    check("(GPL-3.0 OR MIT) AND Unicode-3.0", true);
    check("GPL-3.0 OR MIT AND Unicode-3.0", true);
    check("Apache-2.0 WITH LLVM-exception", true);
    check("Apache-2.0", false);
    check("", false);
    check("(MIT", false);
}

fn allowed() -> BTreeSet<String> {
    let deny: Table = text("deny.toml").expect("text").parse().expect("`deny.toml` is TOML");
    let list = deny["licenses"]["allow"].as_array().expect("a list of licences");
    list.iter().filter_map(|name| name.as_str().map(str::to_owned)).collect()
}

/// Whether an SPDX expression (or Cargo's old `A/B`) can be met with allowed licences.
fn satisfied(expression: &str, allowed: &BTreeSet<String>) -> bool {
    let tokens = tokens(expression);
    let mut rest = tokens.as_slice();
    let met = either(&mut rest, allowed);
    met == Some(true) && rest.is_empty()
}

/// `x OR y`; `AND` binds tighter. `None` is an expression that cannot be read.
fn either(rest: &mut &[String], allowed: &BTreeSet<String>) -> Option<bool> {
    let mut met = both(rest, allowed)?;
    while next_is(rest, "OR") {
        met |= both(rest, allowed)?;
    }
    Some(met)
}

fn both(rest: &mut &[String], allowed: &BTreeSet<String>) -> Option<bool> {
    let mut met = single(rest, allowed)?;
    while next_is(rest, "AND") {
        met &= single(rest, allowed)?;
    }
    Some(met)
}

fn single(rest: &mut &[String], allowed: &BTreeSet<String>) -> Option<bool> {
    if next_is(rest, "(") {
        let met = either(rest, allowed)?;
        return next_is(rest, ")").then_some(met);
    }
    let (name, after) = rest.split_first()?;
    *rest = after;
    Some(allowed.contains(name))
}

fn next_is(rest: &mut &[String], token: &str) -> bool {
    match rest.split_first() {
        Some((first, after)) if first == token => {
            *rest = after;
            true
        }
        _ => false,
    }
}

/// Names and operators; a licence WITH its exception is one name.
fn tokens(expression: &str) -> Vec<String> {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let mut tokens: Vec<String> = Vec::new();
    let mut exception = false;
    for word in spaced.split_whitespace() {
        match tokens.last_mut() {
            Some(last) if word == "WITH" || exception => {
                *last = format!("{last} {word}");
                exception = word == "WITH";
            }
            _ => tokens.push(word.to_owned()),
        }
    }
    tokens
}

fn words(expression: &str) -> Vec<String> {
    let operators = ["(", ")", "AND", "OR"];
    tokens(expression).into_iter().filter(|token| !operators.contains(&&**token)).collect()
}
