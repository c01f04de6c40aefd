//! `summary.json` follows its schema, and the schema would notice if it did not.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

/// What breaks the schema; the keywords are those that our schema uses.
fn faults(schema: &Value, root: &Value, value: &Value, at: &str, faults: &mut Vec<String>) {
    if let Some(name) = schema["$ref"].as_str() {
        let definition = &root["$defs"][name.trim_start_matches("#/$defs/")];
        assert!(definition.is_object(), "{name} is defined");
        return self::faults(definition, root, value, at, faults);
    }
    let is = |kind: &str| match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("{other} is a type this test does not know"),
    };
    let fits = match &schema["type"] {
        Value::String(kind) => is(kind),
        Value::Array(kinds) => kinds.iter().any(|kind| is(kind.as_str().unwrap())),
        _ => true,
    };
    let is_const = schema.get("const").is_none_or(|wanted| wanted == value);
    let is_listed = schema["enum"].as_array().is_none_or(|listed| listed.contains(value));
    let number = value.as_i64();
    let bound = |key: &str| schema[key].as_i64().zip(number);
    let in_bounds = bound("minimum").is_none_or(|(low, number)| low <= number)
        && bound("maximum").is_none_or(|(high, number)| number <= high);
    if !(fits && is_const && is_listed && in_bounds) {
        faults.push(format!("{at}: {value}"));
    }
    if let Some(members) = value.as_object() {
        for required in schema["required"].as_array().into_iter().flatten() {
            if !members.contains_key(required.as_str().unwrap()) {
                faults.push(format!("{at}: no {required}"));
            }
        }
        for (name, member) in members {
            match schema["properties"].get(name) {
                Some(schema) => self::faults(schema, root, member, &format!("{at}.{name}"), faults),
                None => faults.push(format!("{at}: {name} is unknown")),
            }
        }
    }
    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
        self::faults(&schema["items"], root, item, &format!("{at}[{index}]"), faults);
    }
}

fn check(value: &Value) -> Vec<String> {
    let schema: Value =
        serde_json::from_str(include_str!("../schema/summary.schema.json")).unwrap();
    let mut found = Vec::new();
    faults(&schema, &schema, value, "summary", &mut found);
    found
}

#[test]
fn every_summary_follows_the_schema() {
    let edges = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/edges");
    let mut seen = 0;
    for case in fs::read_dir(edges).unwrap() {
        let path = case.unwrap().path().join("committee/summary.json");
        let summary: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        assert_eq!(check(&summary), Vec::<String>::new(), "{}", path.display());
        seen += 1;
        for (pointer, value) in [
            ("/v", json!(2)),
            ("/completion/paper", json!("none")),
            ("/questions/0/weight", json!(4)),
            ("/questions/0/score", json!({"points": 1, "max": 3, "people": 4})),
            ("/categories/0/name", json!("x")),
            ("/scored", Value::Null),
        ] {
            let mut broken = summary.clone();
            let (parent, member) = pointer.rsplit_once('/').unwrap();
            broken.pointer_mut(parent).unwrap()[member] = value;
            assert_eq!(check(&broken).len(), 1, "{pointer}");
        }
        let mut broken = summary.clone();
        broken.as_object_mut().unwrap().remove("groups");
        assert_eq!(check(&broken), ["summary: no \"groups\""]);
    }
    assert_eq!(seen, 6);
}
