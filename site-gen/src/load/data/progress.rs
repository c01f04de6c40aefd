//! How far the year is: training held, improvements made, audits carried out.

use selfcheck::time::Date;

use super::{Record, Report, Word, visibility};
use crate::diagnostic::error;
use crate::source::Located;
use crate::visibility::Visibility;

/// One course of the training plan (研修計画) and how far it is (実施状況).
#[derive(Debug)]
pub struct Course {
    /// The fiscal year.
    pub fiscal_year: u16,
    /// Name of the course.
    pub title: String,
    /// Who attends.
    pub audience: String,
    /// How it is held.
    pub method: String,
    /// When.
    pub when: String,
    /// How far it is.
    pub status: TrainingStatus,
    /// The day it was held, or the last of them.
    pub held: Option<Date>,
    /// How many of how many attended.
    pub attendance: Option<(u32, u32)>,
    /// Who may see it.
    pub visibility: Visibility,
}

/// 実施状況
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrainingStatus {
    /// Not yet.
    Planned,
    /// Some have attended.
    Running,
    /// Over.
    Held,
    /// Will not take place.
    Cancelled,
}

impl TrainingStatus {
    /// All, in the order of a year.
    pub const ALL: [Self; 4] = [Self::Held, Self::Running, Self::Planned, Self::Cancelled];

    /// As written and as read.
    pub fn label(self) -> &'static str {
        match self {
            Self::Planned => "予定",
            Self::Running => "実施中",
            Self::Held => "実施済",
            Self::Cancelled => "中止",
        }
    }
}

impl Word for TrainingStatus {
    const ALL: &'static [Self] = &[Self::Planned, Self::Running, Self::Held, Self::Cancelled];

    fn word(self) -> &'static str {
        self.label()
    }
}

pub(super) fn read_course(record: &Record<'_>, report: &mut Report) -> Option<Course> {
    let fiscal_year = record.integer("fiscal_year", 1990..=9999, report);
    let title = record.string("title", report);
    let audience = record.string("audience", report);
    let method = record.string("method", report);
    let when = record.string("when", report);
    let status = record.word("status", report);
    let held = record.optional_date("held", report);
    let attendance = read_attendance(record, report);
    let visibility = visibility(record, report);
    Some(Course {
        fiscal_year: u16::try_from(fiscal_year?.value).ok()?,
        title: title?.value,
        audience: audience?.value,
        method: method?.value,
        when: when?.value,
        status: status?.value,
        held: held.map(|date| date.value),
        attendance,
        visibility,
    })
}

fn read_attendance(record: &Record<'_>, report: &mut Report) -> Option<(u32, u32)> {
    let mut faults = Report::default();
    let attended = record.optional_integer_in("attended", 0..=1_000_000, &mut faults);
    let invited = record.optional_integer_in("invited", 1..=1_000_000, &mut faults);
    let is_whole = !faults.has_errors();
    report.append(faults);
    let both = "`attended`（受講した人数）と `invited`（対象の人数）を両方書きます。";
    match (attended, invited) {
        (Some(attended), Some(invited)) if attended > invited => {
            let message = format!(
                "受講した人数（{attended}）が、対象の人数（{invited}）より多くなっています"
            );
            report.push(
                error("attendance", record.place_of("attended"), message)
                    .with("対象の人数", record.place_of("invited"))
                    .hint("`attended` は受講した人数、`invited` は対象の人数です。"),
            );
            None
        }
        (Some(attended), Some(invited)) => {
            Some((u32::try_from(attended).ok()?, u32::try_from(invited).ok()?))
        }
        (Some(_), None) if is_whole => {
            let place = record.place_of("attended");
            report.push(error("attendance", place, "`invited` がありません").hint(both));
            None
        }
        (None, Some(_)) if is_whole => {
            let place = record.place_of("invited");
            report.push(error("attendance", place, "`attended` がありません").hint(both));
            None
        }
        _ => None,
    }
}

/// One improvement (改善策) and its state.
#[derive(Debug)]
pub struct Improvement {
    /// The section.
    pub section: String,
    /// The weak item.
    pub item: String,
    /// Why it was weak.
    pub cause: Option<String>,
    /// What is done.
    pub measure: String,
    /// Who does it, by role.
    pub owner: String,
    /// By when.
    pub due: Located<Date>,
    /// When its effect was or will be looked at.
    pub check: Option<Date>,
    /// How far it is.
    pub state: ImprovementState,
    /// Who may see it.
    pub visibility: Visibility,
}

/// How far an improvement is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImprovementState {
    /// Decided, not begun.
    Open,
    /// Begun.
    Running,
    /// Done.
    Done,
    /// Done, and the effect has been looked at.
    Verified,
}

impl ImprovementState {
    /// All, in order.
    pub const ALL: [Self; 4] = [Self::Open, Self::Running, Self::Done, Self::Verified];

    /// As written and as read.
    pub fn label(self) -> &'static str {
        match self {
            Self::Open => "未着手",
            Self::Running => "実施中",
            Self::Done => "完了",
            Self::Verified => "効果確認済",
        }
    }

    /// Whether something is still to be done.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Open | Self::Running)
    }
}

impl Word for ImprovementState {
    const ALL: &'static [Self] = &Self::ALL;

    fn word(self) -> &'static str {
        self.label()
    }
}

pub(super) fn read_improvement(record: &Record<'_>, report: &mut Report) -> Option<Improvement> {
    record.optional_string("id", report);
    let section = record.string("section", report);
    let item = record.string("item", report);
    let cause = record.optional_string("cause", report);
    let measure = record.string("measure", report);
    let owner = record.string("owner", report);
    let due = record.date("due", report);
    let check = record.optional_date("check", report);
    let state = record.word("state", report);
    let visibility = visibility(record, report);
    Some(Improvement {
        section: section?.value,
        item: item?.value,
        cause: cause.map(|text| text.value),
        measure: measure?.value,
        owner: owner?.value,
        due: due?,
        check: check.map(|date| date.value),
        state: state?.value,
        visibility,
    })
}

/// `audit.toml`
#[derive(Debug, Default)]
pub struct AuditData {
    /// The audit's year, step by step.
    pub steps: Vec<AuditStep>,
    /// What audits found.
    pub findings: Vec<AuditFinding>,
}

/// One step of the audit's year.
#[derive(Debug)]
pub struct AuditStep {
    /// When.
    pub when: String,
    /// Name of the step.
    pub title: String,
    /// What happens.
    pub text: String,
    /// Who may see it.
    pub visibility: Visibility,
}

/// One finding (指摘事項) and what became of it.
#[derive(Debug)]
pub struct AuditFinding {
    /// The fiscal year of the audit.
    pub fiscal_year: u16,
    /// The section.
    pub section: String,
    /// What was found.
    pub finding: String,
    /// What is done about it.
    pub measure: String,
    /// By when.
    pub due: Located<Date>,
    /// How far it is.
    pub state: ImprovementState,
    /// Who may see it; the committee alone unless it says otherwise.
    pub visibility: Visibility,
}

pub(super) fn read_audit(record: &Record<'_>, report: &mut Report) -> Option<AuditData> {
    let steps = record.tables("steps", report, |step, report| {
        let when = step.string("when", report);
        let title = step.string("title", report);
        let text = step.string("text", report);
        let visibility = visibility(step, report);
        Some(AuditStep { when: when?.value, title: title?.value, text: text?.value, visibility })
    });
    let findings = record.tables("findings", report, read_finding);
    Some(AuditData { steps, findings })
}

fn read_finding(record: &Record<'_>, report: &mut Report) -> Option<AuditFinding> {
    let fiscal_year = record.integer("fiscal_year", 1990..=9999, report);
    let section = record.string("section", report);
    let finding = record.string("finding", report);
    let measure = record.string("measure", report);
    let due = record.date("due", report);
    let state = record.word("state", report);
    let visibility = record.visibility(Visibility::Restricted, report);
    Some(AuditFinding {
        fiscal_year: u16::try_from(fiscal_year?.value).ok()?,
        section: section?.value,
        finding: finding?.value,
        measure: measure?.value,
        due: due?,
        state: state?.value,
        visibility,
    })
}
