//! Keeping answers in the browser: derive, seal, compare revisions, write.

use selfcheck::b64;
use selfcheck::set::Campaign;
use selfcheck::store::AnswerStore;

use crate::browser::{clock, random, record, storage};
use crate::record::Record;
use crate::run::{Holder, Run, Trouble};
use crate::sheet::Sheet;
use crate::state::{Action, State};

const DAY_SECONDS: i64 = 86_400;

/// Saves after every step.
#[derive(Default)]
pub struct Keeper {
    last: Option<Record>,
}

impl Keeper {
    /// Saves if the answers differ from what was saved last; says what became of it.
    pub fn keep(&mut self, state: &State) -> Option<Action> {
        let Some(run) = state.run() else {
            self.last = None;
            return None;
        };
        let (holder, frozen) = (run.holder()?, run.sheet.frozen()?);
        let outcome = state.outcome();
        let elsewhere = matches!(run.keeping.trouble, Some(Trouble::Elsewhere | Trouble::Removed));
        if elsewhere || outcome.is_some_and(|outcome| outcome.confirmed) {
            return None;
        }
        let record = Record::of(run, outcome.and_then(|outcome| outcome.file.as_deref()));
        if self.last.as_ref().is_some_and(|last| last.same_content(&record)) {
            return None;
        }
        let store = store_of(holder, &run.sheet)?;
        let keep_until = keep_until(&frozen.set.campaign, clock::now().unix_seconds());
        let saved = save(&store, run.keeping.revision, &record, keep_until);
        let revision = record.revision;
        self.last = Some(record);
        Some(match saved {
            Ok(()) => Action::Kept(revision),
            Err(trouble) => Action::NotKept(trouble),
        })
    }
}

/// The store of this person for the campaign of the sheet; `None` for residents.
fn store_of(holder: &Holder, sheet: &Sheet) -> Option<AnswerStore> {
    let set = &sheet.frozen()?.set;
    Some(AnswerStore::derive(&holder.code, &set.org, &holder.person, &set.campaign.id))
}

/// The record of this person, if there is one that opens.
pub fn load(holder: &Holder, sheet: &Sheet) -> Option<Record> {
    let store = store_of(holder, sheet)?;
    open(&store, &storage::read(store.name())?)
}

/// Opens the stored text `<seconds>.<base64url>`.
fn open(store: &AnswerStore, stored: &str) -> Option<Record> {
    let (_, sealed) = stored.split_once('.')?;
    let opened = store.open(&b64::decode(sealed).ok()?).ok()?;
    record::read(std::str::from_utf8(&opened).ok()?)
}

/// Saves `record`, unless another tab has been there since revision `known`.
///
/// # Errors
/// [`Trouble`]: why it was not saved.
fn save(store: &AnswerStore, known: u32, record: &Record, keep_until: i64) -> Result<(), Trouble> {
    match storage::read(store.name()) {
        None if known > 0 && storage::works() => return Err(Trouble::Removed),
        // A record that does not open is damaged or of another version: ours is worth more.
        Some(stored) if open(store, &stored).is_some_and(|there| there.revision != known) => {
            return Err(Trouble::Elsewhere);
        }
        _ => {}
    }
    let sealed = b64::encode(&store.seal(random::bytes(), record::write(record).as_bytes()));
    storage::write(store.name(), &[&keep_until.to_string(), ".", &sealed].concat())
        .map_err(|_| Trouble::Refused)
}

/// Whether `name` is the record of this run.
pub fn is_record_of(run: &Run, name: &str) -> bool {
    let store = run.holder().and_then(|holder| store_of(holder, &run.sheet));
    store.is_some_and(|store| store.name() == name)
}

/// Removes the record of this person.
pub fn forget(run: &Run) {
    if let Some(store) = run.holder().and_then(|holder| store_of(holder, &run.sheet)) {
        storage::remove(store.name());
    }
}

/// Until when a record is kept, in seconds since the Unix epoch: the end of the days of grace, and
/// as many days from now for those who finish late.
fn keep_until(campaign: &Campaign, now: i64) -> i64 {
    now.max(campaign.closes.end_unix_seconds()) + i64::from(campaign.grace_days) * DAY_SECONDS
}
