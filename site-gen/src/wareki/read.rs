//! Reading dates in running text, and telling those that cannot be.

use std::ops::Range;

use selfcheck::time::Date;

use super::{ERAS, Era};
use crate::diagnostic::Severity;

/// A date or a year as an author wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenDate {
    /// Where it stands in the text, in bytes, without a weekday.
    pub range: Range<usize>,
    /// For machines: `2026-04-01`, or `2026-04` without a day; `None` for years alone and for dates
    /// that cannot be.
    pub machine: Option<String>,
    /// What is wrong with it.
    pub fault: Option<Fault>,
}

/// Why a date cannot be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Errors mislead; warnings may be quotations of older documents.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// What was most likely meant.
    pub hint: String,
}

const WEEKDAYS: [char; 7] = ['日', '月', '火', '水', '木', '金', '土'];

/// Every year and date in `text`, in order: `令和8年4月1日`, `令和8年4月`, `2026年4月1日（水）`,
/// `平成30年度`. Digits may be full-width.
pub fn scan(text: &str) -> impl Iterator<Item = WrittenDate> + '_ {
    text.match_indices('年').filter_map(move |(at, _)| read_at(text, at))
}

/// Reads the date or the year whose 年 stands at byte `at`.
pub fn read_at(text: &str, at: usize) -> Option<WrittenDate> {
    let (year, digits_at) = year_before(&text[..at])?;
    let before = &text[..digits_at];
    let era = ERAS.iter().find(|era| before.ends_with(era.name));
    let start = digits_at - era.map_or(0, |era| era.name.len());
    if era.is_none() && !(1868..=2200).contains(&year) {
        return None;
    }
    let mut rest = Rest { text, at: at + '年'.len_utf8() };
    if rest.eat("度") {
        let fault = era.and_then(|era| fiscal_fault(era, year));
        return Some(WrittenDate { range: start..rest.at, machine: None, fault });
    }
    let month = rest.number("月");
    let day = month.and_then(|_| rest.number("日"));
    let range = start..rest.at;
    let written = &text[range.clone()];
    let common = match era {
        Some(era) => year.checked_add(era.base)?,
        None => year,
    };
    let fault = date_fault(written, era, year, common, month, day).or_else(|| {
        let date = Date::new(common, month?, day?)?;
        weekday_fault(written, date, rest)
    });
    let machine = match (month, day) {
        _ if fault.as_ref().is_some_and(|fault| fault.severity == Severity::Error) => None,
        (Some(month), Some(day)) => Date::new(common, month, day).map(|date| date.to_string()),
        (Some(month), None) => Some(format!("{common:04}-{month:02}")),
        _ => None,
    };
    Some(WrittenDate { range, machine, fault })
}

/// The number before 年 and the byte at which it starts; 元 is 1.
fn year_before(text: &str) -> Option<(u16, usize)> {
    if let Some(before) = text.strip_suffix('元') {
        // 元年 only after an era: 元年度 of a plan is nobody's year.
        return ERAS.iter().any(|era| before.ends_with(era.name)).then_some((1, before.len()));
    }
    let start = text
        .char_indices()
        .rev()
        .take(5)
        .take_while(|&(_, c)| digit(c).is_some())
        .last()
        .map(|(at, _)| at)?;
    let digits = &text[start..];
    (digits.chars().count() <= 4).then_some((number(digits)?, start))
}

fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => c.to_digit(10),
        '０'..='９' => Some(u32::from(c) - u32::from('０')),
        _ => None,
    }
}

fn number(digits: &str) -> Option<u16> {
    digits
        .chars()
        .try_fold(0_u16, |sum, c| sum.checked_mul(10)?.checked_add(u16::try_from(digit(c)?).ok()?))
}

/// The text after 年.
#[derive(Clone, Copy)]
struct Rest<'t> {
    text: &'t str,
    at: usize,
}

impl Rest<'_> {
    fn eat(&mut self, word: &str) -> bool {
        let found = self.text[self.at..].starts_with(word);
        if found {
            self.at += word.len();
        }
        found
    }

    /// One or two digits and `unit`.
    fn number(&mut self, unit: &str) -> Option<u8> {
        let rest = &self.text[self.at..];
        let length: usize =
            rest.chars().take(3).take_while(|&c| digit(c).is_some()).map(char::len_utf8).sum();
        let (digits, after) = rest.split_at(length);
        let value = number(digits).filter(|_| !digits.is_empty() && after.starts_with(unit))?;
        self.at += length + unit.len();
        u8::try_from(value).ok()
    }
}

fn error(message: String, hint: impl Into<String>) -> Option<Fault> {
    Some(Fault { severity: Severity::Error, message, hint: hint.into() })
}

fn warning(message: String, hint: impl Into<String>) -> Option<Fault> {
    Some(Fault { severity: Severity::Warning, message, hint: hint.into() })
}

fn fiscal_fault(era: &Era, year: u16) -> Option<Fault> {
    let written = format!("{}{year}年度", era.name);
    if year == 0 {
        return error(format!("「{written}」はありません"), "最初の年度は元年度です。");
    }
    // 平成31年度 stands on older documents; later ones never began.
    let last = era.last.0 - era.base;
    let ends_early = era.name == "昭和";
    if year > last || ends_early && year == last {
        let meant = super::format_fiscal_year(year + era.base);
        return warning(format!("「{written}」はありません"), format!("「{meant}」のことですか。"));
    }
    None
}

fn date_fault(
    written: &str,
    era: Option<&Era>,
    year: u16,
    common: u16,
    month: Option<u8>,
    day: Option<u8>,
) -> Option<Fault> {
    if era.is_some() && year == 0 {
        return error(format!("「{written}」はありません"), "最初の年は元年です。");
    }
    if month.is_some_and(|month| !(1..=12).contains(&month)) {
        return error(format!("「{written}」はありません"), "月は1から12までです。");
    }
    if let (Some(month), Some(day)) = (month, day)
        && Date::new(common, month, day).is_none()
    {
        let last = last_day(common, month);
        return error(
            format!("「{written}」という日はありません"),
            format!("{common}年{month}月は{last}日までです。"),
        );
    }
    let era = era?;
    // The stretch of days the words may mean must touch the era.
    let first = (common, month.unwrap_or(1), day.unwrap_or(1));
    let last = (common, month.unwrap_or(12), day.unwrap_or(31));
    if last >= era.first && first <= era.last {
        return None;
    }
    let right = Date::new(first.0, first.1, first.2)
        .map(|date| match (month, day) {
            (None, _) => super::format_year(Date::new(common, 12, 31).unwrap_or(date)),
            (Some(month), None) => format!("{}{month}月", super::format_year(date)),
            _ => super::format_date(date),
        })
        .unwrap_or_default();
    warning(
        format!("「{written}」はありません（{}は{}）", era.name, span(era)),
        format!("「{right}」のことですか。"),
    )
}

fn span(era: &Era) -> String {
    let day = |(year, month, day): (u16, u8, u8)| {
        let year = match year - era.base {
            1 => "元".to_owned(),
            year => year.to_string(),
        };
        format!("{year}年{month}月{day}日")
    };
    if era.last.0 == 9999 {
        format!("{}から", day(era.first))
    } else {
        format!("{}から{}まで", day(era.first), day(era.last))
    }
}

fn last_day(year: u16, month: u8) -> u8 {
    (28..=31).rev().find(|&day| Date::new(year, month, day).is_some()).unwrap_or(28)
}

/// `（月）`, `(月曜日)`, `（月・祝）` after a date.
fn weekday_fault(written: &str, date: Date, rest: Rest<'_>) -> Option<Fault> {
    let mut after = rest.text[rest.at..].chars();
    after.next().filter(|c| matches!(c, '（' | '('))?;
    let named = after.next()?;
    let index = WEEKDAYS.iter().position(|&day| day == named)?;
    // `（土木課）` is no weekday.
    let rest = after.as_str();
    let rest = rest.strip_prefix("曜日").or_else(|| rest.strip_prefix('曜')).unwrap_or(rest);
    rest.starts_with(['）', ')', '・', '、']).then_some(())?;
    if index == usize::from(date.weekday()) {
        return None;
    }
    let right = WEEKDAYS[usize::from(date.weekday())];
    error(
        format!("「{written}（{named}）」の曜日が違います"),
        format!("{}年{}月{}日は{right}曜日です。", date.year(), date.month(), date.day()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> Option<Fault> {
        scan(text).find_map(|date| date.fault)
    }

    #[test]
    fn impossible_dates() {
        for (text, severity, message, hint) in [
            ("令和0年", Severity::Error, "「令和0年」はありません", "最初の年は元年です。"),
            ("令和0年度", Severity::Error, "「令和0年度」はありません", "最初の年度は元年度です。"),
            (
                "2026年2月30日",
                Severity::Error,
                "「2026年2月30日」という日はありません",
                "2026年2月は28日までです。",
            ),
            (
                "令和8年２月２９日",
                Severity::Error,
                "「令和8年２月２９日」という日はありません",
                "2026年2月は28日までです。",
            ),
            (
                "令和8年13月",
                Severity::Error,
                "「令和8年13月」はありません",
                "月は1から12までです。",
            ),
            (
                "平成32年",
                Severity::Warning,
                "「平成32年」はありません（平成は元年1月8日から31年4月30日まで）",
                "「令和2年」のことですか。",
            ),
            (
                "平成31年5月1日",
                Severity::Warning,
                "「平成31年5月1日」はありません（平成は元年1月8日から31年4月30日まで）",
                "「令和元年5月1日」のことですか。",
            ),
            (
                "昭和65年3月",
                Severity::Warning,
                "「昭和65年3月」はありません（昭和は元年12月25日から64年1月7日まで）",
                "「平成2年3月」のことですか。",
            ),
            (
                "令和元年4月",
                Severity::Warning,
                "「令和元年4月」はありません（令和は元年5月1日から）",
                "「平成31年4月」のことですか。",
            ),
            (
                "平成32年度",
                Severity::Warning,
                "「平成32年度」はありません",
                "「令和2年度」のことですか。",
            ),
            (
                "昭和64年度",
                Severity::Warning,
                "「昭和64年度」はありません",
                "「平成元年度」のことですか。",
            ),
        ] {
            let found = fault(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(
                (found.severity, found.message.as_str(), found.hint.as_str()),
                (severity, message, hint)
            );
        }
    }

    #[test]
    fn weekdays() {
        assert_eq!(fault("2026年4月1日（水）"), None);
        assert_eq!(fault("令和8年4月1日(水曜日)"), None);
        assert_eq!(fault("令和8年4月29日（水・祝）"), None);
        assert_eq!(fault("令和8年4月1日（土木課）"), None);
        let found = fault("会議は2026年4月1日（月）です").unwrap();
        assert_eq!(found.message, "「2026年4月1日（月）」の曜日が違います");
        assert_eq!(found.hint, "2026年4月1日は水曜日です。");
    }

    #[test]
    fn possible_dates_and_other_numbers() {
        for text in [
            "平成31年",
            "平成31年度",
            "昭和64年1月7日",
            "令和元年度",
            "3年ごと",
            "10年間",
            "12345年",
            "創立100年",
            "元年",
            "2026年度",
            "平成31年4月",
            "令和元年5月",
        ] {
            assert_eq!(fault(text), None, "{text}");
        }
    }

    #[test]
    fn places_and_machine_forms() {
        let text = "期間は令和8年4月1日（水）から2027年３月まで、平成30年度です。3年後。";
        let found: Vec<(String, Option<String>)> =
            scan(text).map(|date| (text[date.range].to_owned(), date.machine)).collect();
        assert_eq!(
            found,
            [
                ("令和8年4月1日".to_owned(), Some("2026-04-01".to_owned())),
                ("2027年３月".to_owned(), Some("2027-03".to_owned())),
                ("平成30年度".to_owned(), None),
            ]
        );
    }
}
