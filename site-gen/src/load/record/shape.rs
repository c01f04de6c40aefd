//! What a reader reads, as JSON Schema (draft 2020-12).
//!
//! Nothing is written down twice: the reader runs over an empty table that notes every key it is
//! asked for, with its type, its words or bounds, and whether it is required.

use std::cell::RefCell;
use std::ops::RangeInclusive;

use serde_json::{Map, Value, json};

use super::Word;

/// The keys of one table, as far as they were asked for.
#[derive(Default)]
pub(super) struct Shape(RefCell<Noted>);

#[derive(Default)]
struct Noted {
    keys: Map<String, Value>,
    required: Vec<&'static str>,
    /// What holds for several keys together.
    rules: Vec<Value>,
}

impl Shape {
    /// Notes a key; what was said of it first is the most exact.
    pub(super) fn note(&self, key: &str, schema: Value) {
        self.0.borrow_mut().keys.entry(key).or_insert(schema);
    }

    pub(super) fn require(&self, key: &'static str) {
        let mut noted = self.0.borrow_mut();
        if !noted.required.contains(&key) {
            noted.required.push(key);
        }
    }

    /// The keys are required unless `choice` is the word `exempt`.
    pub(super) fn require_unless(&self, keys: &[&str], (choice, exempt): (&str, &str)) {
        let exempt = json!({ "properties": { choice: { "enum": [exempt] } } });
        self.0.borrow_mut().rules.push(json!({ "anyOf": [exempt, { "required": keys }] }));
    }

    /// The schema of the table.
    pub(super) fn into_schema(self) -> Value {
        let Noted { keys, required, rules } = self.0.into_inner();
        let mut schema = json!({
            "type": "object",
            "additionalProperties": false,
            "properties": keys,
        });
        if !required.is_empty() {
            schema["required"] = json!(required);
        }
        if !rules.is_empty() {
            schema["allOf"] = json!(rules);
        }
        schema
    }
}

/// A string with something in it.
pub(super) fn text() -> Value {
    json!({ "type": "string", "pattern": r"\S" })
}

/// A string of a form that is told in words.
pub(super) fn form(what: &str) -> Value {
    json!({ "type": "string", "pattern": r"\S", "description": what })
}

/// Any string.
pub(super) fn any_text() -> Value {
    json!({ "type": "string" })
}

/// One of the words of `T`.
pub(super) fn word<T: Word>() -> Value {
    let words: Vec<&str> = T::ALL.iter().map(|one| one.word()).collect();
    json!({ "enum": words })
}

/// A whole number.
pub(super) fn integer(bounds: &RangeInclusive<i64>) -> Value {
    json!({ "type": "integer", "minimum": bounds.start(), "maximum": bounds.end() })
}

/// `true` or `false`.
pub(super) fn flag() -> Value {
    json!({ "type": "boolean" })
}

/// A TOML date, which editors hand over as text.
pub(super) fn date() -> Value {
    json!({
        "type": "string",
        "format": "date",
        "pattern": r"^\d{4}-\d{2}-\d{2}$",
        "description": "引用符を付けない日付（2026-04-01）",
    })
}

/// A list.
pub(super) fn list(items: Value) -> Value {
    json!({ "type": "array", "items": items })
}

/// One, or a list of them.
pub(super) fn one_or_more(one: Value, items: Value) -> Value {
    json!({ "anyOf": [one, list(items)] })
}

/// A table whose keys are data.
pub(super) fn entries(value: Value) -> Value {
    json!({ "type": "object", "additionalProperties": value })
}
