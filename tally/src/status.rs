//! `tally status`: who has handed in, by section, at any time. Never a score, never the clock.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use selfcheck::id::{CampaignId, PersonId};
use serde::Serialize;

use crate::enrol::read_staff;
use crate::fault::Fault;
use crate::ledger::{Ledger, Line, Outcome};
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
    let mut completion = Completion::of_nobody(&roster);
    let ledger = Ledger::read(&args.ledger, |line| completion.add(&line, &roster))?;
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
pub(crate) struct Completion {
    /// By the index of the person in the roster.
    people: Vec<HandedIn>,
    /// Lines that tell of somebody who handed in.
    pub(crate) lines: usize,
    /// Those of them whose key the roster does not have.
    pub(crate) strangers: usize,
}

/// How somebody handed in; a file counts before paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum HandedIn {
    Nothing,
    Paper,
    File,
}

impl Completion {
    /// Before the first line of the ledger.
    pub(crate) fn of_nobody(roster: &ReadRoster) -> Self {
        Self { people: vec![HandedIn::Nothing; roster.roster.people.len()], lines: 0, strangers: 0 }
    }

    /// Reads a line of the ledger against the roster.
    pub(crate) fn add(&mut self, line: &Line, roster: &ReadRoster) {
        let how = match line.outcome {
            Outcome::Accepted => HandedIn::File,
            Outcome::Paper => HandedIn::Paper,
            Outcome::Open(_) | Outcome::Rejected(_) | Outcome::Closed => return,
        };
        self.lines += 1;
        match line.kid.and_then(|kid| roster.find(&kid)) {
            Some(found) => self.people[found.index] = self.people[found.index].max(how),
            None => self.strangers += 1,
        }
    }

    /// Whether the person at this index of the roster has handed in nothing.
    fn is_open(&self, person: usize) -> bool {
        self.people[person] == HandedIn::Nothing
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

    /// Counts one more person, by the index in the roster.
    pub(crate) fn add(&mut self, person: usize, completion: &Completion) {
        self.target += 1;
        match completion.people[person] {
            HandedIn::Nothing => {}
            HandedIn::Paper => self.paper += 1,
            HandedIn::File => self.file += 1,
        }
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
    fn new(ledger: &Ledger, roster: &Roster, completion: &Completion) -> Self {
        let mut whole = Done::default();
        let mut by_section: BTreeMap<&UnitCode, Done> = BTreeMap::new();
        for (index, person) in roster.people.iter().enumerate().filter(|(_, one)| !one.exempt) {
            whole.add(index, completion);
            by_section.entry(&person.section).or_default().add(index, completion);
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
    completion: &Completion,
    names: &BTreeMap<PersonId, String>,
) -> Result<Vec<OpenPerson>, Fault> {
    if !roster.sections.iter().any(|known| known.code == *section) {
        return Err(Fault::UnknownSection(section.clone()));
    }
    let people = roster.people.iter().enumerate().filter(|(index, person)| {
        person.section == *section && !person.exempt && completion.is_open(*index)
    });
    Ok(people
        .map(|(_, person)| OpenPerson {
            sub: person.sub.clone(),
            name: names.get(&person.sub).cloned(),
        })
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
