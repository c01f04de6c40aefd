//! Diagnostics for the author of content: what is wrong, where, and the remedy.
//!
//! Checks add to a [`Report`]; it is sorted, deduplicated, printed whole and counted. The words are
//! Japanese, because the authors are; the code in brackets is for machines and for searching.

mod json;
mod summary;

use std::fmt::Write as _;

use rayon::prelude::*;
use serde::Serialize;

use crate::source::{Place, Sources};

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Nothing is published.
    Error,
    /// Published, but somebody should look.
    Warning,
    /// Worth knowing.
    Note,
}

impl Severity {
    /// As authors read it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Error => "エラー",
            Self::Warning => "警告",
            Self::Note => "お知らせ",
        }
    }
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// Stable name of the rule, for example `unknown-term`.
    pub code: &'static str,
    /// Where; `None` for the whole content.
    pub place: Option<Place>,
    /// A second place that belongs to it.
    pub other: Option<(&'static str, Place)>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hints: Vec<String>,
}

impl Diagnostic {
    /// Adds a remedy.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Adds a second place.
    #[must_use]
    pub fn with(mut self, label: &'static str, place: Place) -> Self {
        self.other = Some((label, place));
        self
    }
}

/// An error at a place.
pub fn error(
    code: &'static str,
    place: impl Into<Option<Place>>,
    message: impl Into<String>,
) -> Diagnostic {
    new(Severity::Error, code, place.into(), message.into())
}

/// A warning at a place.
pub fn warning(
    code: &'static str,
    place: impl Into<Option<Place>>,
    message: impl Into<String>,
) -> Diagnostic {
    new(Severity::Warning, code, place.into(), message.into())
}

/// A note at a place.
pub fn note(
    code: &'static str,
    place: impl Into<Option<Place>>,
    message: impl Into<String>,
) -> Diagnostic {
    new(Severity::Note, code, place.into(), message.into())
}

fn new(
    severity: Severity,
    code: &'static str,
    place: Option<Place>,
    message: String,
) -> Diagnostic {
    Diagnostic { severity, code, place, other: None, message, hints: Vec::new() }
}

/// All findings of one run.
#[derive(Debug, Clone, Default)]
pub struct Report(Vec<Diagnostic>);

impl Report {
    /// Adds a finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Adds all findings of a part.
    pub fn append(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Keeps the findings for which `keep` holds.
    pub(crate) fn retain(&mut self, keep: impl FnMut(&Diagnostic) -> bool) {
        self.0.retain(keep);
    }

    /// What `look` finds at each of many items, on all threads; in the order of the items.
    pub(crate) fn of_each<T: Sync>(
        items: &[T],
        look: impl Fn(usize, &T, &mut Self) + Sync,
    ) -> Self {
        let add = |mut report: Self, (index, item): (usize, &T)| {
            look(index, item, &mut report);
            report
        };
        items.par_iter().enumerate().fold(Self::default, add).reduce(Self::default, Self::joined)
    }

    /// What independent checks find, on all threads; in their order.
    pub(crate) fn of_all(checks: &[&(dyn Fn(&mut Self) + Sync)]) -> Self {
        Self::of_each(checks, |_, check, report| check(report))
    }

    /// The findings of two parts.
    pub(crate) fn joined(mut self, other: Self) -> Self {
        self.append(other);
        self
    }

    /// Whether something keeps the sites from being published.
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// How many findings there are of one severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.0.iter().filter(|diagnostic| diagnostic.severity == severity).count()
    }

    /// Sorts by file, line and severity, and drops repeats.
    pub fn finish(&mut self, sources: &Sources) {
        self.0.sort_by_cached_key(|diagnostic| {
            let at =
                diagnostic.place.map(|place| (sources.file(place.file).path.clone(), place.start));
            (at, diagnostic.severity, diagnostic.message.clone())
        });
        self.0.dedup();
    }

    /// The text for people, closing with the counts.
    pub fn to_text(&self, sources: &Sources) -> String {
        let mut out = String::new();
        for diagnostic in &self.0 {
            let _ = writeln!(
                out,
                "{}[{}]: {}",
                diagnostic.severity.label(),
                diagnostic.code,
                diagnostic.message
            );
            if let Some(place) = diagnostic.place {
                let (path, line, column) = sources.locate(place);
                let _ = writeln!(out, "  --> {path}:{line}:{column}");
            }
            if let Some((label, place)) = diagnostic.other {
                let (path, line, column) = sources.locate(place);
                let _ = writeln!(out, "  {label}: {path}:{line}:{column}");
            }
            for hint in &diagnostic.hints {
                let _ = writeln!(out, "  対処: {hint}");
            }
        }
        out.push_str(&self.counts());
        out
    }

    /// The findings, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.0.iter()
    }

    /// The closing line.
    fn counts(&self) -> String {
        format!(
            "エラー {} 件、警告 {} 件、お知らせ {} 件\n",
            self.count(Severity::Error),
            self.count(Severity::Warning),
            self.count(Severity::Note)
        )
    }
}

/// The candidates nearest to a misspelt name, best first, at most three.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let mut scored: Vec<(usize, &str)> = candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(name, candidate), candidate))
        .filter(|&(distance, candidate)| {
            let longest = name.chars().count().max(candidate.chars().count());
            distance * 2 <= longest
        })
        .collect();
    scored.sort();
    scored.dedup();
    scored.into_iter().take(3).map(|(_, candidate)| candidate).collect()
}

/// 「A」「B」ですか。 — or nothing when there is no candidate.
pub fn did_you_mean(candidates: &[&str]) -> Option<String> {
    if candidates.is_empty() {
        return None;
    }
    let names: String = candidates.iter().map(|name| format!("「{name}」")).collect();
    Some(format!("{names}のことですか。"))
}
