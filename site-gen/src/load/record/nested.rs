//! Tables within a table.

use serde_json::Value;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::shape::{self, Shape};
use super::{Context, Record, Toml};
use crate::diagnostic::Report;
use crate::source::{Located, Sources};

impl Toml<'_> {
    /// The JSON Schema of what `read` reads, found by running it over an empty table.
    pub fn schema<T>(read: impl FnOnce(&Record<'_>, &mut Report) -> Option<T>) -> Value {
        let (table, shape) = (DeTable::new(), Shape::default());
        let context = Context { file: Sources::default().id(0), offset: 0 };
        let record = Record::new(&table, context.place(0..0), context, Some(&shape));
        read(&record, &mut Report::default());
        shape.into_schema()
    }
}

impl<'t> Record<'t> {
    /// An optional table, read by `read`.
    pub fn table<T>(
        &self,
        key: &'static str,
        report: &mut Report,
        read: impl FnOnce(&Record<'_>, &mut Report) -> Option<T>,
    ) -> Option<T> {
        if self.shape.is_some() {
            self.note_table(key, |schema| schema, read);
            return None;
        }
        let value = self.get(key)?;
        self.child(key, value, report).and_then(|child| {
            let result = read(&child, report);
            child.refuse_unknown(report);
            result
        })
    }

    /// A list of tables (`[[key]]`), each read by `read`; absent counts as empty.
    pub fn tables<T>(
        &self,
        key: &'static str,
        report: &mut Report,
        mut read: impl FnMut(&Record<'_>, &mut Report) -> Option<T>,
    ) -> Vec<T> {
        if self.shape.is_some() {
            self.note_table(key, shape::list, read);
            return Vec::new();
        }
        let Some(value) = self.get(key) else { return Vec::new() };
        let Some(items) = value.get_ref().as_array() else {
            let place = self.context.place(value.span());
            self.wrong_type(key, place, "表の並び（`[[…]]`）", value.get_ref(), report);
            return Vec::new();
        };
        let mut rows = Vec::new();
        for item in items.iter() {
            if let Some(child) = self.child(key, item, report) {
                rows.extend(read(&child, report));
                child.refuse_unknown(report);
            }
        }
        rows
    }

    /// Tables whose names are data (`[key."name"]`), each read by `read`; absent counts as empty.
    pub fn named_tables<T>(
        &self,
        key: &'static str,
        report: &mut Report,
        mut read: impl FnMut(&Record<'_>, &mut Report) -> Option<T>,
    ) -> Vec<(String, T)> {
        if self.shape.is_some() {
            self.note_table(key, shape::entries, read);
            return Vec::new();
        }
        let Some(child) = self.get(key).and_then(|value| self.child(key, value, report)) else {
            return Vec::new();
        };
        let mut rows = Vec::new();
        for (name, value) in child.table {
            if let Some(one) = child.child(name.get_ref(), value, report) {
                rows.extend(read(&one, report).map(|row| (name.get_ref().to_string(), row)));
                one.refuse_unknown(report);
            }
        }
        rows
    }

    /// A table whose keys are data (`cells = { 2026 = "実施" }`): keys and string values.
    pub fn entries(
        &self,
        key: &'static str,
        report: &mut Report,
    ) -> Vec<(Located<String>, String)> {
        self.note(key, || shape::entries(shape::any_text()));
        let Some(value) = self.get(key) else { return Vec::new() };
        let place = self.context.place(value.span());
        let Some(table) = value.get_ref().as_table() else {
            self.wrong_type(key, place, "表", value.get_ref(), report);
            return Vec::new();
        };
        let mut entries = Vec::new();
        for (name, value) in table {
            let place = self.context.place(name.span());
            match value.get_ref().as_str() {
                Some(text) => entries
                    .push((Located { value: name.get_ref().to_string(), place }, text.to_owned())),
                None => self.wrong_type(key, place, "文字列", value.get_ref(), report),
            }
        }
        entries
    }

    fn note_table<T>(
        &self,
        key: &'static str,
        wrap: fn(Value) -> Value,
        read: impl FnOnce(&Record<'_>, &mut Report) -> Option<T>,
    ) {
        self.note(key, || wrap(Toml::schema(read)));
    }

    fn child<'c>(
        &self,
        key: &str,
        value: &'c Spanned<DeValue<'t>>,
        report: &mut Report,
    ) -> Option<Record<'c>>
    where
        't: 'c,
    {
        let place = self.context.place(value.span());
        let Some(table) = value.get_ref().as_table() else {
            self.wrong_type(key, place, "表", value.get_ref(), report);
            return None;
        };
        Some(Record::new(table, place, self.context, None))
    }
}
