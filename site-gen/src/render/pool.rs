//! Things that are expensive to make and that threads use in turn.

use std::sync::{Mutex, PoisonError};

/// As many things as threads have needed at once.
#[derive(Default)]
pub(super) struct Pool<T>(Mutex<Vec<T>>);

impl<T: Default> Pool<T> {
    /// Does `work` with a thing that nobody uses meanwhile.
    pub(super) fn with<R>(&self, work: impl FnOnce(&mut T) -> R) -> R {
        let free = self.0.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut thing = free.unwrap_or_default();
        let done = work(&mut thing);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(thing);
        done
    }
}
