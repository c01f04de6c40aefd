//! Many findings as a list that can be read: by rule, with counts and the first places.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Diagnostic, Report, Severity};
use crate::source::Sources;

/// Up to so many findings are told one by one.
const MAX_TOLD: usize = 50;
/// Places named for each rule.
const PLACES: usize = 3;

impl Report {
    /// Whether [`Report::to_summary`] leaves something out.
    pub fn is_long(&self) -> bool {
        self.0.len() > MAX_TOLD
    }

    /// The text for people; a long list by rule, most frequent first, errors before warnings.
    pub fn to_summary(&self, sources: &Sources) -> String {
        if !self.is_long() {
            return self.to_text(sources);
        }
        let mut rules: BTreeMap<(Severity, &str), Vec<&Diagnostic>> = BTreeMap::new();
        for finding in &self.0 {
            rules.entry((finding.severity, finding.code)).or_default().push(finding);
        }
        let mut rules: Vec<_> = rules.into_iter().collect();
        rules.sort_by_key(|((severity, _), found)| (*severity, std::cmp::Reverse(found.len())));
        let mut out = String::new();
        for ((severity, code), found) in rules {
            let _ = writeln!(out, "{}[{code}]: {} 件", severity.label(), found.len());
            for finding in found.iter().take(PLACES) {
                let _ = write!(out, "  --> ");
                if let Some(place) = finding.place {
                    let (path, line, column) = sources.locate(place);
                    let _ = write!(out, "{path}:{line}:{column} ");
                }
                let _ = writeln!(out, "{}", finding.message);
            }
            if let Some(more) = found.len().checked_sub(PLACES).filter(|&more| more > 0) {
                let _ = writeln!(out, "  ほか {more} 件");
            }
            if let Some(hint) = found.first().and_then(|finding| finding.hints.last()) {
                let _ = writeln!(out, "  対処: {hint}");
            }
        }
        out.push_str(&self.counts());
        out.push_str("一件ずつ見るには `site-gen check --all` を実行します。\n");
        out
    }
}
