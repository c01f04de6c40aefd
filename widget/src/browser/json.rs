//! The browser's own JSON parser.
//!
//! `serde_json` with the readers of every type would be a fifth of the page's Wasm. What is read
//! here was written and checked by `site-gen` or by this page. A result file of unknown origin is
//! read by `selfcheck`, which believes nothing that does not come out byte for byte as it was signed.

use std::str::FromStr;

use js_sys::{Array, JSON, Object, Reflect};
use wasm_bindgen::{JsValue, UnwrapThrowExt as _};

/// A parsed value. What is missing or of another type reads as empty, zero or false; whatever the
/// check relies on is parsed from text and tells.
pub struct Json(JsValue);

impl Json {
    /// Parses a text; `None` for what is no JSON.
    pub fn parse(text: &str) -> Option<Self> {
        JSON::parse(text).ok().map(Self)
    }

    /// A member of an object.
    pub fn get(&self, name: &str) -> Self {
        Self(Reflect::get(&self.0, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED))
    }

    /// The elements of a list.
    pub fn items(&self) -> Vec<Self> {
        Array::from(&self.0).iter().map(Self).collect()
    }

    /// The names and values of an object's members.
    pub fn members(&self) -> Vec<Self> {
        Object::try_from(&self.0)
            .map_or_else(Vec::new, |object| Object::entries(object).iter().map(Self).collect())
    }

    /// A text.
    pub fn text(&self) -> String {
        self.0.as_string().unwrap_or_default()
    }

    /// A text that stands for something.
    pub fn parsed<T: FromStr>(&self) -> Option<T> {
        self.text().parse().ok()
    }

    /// A text of the page's own data that stands for something. Throws where it does not: then the
    /// page was not built by `site-gen`, and its plain HTML stays.
    pub fn known<T: FromStr>(&self) -> T {
        self.parsed().expect_throw("the page's data")
    }

    /// A whole number; the browser's numbers are exact far beyond 32 bits.
    pub fn number(&self) -> u32 {
        self.0.as_f64().unwrap_or_default() as u32
    }

    /// Whether it is `true`.
    pub fn is_true(&self) -> bool {
        self.0.is_truthy()
    }
}

/// A list of values.
pub fn list(items: impl IntoIterator<Item = JsValue>) -> JsValue {
    items.into_iter().collect::<Array>().into()
}

/// An object with these members.
pub fn object(members: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in members {
        // A plain object takes every member.
        let _ = Reflect::set(&object, &JsValue::from_str(name), value);
    }
    object.into()
}

/// A value as text.
pub fn text(value: &JsValue) -> String {
    JSON::stringify(value).map_or_else(|_| String::new(), String::from)
}
