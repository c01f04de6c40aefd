//! Nobody who reads all outputs of a report, or of two reports, can work out the score of fewer
//! than five people.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod attack;
mod made_up;

use std::collections::{BTreeMap, BTreeSet};

use attack::published::{self, Cells};
use attack::solve::Known;
use made_up::{Folder, frozen_sets, office, some_questions, unit};
use proptest::prelude::*;
use selfcheck::digest::Sha256;
use selfcheck::grade::Response;
use selfcheck::id::QuestionId;
use selfcheck::set::{Kind, Role};
use serde_json::Value;
use year::dice::Dice;
use year::office::{Office, Unit, units};
use year::round::{Mood, Round};
use year::sets::Sets;

const SMALLEST: usize = 5;

/// A question of everybody.
struct Asked {
    id: String,
    category: String,
    is_knowledge: bool,
}

/// What the attacker wants to know about: people by section and report, and what applied to them.
struct World {
    questions: Vec<Asked>,
    people: Vec<Person>,
}

struct Person {
    /// Of the result, which two reports may have both.
    payload: Sha256,
    /// Where the first and the second report have this record, if they have it.
    places: Places,
    /// By question.
    applies: Vec<bool>,
}

/// Bureau and section.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    bureau: String,
    section: String,
}

/// By report. People with the same are a class.
type Places = [Option<Place>; 2];

impl World {
    fn new(sets: &Sets) -> Self {
        let set = &sets[&Role::General].set.questions;
        let title = |id| set.categories().iter().find(|one| one.id == id).unwrap().title.clone();
        let questions = set.questions().iter().map(|question| Asked {
            id: question.id.to_string(),
            category: title(question.category.clone()),
            is_knowledge: question.is_knowledge(),
        });
        Self { questions: questions.collect(), people: Vec::new() }
    }

    /// The records of a round as one of the reports has them; one result a person.
    fn add(&mut self, round: &Round<'_>, report: usize) {
        for handed in &round.handed {
            let member = &round.office.members[handed.member];
            let unit = &round.office.units[member.unit];
            if member.exempt || handed.seen.is_none() || !handed.is_kept {
                continue;
            }
            let is_na = |id: &str| {
                let answer = handed.payload.answers.iter().find(|answer| answer.q.as_str() == id);
                answer.is_none_or(|answer| answer.a.choices()[0].as_str() == "na")
            };
            let place = Place { bureau: unit.bureau.clone(), section: unit.code.clone() };
            let payload = handed.payload_sha256();
            if let Some(person) = self.people.iter_mut().find(|one| one.payload == payload) {
                person.places[report] = Some(place);
                continue;
            }
            let mut places = Places::default();
            places[report] = Some(place);
            self.people.push(Person {
                payload,
                places,
                applies: self.questions.iter().map(|asked| !is_na(&asked.id)).collect(),
            });
        }
    }

    fn columns(&self) -> Vec<String> {
        let mut columns: Vec<String> = ["total", "knowledge", "practice"].map(str::to_owned).into();
        columns.extend(
            self.questions.iter().map(|asked| asked.category.clone()).collect::<BTreeSet<_>>(),
        );
        columns.extend(self.questions.iter().map(|asked| asked.id.clone()));
        columns
    }

    /// Indexes of the questions a column adds up; none for a question of managers.
    fn questions_of(&self, column: &str) -> Vec<usize> {
        let is_in = |asked: &Asked| match column {
            "total" => true,
            "knowledge" => asked.is_knowledge,
            "practice" => !asked.is_knowledge,
            other => asked.category == other || asked.id == other,
        };
        (0..self.questions.len()).filter(|&index| is_in(&self.questions[index])).collect()
    }

    /// Whether the people of a place are in a group, by its id; `groups` are all ids of the report.
    fn is_in(place: &Place, group: &str, groups: &BTreeSet<&str>) -> bool {
        let has = |kind: &str, code: &str| groups.contains(format!("{kind}-{code}").as_str());
        match group.split_once('-') {
            None if group == "all" => true,
            None => !has("bureau", &place.bureau),
            Some(("bureau", bureau)) => place.bureau == bureau,
            Some(("section", section)) => place.section == section,
            Some(("rest", bureau)) => place.bureau == bureau && !has("section", &place.section),
            other => panic!("{other:?} is no group"),
        }
    }

    /// Solves for every small set of people that stand together, and lists what follows.
    fn attack(&self, reports: &[Cells]) -> Vec<String> {
        // Unknown: the points of a class of people in a question.
        let mut classes: Vec<&Places> = self.people.iter().map(|person| &person.places).collect();
        classes.sort_unstable();
        classes.dedup();
        let width = classes.len() * self.questions.len();
        let unknowns = |classes: &[usize], questions: &[usize]| -> Vec<usize> {
            let of_class = |class| questions.iter().map(move |question| (class, *question));
            let all = classes.iter().copied().flat_map(of_class);
            all.map(|(class, question)| class * self.questions.len() + question).collect()
        };
        let mut known = Known::default();
        for (report, cells) in reports.iter().enumerate() {
            let groups: BTreeSet<&str> = cells.keys().map(|(group, _)| group.as_str()).collect();
            for (group, column) in cells.keys() {
                let is_in = |class: &usize| {
                    let place = classes[*class][report].as_ref();
                    place.is_some_and(|place| Self::is_in(place, group, &groups))
                };
                let in_group: Vec<usize> = (0..classes.len()).filter(is_in).collect();
                let questions = self.questions_of(column);
                if !questions.is_empty() {
                    known.add(&unknowns(&in_group, &questions), width);
                }
            }
        }
        let mut told = Vec::new();
        for set in Self::targets(&classes) {
            for column in self.columns() {
                let questions = self.questions_of(&column);
                let people = self.people.iter().filter(|person| {
                    set.iter().any(|&index| *classes[index] == person.places)
                        && questions.iter().any(|&question| person.applies[question])
                });
                let count = people.count();
                if (1..SMALLEST).contains(&count) && known.tells(&unknowns(&set, &questions), width)
                {
                    let names: Vec<_> = set.iter().map(|&index| classes[index]).collect();
                    told.push(format!("{column} of {count} people of {names:?}"));
                }
            }
        }
        told
    }

    /// Sets of classes worth solving for: every set of a small office, else every class, pair and
    /// triple of a bureau, and every kind of class of a bureau and of the city.
    fn targets(classes: &[&Places]) -> Vec<Vec<usize>> {
        if classes.len() <= 9 {
            let chosen = |mask: usize| (0..classes.len()).filter(move |bit| mask >> bit & 1 == 1);
            return (1..1 << classes.len()).map(|mask: usize| chosen(mask).collect()).collect();
        }
        let bureau = |class: usize| {
            let mut places = classes[class].iter().flatten();
            places.next().map(|place| place.bureau.as_str())
        };
        let reports = |class: usize| classes[class].each_ref().map(Option::is_some);
        let mut sets: BTreeSet<Vec<usize>> = BTreeSet::new();
        for a in 0..classes.len() {
            sets.insert(vec![a]);
            for b in a + 1..classes.len() {
                if bureau(a) != bureau(b) {
                    continue;
                }
                sets.insert(vec![a, b]);
                let more = (b + 1..classes.len()).filter(|&c| bureau(a) == bureau(c));
                sets.extend(more.map(|c| vec![a, b, c]));
            }
            let alike = |b: &usize| reports(*b) == reports(a);
            sets.insert((0..classes.len()).filter(alike).collect());
            sets.insert(
                (0..classes.len()).filter(alike).filter(|&b| bureau(a) == bureau(b)).collect(),
            );
        }
        sets.into_iter().collect()
    }
}

/// Every output says the same, and what all of them say together.
fn union(files: &BTreeMap<String, Vec<u8>>) -> Cells {
    let mut all = Cells::new();
    for (output, cells) in published::cells(files) {
        for (cell, permille) in cells {
            let old = all.insert(cell.clone(), permille);
            assert!(old.is_none_or(|old| old == permille), "{output} says otherwise of {cell:?}");
        }
    }
    all
}

fn report(folder: &Folder, round: &Round<'_>, out: &str) -> Option<Cells> {
    folder.write(round);
    let ran = folder.report(round.campaign().id.as_str(), out, &[]);
    if ran.code == 2 {
        assert!(ran.stderr.contains("5 人未満の結果が分かってしまいます"), "{}", ran.stderr);
        return None;
    }
    assert!(ran.code < 2, "{}", ran.stderr);
    Some(union(&folder.tree(out)))
}

#[test]
fn a_made_up_year_gives_no_small_group_away() {
    let sets = frozen_sets();
    let mut dice = Dice::new(3, "office");
    let units = units(22, 200, &mut dice);
    let office = office(&sets, units, 3);
    let round = Round::lively(&office, &sets, Mood(0), 3);
    let folder = Folder::new();
    let cells = report(&folder, &round, "out").unwrap();
    let outputs = published::cells(&folder.tree("out"));
    assert!(
        outputs.len() > 50,
        "HTML, CSV, workbooks, sheets, summary and data: {}",
        outputs.len()
    );
    assert!(outputs.values().all(|cells| !cells.is_empty()), "an output with nothing in it");
    let mut world = World::new(&sets);
    world.add(&round, 0);
    // The attack itself works: with the cells of a section of three it would tell them.
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for place in world.people.iter().flat_map(|person| &person.places).flatten() {
        *counts.entry(&place.section).or_default() += 1;
    }
    let small = counts.into_iter().find(|(_, count)| (1..SMALLEST).contains(count));
    let mut careless = cells.clone();
    careless.insert(
        (format!("section-{}", small.expect("there is a small section").0), "total".to_owned()),
        0,
    );
    assert!(!world.attack(&[careless]).is_empty());
    let told = world.attack(&[cells]);
    assert!(told.is_empty(), "{told:#?}");
}

#[test]
fn managers_stand_in_the_whole_city_only_and_not_when_they_are_few() {
    let sets = frozen_sets();
    for (managers, is_shown) in [(4, false), (6, true)] {
        let places = (0..managers).map(|index| unit(&format!("10/{}:6", 1010 + index)));
        let office = office(&sets, places.collect(), 5);
        let mut round = Round::new(&office, &sets);
        let mut dice = Dice::new(5, "managers");
        for member in 0..office.members.len() {
            // The contacts answer as all staff do: their items would be those of few, too.
            let is_manager = office.members[member].manager;
            let role = if is_manager { Role::Manager } else { Role::General };
            round.hand_in(member, role, Mood(0), 5, &mut dice);
        }
        let folder = Folder::new();
        let cells = report(&folder, &round, "out").unwrap();
        let managers = |group: &str| {
            let of =
                |(other, column): &&(String, String)| other == group && column.starts_with("mg");
            cells.keys().filter(of).count()
        };
        assert_eq!(managers("all") > 0, is_shown);
        for (group, _) in cells.keys().filter(|(group, _)| group != "all") {
            assert_eq!(managers(group), 0, "{group}");
        }
        let text = String::from_utf8(folder.tree("out")["committee/summary.json"].clone()).unwrap();
        let summary: Value = serde_json::from_str(&text).unwrap();
        for question in summary["questions"].as_array().unwrap() {
            let is_hidden = question["of_all"] == false && !is_shown;
            for member in [
                "score",
                "dont_know_permille",
                "not_applicable_permille",
                "discrimination_permille",
            ] {
                assert!(!is_hidden || question[member].is_null(), "{question}");
            }
        }
    }
}

/// Eight of the frozen questions, half of which may not apply.
fn few_questions() -> Sets {
    some_questions(&["pw1", "up1", "up2", "ia1", "ia2", "md1", "cl3", "cl4"])
}

/// Answers with many 該当なし, so that many cells are small.
fn answers(round: &Round<'_>, member: usize, dice: &mut Dice) -> BTreeMap<QuestionId, Response> {
    let mut answers = round.answers(member, Role::General, Mood(0), 1);
    for question in round.sets[&Role::General].set.questions.questions() {
        if matches!(question.kind, Kind::Practice { allow_na: true }) && dice.permille(600) {
            let na = vec!["na".parse().unwrap()];
            answers.insert(question.id.clone(), Response::new(na).unwrap());
        }
    }
    answers
}

/// Hands in for these members; the id of a result depends on `salt` and the member alone.
fn hand_in(round: &mut Round<'_>, members: impl Iterator<Item = usize>, salt: u64) {
    let closes = round.campaign().closes.end_unix_seconds();
    for member in members {
        let mut dice = Dice::new(salt, &format!("member {member}"));
        let answers = answers(round, member, &mut dice);
        let jti = dice.bytes();
        round.sign(member, Role::General, answers, closes - 400_000, jti);
    }
}

/// Up to three bureaus of up to three sections.
fn any_units() -> impl Strategy<Value = Vec<Unit>> {
    let people = prop_oneof![0_usize..5, 3_usize..9, 5_usize..14];
    let bureau = proptest::collection::vec(people, 1..4);
    proptest::collection::vec(bureau, 1..4).prop_map(|bureaus| {
        let sections = bureaus.into_iter().enumerate().flat_map(|(bureau, sections)| {
            let sections = sections.into_iter().enumerate();
            sections.map(move |(section, people)| {
                unit(&format!("{}/{}{}:{people}", 10 + bureau, 10 + bureau, 10 + section))
            })
        });
        sections.collect()
    })
}

#[test]
fn a_whole_section_may_come_later_and_three_people_may_not() {
    let sets = few_questions();
    let places = ["10/1010:14", "10/1020:12", "10/1030:11", "20/2010:9"];
    let mut office = office(&sets, places.map(unit).into(), 11);
    office.members.iter_mut().for_each(|member| member.exempt = false);
    let closes = sets[&Role::General].set.campaign.closes.end_unix_seconds();
    // Of a section, the people from this one on come later.
    for (from, is_allowed) in [(0, true), (8, false)] {
        let section = office.units.iter().position(|unit| unit.code == "1030").unwrap();
        let mut members: Vec<usize> = (0..office.members.len()).collect();
        let mut place = 0;
        let (now, late): (Vec<usize>, Vec<usize>) = members.drain(..).partition(|&member| {
            let is_late = office.members[member].unit == section && place >= from;
            place += usize::from(office.members[member].unit == section);
            !is_late
        });
        let mut rounds = Vec::new();
        for people in [now.clone(), now.iter().chain(&late).copied().collect()] {
            let mut round = Round::new(&office, &sets);
            for member in people {
                let mut answers = round.answers(member, Role::General, Mood(0), 2);
                // Applicable to all, so that only the number of people is at stake.
                for id in ["up1", "ia2", "md1", "cl3"] {
                    let yes = vec!["yes".parse().unwrap()];
                    answers.insert(id.parse().unwrap(), Response::new(yes).unwrap());
                }
                let jti = Dice::new(2, &format!("member {member}")).bytes();
                round.sign(member, Role::General, answers, closes - 400_000, jti);
            }
            rounds.push(round);
        }
        let folder = Folder::new();
        let first = report(&folder, &rounds[0], "out").unwrap();
        let second = report(&folder, &rounds[1], "out");
        assert_eq!(second.is_some(), is_allowed, "{} people late", late.len());
        let mut world = World::new(&sets);
        world.add(&rounds[0], 0);
        world.add(&rounds[1], 1);
        assert_eq!(world.people.len(), office.members.len());
        // What the rule forbids would indeed tell something, and what it allows does not.
        let second = second.unwrap_or_else(|| report(&Folder::new(), &rounds[1], "out").unwrap());
        assert_eq!(world.attack(&[first, second]).is_empty(), is_allowed);
    }
}

/// The same office with these sections, by index, in the bureau of another one.
fn reorganised(office: &Office, moves: &[(usize, usize)]) -> Office {
    let mut units = office.units.clone();
    for (from, to) in moves {
        let to = office.units[to % units.len()].clone();
        let count = units.len();
        let unit = &mut units[from % count];
        (unit.bureau, unit.bureau_name) = (to.bureau, to.bureau_name);
    }
    Office { org: office.org.clone(), units, members: office.members.clone() }
}

#[test]
fn a_section_that_goes_to_another_bureau_gives_nothing_away() {
    let sets = few_questions();
    let places = ["10/1010:6", "10/1020:8", "20/2010:10", "20/2020:10"];
    let mut office = office(&sets, places.map(unit).into(), 7);
    office.members.iter_mut().for_each(|member| member.exempt = false);
    let later = reorganised(&office, &[(0, 2)]);
    let rounds = [&office, &later].map(|office| {
        let mut round = Round::new(office, &sets);
        let closes = round.campaign().closes.end_unix_seconds();
        for member in 0..office.members.len() {
            let mut answers = round.answers(member, Role::General, Mood(0), 2);
            // Of 1010 some questions concern two people only, of all others everybody.
            let given = if (2..6).contains(&member) { "na" } else { "yes" };
            for question in round.sets[&Role::General].set.questions.questions() {
                if matches!(question.kind, Kind::Practice { allow_na: true }) {
                    let given = vec![given.parse().unwrap()];
                    answers.insert(question.id.clone(), Response::new(given).unwrap());
                }
            }
            let jti = Dice::new(2, &format!("member {member}")).bytes();
            round.sign(member, Role::General, answers, closes - 400_000, jti);
        }
        round
    });
    let folder = Folder::new();
    let first = report(&folder, &rounds[0], "out").unwrap();
    folder.write(&rounds[1]);
    let ran = folder.report("r8", "out", &[]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    let made = folder.path("out").canonicalize().unwrap();
    let sentence = format!(
        "エラー: 前の報告と比べて、6 人の入る部局か所属のまとまりが違います: `{}`（集計 ",
        made.display()
    );
    // The list went with the folder of the campaign; what stands at `out` is enough.
    let remedy = "  対処: 部局や所属のまとまりが違う二つの報告を引き算すると 5 人未満の結果が分かってしまいます。\
                  前の報告を使うか、前の報告を作ったときの名簿を `--roster` に指定してください。\
                  前の報告をまだ誰にも渡しておらず、写しまですべて消せるときに限り、消した後で作り直せます。";
    assert!(ran.stderr.starts_with(&sentence), "{}", ran.stderr);
    assert!(ran.stderr.contains(remedy), "{}", ran.stderr);
    // What the rule forbids would indeed tell what the two people of 1010 answered.
    let second = report(&Folder::new(), &rounds[1], "out").unwrap();
    let mut world = World::new(&sets);
    world.add(&rounds[0], 0);
    world.add(&rounds[1], 1);
    assert_eq!(world.people.len(), office.members.len(), "the same results in both");
    assert!(world.attack(std::slice::from_ref(&first)).is_empty());
    let told = world.attack(&[first, second]);
    assert!(told.iter().any(|told| told.contains("of 2 people of ")), "{told:#?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nor_does_any_small_office_in_one_report_or_two(
        units in any_units(),
        salt in 0_u64..1000,
        late in 0_usize..12,
        again in 0_usize..3,
        moves in proptest::collection::vec((0_usize..9, 0_usize..9), 0..3),
        movers in proptest::collection::vec((0_usize..60, 0_usize..9), 0..3),
    ) {
        let sets = few_questions();
        let mut office: Office = office(&sets, units, salt);
        office.members.iter_mut().for_each(|member| member.exempt = false);
        let all = office.members.len();
        let folder = Folder::new();
        // First some are missing, or answer once more later; those of one section first, so that
        // whole groups change too.
        let first = all.saturating_sub(late);
        let mut before = Round::new(&office, &sets);
        hand_in(&mut before, 0..first, salt);
        let cells = report(&folder, &before, "out").unwrap();
        let mut world = World::new(&sets);
        world.add(&before, 0);
        let told = world.attack(std::slice::from_ref(&cells));
        prop_assert!(told.is_empty(), "one report: {told:#?}");

        // Sections and people may be in another place by then, or in the same one again.
        let mut later = reorganised(&office, &moves);
        for (member, unit) in movers.iter().filter(|(member, _)| *member < all) {
            later.members[*member].unit = unit % later.units.len();
        }
        let mut after = Round::new(&later, &sets);
        let changed = again.min(first);
        hand_in(&mut after, changed..all, salt);
        hand_in(&mut after, 0..changed, salt + 1000);
        if let Some(second) = report(&folder, &after, "out") {
            let mut world = World::new(&sets);
            world.add(&before, 0);
            world.add(&after, 1);
            let told = world.attack(&[cells, second]);
            prop_assert!(told.is_empty(), "two reports: {told:#?}");
        }
    }
}
