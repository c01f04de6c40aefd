//! The office's staff list (`staff.csv`), read strictly: every problem at once, with line and
//! column, or a list that can be relied on.
//!
//! 1. `kind`: files that are no CSV. `decode`: bytes to text (UTF-8 with or without BOM, Shift_JIS as
//!    Excel in Japan saves it).
//! 2. `columns`: the header, in Japanese or English; `layout`: where it is if not in the first line.
//! 3. `table`: rows with their lines. [`parse`]: rows to [`Staff`].
//! 4. `problem`: what can be wrong, in words. `number`: numbers that Excel may have shortened.
//!
//! Source: `selfcheck/FORMAT.md` §6.

mod columns;
mod decode;
mod kind;
mod layout;
mod number;
mod problem;
mod table;

use std::collections::{BTreeMap, BTreeSet};

use csv::StringRecord;
use selfcheck::id::PersonId;

use crate::roster::{Duty, UnitCode, is_name};
use crate::text::nfkc;

use columns::{Column, Columns};
use decode::decode;
pub(crate) use number::{lost_zeros, odd_lengths};
pub(crate) use problem::{Place, Problem};

/// A staff list without problems.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Staff {
    pub(crate) members: Vec<Member>,
    /// Names of bureaus.
    pub(crate) bureaus: BTreeMap<UnitCode, String>,
    /// Names of sections and their bureaus.
    pub(crate) sections: BTreeMap<UnitCode, (String, UnitCode)>,
    /// Cells in which Excel may have put `?` for a character that Shift_JIS does not have.
    pub(crate) question_marks: Vec<Place>,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Member {
    /// Where the person number stands.
    pub(crate) place: Place,
    pub(crate) person: PersonId,
    /// Printed on the letter and in a section's own list, nowhere else.
    pub(crate) name: String,
    pub(crate) section: UnitCode,
    pub(crate) roles: BTreeSet<Duty>,
    pub(crate) exempt: bool,
}

/// Half of the columns make a header; those that are missing are told by name.
const HEADINGS: usize = 4;

/// Reads the bytes of a staff list.
///
/// # Errors
/// Every [`Problem`] found, in order of place.
pub(crate) fn parse(bytes: &[u8]) -> Result<Staff, Vec<Problem>> {
    let text = decode(bytes)?;
    let (records, problems) = table::records(&text);
    if let Some(problem) = layout::problem(&text, &records, HEADINGS) {
        return Err(vec![problem]);
    }
    let mut records = records.into_iter();
    let (_, header) = records.next().ok_or_else(|| vec![Problem::NoHeader])?;
    let mut rows = Rows::new(Columns::read(&header)?, header.len(), problems);
    for (line, record) in records {
        rows.add(line, &record);
    }
    rows.finish()
}

/// A cell with a person number, and what it says.
pub(crate) type Listed = (Place, Result<PersonId, Problem>);

/// Reads a list of person numbers: a CSV of which the column 職員番号 alone counts.
///
/// # Errors
/// The [`Problem`]s of the file as a whole; those of a cell stand beside its place.
pub(crate) fn person_numbers(bytes: &[u8]) -> Result<Vec<Listed>, Vec<Problem>> {
    let text = decode(bytes)?;
    let (records, problems) = table::records(&text);
    if !problems.is_empty() {
        return Err(problems);
    }
    match layout::problem(&text, &records, 1) {
        None | Some(Problem::NoHeader) => {}
        Some(problem) => return Err(vec![problem]),
    }
    let mut records = records.into_iter();
    let (_, header) = records.next().ok_or_else(|| vec![Problem::NoList])?;
    let index = Columns::find(&header, Column::Person).ok_or_else(|| vec![Problem::NoList])?;
    let filled = records.filter(|(_, record)| !record.iter().all(|cell| cell.trim().is_empty()));
    Ok(filled
        .map(|(line, record)| {
            let place = Place { line, column: Column::Person, index };
            let found = nfkc(record.get(index).unwrap_or_default());
            let person = PersonId::read(&found);
            (place.clone(), person.map_err(|_| Problem::Field { place, found }))
        })
        .collect())
}

/// The rows read so far and what is wrong with them.
struct Rows {
    columns: Columns,
    width: usize,
    members: Vec<Member>,
    bureaus: BTreeMap<UnitCode, (String, u64)>,
    sections: BTreeMap<UnitCode, (String, UnitCode, u64)>,
    lines: BTreeMap<PersonId, u64>,
    question_marks: Vec<Place>,
    problems: Vec<Problem>,
}

impl Rows {
    fn new(columns: Columns, width: usize, problems: Vec<Problem>) -> Self {
        Self {
            columns,
            width,
            members: Vec::new(),
            bureaus: BTreeMap::new(),
            sections: BTreeMap::new(),
            lines: BTreeMap::new(),
            question_marks: Vec::new(),
            problems,
        }
    }

    fn add(&mut self, line: u64, record: &StringRecord) {
        // Excel leaves rows of nothing but commas behind.
        if record.iter().all(|field| field.trim().is_empty()) {
            return;
        }
        if record.len() != self.width {
            self.problems.push(Problem::Width { line, found: record.len(), wanted: self.width });
            return;
        }
        let row = Row { line, record, columns: self.columns };
        let person = self.keep(row.person());
        let name = self.keep(row.name(Column::Name));
        let bureau = (self.keep(row.code(Column::BureauCode)), self.keep(row.name(Column::Bureau)));
        let section =
            (self.keep(row.code(Column::SectionCode)), self.keep(row.name(Column::Section)));
        let roles = self.keep(row.roles());
        let exempt = self.keep(row.exempt());
        if let Some(person) = &person {
            self.note_person(&row, person);
        }
        if let (Some(code), Some(name)) = &bureau {
            self.note_bureau(&row, code, name);
        }
        if let ((Some(bureau), _), (Some(code), Some(name))) = (&bureau, &section) {
            self.note_section(&row, code, name, bureau);
        }
        if let (Some(person), Some(name), (Some(section), _), Some(roles), Some(exempt)) =
            (person, name, section, roles, exempt)
        {
            let place = row.place(Column::Person);
            self.members.push(Member { place, person, name, section, roles, exempt });
        }
        for column in [Column::Name, Column::Bureau, Column::Section] {
            if row.cell(column).contains(['?', '\u{FFFD}']) {
                self.question_marks.push(row.place(column));
            }
        }
    }

    fn keep<T>(&mut self, read: Result<T, Problem>) -> Option<T> {
        read.map_err(|problem| self.problems.push(problem)).ok()
    }

    fn note_person(&mut self, row: &Row<'_>, person: &PersonId) {
        match self.lines.get(person) {
            Some(&first_line) => self.problems.push(Problem::PersonTwice {
                place: row.place(Column::Person),
                person: person.clone(),
                first_line,
            }),
            None => {
                self.lines.insert(person.clone(), row.line);
            }
        }
    }

    fn note_bureau(&mut self, row: &Row<'_>, code: &UnitCode, name: &str) {
        let (known, first_line) =
            self.bureaus.entry(code.clone()).or_insert_with(|| (name.to_owned(), row.line));
        if known != name {
            self.problems.push(Problem::TwoNames {
                place: row.place(Column::Bureau),
                code: code.clone(),
                names: [known.clone(), name.to_owned()],
                first_line: *first_line,
            });
        }
    }

    fn note_section(&mut self, row: &Row<'_>, code: &UnitCode, name: &str, bureau: &UnitCode) {
        let (known, known_bureau, first_line) = self
            .sections
            .entry(code.clone())
            .or_insert_with(|| (name.to_owned(), bureau.clone(), row.line));
        if known != name {
            self.problems.push(Problem::TwoNames {
                place: row.place(Column::Section),
                code: code.clone(),
                names: [known.clone(), name.to_owned()],
                first_line: *first_line,
            });
        }
        if known_bureau != bureau {
            self.problems.push(Problem::TwoBureaus {
                place: row.place(Column::BureauCode),
                section: code.clone(),
                bureaus: [known_bureau.clone(), bureau.clone()],
                first_line: *first_line,
            });
        }
    }

    fn finish(mut self) -> Result<Staff, Vec<Problem>> {
        if !self.problems.is_empty() {
            self.problems.sort_by_key(Problem::line);
            return Err(self.problems);
        }
        if self.members.is_empty() {
            return Err(vec![Problem::NoRows]);
        }
        Ok(Staff {
            members: self.members,
            question_marks: self.question_marks,
            bureaus: self.bureaus.into_iter().map(|(code, (name, _))| (code, name)).collect(),
            sections: self
                .sections
                .into_iter()
                .map(|(code, (name, bureau, _))| (code, (name, bureau)))
                .collect(),
        })
    }
}

/// One row and where it stands.
struct Row<'a> {
    line: u64,
    record: &'a StringRecord,
    columns: Columns,
}

impl Row<'_> {
    fn place(&self, column: Column) -> Place {
        Place { line: self.line, column, index: self.columns.index(column) }
    }

    /// As written.
    fn cell(&self, column: Column) -> &str {
        self.record.get(self.columns.index(column)).unwrap_or_default().trim()
    }

    fn field(&self, column: Column) -> String {
        nfkc(self.cell(column))
    }

    fn bad(&self, column: Column, found: String) -> Problem {
        Problem::Field { place: self.place(column), found }
    }

    fn person(&self) -> Result<PersonId, Problem> {
        let field = self.field(Column::Person);
        PersonId::read(&field).map_err(|_| self.bad(Column::Person, field))
    }

    fn code(&self, column: Column) -> Result<UnitCode, Problem> {
        let field = self.field(column);
        field.parse().map_err(|_| self.bad(column, field))
    }

    fn name(&self, column: Column) -> Result<String, Problem> {
        // As written: NFKC would change 髙 variants of a person's own name.
        let name = self.cell(column);
        if is_name(name) { Ok(name.to_owned()) } else { Err(self.bad(column, name.to_owned())) }
    }

    fn roles(&self) -> Result<BTreeSet<Duty>, Problem> {
        let field = self.field(Column::Role);
        let mut roles = BTreeSet::new();
        for word in field.split(['・', '･', '/', '+', '、', ',', ';', ' ']) {
            match word.trim().to_lowercase().as_str() {
                "" | "一般" | "職員" | "一般職員" | "general" | "staff" => {}
                "管理者" | "情報セキュリティ管理者" | "管" | "manager" => {
                    roles.insert(Duty::Manager);
                }
                "担当者" | "情報セキュリティ担当者" | "担" | "contact" => {
                    roles.insert(Duty::Contact);
                }
                "manager-contact" => roles.extend([Duty::Manager, Duty::Contact]),
                _ => return Err(self.bad(Column::Role, field)),
            }
        }
        Ok(roles)
    }

    fn exempt(&self) -> Result<bool, Problem> {
        let field = self.field(Column::Target);
        match field.to_lowercase().as_str() {
            "" | "yes" | "y" | "1" | "true" | "はい" | "対象" | "○" | "〇" => Ok(false),
            "no" | "n" | "0" | "false" | "いいえ" | "対象外" | "×" | "育休" | "休職" => {
                Ok(true)
            }
            _ => Err(self.bad(Column::Target, field)),
        }
    }
}

#[cfg(test)]
mod tests;
