//! Dates and fiscal years as a Japanese office writes them.

use selfcheck::time::Date;

/// `2026-12-04` as 令和8年12月4日; days before 令和 stay as they are.
pub(crate) fn date(date: Date) -> String {
    if date.to_string().as_str() < "2019-05-01" {
        return date.to_string();
    }
    format!("令和{}年{}月{}日", year(date.year()), date.month(), date.day())
}

/// 2026 as 令和8年度.
pub(crate) fn fiscal_year(year_of_april: u16) -> String {
    if year_of_april < 2019 {
        return format!("{year_of_april}年度");
    }
    format!("令和{}年度", year(year_of_april))
}

/// 2026 as R8, for narrow tables.
pub(crate) fn short(year_of_april: u16) -> String {
    match year_of_april.checked_sub(2018) {
        Some(year @ 1..) => format!("R{year}"),
        _ => year_of_april.to_string(),
    }
}

fn year(year: u16) -> String {
    match year - 2018 {
        1 => "元".to_owned(),
        year => year.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eras() {
        let written = |text: &str| date(text.parse().unwrap());
        assert_eq!(written("2026-12-04"), "令和8年12月4日");
        assert_eq!(written("2019-05-01"), "令和元年5月1日");
        assert_eq!(written("2019-04-30"), "2019-04-30");
        assert_eq!((fiscal_year(2019), short(2026)), ("令和元年度".to_owned(), "R8".to_owned()));
    }
}
