//! Dates and claimed times, in one spelling each.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Japan has one offset and no summer time; the dates of a campaign are days in it.
const JAPAN_OFFSET_SECONDS: i64 = 9 * 3600;
const DAY_SECONDS: i64 = 86_400;

/// Text that is not a date or time in the one accepted spelling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadTime {
    /// The wanted form.
    pub form: &'static str,
}

impl fmt::Display for BadTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not a time of the form {}", self.form)
    }
}

impl std::error::Error for BadTime {}

/// A day in Japan, written `2026-11-16`. Years 1900 to 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    const FORM: BadTime = BadTime { form: "2026-11-16" };

    /// A date, if the day exists.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let exists = (1900..=9999).contains(&year)
            && (1..=12).contains(&month)
            && day >= 1
            && day <= days_in_month(year, month);
        exists.then_some(Self { year, month, day })
    }

    /// Year of the common era.
    pub fn year(self) -> u16 {
        self.year
    }

    /// Month, 1 to 12.
    pub fn month(self) -> u8 {
        self.month
    }

    /// Day of the month, from 1.
    pub fn day(self) -> u8 {
        self.day
    }

    /// The Japanese fiscal year (年度) the day lies in: April to March.
    pub fn fiscal_year(self) -> u16 {
        if self.month >= 4 { self.year } else { self.year - 1 }
    }

    /// Days since 1970-01-01.
    pub fn days_since_epoch(self) -> i64 {
        days_from_civil(i64::from(self.year), i64::from(self.month), i64::from(self.day))
    }

    /// Day of the week, 0 = Sunday.
    pub fn weekday(self) -> u8 {
        u8::try_from((self.days_since_epoch() + 4).rem_euclid(7)).expect("0 to 6")
    }

    /// The first moment after this day in Japan, in seconds since the Unix epoch.
    pub fn end_unix_seconds(self) -> i64 {
        (self.days_since_epoch() + 1) * DAY_SECONDS - JAPAN_OFFSET_SECONDS
    }

    /// The day in Japan that holds this moment, in seconds since the Unix epoch.
    ///
    /// Returns `None` outside the years 1900 to 9999.
    pub fn in_japan(unix_seconds: i64) -> Option<Self> {
        let days = unix_seconds.saturating_add(JAPAN_OFFSET_SECONDS).div_euclid(DAY_SECONDS);
        let (year, month, day) = civil_from_days(days);
        Self::new(u16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl FromStr for Date {
    type Err = BadTime;

    fn from_str(text: &str) -> Result<Self, BadTime> {
        let bytes: [u8; 10] = text.as_bytes().try_into().map_err(|_| Self::FORM)?;
        let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = bytes else {
            return Err(Self::FORM);
        };
        let year = number(&[y1, y2, y3, y4]).ok_or(Self::FORM)?;
        let month = number(&[m1, m2]).ok_or(Self::FORM)?;
        let day = number(&[d1, d2]).ok_or(Self::FORM)?;
        let small = |value| u8::try_from(value).map_err(|_| Self::FORM);
        Self::new(year, small(month)?, small(day)?).ok_or(Self::FORM)
    }
}

/// A claimed moment: RFC 3339 with seconds and a numeric offset, `2026-11-20T10:02:11+09:00`.
///
/// `Z`, fractions, leap seconds and `-00:00` are refused, so that a moment at an offset has one
/// spelling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timestamp {
    text: String,
    unix_seconds: i64,
}

impl Timestamp {
    const FORM: BadTime = BadTime { form: "2026-11-20T10:02:11+09:00" };

    /// The text as it stands in the document.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Seconds since the Unix epoch.
    pub fn unix_seconds(&self) -> i64 {
        self.unix_seconds
    }

    /// The moment `unix_seconds`, written at an offset of whole minutes east of UTC.
    ///
    /// # Errors
    /// [`BadTime`] for years outside 1900 to 9999 or offsets of a day or more.
    pub fn at_offset(unix_seconds: i64, offset_minutes: i32) -> Result<Self, BadTime> {
        let local = unix_seconds.saturating_add(i64::from(offset_minutes) * 60);
        let (year, month, day) = civil_from_days(local.div_euclid(DAY_SECONDS));
        let second = local.rem_euclid(DAY_SECONDS);
        let offset = i64::from(offset_minutes.unsigned_abs());
        if !(1900..=9999).contains(&year) || offset >= 24 * 60 {
            return Err(Self::FORM);
        }
        let sign = if offset_minutes < 0 { '-' } else { '+' };
        let fields = [
            (year / 100, None),
            (year % 100, Some('-')),
            (month, Some('-')),
            (day, Some('T')),
            (second / 3600, Some(':')),
            (second / 60 % 60, Some(':')),
            (second % 60, Some(sign)),
            (offset / 60, Some(':')),
            (offset % 60, None),
        ];
        let mut text = String::with_capacity(25);
        for (value, sign) in fields {
            // Two digits each; the library's formatting would weigh on the page.
            text.push(char::from(b'0' + (value / 10 % 10) as u8));
            text.push(char::from(b'0' + (value % 10) as u8));
            text.extend(sign);
        }
        text.parse()
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl FromStr for Timestamp {
    type Err = BadTime;

    fn from_str(text: &str) -> Result<Self, BadTime> {
        let bytes = text.as_bytes();
        let shape = bytes.len() == 25
            && text.is_ascii()
            && bytes[10] == b'T'
            && bytes[13] == b':'
            && bytes[16] == b':'
            && matches!(bytes[19], b'+' | b'-')
            && bytes[22] == b':';
        if !shape {
            return Err(Self::FORM);
        }
        let date: Date = text[..10].parse().map_err(|_| Self::FORM)?;
        let field = |at: usize, limit: u16| {
            number(&bytes[at..at + 2])
                .filter(|&value| value < limit)
                .map(i64::from)
                .ok_or(Self::FORM)
        };
        let (hour, minute, second) = (field(11, 24)?, field(14, 60)?, field(17, 60)?);
        let offset = field(20, 24)? * 3600 + field(23, 60)? * 60;
        let offset = match bytes[19] {
            b'+' => offset,
            _ if offset == 0 => return Err(Self::FORM),
            _ => -offset,
        };
        let local = date.days_since_epoch() * DAY_SECONDS + hour * 3600 + minute * 60 + second;
        Ok(Self { text: text.to_owned(), unix_seconds: local - offset })
    }
}

macro_rules! serde_as_text {
    ($name:ident) => {
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
            }
        }
    };
}

serde_as_text!(Date);
serde_as_text!(Timestamp);

fn number(digits: &[u8]) -> Option<u16> {
    digits.iter().try_fold(0_u16, |sum, digit| match digit {
        b'0'..=b'9' => Some(sum * 10 + u16::from(digit - b'0')),
        _ => None,
    })
}

fn days_in_month(year: u16, month: u8) -> u8 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 31,
    }
}

/// Days since 1970-01-01 of a proleptic Gregorian date; years start in March, so that the leap
/// day is the last of its year.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + day_of_year
        - 719_468
}

fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    (era * 400 + year_of_era + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates() {
        let date: Date = "2026-11-16".parse().unwrap();
        assert_eq!(date.days_since_epoch(), 20_773);
        assert_eq!(date.weekday(), 1);
        assert_eq!(date.fiscal_year(), 2026);
        assert_eq!("2027-03-31".parse::<Date>().unwrap().fiscal_year(), 2026);
        assert_eq!("2024-02-29".parse::<Date>().unwrap().to_string(), "2024-02-29");
        for bad in
            ["2026-02-29", "2026-13-01", "2026-1-01", "2026-11-16 ", "2026/11/16", "1899-01-01"]
        {
            assert!(bad.parse::<Date>().is_err(), "{bad:?}");
        }
        // 23:59:59 in Japan belongs to the day, midnight does not.
        let end = date.end_unix_seconds();
        assert_eq!(Date::in_japan(end - 1), Some(date));
        assert_eq!(Date::in_japan(end).unwrap().to_string(), "2026-11-17");
    }

    #[test]
    fn timestamps_have_one_spelling() {
        let text = "2026-11-20T10:02:11+09:00";
        let time: Timestamp = text.parse().unwrap();
        assert_eq!(time.unix_seconds(), 1_795_136_531);
        assert_eq!(Timestamp::at_offset(1_795_136_531, 540).unwrap(), time);
        assert_eq!(Timestamp::at_offset(0, -90).unwrap().as_str(), "1969-12-31T22:30:00-01:30");
        for bad in [
            "2026-11-20T10:02:11Z",
            "2026-11-20T10:02:11.0+09:00",
            "2026-11-20t10:02:11+09:00",
            "2026-11-20T10:02:60+09:00",
            "2026-11-20T24:00:00+09:00",
            "2026-11-20T10:02:11-00:00",
            "2026-11-20T10:02:11+0900",
            "２０26-11-20T10:02:11+09",
        ] {
            assert!(bad.parse::<Timestamp>().is_err(), "{bad:?}");
        }
    }

    #[test]
    fn any_clock_is_answered() {
        for clock in [i64::MIN, -3_000_000_000_000, 3_000_000_000_000, i64::MAX] {
            assert_eq!(Date::in_japan(clock), None, "{clock}");
            for offset in [i32::MIN, -540, 0, 540, i32::MAX] {
                assert!(Timestamp::at_offset(clock, offset).is_err(), "{clock} {offset}");
            }
        }
    }

    #[test]
    fn every_day_round_trips() {
        for days in (-25_000..40_000).step_by(13) {
            let (year, month, day) = civil_from_days(days);
            assert_eq!(days_from_civil(year, month, day), days);
        }
    }
}
