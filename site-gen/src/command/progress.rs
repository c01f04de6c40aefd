//! How far a build is, on a terminal only.

use std::io::{IsTerminal as _, stderr};
use std::sync::atomic::{AtomicUsize, Ordering};

use site_gen::build::Progress;

use super::tell;

/// Fewer pages are done before anybody could read about them.
const MIN_PAGES: usize = 500;
/// Pages between two signs of life.
const STEP: usize = 100;

/// A line that gives way to the next.
pub(crate) struct Bar {
    shown: bool,
    pages: AtomicUsize,
    done: AtomicUsize,
}

impl Bar {
    pub(crate) fn new() -> Self {
        Self {
            shown: stderr().is_terminal(),
            pages: AtomicUsize::new(0),
            done: AtomicUsize::new(0),
        }
    }

    /// Leaves an empty line for what comes next.
    pub(crate) fn clear(&self) {
        if self.shown && self.pages.load(Ordering::Relaxed) >= MIN_PAGES {
            tell("\r\x1b[2K");
        }
    }
}

impl Progress for Bar {
    fn waiting(&self) {
        tell("ほかの site-gen が同じ出力先に書いています。終わるのを待っています。\n");
    }

    fn site(&self, _site: &str, pages: usize) {
        self.pages.store(pages, Ordering::Relaxed);
        self.done.store(0, Ordering::Relaxed);
    }

    fn file(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        let pages = self.pages.load(Ordering::Relaxed);
        if self.shown && pages >= MIN_PAGES && done.is_multiple_of(STEP) {
            tell(&format!("\r{} / {pages} ページ", done.min(pages)));
        }
    }
}
