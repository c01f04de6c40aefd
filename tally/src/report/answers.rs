//! What people answered, graded by `selfcheck`, packed small: there may be a hundred thousand.
//!
//! Several files of one person: knowledge items count from the first file, practice items and the
//! decisions on policies from the last (FORMAT §5).

use std::collections::BTreeMap;

use selfcheck::grade::Points;
use selfcheck::id::{CampaignId, QuestionId};
use selfcheck::result::Decision;
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
            policies: general.set.acknowledgements.clone(),
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
}

/// One graded item in four bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Item {
    points: u16,
    max: u16,
}

impl Item {
    const NOT_ASKED: Self = Self { points: 0, max: u16::MAX };
    /// Above every maximum (1000 × weight 3), so it fits beside it.
    const DONT_KNOW: u16 = 1 << 15;

    fn new(points: Points, dont_know: bool) -> Self {
        let small = |value| u16::try_from(value).expect("a question is worth 3000 at most");
        let mark = if dont_know { Self::DONT_KNOW } else { 0 };
        Self { points: small(points.points), max: small(points.max) | mark }
    }

    /// Points and whether the answer was わからない; `None` when the person was not asked.
    pub(crate) fn read(self) -> Option<(Points, bool)> {
        (self != Self::NOT_ASKED).then(|| {
            let max = u32::from(self.max & !Self::DONT_KNOW);
            let points = Points { points: u32::from(self.points), max };
            (points, self.max & Self::DONT_KNOW != 0)
        })
    }
}

/// The answers of one file, or of a person folded from several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answers {
    /// By the index of [`Questions::all`].
    pub(crate) items: Box<[Item]>,
    /// By the index of [`Questions::policies`].
    pub(crate) decisions: Box<[Decision]>,
}

impl Answers {
    /// Takes over what `selfcheck` has graded.
    pub(crate) fn of(accepted: &Accepted<'_>, questions: &Questions) -> Self {
        let mut items = vec![Item::NOT_ASKED; questions.all.len()];
        let graded = accepted.judgement.score.items.iter().zip(&accepted.result.answers);
        for ((id, points), answer) in graded {
            let dont_know = matches!(answer.a.choices(), [only] if only.as_str() == "dk");
            if let Some(&index) = questions.index.get(id) {
                items[index] = Item::new(*points, dont_know);
            }
        }
        Self {
            items: items.into(),
            decisions: accepted.result.ack.iter().map(|ack| ack.decision).collect(),
        }
    }

    /// Adds a later file of the same person.
    pub(crate) fn fold(&mut self, later: &Self, questions: &Questions) {
        for (index, asked) in questions.all.iter().enumerate() {
            let is_first = self.items[index] == Item::NOT_ASKED;
            if is_first || (!asked.question.is_knowledge() && later.items[index] != Item::NOT_ASKED)
            {
                self.items[index] = later.items[index];
            }
        }
        self.decisions.clone_from(&later.decisions);
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
            assert_eq!(Item::new(points, dont_know).read(), Some((points, dont_know)));
        }
        assert_eq!(Item::NOT_ASKED.read(), None);
        assert_eq!(size_of::<Item>(), 4);
    }
}
