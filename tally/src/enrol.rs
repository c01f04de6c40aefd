//! `tally enrol`: staff list in, roster and letters out.
//!
//! 1. Read the staff list, take the roster.
//! 2. Plan the new roster: add, move, renew; nobody else is touched.
//! 3. Write roster and letters, or neither (`roster_lock`).

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use selfcheck::code::EnrolmentCode;
use selfcheck::id::{OrgId, PersonId};
use selfcheck::keys::PersonKey;
use selfcheck::time::Date;

use crate::fault::Fault;
use crate::files;
use crate::letters::{self, Letter, Sender};
use crate::report::wareki;
use crate::roster::{Bureau, Key, Person, Roster, Section, UnitCode};
use crate::roster_lock::{self, RosterLock};
use crate::staff::{self, Staff};
use crate::status_code::Status;
use crate::text::nfkc;
use crate::{apart, clock, say, validity};

/// 登録コードを発行する（職員 CSV から名簿と通知書を作る）
///
/// 名簿には公開鍵だけが入り、コードは通知書のほかには残りません。
/// 二度目からは、新しい人を加え、異動を写し、`--renew` の人に新しいコードを出します。
/// ほかの人の登録は変わりません。CSV に問題があれば、行と列をすべて挙げ、何も書きません。
///
/// 終了コード: 0 発行した、1 CSV に問題がある、2 実行できなかった
///
/// Issue enrolment codes.
#[derive(clap::Args)]
#[command(
    verbatim_doc_comment,
    after_help = "\
例:
  tally enrol --staff staff.csv --roster roster.json --letters letters.html --org ageo \\
    --office 上尾市 --contact '職員課（内線 1234）'
  tally enrol --staff staff.csv --roster roster.json --letters renewed.html --org ageo \\
    --renew 000123

staff.csv（Excel の「CSV UTF-8」か「CSV」で保存したもの）:
  職員番号,氏名,部局コード,部局,所属コード,所属,役割,対象
  000123,上尾 花子,10,総務部,1010,IT推進課,担当者,
  000124,大宮 太郎,10,総務部,1010,IT推進課,,no

役割: 空欄、管理者、担当者、管理者・担当者。対象: 育休・休職などは no（実施率の分母から外れます）。"
)]
pub(crate) struct Args {
    /// 職員 CSV (staff list)
    #[arg(long, value_name = "CSV")]
    staff: PathBuf,
    /// 名簿。なければ作る (roster)
    #[arg(long, value_name = "JSON")]
    roster: PathBuf,
    /// 登録コード通知書。すでにある名前は使えない (letters)
    #[arg(long, value_name = "HTML")]
    letters: PathBuf,
    /// 組織の短い名前。すべての鍵に入る (organisation)
    #[arg(long, value_name = "ID")]
    org: OrgId,
    /// 再発行する職員番号。何度でも書ける (whose code is issued again)
    #[arg(long, value_name = "NO", value_parser = person_number)]
    renew: Vec<PersonId>,
    /// 発行日。再発行では前のコードが有効な最後の日になる。今日の 366 日後まで。省くと今日 (day of issue)
    #[arg(long, value_name = "YYYY-MM-DD")]
    issued: Option<Date>,
    /// 通知書に載せる組織名 (name of the office)
    #[arg(long, value_name = "NAME", default_value = "", hide_default_value = true)]
    office: String,
    /// 通知書に載せる、紛失時の連絡先。省くと「登録コードを発行した課」 (whom to tell)
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "登録コードを発行した課",
        hide_default_value = true
    )]
    contact: String,
}

/// Reads a person number as typed on a Japanese keyboard.
pub(crate) fn person_number(text: &str) -> Result<PersonId, String> {
    PersonId::read(&nfkc(text)).map_err(|_| "英数字 1～16 文字。先頭の 0 も数えます".to_owned())
}

/// A staff list of three million people has about 200 MB.
const MAX_STAFF_BYTES: u64 = 512 * 1024 * 1024;

pub(crate) fn run(args: &Args) -> Result<Status, Fault> {
    let outputs = roster_lock::outputs(&args.roster, &args.letters);
    apart::check(&outputs, &[apart::named("`--staff`", &args.staff)])?;
    let Some(staff) = read_staff(&args.staff)? else { return Ok(Status::FoundFaults) };
    let lock = RosterLock::take(&args.roster)?;
    let before = read_roster(&args.roster, &args.org)?;
    let lost_zeros = staff::lost_zeros(&staff, before.people.iter().map(|person| &person.sub));
    if !lost_zeros.is_empty() {
        say::problems(&args.staff, &lost_zeros);
        return Ok(Status::FoundFaults);
    }
    let today = clock::today()?;
    let issued = args.issued.unwrap_or(today);
    validity::not_far_ahead(issued, today).map_err(Fault::BadDay)?;
    let days = Days { issued, today };
    let plan = Plan::make(&staff, before, &args.renew.iter().collect(), days)?;
    write(args, lock, issued, &plan)?;
    warn(&plan, &staff);
    say::results(&format!(
        "追加 {} 人、再発行 {} 人、変更 {} 人、変わりなし {} 人。名簿 {} 人、通知書 {} 通\n",
        plan.added,
        plan.renewed,
        plan.changed,
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

/// The day that stands in the letters, and the day it is.
#[derive(Clone, Copy)]
struct Days {
    issued: Date,
    today: Date,
}

/// The roster as it will be, and what changed.
struct Plan {
    roster: Roster,
    letters: Vec<Letter>,
    /// Each person of the staff list is one of these four.
    added: usize,
    renewed: usize,
    changed: usize,
    unchanged: usize,
    /// In the roster and not in the staff list: kept as they are.
    absent: Vec<PersonId>,
    /// In the staff list, with a code that was revoked and none since.
    without_code: Vec<PersonId>,
}

impl Plan {
    fn make(
        staff: &Staff,
        before: Roster,
        renew: &BTreeSet<&PersonId>,
        days: Days,
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
        let (mut added, mut renewed, mut changed, mut unchanged) = (0, 0, 0, 0);
        let mut without_code = Vec::new();
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
            let renew = renew.contains(&member.person);
            let is_as_before = (&person.section, &person.roles, person.exempt) == now;
            *(match (new, renew, is_as_before) {
                (true, ..) => &mut added,
                (_, true, _) => &mut renewed,
                (.., false) => &mut changed,
                (.., true) => &mut unchanged,
            }) += 1;
            person.section = member.section.clone();
            person.roles = member.roles.clone();
            person.exempt = member.exempt;
            if !new && !renew && !person.has_code_after(days.today) {
                without_code.push(member.person.clone());
            }
            if new || renew {
                let (code, epoch) = issue(person, &before.org, days)?;
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
        Ok(Self { roster, letters, added, renewed, changed, unchanged, absent, without_code })
    }
}

/// Gives a person a new code: the old key is revoked, unless it is already, and the new one is added.
///
/// Returns the printed form and the epoch. The code itself ends here.
fn issue(person: &mut Person, org: &OrgId, days: Days) -> Result<(String, u32), Fault> {
    let Days { issued, today } = days;
    let mut bytes = [0; 15];
    getrandom::fill(&mut bytes).map_err(Fault::Random)?;
    let code = EnrolmentCode::from_random(bytes);
    if person.has_code_after(issued)
        && let Some(key) = person.keys.last_mut()
    {
        validity::stop(key, &person.sub, issued, today).map_err(Fault::BadDay)?;
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

fn write(args: &Args, lock: RosterLock<'_>, issued: Date, plan: &Plan) -> Result<(), Fault> {
    let roster = plan.roster.to_json();
    if plan.letters.is_empty() {
        return lock.replace(&roster);
    }
    let issued = wareki::date(issued);
    let sender = Sender { office: &args.office, contact: &args.contact, issued: &issued };
    lock.issue(&roster, &args.letters, &letters::document(&sender, &plan.letters))
}

fn warn(plan: &Plan, staff: &Staff) {
    if !staff.question_marks.is_empty() {
        let shown: Vec<String> =
            staff.question_marks.iter().take(SHOWN).map(ToString::to_string).collect();
        say::warning(&format!(
            "`?` の入った名前があります: {}{}。Excel が保存できなかった字かもしれません。\
             「CSV UTF-8（コンマ区切り）」で保存し直すと残ります",
            shown.join("、"),
            more(staff.question_marks.len(), "か所")
        ));
    }
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
    if !plan.without_code.is_empty() {
        say::warning(&format!(
            "有効なコードのない人がいます: {}。`--renew` で再発行します",
            some(&plan.without_code.iter().collect::<Vec<_>>())
        ));
    }
    if plan.letters.is_empty() {
        say::note("新しいコードはないので、通知書は書いていません");
    } else {
        say::note("通知書を印刷して配り終えたら、通知書のファイルを消してください（ごみ箱からも）");
    }
}

/// How many of a list are shown.
const SHOWN: usize = 10;

/// The first ten, and how many more there are.
fn some(people: &[&PersonId]) -> String {
    let shown: Vec<String> =
        people.iter().take(SHOWN).map(|person| format!("`{person}`")).collect();
    shown.join("、") + &more(people.len(), "人")
}

fn more(all: usize, unit: &str) -> String {
    match all.saturating_sub(SHOWN) {
        0 => String::new(),
        more => format!(" ほか {more} {unit}"),
    }
}
