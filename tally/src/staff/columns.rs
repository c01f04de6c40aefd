//! The header of the staff list: which column holds what.

use csv::StringRecord;

use super::Problem;
use crate::text::{neutral, nfkc};

/// The columns, all of them required.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Column {
    Person,
    Name,
    BureauCode,
    Bureau,
    SectionCode,
    Section,
    Role,
    Target,
}

impl Column {
    const ALL: [Self; 8] = [
        Self::Person,
        Self::Name,
        Self::BureauCode,
        Self::Bureau,
        Self::SectionCode,
        Self::Section,
        Self::Role,
        Self::Target,
    ];

    /// The Japanese heading, then the English ones (lower case, blanks as `_`).
    fn headings(self) -> &'static [&'static str] {
        match self {
            Self::Person => &["職員番号", "person_number", "person", "sub", "staff_number"],
            Self::Name => &["氏名", "name"],
            Self::BureauCode => &["部局コード", "bureau_code"],
            Self::Bureau => &["部局", "bureau"],
            Self::SectionCode => &["所属コード", "section_code"],
            Self::Section => &["所属", "section"],
            Self::Role => &["役割", "role", "roles"],
            Self::Target => &["対象", "target"],
        }
    }

    /// The column with this heading.
    pub(super) fn named(heading: &str) -> Option<Self> {
        let word = nfkc(heading).to_lowercase().replace([' ', '-'], "_");
        Self::ALL.into_iter().find(|column| column.headings().contains(&word.as_str()))
    }

    /// The Japanese heading.
    pub(super) fn heading(self) -> &'static str {
        self.headings()[0]
    }
}

/// Where each column stands, from 0.
#[derive(Debug, Clone, Copy)]
pub(super) struct Columns([usize; 8]);

impl Columns {
    /// Finds the columns; further ones (電話, …) are left alone.
    ///
    /// # Errors
    /// Every heading that stands twice, then every one that is missing.
    pub(super) fn read(header: &StringRecord) -> Result<Self, Vec<Problem>> {
        let mut places = [None; 8];
        let mut problems = Vec::new();
        for (index, heading) in header.iter().enumerate() {
            let Some(column) = Column::named(heading) else { continue };
            if places[column as usize].replace(index).is_some() {
                problems.push(Problem::HeadingTwice { index, heading: neutral(heading) });
            }
        }
        let missing = Column::ALL.into_iter().filter(|column| places[*column as usize].is_none());
        problems.extend(missing.map(Problem::MissingColumn));
        if problems.is_empty() {
            Ok(Self(places.map(Option::unwrap_or_default)))
        } else {
            Err(problems)
        }
    }

    /// Where one column stands, from 0, if it is there.
    pub(super) fn find(header: &StringRecord, wanted: Column) -> Option<usize> {
        header.iter().position(|heading| Column::named(heading) == Some(wanted))
    }

    /// The index of a column, from 0.
    pub(super) fn index(self, column: Column) -> usize {
        self.0[column as usize]
    }
}
