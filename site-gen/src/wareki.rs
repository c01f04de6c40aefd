//! Dates in the Japanese calendar (和暦).
//!
//! 年度 runs from April to March; 令和 starts on 2019-05-01, 平成 on 1989-01-08, 昭和 on 1926-12-25.

use selfcheck::time::Date;

/// Eras, latest first: name, first day, year before the first.
const ERAS: [(&str, (u16, u8, u8), u16); 3] =
    [("令和", (2019, 5, 1), 2018), ("平成", (1989, 1, 8), 1988), ("昭和", (1926, 12, 25), 1925)];

/// `令和8年4月1日`; before 昭和 the year of the common era.
pub fn format_date(date: Date) -> String {
    format!("{}{}月{}日", format_year(date), date.month(), date.day())
}

/// `令和8年度`: the fiscal year that starts in April of `year`.
pub fn format_fiscal_year(year: u16) -> String {
    // 2019年度 is 令和元年度: its greater part lies in 令和.
    let name = ERAS.iter().find_map(|&(name, (first, ..), base)| {
        (year >= first).then(|| format!("{name}{}度", era_year(year - base)))
    });
    name.unwrap_or_else(|| format!("{year}年度"))
}

/// `R8年度`, for narrow tables.
pub fn format_fiscal_year_short(year: u16) -> String {
    match year.checked_sub(2018) {
        Some(reiwa) if reiwa > 0 => format!("R{reiwa}年度"),
        _ => format_fiscal_year(year),
    }
}

fn format_year(date: Date) -> String {
    let key = (date.year(), date.month(), date.day());
    let name = ERAS.iter().find_map(|&(name, first, base)| {
        (key >= first).then(|| format!("{name}{}", era_year(date.year() - base)))
    });
    name.unwrap_or_else(|| format!("{}年", date.year()))
}

fn era_year(year: u16) -> String {
    if year == 1 { "元年".to_owned() } else { format!("{year}年") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn era_edges() {
        for (iso, expected) in [
            ("2026-04-01", "令和8年4月1日"),
            ("2019-05-01", "令和元年5月1日"),
            ("2019-04-30", "平成31年4月30日"),
            ("1989-01-08", "平成元年1月8日"),
            ("1989-01-07", "昭和64年1月7日"),
            ("1920-01-01", "1920年1月1日"),
        ] {
            assert_eq!(format_date(iso.parse().unwrap()), expected);
        }
    }

    #[test]
    fn fiscal_years() {
        assert_eq!(format_fiscal_year(2026), "令和8年度");
        assert_eq!(format_fiscal_year(2019), "令和元年度");
        assert_eq!(format_fiscal_year(2018), "平成30年度");
        assert_eq!(format_fiscal_year_short(2022), "R4年度");
    }
}
