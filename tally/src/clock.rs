//! The clock, and who may look at it.
//!
//! `collect` stamps the ledger with it, `show` and `prune` their logs; `enrol` and `revoke` take
//! today as the default of a date that can be given, and hold against it one that is given. `verify`, `status` and `report` never come here: same inputs, same output.

use std::time::{SystemTime, UNIX_EPOCH};

use selfcheck::time::{Date, Timestamp};

use crate::fault::Fault;

/// Today in Japan.
///
/// # Errors
/// [`Fault::Clock`] when the PC's clock stands outside the years 1900 to 9999.
pub(crate) fn today() -> Result<Date, Fault> {
    Date::in_japan(unix_seconds()?).ok_or(Fault::Clock)
}

/// Now, written at Japan's offset.
///
/// # Errors
/// [`Fault::Clock`], as above.
pub(crate) fn now() -> Result<Timestamp, Fault> {
    Timestamp::at_offset(unix_seconds()?, JAPAN_OFFSET_MINUTES).map_err(|_| Fault::Clock)
}

/// Minutes east of UTC.
pub(crate) const JAPAN_OFFSET_MINUTES: i32 = 9 * 60;

fn unix_seconds() -> Result<i64, Fault> {
    let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).map_err(|_| Fault::Clock)?;
    i64::try_from(since_epoch.as_secs()).map_err(|_| Fault::Clock)
}
