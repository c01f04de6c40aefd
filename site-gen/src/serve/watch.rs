//! Watching the sources and building again when they change.

use std::sync::mpsc;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use notify::{RecommendedWatcher, RecursiveMode, Watcher as _};
use tokio::sync::watch::Sender;

use crate::build::{Paths, build, today_in_japan};

/// Editors write a file in several steps; wait until they are done.
const QUIET: Duration = Duration::from_millis(60);

/// Builds once and prints what there is to say; returns the names of the sites.
pub(super) fn rebuild(paths: &Paths) -> anyhow::Result<Vec<String>> {
    let started = Instant::now();
    let (outcome, built) = build(paths, &[], today_in_japan()?, &())?;
    eprint!("{}", outcome.report.to_text(&outcome.sources));
    if outcome.report.has_errors() {
        eprintln!("誤りがあるため、前のサイトのまま見せています。");
    } else {
        eprintln!("{:.2} 秒で作りました。", started.elapsed().as_secs_f64());
    }
    let names = match &outcome.checked {
        Some(checked) => checked.content.config.sites.iter().map(|site| site.id.clone()).collect(),
        None => built.into_iter().map(|site| site.site).collect(),
    };
    Ok(names)
}

/// Starts watching; every successful look at changed sources raises the version by one.
pub(super) fn start(paths: Paths, version: Sender<u64>) -> anyhow::Result<RecommendedWatcher> {
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
            if let Err(fault) = rebuild(&paths) {
                eprintln!("エラー: {fault:#}");
            }
            version.send_modify(|version| *version += 1);
        }
    });
    Ok(watcher)
}
