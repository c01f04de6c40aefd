//! What people fill in or carry: who answers for each section, and the incident record form.

use super::{Record, Report, visibility};
use crate::source::Located;
use crate::visibility::Visibility;

/// Who answers for one section, one row of `section-contacts.toml`: posts, never names.
#[derive(Debug)]
pub struct SectionContact {
    /// The section (課), one of `organization.toml`.
    pub section: Located<String>,
    /// The post of its 情報セキュリティ管理者.
    pub manager: String,
    /// The post of its 情報セキュリティ担当者, once the section has named one.
    pub contact: Option<String>,
    /// The extension to call, once entered.
    pub phone: Option<String>,
    /// Who may see it.
    pub visibility: Visibility,
}

pub(super) fn read_section_contact(
    record: &Record<'_>,
    report: &mut Report,
) -> Option<SectionContact> {
    let section = record.string("section", report);
    let manager = record.string("manager", report);
    let contact = record.optional_string("contact", report);
    let phone = record.optional_string("phone", report);
    let visibility = visibility(record, report);
    Some(SectionContact {
        section: section?,
        manager: manager?.value,
        contact: contact.map(|text| text.value),
        phone: phone.map(|text| text.value),
        visibility,
    })
}

/// One part of the incident record form, one row of `incident-form.toml`.
#[derive(Debug)]
pub struct FormGroup {
    /// As readers see it.
    pub title: String,
    /// In order.
    pub fields: Vec<FormField>,
}

/// One thing to write down.
#[derive(Debug)]
pub struct FormField {
    /// What to write.
    pub label: String,
    /// How to write it.
    pub hint: Option<String>,
    /// What to tick, instead of writing.
    pub choices: Vec<String>,
    /// Height of the space to write in, in lines.
    pub lines: u8,
    /// Who may see it.
    pub visibility: Visibility,
}

/// More lines than a sheet has are a slip of the keyboard.
const MAX_LINES: i64 = 40;

pub(super) fn read_form_group(record: &Record<'_>, report: &mut Report) -> Option<FormGroup> {
    let title = record.string("title", report);
    let fields = record.tables("fields", report, |field, report| {
        let label = field.string("label", report);
        let hint = field.optional_string("hint", report);
        let choices = field.strings("choices", report);
        let lines = field.optional_integer_in("lines", 1..=MAX_LINES, report).unwrap_or(1);
        let visibility = visibility(field, report);
        Some(FormField {
            label: label?.value,
            hint: hint.map(|text| text.value),
            choices: choices.into_iter().map(|choice| choice.value).collect(),
            lines: u8::try_from(lines).ok()?,
            visibility,
        })
    });
    Some(FormGroup { title: title?.value, fields })
}
