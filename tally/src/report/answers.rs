//! What people answered, graded by `selfcheck`, packed small: there may be a hundred thousand.
//!
//! Several files of one person: knowledge items count from the first file, practice items and the
//! decisions on policies from the last (FORMAT §5). What is first, [`super::receipts`] knows.

use std::collections::BTreeMap;

use selfcheck::digest::Sha256;
use selfcheck::grade::Points;
use selfcheck::id::{CampaignId, PageId, QuestionId};
use selfcheck::set::{Acknowledgement, Bands, Category, Question, Role};

use crate::archive::Archive;
use crate::examine::Accepted;
use crate::fault::Fault;

/// All questions of a campaign, over all roles.
pub(crate) struct Questions {
    /// The general set's first, in its order.
    pub(crate) all: Vec<Asked>,
    pub(crate) categories: Vec<Category>,
    pub(crate) bands: Bands,
    /// The general set's first, then those that only other roles are asked to confirm. The same page
    /// in two versions is two policies.
    pub(crate) policies: Vec<Acknowledgement>,
    index: BTreeMap<QuestionId, usize>,
}

/// A question and whether everybody is asked it.
pub(crate) struct Asked {
    pub(crate) question: Question,
    pub(crate) of_all: bool,
}

impl Questions {
    /// Puts the sets of all roles together.
    ///
    /// # Errors
    /// [`Fault::NoGeneralSet`] when there is no set for general staff to compare people by.
    pub(crate) fn of(archive: &Archive, campaign: &CampaignId) -> Result<Self, Fault> {
        let general = archive
            .set(campaign, Role::General)
            .ok_or_else(|| Fault::NoGeneralSet(campaign.clone()))?;
        let mut questions = Self {
            all: Vec::new(),
            categories: general.set.questions.categories().to_vec(),
            bands: general.set.questions.bands(),
            policies: Vec::new(),
            index: BTreeMap::new(),
        };
        for role in Role::ALL {
            let Some(frozen) = archive.set(campaign, role) else { continue };
            for question in frozen.set.questions.questions() {
                if !questions.index.contains_key(&question.id) {
                    questions.index.insert(question.id.clone(), questions.all.len());
                    let of_all = role == Role::General;
                    questions.all.push(Asked { question: question.clone(), of_all });
                }
            }
            for policy in &frozen.set.acknowledgements {
                if questions.policy(&policy.page, policy.sha256).is_none() {
                    questions.policies.push(policy.clone());
                }
            }
            for category in frozen.set.questions.categories() {
                if !questions.categories.contains(category) {
                    questions.categories.push(category.clone());
                }
            }
        }
        Ok(questions)
    }
}

impl Questions {
    /// Categories that general staff are asked about, with their indexes; the others (管理者・担当者)
    /// have no place in tables of groups.
    pub(crate) fn categories_of_all(&self) -> impl Iterator<Item = (usize, &Category)> {
        self.categories.iter().enumerate().filter(|(_, category)| {
            let mut of_all = self.all.iter().filter(|asked| asked.of_all);
            of_all.any(|asked| asked.question.category == category.id)
        })
    }

    /// The index in [`Questions::policies`]; there are a few.
    fn policy(&self, page: &PageId, sha256: Sha256) -> Option<usize> {
        self.policies.iter().position(|policy| policy.page == *page && policy.sha256 == sha256)
    }
}

/// One graded item in two bytes: points (0 to 3000) in the low 12 bits, then the weight that
/// applied (0 for 該当なし), then whether the answer was わからない.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Item(u16);

impl Item {
    const NOT_ASKED: Self = Self(u16::MAX);
    const DONT_KNOW: u16 = 1 << 14;
    /// Milli-points for one unit of weight (FORMAT §5).
    const UNIT: u32 = 1000;

    fn new(points: Points, dont_know: bool) -> Self {
        let small = |value| u16::try_from(value).expect("a question is worth 3000 at most");
        let mark = if dont_know { Self::DONT_KNOW } else { 0 };
        Self(small(points.points) | small(points.max / Self::UNIT) << 12 | mark)
    }

    /// What was graded; `None` when the person was not asked.
    pub(crate) fn points(self) -> Option<Points> {
        (self != Self::NOT_ASKED).then(|| Points {
            points: u32::from(self.0 & 0xFFF),
            max: u32::from(self.0 >> 12 & 3) * Self::UNIT,
        })
    }

    /// Whether the answer was わからない.
    pub(crate) fn is_dont_know(self) -> bool {
        self != Self::NOT_ASKED && self.0 & Self::DONT_KNOW != 0
    }
}

/// The answers of one file as they were graded: items by the index of [`Questions::all`], then
/// decisions by that of [`Questions::policies`].
pub(crate) struct Graded(Box<[u16]>);

impl Graded {
    /// Takes over what `selfcheck` has graded.
    pub(crate) fn of(accepted: &Accepted<'_>, questions: &Questions) -> Self {
        let mut row = vec![Item::NOT_ASKED.0; questions.all.len() + questions.policies.len()];
        let graded = accepted.judgement.score.items.iter().zip(&accepted.result.answers);
        for ((id, points), answer) in graded {
            let dont_know = matches!(answer.a.choices(), [only] if only.as_str() == "dk");
            if let Some(&index) = questions.index.get(id) {
                row[index] = Item::new(*points, dont_know).0;
            }
        }
        // By page and version, since roles may be asked to confirm different policies.
        for ack in &accepted.result.ack {
            if let Some(index) = questions.policy(&ack.page, ack.sha256) {
                row[questions.all.len() + index] = ack.decision as u16;
            }
        }
        Self(row.into())
    }
}

/// The answers of many files in one piece of memory, a byte an item.
///
/// What a question can earn are few values: at most one more than it has right choices (26), and
/// わからない, 該当なし and that it was not asked. So each column has a list of the values that
/// occur, and a row holds places in these lists.
pub(crate) struct Rows {
    rows: Vec<u8>,
    values: Vec<Vec<u16>>,
}

impl Rows {
    /// Room for so many files, none of which has been asked anything so far.
    pub(crate) fn new(files: usize, questions: &Questions) -> Self {
        let width = questions.all.len() + questions.policies.len();
        Self { rows: vec![0; files * width], values: vec![vec![Item::NOT_ASKED.0]; width] }
    }

    /// Puts a file's answers in a row.
    pub(crate) fn set(&mut self, row: usize, graded: &Graded) {
        let width = self.values.len();
        let cells = self.rows[row * width..][..width].iter_mut();
        for ((cell, values), value) in cells.zip(&mut self.values).zip(&graded.0) {
            let place = values.iter().position(|known| known == value).unwrap_or_else(|| {
                values.push(*value);
                values.len() - 1
            });
            *cell = u8::try_from(place).expect("a question has few values");
        }
    }

    /// Adds the row of a later file to that of an earlier one of the same person.
    pub(crate) fn fold(&mut self, row: usize, later: usize, questions: &Questions) {
        let (width, asked) = (self.values.len(), questions.all.len());
        for column in 0..width {
            let (at, from) = (row * width + column, later * width + column);
            let is_first = self.rows[at] == 0;
            let counts_last = column >= asked || !questions.all[column].question.is_knowledge();
            if is_first || (counts_last && self.rows[from] != 0) {
                self.rows[at] = self.rows[from];
            }
        }
    }

    /// The answers in a row.
    pub(crate) fn get(&self, row: usize) -> Answers<'_> {
        Answers { rows: self, row: u32::try_from(row).expect("a ledger has fewer lines") }
    }
}

/// The answers of a person.
#[derive(Clone, Copy)]
pub(crate) struct Answers<'a> {
    rows: &'a Rows,
    row: u32,
}

impl<'a> Answers<'a> {
    /// The item at an index of [`Questions::all`].
    pub(crate) fn item(self, index: usize) -> Item {
        Item(self.value(index))
    }

    /// What the person said to each policy of [`Questions::policies`]: accept, decline, question as
    /// 0, 1, 2, and `None` to one that the person's role is not asked about.
    pub(crate) fn decisions(
        self,
        questions: &Questions,
    ) -> impl Iterator<Item = Option<usize>> + use<'a> {
        let columns = questions.all.len()..self.rows.values.len();
        columns.map(move |column| {
            let value = self.value(column);
            (value != Item::NOT_ASKED.0).then(|| usize::from(value))
        })
    }

    fn value(self, column: usize) -> u16 {
        let values = &self.rows.values;
        values[column][usize::from(self.rows.rows[self.row as usize * values.len() + column])]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_keep_what_was_graded() {
        for (points, max, dont_know) in
            [(0, 0, false), (0, 3000, true), (1333, 2000, false), (3000, 3000, false)]
        {
            let points = Points { points, max };
            let item = Item::new(points, dont_know);
            assert_eq!((item.points(), item.is_dont_know()), (Some(points), dont_know));
        }
        assert_eq!((Item::NOT_ASKED.points(), Item::NOT_ASKED.is_dont_know()), (None, false));
    }
}
