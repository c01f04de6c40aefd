//! Findings over a page: a region at the lower edge that leaves the page usable.
//!
//! Plain HTML with a style sheet of the same origin, so that it meets the page's own policy; it
//! folds away without a script, and is announced because it is an alert.

use maud::{Markup, html};

use crate::diagnostic::{Report, Severity};
use crate::source::Sources;

/// Findings shown at most; the terminal has them all.
const MAX_SHOWN: usize = 20;

/// What is wrong, ready to be shown.
#[derive(Default)]
pub(super) struct Findings {
    errors: usize,
    shown: Vec<Finding>,
}

struct Finding {
    place: Option<String>,
    message: String,
    hints: Vec<String>,
}

impl Findings {
    /// The errors of a report.
    pub(super) fn new(report: &Report, sources: &Sources) -> Self {
        let errors = || report.iter().filter(|finding| finding.severity == Severity::Error);
        let shown = errors().take(MAX_SHOWN).map(|finding| Finding {
            place: finding.place.map(|place| {
                let (path, line, column) = sources.locate(place);
                format!("{path}:{line}:{column}")
            }),
            message: finding.message.clone(),
            hints: finding.hints.clone(),
        });
        Self { errors: errors().count(), shown: shown.collect() }
    }

    /// Something that stopped the work.
    pub(super) fn stopped(message: &str) -> Self {
        let finding = Finding { place: None, message: message.to_owned(), hints: Vec::new() };
        Self { errors: 1, shown: vec![finding] }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.errors == 0
    }

    /// The region.
    pub(super) fn render(&self) -> Markup {
        html! {
            section #site-gen-findings role="alert" aria-label="コンテンツの誤り" lang="ja" {
                details open {
                    summary { "誤りが " (self.errors) " 件あります。下のページは、直る前のものです。" }
                    ol {
                        @for finding in &self.shown {
                            li {
                                @if let Some(place) = &finding.place { code { (place) } " " }
                                (finding.message)
                                @for hint in &finding.hints { p { "対処：" (hint) } }
                            }
                        }
                    }
                    @if self.errors > self.shown.len() {
                        p { "ほか " (self.errors - self.shown.len()) " 件は端末に出ています。" }
                    }
                }
            }
        }
    }
}

/// Its style: at the lower edge, at most two fifths of the window, in colours of its own.
pub(super) const STYLE: &str = "\
#site-gen-findings { position: fixed; inset: auto 0 0 0; max-height: 40vh; overflow: auto;
  z-index: 1000; margin: 0; padding: 0.5rem 1rem; background: #fff1f0; color: #1a1a1c;
  border-top: 4px solid #c00; font: 1rem/1.6 sans-serif; }
#site-gen-findings summary { font-weight: bold; cursor: pointer; padding: 0.25rem 0; }
#site-gen-findings code { font-weight: bold; background: none; color: #900; }
#site-gen-findings p { margin: 0; }
body:has(#site-gen-findings) { padding-bottom: 40vh; }
@media print { #site-gen-findings { display: none; } }
";
