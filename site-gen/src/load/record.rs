//! Reading TOML tables so that every mistake is told at once, with its place.
//!
//! A derive stops at the first fault; an author with five of them should hear of five. A
//! [`Record`] hands out the expected keys one by one, notes what is missing or of the wrong type,
//! and at the end reports every key nobody asked for, with the nearest name.

use std::cell::RefCell;
use std::str::FromStr;

use selfcheck::time::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Report, did_you_mean, error, nearest};
use crate::source::{FileId, Located, Place};
use crate::visibility::Visibility;

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
            for fault in errors {
                let place = context.place(fault.span().unwrap_or(0..0));
                report.push(
                    error("toml", place, format!("TOML として読めません（{}）", fault.message()))
                        .hint("引用符、かっこ、`=` の対応を確かめてください。"),
                );
            }
            return None;
        }
        let place = context.place(document.span());
        let record =
            Record { table: document.get_ref(), place, context, asked: RefCell::default() };
        let value = read(&record, report);
        record.refuse_unknown(report);
        value
    }
}

impl<'t> Record<'t> {
    /// Where the table stands.
    pub fn place(&self) -> Place {
        self.place
    }

    /// A required string that is not empty.
    pub fn string(&self, key: &'static str, report: &mut Report) -> Option<Located<String>> {
        let found = self.optional_string(key, report);
        if found.is_none() && self.get(key).is_none() {
            self.missing(key, report);
        }
        found
    }

    /// An optional string; an empty one is an error.
    pub fn optional_string(
        &self,
        key: &'static str,
        report: &mut Report,
    ) -> Option<Located<String>> {
        let value = self.get(key)?;
        let place = self.context.place(value.span());
        match value.get_ref() {
            DeValue::String(text) if !text.trim().is_empty() => {
                Some(Located { value: text.to_string(), place })
            }
            DeValue::String(_) => {
                report.push(error("empty", place, format!("`{key}` が空です")));
                None
            }
            other => {
                self.wrong_type(key, place, "文字列", other, report);
                None
            }
        }
    }

    /// A required string that may be empty.
    pub fn string_or_empty(&self, key: &'static str, report: &mut Report) -> Option<String> {
        match self.get(key).map(Spanned::get_ref) {
            Some(DeValue::String(text)) => Some(text.to_string()),
            _ => self.string(key, report).map(|text| text.value),
        }
    }

    /// A required string that parses as `T`; `what` names the wanted form.
    pub fn parsed<T: FromStr>(
        &self,
        key: &'static str,
        what: &str,
        report: &mut Report,
    ) -> Option<Located<T>> {
        let text = self.string(key, report)?;
        parse_at(&text, what, report)
    }

    /// An optional string that parses as `T`.
    pub fn optional_parsed<T: FromStr>(
        &self,
        key: &'static str,
        what: &str,
        report: &mut Report,
    ) -> Option<Located<T>> {
        let text = self.optional_string(key, report)?;
        parse_at(&text, what, report)
    }

    /// An optional list of strings; absent counts as empty.
    pub fn strings(&self, key: &'static str, report: &mut Report) -> Vec<Located<String>> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let place = self.context.place(value.span());
        let Some(items) = value.get_ref().as_array() else {
            self.wrong_type(key, place, "文字列の並び", value.get_ref(), report);
            return Vec::new();
        };
        let mut strings = Vec::new();
        for item in items.iter() {
            let place = self.context.place(item.span());
            match item.get_ref() {
                DeValue::String(text) => strings.push(Located { value: text.to_string(), place }),
                other => self.wrong_type(key, place, "文字列", other, report),
            }
        }
        strings
    }

    /// A string, or a list of strings.
    pub fn one_or_more(&self, key: &'static str, report: &mut Report) -> Vec<Located<String>> {
        match self.get(key).map(Spanned::get_ref) {
            Some(DeValue::Array(_)) => self.strings(key, report),
            _ => self.string(key, report).into_iter().collect(),
        }
    }

    /// A required whole number within bounds.
    pub fn integer(
        &self,
        key: &'static str,
        bounds: std::ops::RangeInclusive<i64>,
        report: &mut Report,
    ) -> Option<Located<i64>> {
        let Some(value) = self.get(key) else {
            self.missing(key, report);
            return None;
        };
        let place = self.context.place(value.span());
        let number = value
            .get_ref()
            .as_integer()
            .and_then(|integer| i64::from_str_radix(integer.as_str(), integer.radix()).ok());
        match number {
            Some(number) if bounds.contains(&number) => Some(Located { value: number, place }),
            _ => {
                let (low, high) = bounds.into_inner();
                report.push(error(
                    "number",
                    place,
                    format!("`{key}` は {low} から {high} までの整数です"),
                ));
                None
            }
        }
    }

    /// An optional whole number.
    pub fn optional_integer(&self, key: &'static str, report: &mut Report) -> Option<i64> {
        self.optional_integer_in(key, i64::from(i32::MIN)..=i64::from(i32::MAX), report)
    }

    /// An optional whole number within bounds.
    pub fn optional_integer_in(
        &self,
        key: &'static str,
        bounds: std::ops::RangeInclusive<i64>,
        report: &mut Report,
    ) -> Option<i64> {
        self.get(key)?;
        self.integer(key, bounds, report).map(|number| number.value)
    }

    /// An optional true or false.
    pub fn flag(&self, key: &'static str, report: &mut Report) -> bool {
        let Some(value) = self.get(key) else { return false };
        value.get_ref().as_bool().unwrap_or_else(|| {
            let place = self.context.place(value.span());
            self.wrong_type(key, place, "true か false", value.get_ref(), report);
            false
        })
    }

    /// A required date without time.
    pub fn date(&self, key: &'static str, report: &mut Report) -> Option<Located<Date>> {
        if self.get(key).is_none() {
            self.missing(key, report);
            return None;
        }
        self.optional_date(key, report)
    }

    /// An optional date without time.
    pub fn optional_date(&self, key: &'static str, report: &mut Report) -> Option<Located<Date>> {
        let value = self.get(key)?;
        let place = self.context.place(value.span());
        let date = match value.get_ref() {
            DeValue::Datetime(datetime) if datetime.time.is_none() => datetime.date,
            _ => None,
        };
        let date = date.and_then(|date| Date::new(date.year, date.month, date.day));
        if date.is_none() {
            report.push(
                error("date", place, format!("`{key}` は日付です"))
                    .hint("引用符を付けずに `2026-04-01` の形で書きます。"),
            );
        }
        date.map(|value| Located { value, place })
    }

    /// `visibility`, or the given default.
    pub fn visibility(&self, default: Visibility, report: &mut Report) -> Visibility {
        self.optional_parsed("visibility", "`public`、`intranet`、`restricted`", report)
            .map_or(default, |found| found.value)
    }

    /// An optional table, read by `read`.
    pub fn table<T>(
        &self,
        key: &'static str,
        report: &mut Report,
        read: impl FnOnce(&Record<'_>, &mut Report) -> Option<T>,
    ) -> Option<T> {
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

    /// A table whose keys are data (`cells = { 2026 = "実施" }`): keys and string values.
    pub fn entries(
        &self,
        key: &'static str,
        report: &mut Report,
    ) -> Vec<(Located<String>, String)> {
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
        Some(Record { table, place, context: self.context, asked: RefCell::default() })
    }

    fn get(&self, key: &'static str) -> Option<&'t Spanned<DeValue<'t>>> {
        let mut asked = self.asked.borrow_mut();
        if !asked.contains(&key) {
            asked.push(key);
        }
        self.table.iter().find(|(name, _)| name.get_ref() == key).map(|(_, value)| value)
    }

    fn missing(&self, key: &str, report: &mut Report) {
        report.push(
            error("missing-key", self.place.start(), format!("`{key}` がありません"))
                .hint(format!("`{key} = …` の行を加えてください。")),
        );
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
            format!("`{key}` には{wanted}を書きます（今は {}）", found.type_str()),
        ));
    }

    fn refuse_unknown(&self, report: &mut Report) {
        let asked = self.asked.borrow();
        for (name, _) in self.table {
            let key = name.get_ref();
            if asked.iter().any(|known| known == key) {
                continue;
            }
            let place = self.context.place(name.span());
            let mut finding =
                error("unknown-key", place, format!("`{key}` という項目はありません"));
            if let Some(hint) = did_you_mean(&nearest(key, asked.iter().copied())) {
                finding = finding.hint(hint);
            }
            let known = asked.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join("、");
            report.push(finding.hint(format!("書ける項目: {known}")));
        }
    }
}

/// Parses a located string, reporting what was wanted when it does not.
pub fn parse_at<T: FromStr>(
    text: &Located<String>,
    what: &str,
    report: &mut Report,
) -> Option<Located<T>> {
    match text.value.parse() {
        Ok(value) => Some(Located { value, place: text.place }),
        Err(_) => {
            report.push(error(
                "bad-value",
                text.place,
                format!("「{}」は使えません。{what}を書きます", text.value),
            ));
            None
        }
    }
}
