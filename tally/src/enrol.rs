//! `tally enrol`: staff list in, roster and letters out.
//!
//! 1. Read the staff list and the present roster.
//! 2. Plan the new roster: add, move, renew; nobody else is touched.
//! 3. Stage both files, then put both in place, or neither.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use selfcheck::code::EnrolmentCode;
use selfcheck::id::{OrgId, PersonId};
use selfcheck::keys::PersonKey;
use selfcheck::time::Date;

use crate::fault::Fault;
use crate::files::{self, Staged};
use crate::letters::{self, Letter, Sender};
use crate::roster::{Bureau, Key, Person, Roster, Section, UnitCode};
use crate::staff::{self, Staff};
use crate::status_code::Status;
use crate::text::nfkc;
use crate::{clock, say};

/// Issue enrolment codes: staff list in, roster and printable letters out.
///
/// 職員 CSV から名簿（公開鍵だけ）と登録コード通知書を作ります。二度目からは、新しい人を加え、
/// 異動を写し、`--renew` の人に新しいコードを出します。ほかの人の登録は変わりません。
///
/// Codes stand in the letters only. Exit status 1 means that the staff list has problems: all are
/// listed with line and column, and nothing was written.
#[derive(clap::Args)]
#[command(after_help = "\
Example / 例:
  tally enrol --staff staff.csv --roster roster.json --letters letters.html --org ageo \\
    --office 上尾市 --contact '職員課（内線 1234）'
  tally enrol --staff staff.csv --roster roster.json --letters renewed.html --org ageo --renew 000123

staff.csv (UTF-8 or Shift_JIS):
  職員番号,氏名,部局コード,部局,所属コード,所属,役割,対象
  000123,上尾 花子,10,総務部,1010,IT推進課,担当者,
  000124,大宮 太郎,10,総務部,1010,IT推進課,,no")]
pub(crate) struct Args {
    /// Staff list / 職員 CSV
    #[arg(long, value_name = "CSV")]
    staff: PathBuf,
    /// Roster, made if missing / 名簿
    #[arg(long, value_name = "JSON")]
    roster: PathBuf,
    /// Letters, must not exist yet / 登録コード通知書
    #[arg(long, value_name = "HTML")]
    letters: PathBuf,
    /// Short id of the organisation, part of every key / 組織の短い名前
    #[arg(long)]
    org: OrgId,
    /// Person number whose code is issued again, repeatable / 再発行する職員番号
    #[arg(long, value_name = "SUB", value_parser = person_number)]
    renew: Vec<PersonId>,
    /// Day of issue, default today in Japan / 発行日
    #[arg(long, value_name = "YYYY-MM-DD")]
    issued: Option<Date>,
    /// Name of the office on the letters / 通知書に載せる組織名
    #[arg(long, default_value = "")]
    office: String,
    /// Whom to tell about a lost letter / 紛失時の連絡先
    #[arg(long, default_value = "登録コードを発行した課")]
    contact: String,
}

/// Reads a person number as typed on a Japanese keyboard.
pub(crate) fn person_number(text: &str) -> Result<PersonId, String> {
    PersonId::read(&nfkc(text)).map_err(|error| error.to_string())
}

/// A staff list of 100,000 people has about 10 MB.
const MAX_STAFF_BYTES: u64 = 64 * 1024 * 1024;

pub(crate) fn run(args: &Args) -> Result<Status, Fault> {
    let Some(staff) = read_staff(&args.staff)? else { return Ok(Status::FoundFaults) };
    let before = read_roster(&args.roster, &args.org)?;
    let issued = args.issued.map_or_else(clock::today, Ok)?;
    let plan = Plan::make(&staff, before, &args.renew.iter().collect(), issued)?;
    write(args, issued, &plan)?;
    warn(&plan);
    say::results(&format!(
        "追加 {} 人、変更 {} 人、再発行 {} 人、変わりなし {} 人、名簿 {} 人、通知書 {} 通\n",
        plan.added,
        plan.changed,
        args.renew.iter().collect::<BTreeSet<_>>().len(),
        plan.unchanged,
        plan.roster.people.len(),
        plan.letters.len(),
    ))?;
    Ok(Status::Good)
}

/// Prints every problem; `None` when there are any.
pub(crate) fn read_staff(path: &Path) -> Result<Option<Staff>, Fault> {
    match staff::parse(&files::read_own(path, MAX_STAFF_BYTES)?) {
        Ok(staff) => Ok(Some(staff)),
        Err(problems) => {
            say::problems(path, &problems);
            Ok(None)
        }
    }
}

fn read_roster(path: &Path, org: &OrgId) -> Result<Roster, Fault> {
    let present =
        path.try_exists().map_err(|error| Fault::Read { path: path.to_owned(), error })?;
    if !present {
        return Ok(Roster::new(org.clone()));
    }
    let roster = Roster::read(path)?.roster;
    if roster.org == *org {
        Ok(roster)
    } else {
        Err(Fault::OtherOrg { path: path.to_owned(), found: roster.org, wanted: org.clone() })
    }
}

/// The roster as it will be, and what changed.
struct Plan {
    roster: Roster,
    letters: Vec<Letter>,
    added: usize,
    changed: usize,
    unchanged: usize,
    /// In the roster and not in the staff list: kept as they are.
    absent: Vec<PersonId>,
}

impl Plan {
    fn make(
        staff: &Staff,
        before: Roster,
        renew: &BTreeSet<&PersonId>,
        issued: Date,
    ) -> Result<Self, Fault> {
        let mut people: BTreeMap<PersonId, Person> =
            before.people.into_iter().map(|person| (person.sub.clone(), person)).collect();
        let listed: BTreeSet<&PersonId> = staff.members.iter().map(|m| &m.person).collect();
        for person in renew {
            if !listed.contains(person) {
                return Err(Fault::UnknownPerson {
                    person: (*person).clone(), place: "職員 CSV "
                });
            }
            if !people.contains_key(*person) {
                return Err(Fault::UnknownPerson { person: (*person).clone(), place: "名簿" });
            }
        }
        let absent = people.keys().filter(|sub| !listed.contains(sub)).cloned().collect();
        let (mut added, mut changed, mut unchanged) = (0, 0, 0);
        let mut letters = Vec::new();
        for member in &staff.members {
            let person = people.entry(member.person.clone()).or_insert_with(|| Person {
                sub: member.person.clone(),
                section: member.section.clone(),
                roles: member.roles.clone(),
                exempt: member.exempt,
                keys: Vec::new(),
            });
            let now = (&member.section, &member.roles, member.exempt);
            let new = person.keys.is_empty();
            match new {
                true => added += 1,
                false if (&person.section, &person.roles, person.exempt) != now => changed += 1,
                false => unchanged += 1,
            }
            person.section = member.section.clone();
            person.roles = member.roles.clone();
            person.exempt = member.exempt;
            if new || renew.contains(&member.person) {
                let (code, epoch) = issue(person, &before.org, issued)?;
                let (section, bureau) = &staff.sections[&member.section];
                letters.push(Letter {
                    bureau: staff.bureaus[bureau].clone(),
                    section: section.clone(),
                    name: member.name.clone(),
                    person: member.person.clone(),
                    code,
                    epoch,
                });
            }
        }
        let order = |letter: &Letter| {
            let section = &people[&letter.person].section;
            (staff.sections[section].1.clone(), section.clone(), letter.person.clone())
        };
        letters.sort_by_cached_key(order);
        let (bureaus, sections) = units(staff, before.bureaus, before.sections, &people);
        let people = people.into_values().collect();
        let roster = Roster { bureaus, sections, people, ..Roster::new(before.org) };
        Ok(Self { roster, letters, added, changed, unchanged, absent })
    }
}

/// Gives a person a new code: the old key is revoked, the new one is added.
///
/// Returns the printed form and the epoch. The code itself ends here.
fn issue(person: &mut Person, org: &OrgId, issued: Date) -> Result<(String, u32), Fault> {
    let mut bytes = [0; 15];
    getrandom::fill(&mut bytes).map_err(Fault::Random)?;
    let code = EnrolmentCode::from_random(bytes);
    if let Some(key) = person.current_key() {
        key.revoked = Some(issued);
    }
    let epoch = person.keys.last().map_or(1, |key| key.epoch + 1);
    let public = PersonKey::derive(&code, org, &person.sub).public();
    person.keys.push(Key { kid: public.key_id(), x: public.x(), epoch, issued, revoked: None });
    Ok((code.print(org, &person.sub), epoch))
}

/// Names as the staff list has them now; units that only people outside the list still belong to
/// are kept, others go.
fn units(
    staff: &Staff,
    bureaus: Vec<Bureau>,
    sections: Vec<Section>,
    people: &BTreeMap<PersonId, Person>,
) -> (Vec<Bureau>, Vec<Section>) {
    let used: BTreeSet<&UnitCode> = people.values().map(|person| &person.section).collect();
    let mut by_code: BTreeMap<UnitCode, Section> =
        sections.into_iter().map(|section| (section.code.clone(), section)).collect();
    for (code, (name, bureau)) in &staff.sections {
        let section = Section { code: code.clone(), name: name.clone(), bureau: bureau.clone() };
        by_code.insert(code.clone(), section);
    }
    by_code.retain(|code, _| used.contains(code));
    let mut bureau_names: BTreeMap<UnitCode, String> =
        bureaus.into_iter().map(|bureau| (bureau.code, bureau.name)).collect();
    bureau_names.extend(staff.bureaus.clone());
    bureau_names.retain(|code, _| by_code.values().any(|section| section.bureau == *code));
    (
        bureau_names.into_iter().map(|(code, name)| Bureau { code, name }).collect(),
        by_code.into_values().collect(),
    )
}

/// Letters first: a letter without a key can be issued again, a key without its letter cannot be
/// told from a good one.
fn write(args: &Args, issued: Date, plan: &Plan) -> Result<(), Fault> {
    let roster = Staged::write(&args.roster, plan.roster.to_json().as_bytes())?;
    if plan.letters.is_empty() {
        return roster.replace();
    }
    if fs::symlink_metadata(&args.letters).is_ok() {
        return Err(Fault::LettersExist(args.letters.clone()));
    }
    let issued = issued.to_string();
    let sender = Sender { office: &args.office, contact: &args.contact, issued: &issued };
    let html = letters::document(&sender, &plan.letters);
    Staged::write(&args.letters, html.as_bytes())?.create()?;
    roster.replace().inspect_err(|_| {
        // The codes in these letters lead nowhere: without the roster they must not be handed out.
        let _ = fs::remove_file(&args.letters);
    })
}

fn warn(plan: &Plan) {
    let numbers = plan.roster.people.iter().map(|person| &person.sub);
    let odd = staff::odd_lengths(numbers);
    if !odd.is_empty() {
        say::warning(&format!(
            "桁数がほかと違う職員番号があります: {}。Excel が先頭の 0 を消していないか確かめてください",
            some(&odd)
        ));
    }
    if !plan.absent.is_empty() {
        say::warning(&format!(
            "名簿にあって CSV にない人は変えていません: {}。分母から外すには CSV に `対象` を no として書き、\
             コードを止めるには `tally revoke` を使います",
            some(&plan.absent.iter().collect::<Vec<_>>())
        ));
    }
    if plan.letters.is_empty() {
        say::note("新しいコードはないので、通知書は書いていません");
    }
}

/// The first ten, and how many more there are.
fn some(people: &[&PersonId]) -> String {
    let shown: Vec<String> = people.iter().take(10).map(|person| format!("`{person}`")).collect();
    match people.len().saturating_sub(10) {
        0 => shown.join("、"),
        more => format!("{} ほか {more} 人", shown.join("、")),
    }
}
