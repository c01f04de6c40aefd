//! `data/*.toml`: everything the figures are drawn from.
//!
//! A missing file is an empty figure, never an error: another office starts without most of them.

pub mod accessibility;
pub mod feedback;
pub mod organization;
pub mod paper;
pub mod progress;
pub mod results;
pub mod schedule;
pub mod year;

use std::cell::RefCell;
use std::collections::BTreeMap;

use selfcheck::id::PageId;
use serde_json::Value;

use super::files::Tree;
use super::record::{Record, Toml, Word};
use crate::diagnostic::{Report, did_you_mean, error, nearest, warning};
use crate::source::{Located, Sources};
use crate::visibility::Visibility;

pub use accessibility::Accessibility;
pub use feedback::Feedback;
pub use organization::{Act, CommitteeData, Line, Organization, Post};
pub use paper::{FormField, FormGroup, SectionContact};
pub use progress::{AuditData, Course, Improvement, ImprovementState, TrainingStatus};
pub use results::Results;
pub use schedule::{Schedule, ScheduleRow};
pub use year::{Contact, Decision, Duty, RoleDuties, ToConfirm, When};

/// All data files.
#[derive(Debug, Default)]
pub struct Data {
    /// `organization.toml`
    pub organization: Organization,
    /// `committee.toml`
    pub committee: CommitteeData,
    /// `schedule.toml`
    pub schedule: Option<Schedule>,
    /// `contacts.toml`, in the order to call.
    pub contacts: Vec<Contact>,
    /// `contacts.toml`: whom to tell about a page.
    pub feedback: Vec<Feedback>,
    /// `section-contacts.toml`
    pub section_contacts: Vec<SectionContact>,
    /// `incident-form.toml`
    pub incident_form: Vec<FormGroup>,
    /// `roles.toml`
    pub roles: Vec<RoleDuties>,
    /// `training.toml`
    pub training: Vec<Course>,
    /// `decisions.toml`
    pub decisions: Vec<Decision>,
    /// `improvements.toml`
    pub improvements: Vec<Improvement>,
    /// `audit.toml`
    pub audit: AuditData,
    /// `results.toml`, newest first.
    pub results: Vec<Results>,
    /// `accessibility.toml`
    pub accessibility: Option<Accessibility>,
    /// `confirm.toml`
    pub to_confirm: Vec<ToConfirm>,
}

pub(super) fn load(tree: &Tree, sources: &Sources, report: &mut Report) -> Data {
    let files = Files { tree, sources, schemas: None, asked: RefCell::default() };
    let data = read_all(&files, report);
    report_unknown(tree, &files.asked.into_inner(), report);
    data
}

/// Files that nothing is drawn from. Where a file of nearly that name is missing, a page would go
/// out without its data.
fn report_unknown(tree: &Tree, known: &[&'static str], report: &mut Report) {
    for (stem, file) in tree.in_folder("data", "toml") {
        if known.contains(&stem) || stem.starts_with("results/") {
            continue;
        }
        let word = stem.rsplit('/').next().unwrap_or_default();
        let is_near = |name: &&str| strsim::damerau_levenshtein(word, name) * 3 <= name.len();
        let missing = known.iter().filter(|known| !tree.holds(&format!("data/{known}.toml")));
        let meant: Vec<String> = nearest(word, missing.copied().filter(is_near))
            .iter()
            .map(|name| format!("{name}.toml"))
            .collect();
        let message = "このファイルは使われません";
        let mut finding = if meant.is_empty() {
            warning("stray-file", file.place(0..0), message)
        } else {
            error("unknown-data", file.place(0..0), message)
        };
        let meant: Vec<&str> = meant.iter().map(String::as_str).collect();
        if let Some(hint) = did_you_mean(&meant) {
            finding = finding.hint(hint);
        }
        report.push(finding.hint(format!("data に置く TOML の名前: {}", known.join("、"))));
    }
}

/// The JSON Schema of each file, by its name without `.toml`.
pub(super) fn schemas(tree: &Tree, sources: &Sources) -> BTreeMap<String, Value> {
    let schemas = RefCell::default();
    let files = Files { tree, sources, schemas: Some(&schemas), asked: RefCell::default() };
    read_all(&files, &mut Report::default());
    schemas.into_inner()
}

fn read_all(files: &Files<'_>, report: &mut Report) -> Data {
    let organization = files.read("organization", report, organization::read).unwrap_or_default();
    let committee = files.read("committee", report, organization::read_committee);
    let contacts = files.read("contacts", report, |record, report| {
        let contacts = record.tables("contacts", report, year::read_contact);
        Some((contacts, record.tables("feedback", report, feedback::read_feedback)))
    });
    let (contacts, feedback) = contacts.unwrap_or_default();
    Data {
        organization,
        committee: committee.unwrap_or_default(),
        schedule: files.read("schedule", report, schedule::read),
        contacts,
        feedback,
        section_contacts: files.rows(
            "section-contacts",
            "sections",
            report,
            paper::read_section_contact,
        ),
        incident_form: files.rows("incident-form", "groups", report, paper::read_form_group),
        roles: files.rows("roles", "roles", report, year::read_role),
        training: files.rows("training", "courses", report, progress::read_course),
        decisions: files.rows("decisions", "decisions", report, year::read_decision),
        improvements: files.rows(
            "improvements",
            "improvements",
            report,
            progress::read_improvement,
        ),
        audit: files.read("audit", report, progress::read_audit).unwrap_or_default(),
        results: files
            .read("results", report, |record, report| {
                results::read(record, files.tree, files.sources, report)
            })
            .unwrap_or_default(),
        accessibility: files.read("accessibility", report, accessibility::read),
        to_confirm: files.rows("confirm", "confirm", report, year::read_to_confirm),
    }
}

struct Files<'a> {
    tree: &'a Tree,
    sources: &'a Sources,
    /// Only while schemas are written down.
    schemas: Option<&'a RefCell<BTreeMap<String, Value>>>,
    /// Names of the files that there may be.
    asked: RefCell<Vec<&'static str>>,
}

impl Files<'_> {
    fn read<T>(
        &self,
        name: &'static str,
        report: &mut Report,
        read: impl FnOnce(&Record<'_>, &mut Report) -> Option<T>,
    ) -> Option<T> {
        self.asked.borrow_mut().push(name);
        if let Some(schemas) = self.schemas {
            schemas.borrow_mut().insert(name.to_owned(), Toml::schema(read));
            return None;
        }
        let file = *self.tree.texts.get(&format!("data/{name}.toml"))?;
        let text = self.sources.file(file).text.clone();
        Toml::new(file, 0, &text).read(report, read)
    }

    fn rows<T>(
        &self,
        name: &'static str,
        key: &'static str,
        report: &mut Report,
        read: fn(&Record<'_>, &mut Report) -> Option<T>,
    ) -> Vec<T> {
        self.read(name, report, |record, report| Some(record.tables(key, report, read)))
            .unwrap_or_default()
    }
}

fn visibility(record: &Record<'_>, report: &mut Report) -> Visibility {
    record.visibility(Visibility::Intranet, report)
}

fn page(record: &Record<'_>, report: &mut Report) -> Option<Located<PageId>> {
    record.optional_parsed("page", "ページの id", report)
}
