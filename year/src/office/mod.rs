//! The office: its sections (`units`), its people with their codes (`people`), and its staff list
//! and roster as files (`files`).

mod files;
mod people;
mod units;

pub use people::{Enrolment, Member};
pub use units::{Unit, units};

use selfcheck::id::OrgId;
use selfcheck::time::Date;

use crate::dice::Dice;

/// An office in one year.
pub struct Office {
    /// The id that keys are bound to.
    pub org: OrgId,
    /// Sections, by code.
    pub units: Vec<Unit>,
    /// Everybody on the staff list, by section and number.
    pub members: Vec<Member>,
}

impl Office {
    /// An office in its first year; codes are issued on `issued`.
    pub fn new(org: &OrgId, units: Vec<Unit>, issued: Date, dice: &mut Dice) -> Self {
        let mut office = Self { org: org.clone(), units, members: Vec::new() };
        let mut number = 0;
        for unit in 0..office.units.len() {
            for place in 0..office.units[unit].people {
                number += 1;
                let mut member = Member::new(number, unit, place, issued, dice);
                if dice.permille(10) {
                    member.renew(issued, dice);
                }
                office.members.push(member);
            }
        }
        office
    }

    /// The same office a year later: some have left or moved, others came, some letters were lost.
    #[must_use]
    pub fn next_year(&self, issued: Date, dice: &mut Dice) -> Self {
        let mut number = self.members.iter().map(|member| member.number).max().unwrap_or_default();
        let mut members = Vec::with_capacity(self.members.len());
        for member in &self.members {
            let mut member = member.clone();
            if member.is_fixed(&self.units) {
                members.push(member);
                continue;
            }
            if dice.permille(60) {
                // Somebody new sits in the same place.
                number += 1;
                member = Member::new(number, member.unit, usize::MAX, issued, dice);
            } else if dice.permille(100) {
                let to = dice.below(self.units.len());
                if self.units[to].people > 6 {
                    member.unit = to;
                }
            }
            if dice.permille(10) {
                member.renew(issued, dice);
            }
            member.exempt = dice.permille(15);
            members.push(member);
        }
        members.sort_by_key(|member| (member.unit, member.number));
        Self { org: self.org.clone(), units: self.units.clone(), members }
    }
}
