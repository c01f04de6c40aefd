//! The values of a table: words, numbers, dates, and lists of them.

use std::ops::RangeInclusive;
use std::str::FromStr;

use selfcheck::time::Date;
use toml::Spanned;
use toml::de::DeValue;

use super::{Record, shape, syntax};
use crate::diagnostic::{Report, error};
use crate::source::Located;
use crate::visibility::Visibility;

impl Record<'_> {
    /// A required string that is not empty.
    pub fn string(&self, key: &'static str, report: &mut Report) -> Option<Located<String>> {
        let found = self.optional_string(key, report);
        if found.is_none() && self.get(key).is_none() {
            self.missing(key);
        }
        found
    }

    /// An optional string; an empty one is an error.
    pub fn optional_string(
        &self,
        key: &'static str,
        report: &mut Report,
    ) -> Option<Located<String>> {
        self.note(key, shape::text);
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
        self.note(key, shape::any_text);
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
        self.note(key, || shape::form(what));
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
        self.note(key, || shape::form(what));
        let text = self.optional_string(key, report)?;
        parse_at(&text, what, report)
    }

    /// An optional list of strings; absent counts as empty.
    pub fn strings(&self, key: &'static str, report: &mut Report) -> Vec<Located<String>> {
        self.note(key, || shape::list(shape::any_text()));
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
        self.note(key, || shape::one_or_more(shape::text(), shape::any_text()));
        match self.get(key).map(Spanned::get_ref) {
            Some(DeValue::Array(_)) => self.strings(key, report),
            _ => self.string(key, report).into_iter().collect(),
        }
    }

    /// A required whole number within bounds.
    pub fn integer(
        &self,
        key: &'static str,
        bounds: RangeInclusive<i64>,
        report: &mut Report,
    ) -> Option<Located<i64>> {
        self.note(key, || shape::integer(&bounds));
        let Some(value) = self.get(key) else {
            self.missing(key);
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
        bounds: RangeInclusive<i64>,
        report: &mut Report,
    ) -> Option<i64> {
        self.note(key, || shape::integer(&bounds));
        self.get(key)?;
        self.integer(key, bounds, report).map(|number| number.value)
    }

    /// An optional true or false.
    pub fn flag(&self, key: &'static str, report: &mut Report) -> bool {
        self.note(key, shape::flag);
        let Some(value) = self.get(key) else { return false };
        value.get_ref().as_bool().unwrap_or_else(|| {
            let place = self.context.place(value.span());
            self.wrong_type(key, place, "true か false", value.get_ref(), report);
            false
        })
    }

    /// A required date without time.
    pub fn date(&self, key: &'static str, report: &mut Report) -> Option<Located<Date>> {
        self.note(key, shape::date);
        if self.get(key).is_none() {
            self.missing(key);
            return None;
        }
        self.optional_date(key, report)
    }

    /// An optional date without time.
    pub fn optional_date(&self, key: &'static str, report: &mut Report) -> Option<Located<Date>> {
        self.note(key, shape::date);
        let value = self.get(key)?;
        let place = self.context.place(value.span());
        let date = match value.get_ref() {
            DeValue::Datetime(datetime) if datetime.time.is_none() => datetime.date,
            _ => None,
        };
        let date = date.and_then(|date| Date::new(date.year, date.month, date.day));
        if date.is_none() {
            let meant = match value.get_ref() {
                DeValue::String(text) => syntax::date_in(text),
                DeValue::Datetime(datetime) => syntax::date_in(&datetime.to_string()),
                DeValue::Integer(digits) => syntax::date_in(digits.as_str()),
                _ => None,
            };
            let hint = match meant {
                Some(date) => format!("引用符や時刻を付けずに `{date}` と書きます。"),
                None => "引用符を付けずに `2026-04-01` の形で書きます。".to_owned(),
            };
            report.push(error("date", place, format!("`{key}` は日付です")).hint(hint));
        }
        date.map(|value| Located { value, place })
    }

    /// `visibility`, or the given default.
    pub fn visibility(&self, default: Visibility, report: &mut Report) -> Visibility {
        self.optional_word("visibility", report).map_or(default, |found| found.value)
    }
}

fn parse_at<T: FromStr>(
    text: &Located<String>,
    what: &str,
    report: &mut Report,
) -> Option<Located<T>> {
    let value = text.value.parse().ok();
    or_refuse(value, text, || what.to_owned(), report)
}

pub(super) fn or_refuse<T>(
    value: Option<T>,
    text: &Located<String>,
    what: impl FnOnce() -> String,
    report: &mut Report,
) -> Option<Located<T>> {
    if value.is_none() {
        let message = format!("「{}」は使えません。{}を書きます", text.value, what());
        report.push(error("bad-value", text.place, message));
    }
    value.map(|value| Located { value, place: text.place })
}
