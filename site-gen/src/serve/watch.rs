//! Watching the sources and reading them again when they change.

use std::sync::{Arc, mpsc};
use std::time::Duration;

use anyhow::Context as _;
use notify::{RecommendedWatcher, RecursiveMode, Watcher as _};

use super::state::State;
use crate::build::Paths;

/// Editors write a file in several steps; wait until they are done.
const QUIET: Duration = Duration::from_millis(15);

/// Starts watching; dropping the watcher ends it.
pub(super) fn start(paths: &Paths, state: Arc<State>) -> anyhow::Result<RecommendedWatcher> {
    let (events, changes) = mpsc::channel();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        if event.is_ok_and(|event| !event.kind.is_access()) {
            let _ = events.send(());
        }
    })
    .context("変更を見張れません")?;
    for folder in [Some(&paths.content), Some(&paths.public), paths.widget.as_ref()] {
        let Some(folder) = folder else { continue };
        watcher
            .watch(folder, RecursiveMode::Recursive)
            .with_context(|| format!("`{}` を見張れません", folder.display()))?;
    }
    std::thread::spawn(move || {
        while changes.recv().is_ok() {
            while changes.recv_timeout(QUIET).is_ok() {}
            state.refresh();
        }
    });
    Ok(watcher)
}
