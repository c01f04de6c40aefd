//! People: number, made-up name, section, duties, and the codes they were given.

use selfcheck::code::EnrolmentCode;
use selfcheck::id::{OrgId, PersonId};
use selfcheck::keys::PersonKey;
use selfcheck::set::Role;
use selfcheck::time::Date;

use super::Unit;
use crate::dice::Dice;

/// A person on the staff list.
#[derive(Clone)]
pub struct Member {
    /// Counted up from 1; never given twice.
    pub number: usize,
    /// The person number, six digits with leading zeros.
    pub sub: PersonId,
    /// Made up: a station of the prefecture and a number.
    pub name: String,
    /// Index into [`super::Office::units`].
    pub unit: usize,
    /// 情報セキュリティ管理者
    pub manager: bool,
    /// 情報セキュリティ担当者
    pub contact: bool,
    /// 対象外
    pub exempt: bool,
    /// How able a person is at such checks, around 0, in thousandths.
    pub skill: i64,
    /// Oldest first.
    pub enrolments: Vec<Enrolment>,
}

/// One letter with a code.
#[derive(Clone)]
pub struct Enrolment {
    /// The code on the letter.
    pub code: EnrolmentCode,
    /// Day of issue.
    pub issued: Date,
    /// Day of revocation.
    pub revoked: Option<Date>,
}

const STATIONS: [&str; 24] = [
    "上尾",
    "北上尾",
    "大宮",
    "浦和",
    "桶川",
    "北本",
    "鴻巣",
    "吹上",
    "行田",
    "熊谷",
    "深谷",
    "本庄",
    "川越",
    "所沢",
    "春日部",
    "越谷",
    "草加",
    "蕨",
    "川口",
    "戸田",
    "朝霞",
    "秩父",
    "久喜",
    "加須",
];

const GIVEN: [&str; 20] = [
    "一郎", "二郎", "三郎", "四郎", "五郎", "一子", "二子", "三子", "四子", "五子", "春男", "夏男",
    "秋男", "冬男", "春子", "夏子", "秋子", "冬子", "正", "和",
];

impl Member {
    /// A new person; the first of a section is its manager, the second its contact.
    pub(super) fn new(
        number: usize,
        unit: usize,
        place: usize,
        issued: Date,
        dice: &mut Dice,
    ) -> Self {
        let mut member = Self {
            number,
            sub: format!("{number:06}").parse().expect("six digits are a person number"),
            name: format!("{} {}", dice.pick(&STATIONS), dice.pick(&GIVEN)),
            unit,
            manager: place == 0,
            contact: place == 1,
            exempt: place > 1 && place != usize::MAX && dice.permille(15),
            skill: dice.bell(260),
            enrolments: Vec::new(),
        };
        member.renew(issued, dice);
        member
    }

    /// Gives the person a new code and revokes the one before.
    pub(super) fn renew(&mut self, issued: Date, dice: &mut Dice) {
        if let Some(before) = self.enrolments.last_mut() {
            before.revoked = Some(issued);
        }
        let code = EnrolmentCode::from_random(dice.bytes());
        self.enrolments.push(Enrolment { code, issued, revoked: None });
    }

    /// Managers, contacts and the people of small sections stay, so that every section keeps both.
    pub(super) fn is_fixed(&self, units: &[Unit]) -> bool {
        self.manager || self.contact || units[self.unit].people <= 6
    }

    /// The role whose set this person is asked.
    pub fn role(&self) -> Role {
        match (self.manager, self.contact) {
            (false, false) => Role::General,
            (true, false) => Role::Manager,
            (false, true) => Role::Contact,
            (true, true) => Role::ManagerContact,
        }
    }

    /// The key of the person's newest letter.
    ///
    /// # Panics
    /// Never: everybody got a letter.
    pub fn key(&self, org: &OrgId) -> PersonKey {
        self.key_of(self.enrolments.last().expect("everybody got a letter"), org)
    }

    /// The key of one of the person's letters.
    pub fn key_of(&self, enrolment: &Enrolment, org: &OrgId) -> PersonKey {
        PersonKey::derive(&enrolment.code, org, &self.sub)
    }
}
