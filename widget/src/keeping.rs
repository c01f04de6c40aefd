//! Keeping answers in the browser: derive, seal, compare revisions, write.

use selfcheck::b64;
use selfcheck::set::Campaign;
use selfcheck::store::AnswerStore;

use crate::browser::{random, storage};
use crate::record::Record;
use crate::run::{Holder, Run, Trouble};
use crate::sheet::Sheet;

const DAY_SECONDS: i64 = 86_400;

/// The store of this person for the campaign of the sheet; `None` for residents.
pub fn store_of(holder: &Holder, sheet: &Sheet) -> Option<AnswerStore> {
    let set = &sheet.frozen()?.set;
    Some(AnswerStore::derive(&holder.code, &set.org, &holder.person, &set.campaign.id))
}

/// The record of this person, if there is one that opens.
pub fn load(store: &AnswerStore) -> Option<Record> {
    open(store, &storage::read(store.name())?)
}

/// Opens the stored text `<seconds>.<base64url>`.
fn open(store: &AnswerStore, stored: &str) -> Option<Record> {
    let (_, sealed) = stored.split_once('.')?;
    let record = store.open(&b64::decode(sealed).ok()?).ok()?;
    serde_json::from_slice(&record).ok()
}

/// Saves `record`, unless another tab has been there since revision `known`.
///
/// # Errors
/// [`Trouble`]: why it was not saved.
pub fn save(
    store: &AnswerStore,
    known: u32,
    record: &Record,
    keep_until: i64,
) -> Result<(), Trouble> {
    match storage::read(store.name()) {
        None if known > 0 && storage::works() => return Err(Trouble::Removed),
        // A record that does not open is damaged or of another version: ours is worth more.
        Some(stored) if open(store, &stored).is_some_and(|there| there.revision != known) => {
            return Err(Trouble::Elsewhere);
        }
        _ => {}
    }
    let bytes = serde_json::to_vec(record).expect("a record is plain data");
    let sealed = b64::encode(&store.seal(random::bytes(), &bytes));
    storage::write(store.name(), &format!("{keep_until}.{sealed}")).map_err(|_| Trouble::Refused)
}

/// Removes the record of this person.
pub fn forget(run: &Run) {
    if let Some(store) = run.holder().and_then(|holder| store_of(holder, &run.sheet)) {
        storage::remove(store.name());
    }
}

/// Until when a record is kept, in seconds since the Unix epoch: the end of the days of grace, and
/// as many days from now for those who finish late.
pub fn keep_until(campaign: &Campaign, now: i64) -> i64 {
    now.max(campaign.closes.end_unix_seconds()) + i64::from(campaign.grace_days) * DAY_SECONDS
}
