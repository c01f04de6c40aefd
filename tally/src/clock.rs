//! The clock, and who may look at it.
//!
//! `collect` stamps the ledger with it. `enrol` and `revoke` take today as the default of a date
//! that can be given. `verify`, `status` and `report` never come here: same inputs, same output.

use std::time::{SystemTime, UNIX_EPOCH};

use selfcheck::time::Date;

use crate::fault::Fault;

/// Today in Japan.
///
/// # Errors
/// [`Fault::Clock`] when the PC's clock stands outside the years 1900 to 9999.
pub(crate) fn today() -> Result<Date, Fault> {
    Date::in_japan(unix_seconds()?).ok_or(Fault::Clock)
}

fn unix_seconds() -> Result<i64, Fault> {
    let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).map_err(|_| Fault::Clock)?;
    i64::try_from(since_epoch.as_secs()).map_err(|_| Fault::Clock)
}
