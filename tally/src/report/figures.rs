//! The figures of a report: completion, and scores by group and column with small cells hidden.
//!
//! Every output is written from [`Figures`] and from nothing else, so that all of them hide the
//! same cells.

use std::collections::BTreeMap;

use selfcheck::grade::Points;

use super::answers::{Answers, Questions};
use super::cells::Cells;
use super::items::QuestionFigures;
use super::load::Campaigned;
use super::partition::{BureauGroup, SMALLEST, Unit, partition};
use super::whole_city;
use crate::rate::Rate;
use crate::roster::{Roster, UnitCode};
use crate::status::{Completion, Done};

/// Everything that is shown.
pub(crate) struct Figures {
    pub(crate) completion: Done,
    pub(crate) bureaus: Vec<UnitDone>,
    pub(crate) sections: Vec<UnitDone>,
    /// The whole city first, then each bureau followed by its sections.
    pub(crate) groups: Vec<Group>,
    /// What is shown of a question, by the index of [`Questions::all`]; whole city only.
    pub(crate) questions: Vec<QuestionFigures>,
    /// Accept, decline, question; by the index of [`Questions::policies`].
    pub(crate) policies: Vec<[u64; 3]>,
    /// How many people each place of `whole_city` concerns, `None` where it is hidden.
    pub(crate) whole_city: Vec<Option<u64>>,
    /// People whose answers are scored.
    pub(crate) scored: u64,
    /// Indexes of the groups each section's people are in, largest first.
    of_section: BTreeMap<UnitCode, Vec<usize>>,
}

/// Completion of a bureau or section.
pub(crate) struct UnitDone {
    pub(crate) code: UnitCode,
    pub(crate) name: String,
    pub(crate) bureau: UnitCode,
    pub(crate) done: Done,
}

impl UnitDone {
    /// Whether there are people to answer and nobody has: 報告のない所属.
    pub(crate) fn is_silent(&self) -> bool {
        self.done.target > 0 && self.done.file + self.done.paper == 0
    }
}

/// A group of people whose scores are shown together.
pub(crate) struct Group {
    pub(crate) level: Level,
    /// Stable within a campaign: `all`, `bureau-10`, `section-1010`, `rest-10`, `rest`.
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) people: u64,
    cells: Vec<Option<Sum>>,
}

/// How large a group is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    All,
    Bureau,
    Section,
}

/// Milli-points of many people. 3 million people need more than 32 bits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Sum {
    pub(crate) points: u64,
    pub(crate) max: u64,
    /// People for whom something applied.
    pub(crate) people: u64,
}

impl Sum {
    /// Adds one person's points.
    pub(crate) fn add(&mut self, points: Points) {
        self.points += u64::from(points.points);
        self.max += u64::from(points.max);
        self.people += u64::from(points.max > 0);
    }

    /// 得点率
    pub(crate) fn rate(self) -> Rate {
        Rate { part: self.points, whole: self.max }
    }
}

/// A column of the group tables; questions of managers and contacts are in none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Column {
    Total,
    Knowledge,
    Practice,
    /// Index of [`Questions::categories`].
    Category(usize),
    /// Index of [`Questions::all`].
    Question(usize),
}

impl Group {
    /// What is shown of a column; `None` where it is hidden.
    pub(crate) fn sum(&self, column: Column, questions: &Questions) -> Option<Sum> {
        self.cells[column.index(questions)]
    }

    /// For every column the people to whom something applied, `None` where the column is hidden.
    pub(crate) fn people_by_column(&self) -> impl Iterator<Item = Option<u64>> {
        self.cells.iter().map(|cell| cell.map(|sum| sum.people))
    }
}

impl Column {
    fn index(self, questions: &Questions) -> usize {
        match self {
            Self::Total => 0,
            Self::Knowledge => 1,
            Self::Practice => 2,
            Self::Category(index) => 3 + index,
            Self::Question(index) => 3 + questions.categories.len() + index,
        }
    }
}

impl Figures {
    /// Counts and adds up.
    pub(crate) fn of(loaded: &Campaigned<'_>) -> Self {
        let Campaigned { roster, questions, .. } = *loaded;
        let roster = &roster.roster;
        let people: Vec<(&UnitCode, Answers<'_>)> = loaded
            .people
            .iter()
            .map(|answered| (&roster.people[answered.person], loaded.answers(answered)))
            .filter(|(person, _)| !person.exempt)
            .map(|(person, answers)| (&person.section, answers))
            .collect();
        let (whole, bureaus, sections) = done(roster, &loaded.completion);
        let (groups, of_section) = groups(roster, questions, &people);
        let answers: Vec<Answers<'_>> = people.iter().map(|(_, answers)| *answers).collect();
        let of_questions = QuestionFigures::of_all(questions, &groups[0], &answers);
        Self {
            completion: whole,
            bureaus,
            sections,
            whole_city: whole_city::shown(questions, &of_questions, &answers),
            questions: of_questions,
            groups,
            policies: policies(questions, &people),
            scored: people.len() as u64,
            of_section,
        }
    }

    /// The whole city.
    pub(crate) fn all(&self) -> &Group {
        &self.groups[0]
    }

    /// The smallest group the people of a section are shown in.
    pub(crate) fn leaf_of(&self, section: &UnitCode) -> &Group {
        let leaf = self.of_section.get(section).and_then(|groups| groups.last());
        &self.groups[leaf.copied().unwrap_or_default()]
    }

    /// The ids of all groups the people of a section are in: `all/bureau-10/section-1010`.
    pub(crate) fn path_of(&self, section: &UnitCode) -> String {
        let ids: Vec<&str> = self.groups_of(section).map(|group| group.id.as_str()).collect();
        ids.join("/")
    }

    /// All groups the people of a section are in, largest first.
    pub(crate) fn groups_of(&self, section: &UnitCode) -> impl Iterator<Item = &Group> {
        let groups = self.of_section.get(section).map_or(&[0][..], Vec::as_slice);
        groups.iter().map(|&index| &self.groups[index])
    }

    /// For every column whether something in it applied to a person.
    pub(crate) fn applies(&self, answers: Answers<'_>, questions: &Questions) -> Vec<bool> {
        let row = row_of(answers, questions, self.groups[0].cells.len());
        row.iter().map(|points| points.max > 0).collect()
    }
}

fn done(roster: &Roster, completion: &Completion) -> (Done, Vec<UnitDone>, Vec<UnitDone>) {
    let mut whole = Done::default();
    let mut by_section: BTreeMap<&UnitCode, Done> = BTreeMap::new();
    let mut by_bureau: BTreeMap<&UnitCode, Done> = BTreeMap::new();
    let bureau_of: BTreeMap<&UnitCode, &UnitCode> =
        roster.sections.iter().map(|section| (&section.code, &section.bureau)).collect();
    for (index, person) in roster.people.iter().enumerate().filter(|(_, one)| !one.exempt) {
        whole.add(index, completion);
        by_section.entry(&person.section).or_default().add(index, completion);
        by_bureau.entry(bureau_of[&person.section]).or_default().add(index, completion);
    }
    let bureaus = roster.bureaus.iter().map(|bureau| UnitDone {
        code: bureau.code.clone(),
        name: bureau.name.clone(),
        bureau: bureau.code.clone(),
        done: by_bureau.get(&bureau.code).copied().unwrap_or_default(),
    });
    let sections = roster.sections.iter().map(|section| UnitDone {
        code: section.code.clone(),
        name: section.name.clone(),
        bureau: section.bureau.clone(),
        done: by_section.get(&section.code).copied().unwrap_or_default(),
    });
    (whole, bureaus.collect(), sections.collect())
}

/// Builds the groups, adds everybody to theirs, and hides what is too small.
fn groups(
    roster: &Roster,
    questions: &Questions,
    people: &[(&UnitCode, Answers<'_>)],
) -> (Vec<Group>, BTreeMap<UnitCode, Vec<usize>>) {
    let mut people_of: BTreeMap<&UnitCode, u64> = BTreeMap::new();
    for (section, _) in people {
        *people_of.entry(section).or_default() += 1;
    }
    let units: Vec<Unit> = roster
        .sections
        .iter()
        .map(|section| Unit {
            bureau: section.bureau.clone(),
            section: section.code.clone(),
            people: people_of.get(&section.code).copied().unwrap_or_default(),
        })
        .collect();
    let mut tree = Tree::new(roster, &partition(&units));
    let width = Column::Question(questions.all.len()).index(questions);
    let mut sums = vec![vec![Sum::default(); width]; tree.groups.len()];
    for (section, answers) in people {
        let row = row_of(*answers, questions, width);
        for &group in tree.of_section.get(*section).map_or(&[0][..], Vec::as_slice) {
            tree.groups[group].people += 1;
            for (sum, points) in sums[group].iter_mut().zip(&row) {
                sum.add(*points);
            }
        }
    }
    let counts = sums.iter().map(|row| row.iter().map(|sum| sum.people).collect()).collect();
    let cells = Cells { counts, families: tree.families, sums: column_sums(questions) };
    for ((group, row), shown) in tree.groups.iter_mut().zip(sums).zip(cells.shown()) {
        // What applied to nobody is no cover for other cells, and no figure either: that everybody
        // answered 該当なし is an answer too.
        let cells = row.into_iter().zip(shown);
        let cells = cells.map(|(sum, shown)| (shown && sum.people >= SMALLEST).then_some(sum));
        group.cells = cells.collect();
    }
    (tree.groups, tree.of_section)
}

/// Groups, which add up to which, and where each section's people belong.
struct Tree {
    groups: Vec<Group>,
    families: Vec<(usize, Vec<usize>)>,
    of_section: BTreeMap<UnitCode, Vec<usize>>,
}

impl Tree {
    fn new(roster: &Roster, partition: &[BureauGroup]) -> Self {
        let mut tree =
            Self { groups: Vec::new(), families: Vec::new(), of_section: BTreeMap::new() };
        let mut bearers: BTreeMap<&str, u32> = BTreeMap::new();
        let names = roster.bureaus.iter().map(|bureau| &bureau.name);
        for name in names.chain(roster.sections.iter().map(|section| &section.name)) {
            *bearers.entry(name).or_default() += 1;
        }
        let all = tree.push(Level::All, "all".to_owned(), "全庁".to_owned());
        let mut bureaus = Vec::new();
        for bureau in partition {
            let (id, title) = match bureau.bureaus.as_slice() {
                [code] if !bureau.is_rest => {
                    let name = roster.bureaus.iter().find(|bureau| bureau.code == *code);
                    (format!("bureau-{code}"), name.map_or_else(String::new, |b| b.name.clone()))
                }
                _ => ("rest".to_owned(), "その他の部局".to_owned()),
            };
            let bureau_title = title.clone();
            let bureau_group = tree.push(Level::Bureau, id, title);
            bureaus.push(bureau_group);
            let of_bureau =
                roster.sections.iter().filter(|section| bureau.bureaus.contains(&section.bureau));
            for section in of_bureau {
                tree.of_section.insert(section.code.clone(), vec![all, bureau_group]);
            }
            let mut sections = Vec::new();
            for group in &bureau.sections {
                let (id, title) = match group.sections.as_slice() {
                    [code] if !group.is_rest => {
                        let name = roster.sections.iter().find(|section| section.code == *code);
                        let name = name.map_or("", |section| section.name.as_str());
                        // Every bureau may have its 総務課.
                        let title = match bearers.get(name) {
                            Some(2..) => format!("{bureau_title} {name}"),
                            _ => name.to_owned(),
                        };
                        (format!("section-{code}"), title)
                    }
                    _ => (format!("rest-{}", bureau.bureaus[0]), format!("{bureau_title} その他")),
                };
                let section_group = tree.push(Level::Section, id, title);
                sections.push(section_group);
                for code in &group.sections {
                    tree.of_section.entry(code.clone()).or_default().push(section_group);
                }
            }
            tree.families.push((bureau_group, sections));
        }
        tree.families.insert(0, (all, bureaus));
        tree
    }

    fn push(&mut self, level: Level, id: String, title: String) -> usize {
        self.groups.push(Group { level, id, title, people: 0, cells: Vec::new() });
        self.groups.len() - 1
    }
}

/// One person's points by column.
fn row_of(answers: Answers<'_>, questions: &Questions, width: usize) -> Vec<Points> {
    let mut row = vec![Points::default(); width];
    for (index, asked) in questions.all.iter().enumerate().filter(|(_, asked)| asked.of_all) {
        let Some(points) = answers.item(index).points() else { continue };
        for column in columns_of(index, asked.question.is_knowledge(), questions) {
            row[column.index(questions)] += points;
        }
    }
    row
}

/// The columns a question counts in.
fn columns_of(index: usize, is_knowledge: bool, questions: &Questions) -> [Column; 4] {
    let category = &questions.all[index].question.category;
    let category = questions.categories.iter().position(|c| c.id == *category);
    [
        Column::Total,
        if is_knowledge { Column::Knowledge } else { Column::Practice },
        Column::Category(category.expect("a set's questions are in its categories")),
        Column::Question(index),
    ]
}

/// Which columns add up to which.
fn column_sums(questions: &Questions) -> Vec<(usize, Vec<usize>)> {
    let at = |column: Column| column.index(questions);
    let of_all = || questions.all.iter().enumerate().filter(|(_, asked)| asked.of_all);
    let items = |wanted: &dyn Fn(usize) -> bool| -> Vec<usize> {
        of_all().map(|(i, _)| i).filter(|&i| wanted(i)).map(|i| at(Column::Question(i))).collect()
    };
    let knows = |index: usize| questions.all[index].question.is_knowledge();
    let mut sums = vec![
        (at(Column::Total), vec![at(Column::Knowledge), at(Column::Practice)]),
        (
            at(Column::Total),
            (0..questions.categories.len()).map(|index| at(Column::Category(index))).collect(),
        ),
        (at(Column::Knowledge), items(&knows)),
        (at(Column::Practice), items(&|index| !knows(index))),
    ];
    for (index, category) in questions.categories.iter().enumerate() {
        let own = items(&|item| questions.all[item].question.category == category.id);
        sums.push((at(Column::Category(index)), own));
    }
    sums
}

fn policies(questions: &Questions, people: &[(&UnitCode, Answers<'_>)]) -> Vec<[u64; 3]> {
    let mut counts = vec![[0; 3]; questions.policies.len()];
    for (_, answers) in people {
        for (count, decision) in counts.iter_mut().zip(answers.decisions(questions)) {
            if let Some(decision) = decision {
                count[decision] += 1;
            }
        }
    }
    counts
}
