//! `localStorage`, which may be missing, forbidden or full: nothing here throws.
//!
//! A record is stored under a name of 32 hex digits as `<seconds>.<base64url>`; the seconds say
//! until when it is kept, so that old records can be removed without anybody's code.

use gloo::events::EventListener;
use wasm_bindgen::JsCast as _;
use web_sys::{Storage, StorageEvent};

/// Storage of the page's origin; `None` when the browser forbids it.
fn local() -> Option<Storage> {
    super::window().local_storage().ok().flatten()
}

/// Whether there is a storage at all.
pub fn works() -> bool {
    local().is_some()
}

/// The record with this name.
pub fn read(name: &str) -> Option<String> {
    local()?.get_item(name).ok().flatten()
}

/// Writes a record.
///
/// # Errors
/// `Refused` when the browser forbids it or has no room.
pub fn write(name: &str, text: &str) -> Result<(), Refused> {
    local().ok_or(Refused)?.set_item(name, text).map_err(|_| Refused)
}

/// The browser did not take a record.
pub struct Refused;

/// Removes the record with this name.
pub fn remove(name: &str) {
    if let Some(storage) = local() {
        // Nothing to do about a failure: what cannot be removed could not be written either.
        let _ = storage.remove_item(name);
    }
}

/// Removes every record of this check, whoever it belongs to.
pub fn remove_all() {
    remove_if(|_| true);
}

/// Removes records whose time is over.
pub fn sweep(now: i64) {
    remove_if(|keep_until| keep_until < now);
}

/// Tells when another tab has changed a record (its name, and whether it is still there) or removed
/// everything (no name).
pub fn on_change(tell: impl Fn(Option<String>, bool) + 'static) -> EventListener {
    EventListener::new(&super::window(), "storage", move |event| {
        if let Some(event) = event.dyn_ref::<StorageEvent>() {
            tell(event.key(), event.new_value().is_some());
        }
    })
}

fn remove_if(over: impl Fn(i64) -> bool) {
    let Some(storage) = local() else { return };
    let names: Vec<String> = (0..storage.length().unwrap_or(0))
        .filter_map(|index| storage.key(index).ok().flatten())
        .collect();
    for name in names {
        let until = read(&name).and_then(|text| keep_until(&name, &text));
        if until.is_some_and(&over) {
            remove(&name);
        }
    }
}

/// The time in a stored text; `None` for what is not ours.
fn keep_until(name: &str, text: &str) -> Option<i64> {
    let ours = name.len() == 32 && name.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    text.split_once('.').filter(|_| ours)?.0.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_its_own_records() {
        let name = "67b700cdf49712fd69375f4550839dea";
        assert_eq!(keep_until(name, "1796428800.AAAA"), Some(1_796_428_800));
        assert_eq!(keep_until(name, "{}"), None);
        assert_eq!(keep_until("theme", "1796428800.AAAA"), None);
    }
}
