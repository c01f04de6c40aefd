//! What a report was made from, and whether another one may be made beside it.
//!
//! Reports on one campaign can be subtracted from each other. Whoever stands in the same groups,
//! from the city down to the smallest, in each of them makes a class, and sums of classes are what
//! subtraction can give. A further report is refused when
//!
//! 1. somebody who is in both stands in other groups than before: what one bureau hides for the
//!    sake of a section, it shows once the section is another's,
//! 2. a class has fewer than five people,
//! 3. those who came to a group or went from it have one to four applicable answers in a column that
//!    is shown there,
//! 4. one to four people who came or went were asked a question of managers and contacts, or a
//!    policy, that is shown; these stand in tables of the whole city only ([`WHOLE_CITY`]), or
//! 5. a group that both reports have hides other columns than before: what the one hides would
//!    follow from what the other shows.
//!
//! So between two reports people come to groups and go from them, and each group of the one is what
//! it was in the other but for these.
//!
//! Source: DESIGN §11.

use std::collections::{BTreeMap, BTreeSet};

use selfcheck::digest::Sha256;
use selfcheck::id::{CampaignId, OrgId};
use selfcheck::set::Role;
use serde::{Deserialize, Serialize};

use super::figures::Figures;
use super::load::Campaigned;
use super::partition::SMALLEST;
use super::summary::Summary;
use super::whole_city;
use crate::archive::Archive;

/// `secretariat/inputs.json`: digests of everything that was used, for the auditor and for the
/// rule about a second report. Names no person and holds no answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Inputs {
    pub(crate) v: u8,
    /// Where the report was written. Stands in the list beside the ledger only: a report is the
    /// same wherever it lies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) folder: Option<String>,
    pub(crate) tally: String,
    pub(crate) org: OrgId,
    pub(crate) campaign: CampaignId,
    /// SHA-256 of the roster file.
    pub(crate) roster_sha256: Sha256,
    /// SHA-256 of the ledger's last line, which covers all lines before.
    pub(crate) ledger_head: Sha256,
    pub(crate) ledger_lines: u64,
    /// SHA-256 over the digests of all people who are scored, in order.
    pub(crate) results_sha256: Sha256,
    pub(crate) sets: Vec<SetInput>,
    /// SHA-256 over the summaries of earlier years, as they were read.
    pub(crate) earlier: Vec<EarlierInput>,
    /// Files of the content folder.
    pub(crate) content: Vec<ContentInput>,
    /// One digest a person who is scored, over the payloads that count, ascending; by the groups that
    /// they are in, largest first: `all/bureau-10/section-1010`.
    pub(crate) records: BTreeMap<String, Vec<Sha256>>,
    /// For every group the people to whom each column applied, hidden columns left out; and those
    /// of [`WHOLE_CITY`].
    pub(crate) groups: BTreeMap<String, Vec<Option<u64>>>,
}

/// A frozen set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SetInput {
    pub(crate) role: Role,
    pub(crate) sha256: Sha256,
}

/// A summary of an earlier year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EarlierInput {
    pub(crate) campaign: CampaignId,
    pub(crate) sha256: Sha256,
}

/// A file of the content folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ContentInput {
    pub(crate) path: String,
    pub(crate) sha256: Sha256,
}

/// The id under which [`Inputs::groups`] has the places of `whole_city`. No sums tie these to other
/// figures, so one report may show what another hides.
const WHOLE_CITY: &str = "whole-city";

/// What a second report would give away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum GivenAway {
    /// So many people, by subtraction.
    People(usize),
    /// What one of the two hides.
    Hidden,
    /// What so many people, who stand in other groups than before, took with them.
    Moved(usize),
}

impl Inputs {
    /// Lists what was used.
    pub(crate) fn of(
        loaded: &Campaigned<'_>,
        figures: &Figures,
        archive: &Archive,
        earlier: &[Summary],
    ) -> Self {
        let roster = &loaded.roster.roster;
        let scored = loaded.people.iter().filter(|one| !roster.people[one.person].exempt);
        let mut records: BTreeMap<String, Vec<Sha256>> = BTreeMap::new();
        for answered in scored {
            let groups = figures.path_of(&roster.people[answered.person].section);
            records.entry(groups).or_default().push(answered.digest);
        }
        records.values_mut().for_each(|digests| digests.sort_unstable());
        let sets = Role::ALL.into_iter().filter_map(|role| {
            let set = archive.set(&loaded.campaign.id, role)?;
            Some(SetInput { role, sha256: set.sha256 })
        });
        let mut all: Vec<Sha256> = records.values().flatten().copied().collect();
        all.sort_unstable();
        let all: Vec<u8> = all.into_iter().flat_map(|digest| digest.0).collect();
        Self {
            v: 1,
            folder: None,
            tally: env!("CARGO_PKG_VERSION").to_owned(),
            org: roster.org.clone(),
            campaign: loaded.campaign.id.clone(),
            roster_sha256: loaded.roster.sha256,
            ledger_head: loaded.ledger.head,
            ledger_lines: loaded.ledger.lines,
            results_sha256: Sha256::of(&all),
            sets: sets.collect(),
            earlier: earlier
                .iter()
                .map(|summary| EarlierInput {
                    campaign: summary.campaign.clone(),
                    sha256: Sha256::of(&super::to_json(summary)),
                })
                .collect(),
            content: loaded
                .office
                .used
                .iter()
                .map(|(path, sha256)| ContentInput { path: path.clone(), sha256: *sha256 })
                .collect(),
            records,
            groups: figures
                .groups
                .iter()
                .map(|group| (group.id.clone(), group.people_by_column().collect()))
                .chain([(WHOLE_CITY.to_owned(), figures.whole_city.clone())])
                .collect(),
        }
    }

    /// What this report and earlier ones on the same campaign give away together, if anything;
    /// each earlier one comes with the people who are new since, see [`Newcomers`].
    pub(crate) fn gives_away(&self, before: &[(Self, Newcomers)]) -> Option<GivenAway> {
        let changed: Vec<&(Self, Newcomers)> =
            before.iter().filter(|(then, _)| self.can_be_subtracted_from(then)).collect();
        if changed.is_empty() {
            return None;
        }
        let reports: Vec<&Self> = changed.iter().map(|(then, _)| then).chain([self]).collect();
        if let Some(moved) = changed.iter().find_map(|(then, _)| self.moved(then)) {
            return Some(moved);
        }
        let people = smallest_class(&reports);
        if (people as u64) < SMALLEST {
            return Some(GivenAway::People(people));
        }
        changed.into_iter().find_map(|(then, newcomers)| {
            self.hidden_differently(then).or_else(|| self.few_in_a_column(then, newcomers))
        })
    }

    /// Whether one of the two tells of people of whom the other does not. A report in which nobody
    /// is scored tells of nobody.
    pub(crate) fn can_be_subtracted_from(&self, before: &Self) -> bool {
        !self.records.is_empty() && !before.records.is_empty() && before.records != self.records
    }

    /// How many people are scored.
    pub(crate) fn scored(&self) -> usize {
        self.records.values().map(Vec::len).sum()
    }

    /// Every record with the groups it is in.
    fn by_record(&self) -> impl Iterator<Item = (&Sha256, &str)> {
        let groups = self.records.iter();
        groups.flat_map(|(group, records)| records.iter().map(move |one| (one, group.as_str())))
    }

    /// Whether somebody stands in other groups than before.
    fn moved(&self, before: &Self) -> Option<GivenAway> {
        let then: BTreeMap<&Sha256, &str> = before.by_record().collect();
        let elsewhere = |(record, groups): &(&Sha256, &str)| {
            then.get(record).is_some_and(|then| then != groups)
        };
        let people = self.by_record().filter(elsewhere).count();
        (people > 0).then_some(GivenAway::Moved(people))
    }

    fn hidden_differently(&self, before: &Self) -> Option<GivenAway> {
        let is_hidden =
            |counts: &[Option<u64>]| -> Vec<bool> { counts.iter().map(Option::is_none).collect() };
        let differs = |(id, counts): (&String, &Vec<Option<u64>>)| {
            let then = before.groups.get(id).filter(|_| id != WHOLE_CITY);
            then.is_some_and(|then| is_hidden(then) != is_hidden(counts))
        };
        self.groups.iter().any(differs).then_some(GivenAway::Hidden)
    }

    /// Whether newcomers or leavers of a group have one to four applicable answers in a column
    /// that is shown. Leavers are what the group had before, and has no more.
    fn few_in_a_column(&self, before: &Self, newcomers: &Newcomers) -> Option<GivenAway> {
        let few = |count: u64| (1..SMALLEST).contains(&count);
        for (id, counts) in &self.groups {
            let new = newcomers.of.get(id);
            let new = |column: usize| new.map_or(0, |new| new[column]);
            for (column, count) in counts.iter().enumerate() {
                let Some(count) = count else { continue };
                let stayed = count - new(column);
                let then = before.groups.get(id).map(|then| then.get(column).copied().flatten());
                if id == WHOLE_CITY && then == Some(None) {
                    continue;
                }
                let then = then.flatten().unwrap_or(stayed);
                if few(new(column)) || few(then.saturating_sub(stayed)) {
                    let people = new(column).max(then.saturating_sub(stayed));
                    return Some(GivenAway::People(usize::try_from(people).unwrap_or_default()));
                }
            }
        }
        None
    }
}

/// How many records the smallest class of them has: those that stand in the same groups in each of
/// these reports, or in the same ones of them not at all.
fn smallest_class(reports: &[&Inputs]) -> usize {
    let mut places: BTreeMap<&Sha256, Vec<Option<&str>>> = BTreeMap::new();
    for (report, inputs) in reports.iter().enumerate() {
        for (record, groups) in inputs.by_record() {
            places.entry(record).or_insert_with(|| vec![None; reports.len()])[report] =
                Some(groups);
        }
    }
    let mut classes: BTreeMap<Vec<Option<&str>>, usize> = BTreeMap::new();
    for places in places.into_values() {
        *classes.entry(places).or_default() += 1;
    }
    classes.into_values().min().unwrap_or(usize::MAX)
}

/// Applicable answers by group and column of the people who are new in a group.
#[derive(Debug, Default)]
pub(crate) struct Newcomers {
    of: BTreeMap<String, Vec<u64>>,
}

impl Newcomers {
    /// Counts them; everybody whose record an earlier report did not have is new in all groups they
    /// are in now. Nobody else is: see [`GivenAway::Moved`].
    pub(crate) fn of(loaded: &Campaigned<'_>, figures: &Figures, before: &Inputs) -> Self {
        let mut of = BTreeMap::new();
        let before: BTreeSet<&Sha256> = before.by_record().map(|(record, _)| record).collect();
        for answered in &loaded.people {
            let person = &loaded.roster.roster.people[answered.person];
            if person.exempt || before.contains(&answered.digest) {
                continue;
            }
            let answers = loaded.answers(answered);
            let mut add = |id: &str, of_person: &[bool]| {
                let counts = of.entry(id.to_owned()).or_insert_with(|| vec![0; of_person.len()]);
                counts.iter_mut().zip(of_person).for_each(|(count, yes)| *count += u64::from(*yes));
            };
            add(WHOLE_CITY, &whole_city::concerns(answers, loaded.questions));
            let applies = figures.applies(answers, loaded.questions);
            for group in figures.groups_of(&person.section) {
                add(&group.id, &applies);
            }
        }
        Self { of }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Groups as `group:records`, each record a letter; columns as `group=counts`, `.` for hidden.
    fn inputs(groups: &str) -> Inputs {
        let (mut records, mut shown) = (BTreeMap::new(), BTreeMap::new());
        for group in groups.split_whitespace() {
            if let Some((name, letters)) = group.split_once(':') {
                let digests = letters.bytes().map(|letter| Sha256([letter; 32]));
                records.insert(name.to_owned(), digests.collect());
            } else if let Some((name, counts)) = group.split_once('=') {
                let counts = counts.split(',').map(|count| count.parse().ok()).collect();
                shown.insert(name.to_owned(), counts);
            }
        }
        Inputs {
            v: 1,
            folder: None,
            tally: String::new(),
            org: "ageo".parse().unwrap(),
            campaign: "r8".parse().unwrap(),
            roster_sha256: Sha256([0; 32]),
            ledger_head: Sha256([0; 32]),
            ledger_lines: 0,
            results_sha256: Sha256([0; 32]),
            sets: Vec::new(),
            earlier: Vec::new(),
            content: Vec::new(),
            records,
            groups: shown,
        }
    }

    fn check(before: &str, now: &str, new: &str, expected: Option<GivenAway>) {
        let counts = |text: &str| text.split(',').map(|count| count.parse().unwrap()).collect();
        let of = new.split_whitespace().filter_map(|group| group.split_once('='));
        let of = of.map(|(name, text)| (name.to_owned(), counts(text))).collect();
        let found = inputs(now).gives_away(&[(inputs(before), Newcomers { of })]);
        assert_eq!(found, expected, "{before} → {now}");
    }

    #[test]
    fn a_second_report_shows_no_few_people() {
        check("a:12345", "a:12345", "", None);
        check("a:12345", "a:123456", "", Some(GivenAway::People(1)));
        check("a:12345", "a:12346", "", Some(GivenAway::People(1)));
        check("a:12345", "a:12345 b:67890", "", None);
        check("a:12345", "a:1234567890", "", None);
    }

    #[test]
    fn nobody_stands_in_other_groups_than_before() {
        let moved = |people| Some(GivenAway::Moved(people));
        // A section goes to another bureau, and takes along what is shown of it.
        check(
            "10/1:123456 10/2:abcdef 20/3:uvwxyz",
            "20/1:123456 10/2:abcdef 20/3:uvwxyz",
            "",
            moved(6),
        );
        // 「その他」 of 3 and 6 people, of which the 3 became a group of their own with 2 more.
        check("rest:123456789", "a:123xy b:456789", "", moved(9));
        // Its sections are no longer shown, all else is as it was.
        check("10/1:12345 10/2:67890", "10:1234567890", "", moved(10));
        // It goes while others come.
        check("10/1:12345 10/2:67890", "10/1:12345 10/3:67890 10/2:abcde", "", moved(5));
    }

    #[test]
    fn a_report_on_nobody_is_beside_all_others() {
        // What hides everything has nothing to hide.
        check("a=.,.", "a:12345 a=5,5", "a=5,5", None);
        check("a:12345 a=5,5", "a=.,.", "", None);
        check("a:12345 a=5,.", "a:1234567890 a=10,8", "a=5,5", Some(GivenAway::Hidden));
    }

    #[test]
    fn nor_do_three_reports_together() {
        let [first, second, third] = ["a:12345", "a:1234567890", "a:123456789x"].map(inputs);
        let with = |before: &[&Inputs]| {
            let before: Vec<_> =
                before.iter().map(|one| ((*one).clone(), Newcomers::default())).collect();
            third.gives_away(&before)
        };
        assert_eq!(with(&[&first]), None);
        assert_eq!(with(&[&first, &second]), Some(GivenAway::People(1)));
    }

    #[test]
    fn nor_few_answers_of_a_column() {
        // Five came, three of whom the second column applied to.
        check("a:12345 a=5,5", "a:1234567890 a=10,8", "a=5,3", Some(GivenAway::People(3)));
        check("a:12345 a=5,5", "a:1234567890 a=10,5", "a=5,0", None);
        // Five went, two of whom it applied to.
        check("a:1234567890 a=10,7", "a:12345 a=5,5", "", Some(GivenAway::People(2)));
        // What was hidden would be shown by what is shown now.
        check("a:12345 a=5,.", "a:1234567890 a=10,8", "a=5,5", Some(GivenAway::Hidden));
        check("a:12345 a=5,.", "a:1234567890 a=10,.", "a=5,3", None);
    }

    #[test]
    fn nor_few_managers() {
        let few = Some(GivenAway::People(1));
        check("a:12345 whole-city=6", "a:1234567890 whole-city=7", "whole-city=1", few);
        check("a:1234567890 whole-city=7", "a:12345 whole-city=6", "", few);
        check("a:12345 whole-city=6", "a:1234567890 whole-city=11", "whole-city=5", None);
        check("a:12345 whole-city=6", "a:1234567890 whole-city=6", "whole-city=0", None);
        // Nothing can be subtracted from what was hidden, and sums tell nothing of it.
        check("a:12345 whole-city=.", "a:1234567890 whole-city=7", "whole-city=3", None);
    }
}
