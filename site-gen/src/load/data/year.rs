//! The committee's year as data: contacts, duties, decisions, and the values only the city can
//! settle. How far things are is in `progress`.

use selfcheck::id::PageId;
use selfcheck::time::Date;

use super::{Act, Record, Report, Word, page, visibility};
use crate::source::Located;
use crate::visibility::Visibility;

/// Whom to call, one row of `contacts.toml`.
#[derive(Debug)]
pub struct Contact {
    /// By which the office names it.
    pub id: Option<Located<String>>,
    /// 平日の日中, 夜間・休日, …
    pub when: String,
    /// Whom.
    pub who: String,
    /// How.
    pub how: String,
    /// A number, once the city has entered one.
    pub phone: Option<String>,
    /// The only kind of site it stands on; `None` for every site that may show it.
    pub audience: Option<Visibility>,
    /// Who may see it.
    pub visibility: Visibility,
}

pub(super) fn read_contact(record: &Record<'_>, report: &mut Report) -> Option<Contact> {
    let id = record.optional_string("id", report);
    let when = record.string("when", report);
    let who = record.string("who", report);
    let how = record.string("how", report);
    let phone = record.optional_string("phone", report);
    let audience = record.optional_word("audience", report);
    let visibility = visibility(record, report);
    Some(Contact {
        id,
        when: when?.value,
        who: who?.value,
        how: how?.value,
        phone: phone.map(|text| text.value),
        audience: audience.map(|level| level.value),
        visibility,
    })
}

/// The duties of one role, by month.
#[derive(Debug)]
pub struct RoleDuties {
    /// Identifier, for example `section_manager`.
    pub id: String,
    /// As readers see it.
    pub name: String,
    /// In order.
    pub duties: Vec<Duty>,
    /// Who may see it.
    pub visibility: Visibility,
}

/// One duty.
#[derive(Debug)]
pub struct Duty {
    /// In the order written.
    pub when: Vec<When>,
    /// What to do.
    pub text: String,
    /// The page with the rule.
    pub page: Option<Located<PageId>>,
    /// Who may see it.
    pub visibility: Visibility,
}

/// When a duty is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// 随時.
    AnyTime,
    /// 毎月.
    EveryMonth,
    /// A month, 1 to 12.
    Month(u8),
}

impl Word for When {
    const ALL: &'static [Self] = &[
        Self::AnyTime,
        Self::EveryMonth,
        Self::Month(4),
        Self::Month(5),
        Self::Month(6),
        Self::Month(7),
        Self::Month(8),
        Self::Month(9),
        Self::Month(10),
        Self::Month(11),
        Self::Month(12),
        Self::Month(1),
        Self::Month(2),
        Self::Month(3),
    ];

    fn word(self) -> &'static str {
        match self {
            Self::AnyTime => "随時",
            Self::EveryMonth => "毎月",
            Self::Month(1) => "1月",
            Self::Month(2) => "2月",
            Self::Month(3) => "3月",
            Self::Month(4) => "4月",
            Self::Month(5) => "5月",
            Self::Month(6) => "6月",
            Self::Month(7) => "7月",
            Self::Month(8) => "8月",
            Self::Month(9) => "9月",
            Self::Month(10) => "10月",
            Self::Month(11) => "11月",
            Self::Month(_) => "12月",
        }
    }
}

pub(super) fn read_role(record: &Record<'_>, report: &mut Report) -> Option<RoleDuties> {
    let id = record.string("id", report);
    let name = record.string("name", report);
    let duties = record.tables("duties", report, |duty, report| {
        let when = duty.one_or_more_words("when", report);
        let text = duty.string("text", report);
        let page = page(duty, report);
        let visibility = visibility(duty, report);
        let when = when.into_iter().map(|when| when.value).collect();
        Some(Duty { when, text: text?.value, page, visibility })
    });
    let visibility = visibility(record, report);
    Some(RoleDuties { id: id?.value, name: name?.value, duties, visibility })
}

/// One decision of the committee, planned or taken.
#[derive(Debug)]
pub struct Decision {
    /// The fiscal year.
    pub fiscal_year: u16,
    /// 承認, 受理, 指名 or 決定.
    pub act: Act,
    /// The matter.
    pub subject: String,
    /// When it is planned.
    pub planned: Option<String>,
    /// When it was taken.
    pub date: Option<Date>,
    /// Anything more.
    pub note: Option<String>,
    /// Who may see it.
    pub visibility: Visibility,
}

pub(super) fn read_decision(record: &Record<'_>, report: &mut Report) -> Option<Decision> {
    let fiscal_year = record.integer("fiscal_year", 1990..=9999, report);
    let act = record.word::<Act>("act", report);
    let subject = record.string("subject", report);
    let planned = record.optional_string("planned", report);
    let date = record.optional_date("date", report);
    let note = record.optional_string("note", report);
    let visibility = visibility(record, report);
    Some(Decision {
        fiscal_year: u16::try_from(fiscal_year?.value).ok()?,
        act: act?.value,
        subject: subject?.value,
        planned: planned.map(|text| text.value),
        date: date.map(|date| date.value),
        note: note.map(|text| text.value),
        visibility,
    })
}

/// A value that only the city can settle.
#[derive(Debug)]
pub struct ToConfirm {
    /// The page that states it.
    pub page: Option<Located<PageId>>,
    /// What has to be settled.
    pub what: String,
    /// What the text says now.
    pub proposal: String,
    /// The section that can settle it.
    pub who: String,
    /// Who may see it.
    pub visibility: Visibility,
}

pub(super) fn read_to_confirm(record: &Record<'_>, report: &mut Report) -> Option<ToConfirm> {
    record.optional_string("id", report);
    let page = page(record, report);
    let what = record.string("what", report);
    let proposal = record.string("proposal", report);
    let who = record.string("who", report);
    let visibility = visibility(record, report);
    Some(ToConfirm {
        page,
        what: what?.value,
        proposal: proposal?.value,
        who: who?.value,
        visibility,
    })
}
