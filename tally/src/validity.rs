//! From when and until when a code holds: which days `enrol` and `revoke` take.
//!
//! `revoked` in the roster is the last day on which a code holds (`selfcheck/FORMAT.md` §6): what is
//! first seen later is flagged. A mistyped day would leave a lost code open for years, so days far
//! ahead are refused, and a revocation that has not come into force can be given another day.

use std::fmt;

use selfcheck::id::PersonId;
use selfcheck::time::Date;

use crate::roster::Key;

/// How many days after today a day may lie: codes are made and stopped for the year to come.
const FARTHEST: i64 = 366;

/// A day on which a code cannot be issued or stopped.
#[derive(Debug)]
pub(crate) struct BadDay {
    person: Option<PersonId>,
    day: Date,
    why: Why,
}

#[derive(Debug, PartialEq, Eq)]
enum Why {
    FarAhead(Date),
    BeforeIssue(Date),
    Stopped(Date),
}

/// Makes sure that a day was meant.
///
/// # Errors
/// [`BadDay`] when it lies more than a year ahead of `today`.
pub(crate) fn not_far_ahead(day: Date, today: Date) -> Result<(), BadDay> {
    if day.days_since_epoch() - today.days_since_epoch() <= FARTHEST {
        Ok(())
    } else {
        Err(BadDay { person: None, day, why: Why::FarAhead(today) })
    }
}

/// Stops a code after `day`; returns the day that stood there before.
///
/// A code that is to be issued later may be lost before that: then today is early enough. What has
/// come into force stays, but that somebody may have seen the code earlier than was thought.
///
/// # Errors
/// [`BadDay`] before the code was issued, or when it has been stopped.
pub(crate) fn stop(
    key: &mut Key,
    person: &PersonId,
    day: Date,
    today: Date,
) -> Result<Option<Date>, BadDay> {
    let bad = |why| Err(BadDay { person: Some(person.clone()), day, why });
    if day < key.issued.min(today) {
        return bad(Why::BeforeIssue(key.issued));
    }
    match key.revoked {
        Some(stopped) if stopped == day || stopped < day.min(today) => bad(Why::Stopped(stopped)),
        _ => Ok(key.revoked.replace(day)),
    }
}

impl BadDay {
    /// What the operator can do about it.
    pub(crate) fn remedy(&self) -> String {
        match self.why {
            Why::FarAhead(today) => format!(
                "年を確かめてください（今日は {today}。{FARTHEST} 日後まで書けます）。名簿は変えていません"
            ),
            Why::BeforeIssue(issued) => format!(
                "{issued} 以降の日を書いてください。発行した日に人に見られたときは、発行日を書きます。\
                 `tally revoke` では、再発行の前のコードを `--kid` で指定できます。名簿は変えていません"
            ),
            Why::Stopped(_) => {
                "新しいコードは `tally enrol --renew` で発行します。止めた日より前に人に見られて\
                 いたときだけ、`--on` にその前の日を書いて直せます"
                    .to_owned()
            }
        }
    }
}

impl fmt::Display for BadDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { person, day, why } = self;
        if let Some(person) = person {
            write!(f, "職員番号 `{person}` の登録コード: ")?;
        }
        match why {
            Why::FarAhead(_) => write!(f, "{day} は 1 年より先の日です"),
            Why::BeforeIssue(issued) => write!(f, "{day} は発行日 {issued} より前です"),
            Why::Stopped(stopped) => write!(f, "{stopped} を最後の日として止めてあります"),
        }
    }
}

#[cfg(test)]
mod tests {
    use selfcheck::b64::B64;

    use super::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    /// Stops a code that was issued on a day, and perhaps stopped, as of 2026-11-29.
    fn check(issued: &str, stopped: Option<&str>, day: &str, expected: Result<(), Why>) {
        let mut key = Key {
            kid: B64([0; 32]),
            x: B64([0; 32]),
            epoch: 1,
            issued: date(issued),
            revoked: stopped.map(date),
        };
        let found = stop(&mut key, &"000123".parse().unwrap(), date(day), date("2026-11-29"));
        let is_stopped = found.is_ok();
        assert_eq!(found.map_err(|bad| bad.why), expected.map(|()| stopped.map(date)), "{day}");
        assert_eq!(key.revoked, if is_stopped { Some(date(day)) } else { stopped.map(date) });
    }

    #[test]
    fn a_code_is_stopped_between_its_issue_and_a_year_from_now() {
        check("2026-10-01", None, "2026-10-01", Ok(()));
        check("2026-10-01", None, "2027-03-31", Ok(()));
        let before = || Err(Why::BeforeIssue(date("2026-10-01")));
        check("2026-10-01", None, "2026-09-30", before());
        // Lost before it was to be issued.
        check("2027-04-01", None, "2026-11-29", Ok(()));
        check("2027-04-01", None, "2026-11-28", Err(Why::BeforeIssue(date("2027-04-01"))));
        let today = date("2026-11-29");
        assert!(not_far_ahead(date("2027-11-30"), today).is_ok());
        assert!(not_far_ahead(date("2027-12-01"), today).is_err());
        assert!(not_far_ahead(date("1999-01-01"), today).is_ok());
    }

    #[test]
    fn what_has_not_come_into_force_can_be_changed() {
        check("2026-10-01", Some("2036-11-30"), "2026-11-30", Ok(()));
        check("2026-10-01", Some("2026-11-30"), "2027-03-31", Ok(()));
        check("2026-10-01", Some("2026-11-29"), "2026-11-30", Ok(()));
        let stopped = |day| Err(Why::Stopped(date(day)));
        check("2026-10-01", Some("2026-11-28"), "2026-11-29", stopped("2026-11-28"));
        check("2026-10-01", Some("2026-11-28"), "2026-11-28", stopped("2026-11-28"));
        check("2026-10-01", Some("2026-11-28"), "2026-11-10", Ok(()));
    }
}
