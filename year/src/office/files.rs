//! The staff list and the roster of an office, as the office and `tally enrol` would write them.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde::Serialize;

use super::{Member, Office};

impl Office {
    /// `staff.csv` as the office keeps it, with names.
    pub fn staff_csv(&self) -> String {
        let mut csv = "職員番号,氏名,部局コード,部局,所属コード,所属,役割,対象\n".to_owned();
        for member in &self.members {
            let unit = &self.units[member.unit];
            let duties = [(member.manager, "管理者"), (member.contact, "担当者")];
            let duties: Vec<&str> =
                duties.into_iter().filter_map(|(has, duty)| has.then_some(duty)).collect();
            let _ = writeln!(
                csv,
                "{},{},{},{},{},{},{},{}",
                member.sub,
                member.name,
                unit.bureau,
                unit.bureau_name,
                unit.code,
                unit.name,
                duties.join("・"),
                if member.exempt { "no" } else { "" }
            );
        }
        csv
    }

    /// `roster.json`: public keys, no names of people.
    ///
    /// # Panics
    /// Never: a roster is plain data.
    pub fn roster_json(&self) -> String {
        let bureaus: BTreeSet<(&str, &str)> = self
            .units
            .iter()
            .map(|unit| (unit.bureau.as_str(), unit.bureau_name.as_str()))
            .collect();
        let roster = Roster {
            v: 1,
            org: self.org.as_str(),
            bureaus: bureaus.into_iter().map(|(code, name)| Bureau { code, name }).collect(),
            sections: self
                .units
                .iter()
                .map(|unit| Section { code: &unit.code, name: &unit.name, bureau: &unit.bureau })
                .collect(),
            people: self.members.iter().map(|member| self.person(member)).collect(),
        };
        serde_json::to_string_pretty(&roster).expect("a roster is plain data") + "\n"
    }

    fn person<'a>(&'a self, member: &'a Member) -> Person<'a> {
        let keys = (1..).zip(&member.enrolments).map(|(epoch, enrolment)| {
            let public = member.key_of(enrolment, &self.org).public();
            Key {
                kid: public.key_id().to_string(),
                x: public.x().to_string(),
                epoch,
                issued: enrolment.issued.to_string(),
                revoked: enrolment.revoked.map(|day| day.to_string()),
            }
        });
        let roles = [(member.manager, "manager"), (member.contact, "contact")];
        Person {
            sub: member.sub.as_str(),
            section: &self.units[member.unit].code,
            roles: roles.into_iter().filter_map(|(has, role)| has.then_some(role)).collect(),
            exempt: member.exempt,
            keys: keys.collect(),
        }
    }

    /// `codes.csv`: what the letters say, for trying the page as one of these people.
    pub fn codes_csv(&self) -> String {
        let mut csv = "職員番号,氏名,登録コード\n".to_owned();
        for member in &self.members {
            if let Some(enrolment) = member.enrolments.last() {
                let code = enrolment.code.print(&self.org, &member.sub);
                let _ = writeln!(csv, "{},{},{code}", member.sub, member.name);
            }
        }
        csv
    }
}

#[derive(Serialize)]
struct Roster<'a> {
    v: u8,
    org: &'a str,
    bureaus: Vec<Bureau<'a>>,
    sections: Vec<Section<'a>>,
    people: Vec<Person<'a>>,
}

#[derive(Serialize)]
struct Bureau<'a> {
    code: &'a str,
    name: &'a str,
}

#[derive(Serialize)]
struct Section<'a> {
    code: &'a str,
    name: &'a str,
    bureau: &'a str,
}

#[derive(Serialize)]
struct Person<'a> {
    sub: &'a str,
    section: &'a str,
    roles: Vec<&'a str>,
    exempt: bool,
    keys: Vec<Key>,
}

#[derive(Serialize)]
struct Key {
    kid: String,
    x: String,
    epoch: u32,
    issued: String,
    revoked: Option<String>,
}
