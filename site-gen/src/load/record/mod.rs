//! Reading TOML tables so that every mistake is told at once, with its place.
//!
//! A derive stops at the first fault; an author with five of them should hear of five. A
//! [`Record`] hands out the expected keys one by one, notes what is missing or of the wrong type,
//! and at the end reports every key nobody asked for, with the nearest name. The same questions,
//! asked of an empty table, tell the schema of the file ([`shape`]).

mod nested;
mod shape;
mod syntax;
mod values;
mod word;

use std::cell::RefCell;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Report, did_you_mean, error, nearest};
use crate::source::{FileId, Place};

use shape::Shape;
pub use word::Word;

/// A TOML document of one file, or the part of a file that is TOML.
pub struct Toml<'a> {
    file: FileId,
    /// Where the TOML text starts in the file.
    offset: usize,
    text: &'a str,
}

/// One table, and what was asked of it.
pub struct Record<'t> {
    table: &'t DeTable<'t>,
    place: Place,
    context: Context,
    asked: RefCell<Vec<&'static str>>,
    /// Required keys that are not there; told at the end, when misspelt ones are known.
    missing: RefCell<Vec<&'static str>>,
    /// Only while a schema is written down: where the questions are noted.
    shape: Option<&'t Shape>,
}

#[derive(Clone, Copy)]
struct Context {
    file: FileId,
    offset: usize,
}

impl Context {
    fn place(self, span: std::ops::Range<usize>) -> Place {
        self.file.place(span.start + self.offset..span.end + self.offset)
    }
}

impl<'a> Toml<'a> {
    /// The TOML `text` that starts at byte `offset` of `file`.
    pub fn new(file: FileId, offset: usize, text: &'a str) -> Self {
        Self { file, offset, text }
    }

    /// Parses, and reads the document with `read`; syntax errors go to the report.
    pub fn read<T>(
        &self,
        report: &mut Report,
        read: impl FnOnce(&Record<'_>, &mut Report) -> Option<T>,
    ) -> Option<T> {
        let context = Context { file: self.file, offset: self.offset };
        let (document, errors) = DeTable::parse_recoverable(self.text);
        if !errors.is_empty() {
            syntax::report(self.text, &errors, context, report);
            return None;
        }
        let place = context.place(document.span());
        let table = document.get_ref();
        let record = Record::new(table, place, context, None);
        let value = read(&record, report);
        record.refuse_unknown(report);
        value
    }
}

impl<'t> Record<'t> {
    fn new(
        table: &'t DeTable<'t>,
        place: Place,
        context: Context,
        shape: Option<&'t Shape>,
    ) -> Self {
        let (asked, missing) = (RefCell::default(), RefCell::default());
        Self { table, place, context, asked, missing, shape }
    }

    /// Where the table stands.
    pub fn place(&self) -> Place {
        self.place
    }

    /// Whether the table has `key`, whatever its value.
    pub fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// Where the value of `key` stands; the start of the table when it has none.
    pub fn place_of(&self, key: &str) -> Place {
        self.table.get(key).map_or(self.place.start(), |value| self.context.place(value.span()))
    }

    /// Notes that the reader refuses a table without `key`, and says so itself.
    pub fn require(&self, key: &'static str) {
        if let Some(shape) = self.shape {
            shape.require(key);
        }
    }

    /// Notes the `keys` that are missing when they are `needed`: always but for one word
    /// `exempt.1` of the key `exempt.0`.
    pub fn require_unless(
        &self,
        exempt: (&'static str, &'static str),
        needed: bool,
        keys: &[&'static str],
    ) {
        if let Some(shape) = self.shape {
            shape.require_unless(keys, exempt);
        }
        for key in keys.iter().filter(|key| needed && self.get(key).is_none()) {
            self.missing(key);
        }
    }

    fn note(&self, key: &str, schema: impl FnOnce() -> serde_json::Value) {
        if let Some(shape) = self.shape {
            shape.note(key, schema());
        }
    }

    fn get(&self, key: &'static str) -> Option<&'t Spanned<DeValue<'t>>> {
        let mut asked = self.asked.borrow_mut();
        if !asked.contains(&key) {
            asked.push(key);
        }
        self.table.get(key)
    }

    fn missing(&self, key: &'static str) {
        self.require(key);
        self.missing.borrow_mut().push(key);
    }

    fn wrong_type(
        &self,
        key: &str,
        place: Place,
        wanted: &str,
        found: &DeValue<'_>,
        report: &mut Report,
    ) {
        report.push(error(
            "wrong-type",
            place,
            format!("`{key}` には{wanted}を書きます（今は{}）", type_name(found)),
        ));
    }

    /// Tells what nobody asked for and what was asked for in vain; a misspelt key is one mistake.
    fn refuse_unknown(&self, report: &mut Report) {
        let asked = self.asked.borrow();
        let mut missing = self.missing.take();
        for (name, _) in self.table {
            let key = name.get_ref();
            if asked.iter().any(|known| known == key) {
                continue;
            }
            let place = self.context.place(name.span());
            let mut finding =
                error("unknown-key", place, format!("`{key}` という項目はありません"));
            let meant = nearest(key, asked.iter().copied());
            missing.retain(|key| meant.first() != Some(key));
            if let Some(hint) = did_you_mean(&meant) {
                finding = finding.hint(hint);
            }
            let known = asked.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join("、");
            report.push(finding.hint(format!("書ける項目: {known}")));
        }
        for key in missing {
            report.push(
                error("missing-key", self.place.start(), format!("`{key}` がありません"))
                    .hint(format!("`{key} = …` の行を加えてください。")),
            );
        }
    }
}

/// What kind of value it is, as the author knows it.
fn type_name(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "文字列",
        DeValue::Integer(_) => "整数",
        DeValue::Float(_) => "小数",
        DeValue::Boolean(_) => "`true` か `false`",
        DeValue::Datetime(_) => "日付",
        DeValue::Array(_) => "並び `[…]`",
        DeValue::Table(_) => "表",
    }
}
