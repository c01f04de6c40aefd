//! Dates in the Japanese calendar (和暦): writing them, and reading what authors write.
//!
//! 年度 runs from April to March. The eras and their first days are those of the ordinances that
//! named them; the last day of one is the day before the next, save that 大正 and 昭和 share
//! 1926-12-25, which counts as 昭和 here. 明治 counts from 1873-01-01, when the calendar of today
//! came into force.

mod read;

use selfcheck::time::Date;

pub use read::{Fault, WrittenDate, read_at, scan};

/// One era.
struct Era {
    name: &'static str,
    first: (u16, u8, u8),
    last: (u16, u8, u8),
    /// The year before its first.
    base: u16,
}

/// Latest first.
const ERAS: [Era; 5] = [
    Era { name: "令和", first: (2019, 5, 1), last: (9999, 12, 31), base: 2018 },
    Era { name: "平成", first: (1989, 1, 8), last: (2019, 4, 30), base: 1988 },
    Era { name: "昭和", first: (1926, 12, 25), last: (1989, 1, 7), base: 1925 },
    Era { name: "大正", first: (1912, 7, 30), last: (1926, 12, 24), base: 1911 },
    Era { name: "明治", first: (1873, 1, 1), last: (1912, 7, 29), base: 1867 },
];

/// `令和8年4月1日`; before 明治6年 the year of the common era.
pub fn format_date(date: Date) -> String {
    // In one go and not from parts: every page has a handful of dates.
    let (month, day) = (date.month(), date.day());
    match year_of_era(date) {
        (era, 1) if !era.is_empty() => format!("{era}元年{month}月{day}日"),
        (era, year) => format!("{era}{year}年{month}月{day}日"),
    }
}

/// `令和8年度`: the fiscal year that starts in April of `year`.
pub fn format_fiscal_year(year: u16) -> String {
    // 2019年度 is 令和元年度: its greater part lies in 令和.
    let era = ERAS.iter().find(|era| year >= era.first.0);
    era.map_or_else(
        || format!("{year}年度"),
        |era| format!("{}{}度", era.name, era_year(year - era.base)),
    )
}

/// `R8年度`, for narrow tables.
pub fn format_fiscal_year_short(year: u16) -> String {
    match year.checked_sub(2018) {
        Some(reiwa) if reiwa > 0 => format!("R{reiwa}年度"),
        _ => format_fiscal_year(year),
    }
}

fn format_year(date: Date) -> String {
    match year_of_era(date) {
        (era, year) if !era.is_empty() => format!("{era}{}", era_year(year)),
        (_, year) => format!("{year}年"),
    }
}

/// The name of a day's era and the year in it; before 明治6年 no name and the common year.
fn year_of_era(date: Date) -> (&'static str, u16) {
    let key = (date.year(), date.month(), date.day());
    let era = ERAS.iter().find(|era| key >= era.first);
    era.map_or(("", date.year()), |era| (era.name, date.year() - era.base))
}

fn era_year(year: u16) -> String {
    if year == 1 { "元年".to_owned() } else { format!("{year}年") }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// First and last days of the eras as published (明治5年太政官布告第337号; the ordinances of
    /// 1912, 1926, 1989 and 2019), held by hand: a calendar library would cost 59 crates for them.
    const EDGES: [(&str, &str); 13] = [
        ("2026-04-01", "令和8年4月1日"),
        ("2020-01-01", "令和2年1月1日"),
        ("2019-12-31", "令和元年12月31日"),
        ("2019-05-01", "令和元年5月1日"),
        ("2019-04-30", "平成31年4月30日"),
        ("2000-02-29", "平成12年2月29日"),
        ("1989-01-08", "平成元年1月8日"),
        ("1989-01-07", "昭和64年1月7日"),
        ("1926-12-25", "昭和元年12月25日"),
        ("1926-12-24", "大正15年12月24日"),
        ("1912-07-30", "大正元年7月30日"),
        ("1912-07-29", "明治45年7月29日"),
        ("1900-01-01", "明治33年1月1日"),
    ];

    #[test]
    fn era_edges_both_ways() {
        for (iso, japanese) in EDGES {
            let date: Date = iso.parse().unwrap();
            assert_eq!(format_date(date), japanese);
            let read: Vec<WrittenDate> = scan(japanese).collect();
            assert_eq!(read.len(), 1, "{japanese}");
            assert_eq!(read[0].machine.as_deref(), Some(iso), "{japanese}");
            assert!(read[0].fault.is_none(), "{japanese}");
        }
    }

    #[test]
    fn every_day_of_two_centuries_reads_back() {
        let mut days = 0;
        for year in 1900..=2100 {
            for month in 1..=12 {
                for day in 1..=31 {
                    let Some(date) = Date::new(year, month, day) else { continue };
                    let text = format_date(date);
                    let read = scan(&text).next().unwrap();
                    assert_eq!(read.machine, Some(date.to_string()), "{text}");
                    assert_eq!(read.fault, None, "{text}");
                    days += 1;
                }
            }
        }
        assert_eq!(days, 73_414);
    }

    #[test]
    fn fiscal_years() {
        assert_eq!(format_fiscal_year(2026), "令和8年度");
        assert_eq!(format_fiscal_year(2019), "令和元年度");
        assert_eq!(format_fiscal_year(2018), "平成30年度");
        assert_eq!(format_fiscal_year(1989), "平成元年度");
        assert_eq!(format_fiscal_year(1988), "昭和63年度");
        assert_eq!(format_fiscal_year_short(2022), "R4年度");
        assert_eq!(format_fiscal_year_short(2018), "平成30年度");
    }
}
