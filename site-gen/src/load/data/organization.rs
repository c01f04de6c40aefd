//! The organisation chart, the sections that own pages, the committee and the CSIRT.

use super::{Record, Report, Word, visibility};
use crate::source::{Located, Place};
use crate::visibility::Visibility;

/// `organization.toml`
#[derive(Debug, Default)]
pub struct Organization {
    /// The boxes of the chart, in order.
    pub boxes: Vec<OrgBox>,
    /// The sections (課) that may own pages.
    pub sections: Vec<Located<String>>,
}

/// One box of the chart.
#[derive(Debug)]
pub struct OrgBox {
    /// Unique.
    pub id: Located<String>,
    /// The office, for example 統括情報セキュリティ責任者.
    pub title: String,
    /// Who holds it, for example 総務部長.
    pub holder: String,
    /// The box above and how sure the line is; `None` at the top.
    pub parent: Option<(Located<String>, Line)>,
    /// Who may see it.
    pub visibility: Visibility,
}

/// How sure a line of the chart is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// The plan says so.
    Stated,
    /// Inferred from the levels and from common practice.
    Inferred,
}

impl Word for Line {
    const ALL: &'static [Self] = &[Self::Stated, Self::Inferred];

    fn word(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Inferred => "inferred",
        }
    }
}

pub(super) fn read(record: &Record<'_>, report: &mut Report) -> Option<Organization> {
    let boxes = record.tables("boxes", report, read_box);
    let sections = record.tables("sections", report, |section, report| {
        let name = section.string("name", report);
        section.optional_string("bureau", report);
        section.visibility(Visibility::Public, report);
        name
    });
    Some(Organization { boxes, sections })
}

fn read_box(record: &Record<'_>, report: &mut Report) -> Option<OrgBox> {
    let id = record.string("id", report);
    let title = record.string("title", report);
    let holder = record.string("holder", report);
    let parent = record.optional_string("parent", report);
    let line = record.optional_word::<Line>("line", report);
    let visibility = visibility(record, report);
    let line = line.map_or(Line::Stated, |line| line.value);
    Some(OrgBox {
        id: id?,
        title: title?.value,
        holder: holder?.value,
        parent: parent.map(|parent| (parent, line)),
        visibility,
    })
}

/// `committee.toml`
#[derive(Debug, Default)]
pub struct CommitteeData {
    /// The section that keeps the committee's papers.
    pub secretariat: Option<String>,
    /// What the committee does.
    pub duties: Vec<CommitteeDuty>,
    /// Its members.
    pub members: Vec<Post>,
    /// Who joins the members to form the CSIRT.
    pub csirt_extra: Vec<Post>,
    /// What the CSIRT does.
    pub csirt_duties: Vec<CsirtDuty>,
}

/// One duty of the committee.
#[derive(Debug)]
pub struct CommitteeDuty {
    /// Approving and receiving are different acts.
    pub act: Act,
    /// The duty.
    pub text: String,
    /// Who may see it.
    pub visibility: Visibility,
}

/// One duty of the CSIRT.
#[derive(Debug)]
pub struct CsirtDuty {
    /// The duty.
    pub text: String,
    /// Who may see it.
    pub visibility: Visibility,
}

/// A member: by role and post, never by name.
#[derive(Debug)]
pub struct Post {
    /// Why the post is a member.
    pub role: String,
    /// The post.
    pub post: String,
    /// Who may see it.
    pub visibility: Visibility,
}

/// What the committee does with a matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// 決定
    Decide,
    /// 承認
    Approve,
    /// 受理
    Receive,
    /// 指名
    Designate,
    /// 監査の実施
    Audit,
}

impl Act {
    /// All, in the order in which they are shown.
    pub const ALL: [Self; 5] =
        [Self::Approve, Self::Receive, Self::Designate, Self::Decide, Self::Audit];

    /// As readers see it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Decide => "決定",
            Self::Approve => "承認",
            Self::Receive => "受理",
            Self::Designate => "指名",
            Self::Audit => "監査",
        }
    }
}

impl Word for Act {
    const ALL: &'static [Self] =
        &[Self::Decide, Self::Approve, Self::Receive, Self::Designate, Self::Audit];

    fn word(self) -> &'static str {
        match self {
            Self::Decide => "decide",
            Self::Approve => "approve",
            Self::Receive => "receive",
            Self::Designate => "designate",
            Self::Audit => "audit",
        }
    }
}

pub(super) fn read_committee(record: &Record<'_>, report: &mut Report) -> Option<CommitteeData> {
    let secretariat = record.optional_string("secretariat", report);
    let duties = record.tables("duties", report, |duty, report| {
        let act = duty.word::<Act>("act", report);
        let text = duty.string("text", report);
        let visibility = visibility(duty, report);
        Some(CommitteeDuty { act: act?.value, text: text?.value, visibility })
    });
    let members = record.tables("members", report, read_post);
    let csirt_extra = record.tables("csirt_extra", report, read_post);
    let csirt_duties = record.tables("csirt_duties", report, |duty, report| {
        let text = duty.string("text", report);
        let visibility = visibility(duty, report);
        Some(CsirtDuty { text: text?.value, visibility })
    });
    Some(CommitteeData {
        secretariat: secretariat.map(|text| text.value),
        duties,
        members,
        csirt_extra,
        csirt_duties,
    })
}

fn read_post(record: &Record<'_>, report: &mut Report) -> Option<Post> {
    let role = record.string("role", report);
    let post = record.string("post", report);
    let visibility = visibility(record, report);
    Some(Post { role: role?.value, post: post?.value, visibility })
}

impl OrgBox {
    /// Where the box is named.
    pub fn place(&self) -> Place {
        self.id.place
    }
}
