//! `tally status`: who has handed in, by section, at any time. Never a score, never the clock.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::PathBuf;

use selfcheck::id::{CampaignId, PersonId};
use serde::Serialize;

use crate::enrol::read_staff;
use crate::fault::Fault;
use crate::ledger::{Ledger, Outcome};
use crate::rate::Rate;
use crate::roster::{ReadRoster, Roster, UnitCode};
use crate::say;
use crate::status_code::Status;

/// 所属ごとの実施状況を表示する（得点は表示しない）
///
/// いつでも実行できます。`--section` を指定すると、その所属のまだ出していない人を
/// 挙げます。氏名は `--staff` の職員 CSV から取り、ほかには残しません。
///
/// 終了コード: 0 表示した、1 職員 CSV に問題がある、2 実行できなかった
///
/// Show completion by section.
#[derive(clap::Args)]
#[command(
    verbatim_doc_comment,
    after_help = "\
例:
  tally status --ledger r8.jsonl --roster roster.json
  tally status --ledger r8.jsonl --roster roster.json --section 1010 --staff staff.csv"
)]
pub(crate) struct Args {
    /// 台帳 (ledger)
    #[arg(long, value_name = "JSONL")]
    ledger: PathBuf,
    /// 名簿 (roster)
    #[arg(long, value_name = "JSON")]
    roster: PathBuf,
    /// この所属コードの未提出者を挙げる (section)
    #[arg(long, value_name = "CODE")]
    section: Option<UnitCode>,
    /// 氏名を付けるための職員 CSV (staff list)
    #[arg(long, value_name = "CSV", requires = "section")]
    staff: Option<PathBuf>,
    /// 機械で読む JSON で出す（書式は tally/schema/status.schema.json）
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args) -> Result<Status, Fault> {
    let roster = Roster::read(&args.roster)?;
    let ledger = Ledger::read(&args.ledger)?;
    let completion = Completion::of(&ledger, &roster);
    if completion.strangers > 0 {
        say::warning(&format!(
            "台帳の {} 件は名簿にない鍵のものです。名簿が最新かを確かめてください",
            completion.strangers
        ));
    }
    let names = match &args.staff {
        None => BTreeMap::new(),
        Some(path) => match read_staff(path)? {
            Some(staff) => staff.members.into_iter().map(|m| (m.person, m.name)).collect(),
            None => return Ok(Status::FoundFaults),
        },
    };
    let table = Table::new(&ledger, &roster.roster, &completion);
    let open = match &args.section {
        None => None,
        Some(section) => Some(open_list(section, &roster.roster, &completion, &names)?),
    };
    say::results(&if args.json {
        let document = Document { table: &table, open: open.as_deref() };
        serde_json::to_string_pretty(&document).expect("plain data") + "\n"
    } else {
        match &open {
            None => table.to_text(),
            Some(open) => open_text(open),
        }
    })?;
    Ok(Status::Good)
}

/// Who has handed in, by the ledger alone.
pub(crate) struct Completion<'a> {
    pub(crate) by_file: BTreeSet<&'a PersonId>,
    /// On paper and not by file.
    pub(crate) on_paper: BTreeSet<&'a PersonId>,
    /// Lines whose key the roster does not have.
    pub(crate) strangers: usize,
}

impl<'a> Completion<'a> {
    /// Reads the ledger's lines against the roster.
    pub(crate) fn of(ledger: &Ledger, roster: &'a ReadRoster) -> Self {
        let (mut by_file, mut on_paper, mut strangers) = (BTreeSet::new(), BTreeSet::new(), 0);
        for line in &ledger.lines {
            let people = match line.outcome {
                Outcome::Accepted => &mut by_file,
                Outcome::Paper => &mut on_paper,
                Outcome::Open(_) | Outcome::Rejected(_) | Outcome::Closed => continue,
            };
            match line.kid.and_then(|kid| roster.find(&kid)) {
                Some(found) => {
                    people.insert(&found.person.sub);
                }
                None => strangers += 1,
            }
        }
        on_paper.retain(|person| !by_file.contains(person));
        Self { by_file, on_paper, strangers }
    }
}

/// Completion of a section, a bureau or the whole: people in the denominator only.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Done {
    /// 対象
    pub(crate) target: u64,
    /// By file.
    pub(crate) file: u64,
    /// On paper.
    pub(crate) paper: u64,
}

impl Done {
    /// 実施率
    pub(crate) fn rate(self) -> Rate {
        Rate { part: self.file + self.paper, whole: self.target }
    }

    /// Counts one more person.
    pub(crate) fn add(&mut self, person: &PersonId, completion: &Completion<'_>) {
        self.target += 1;
        self.file += u64::from(completion.by_file.contains(person));
        self.paper += u64::from(completion.on_paper.contains(person));
    }
}

#[derive(Serialize)]
struct Table {
    v: u8,
    campaign: CampaignId,
    closed: bool,
    whole: Done,
    sections: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    code: UnitCode,
    name: String,
    #[serde(flatten)]
    done: Done,
}

impl Table {
    fn new(ledger: &Ledger, roster: &Roster, completion: &Completion<'_>) -> Self {
        let mut whole = Done::default();
        let mut by_section: BTreeMap<&UnitCode, Done> = BTreeMap::new();
        for person in roster.people.iter().filter(|person| !person.exempt) {
            whole.add(&person.sub, completion);
            by_section.entry(&person.section).or_default().add(&person.sub, completion);
        }
        let sections = roster.sections.iter().map(|section| Row {
            code: section.code.clone(),
            name: section.name.clone(),
            done: by_section.get(&section.code).copied().unwrap_or_default(),
        });
        Self {
            v: 1,
            campaign: ledger.campaign.clone(),
            closed: ledger.is_closed(),
            whole,
            sections: sections.collect(),
        }
    }

    fn to_text(&self) -> String {
        let mut text =
            format!("実施回 {}{}\n", self.campaign, if self.closed { "（締切後）" } else { "" });
        for Row { code, name, done } in &self.sections {
            let _ = writeln!(text, "{code} {name}: {}", done_text(*done));
        }
        let _ = writeln!(text, "全体: {}", done_text(self.whole));
        text
    }
}

fn done_text(done: Done) -> String {
    let Done { target, file, paper } = done;
    let open = target - file - paper;
    format!("{}（対象 {target}、提出 {file}、紙 {paper}、未提出 {open}）", done.rate())
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    table: &'a Table,
    #[serde(skip_serializing_if = "Option::is_none")]
    open: Option<&'a [OpenPerson]>,
}

#[derive(Serialize)]
struct OpenPerson {
    sub: PersonId,
    name: Option<String>,
}

fn open_list(
    section: &UnitCode,
    roster: &Roster,
    completion: &Completion<'_>,
    names: &BTreeMap<PersonId, String>,
) -> Result<Vec<OpenPerson>, Fault> {
    if !roster.sections.iter().any(|known| known.code == *section) {
        return Err(Fault::UnknownSection(section.clone()));
    }
    let is_open = |sub| !completion.by_file.contains(sub) && !completion.on_paper.contains(sub);
    let people = roster
        .people
        .iter()
        .filter(|person| person.section == *section && !person.exempt && is_open(&person.sub));
    Ok(people
        .map(|person| OpenPerson { sub: person.sub.clone(), name: names.get(&person.sub).cloned() })
        .collect())
}

fn open_text(open: &[OpenPerson]) -> String {
    let mut text = String::new();
    for OpenPerson { sub, name } in open {
        let _ = writeln!(
            text,
            "{sub} {}",
            name.as_deref().unwrap_or("（氏名は職員 CSV にありません）")
        );
    }
    let _ = writeln!(text, "未提出 {} 人", open.len());
    text
}
