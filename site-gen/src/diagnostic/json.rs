//! Findings for machines: one JSON object, described by `schemas/check.schema.json`.

use serde::Serialize;

use super::{Diagnostic, Report, Severity};
use crate::source::{Place, Sources};

/// Rises with every change that a reader has to know of.
const VERSION: u8 = 1;

#[derive(Serialize)]
struct JsonReport<'a> {
    v: u8,
    errors: usize,
    warnings: usize,
    notes: usize,
    findings: Vec<JsonFinding<'a>>,
}

#[derive(Serialize)]
struct JsonFinding<'a> {
    severity: Severity,
    code: &'a str,
    message: &'a str,
    /// `null` for findings about the whole content.
    place: Option<JsonPlace<'a>>,
    /// A second place that belongs to it.
    other: Option<JsonOther<'a>>,
    hints: &'a [String],
}

/// Line and column from 1, columns in characters.
#[derive(Serialize)]
struct JsonPlace<'a> {
    file: &'a str,
    line: usize,
    column: usize,
}

#[derive(Serialize)]
struct JsonOther<'a> {
    label: &'a str,
    #[serde(flatten)]
    place: JsonPlace<'a>,
}

impl Report {
    /// One JSON object for machines.
    pub fn to_json(&self, sources: &Sources) -> String {
        let report = JsonReport {
            v: VERSION,
            errors: self.count(Severity::Error),
            warnings: self.count(Severity::Warning),
            notes: self.count(Severity::Note),
            findings: self.0.iter().map(|finding| JsonFinding::new(finding, sources)).collect(),
        };
        serde_json::to_string_pretty(&report).expect("plain data")
    }
}

impl<'a> JsonFinding<'a> {
    fn new(finding: &'a Diagnostic, sources: &'a Sources) -> Self {
        let place = |place: Place| {
            let (file, line, column) = sources.locate(place);
            JsonPlace { file, line, column }
        };
        Self {
            severity: finding.severity,
            code: finding.code,
            message: &finding.message,
            place: finding.place.map(place),
            other: finding.other.map(|(label, at)| JsonOther { label, place: place(at) }),
            hints: &finding.hints,
        }
    }
}
