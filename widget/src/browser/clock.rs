//! The clock of this PC: a claim, written with its offset.

use js_sys::Date;
use selfcheck::time::Timestamp;

/// Now, in whole seconds.
pub fn now() -> Timestamp {
    let date = Date::new_0();
    // Both are whole numbers far inside the range; the offset counts minutes west.
    let seconds = (date.get_time() / 1000.0).floor() as i64;
    let east = -date.get_timezone_offset() as i32;
    Timestamp::at_offset(seconds, east)
        .or_else(|_| Timestamp::at_offset(0, 0))
        .expect("1970 is in range, should the clock be out of it")
}
