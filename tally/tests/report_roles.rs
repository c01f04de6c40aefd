//! What only some roles are asked: policies that differ by role, and figures of few managers.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod made_up;

use std::collections::BTreeMap;

use made_up::{Folder, office, some_questions, unit};
use selfcheck::digest::Sha256;
use selfcheck::result::Decision;
use selfcheck::set::{Acknowledgement, FrozenSet, Role};
use year::dice::Dice;
use year::office::Office;
use year::round::{Mood, Round};
use year::sets::Sets;

/// One question for all and one of managers.
fn small_sets() -> Sets {
    some_questions(&["pw1", "pw2", "mg1"])
}

/// The sets with these policies a role, each as `page` or, in another version, `page@version`.
fn with_policies(sets: Sets, of: impl Fn(Role) -> &'static [&'static str]) -> Sets {
    let policy = |text: &&str| Acknowledgement {
        page: text.split('@').next().unwrap().parse().unwrap(),
        title: (*text).to_owned(),
        sha256: Sha256::of(text.as_bytes()),
        statement: "読み、守ります。".to_owned(),
    };
    let frozen = sets.into_iter().map(|(role, frozen)| {
        let mut set = frozen.set;
        set.acknowledgements = of(role).iter().map(policy).collect();
        (role, FrozenSet::parse(set.to_json().as_bytes()).unwrap())
    });
    frozen.collect()
}

/// Nobody is exempt; the first of every section is its manager.
fn office_of(units: &[&str], sets: &Sets) -> Office {
    let mut office = office(sets, units.iter().map(|text| unit(text)).collect(), 3);
    office.members.iter_mut().for_each(|member| member.exempt = false);
    office
}

fn hand_in(round: &mut Round<'_>, members: impl IntoIterator<Item = usize>) {
    let closes = round.campaign().closes.end_unix_seconds();
    for member in members {
        let role = round.office.members[member].role();
        let answers = round.answers(member, role, Mood(0), 3);
        let jti = Dice::new(3, &format!("member {member}")).bytes();
        round.sign(member, role, answers, closes - 400_000, jti);
    }
}

#[test]
fn roles_may_be_asked_about_different_policies() {
    let sets = with_policies(small_sets(), |role| match role {
        Role::General => &["policy/basic", "policy/standards"],
        // Fewer, another one, and the same page in another version.
        Role::Manager => &["policy/leaders", "policy/standards@2"],
        Role::Contact => &[],
        Role::ManagerContact => &["policy/standards"],
    });
    let units: Vec<String> = (0..9).map(|n| format!("10/10{n}0:8")).collect();
    let units: Vec<&str> = units.iter().map(String::as_str).collect();
    let mut office = office_of(&units, &sets);
    for (index, member) in office.members.iter_mut().enumerate() {
        member.contact = index % 3 == 0;
    }
    let mut round = Round::new(&office, &sets);
    hand_in(&mut round, 0..office.members.len());
    let folder = Folder::new();
    folder.write(&round);
    let ran = folder.report("r8", "out", &[]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));

    let mut said: BTreeMap<String, [u64; 3]> = BTreeMap::new();
    for handed in &round.handed {
        let set = &sets[&handed.payload.role].set;
        for (policy, ack) in set.acknowledgements.iter().zip(&handed.payload.ack) {
            let place = match ack.decision {
                Decision::Accept => 0,
                Decision::Decline => 1,
                Decision::Question => 2,
            };
            said.entry(policy.title.clone()).or_default()[place] += 1;
        }
    }
    let csv = folder.read("out/committee/policies.csv");
    let mut reader = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
    let told: Vec<(String, [u64; 3])> = reader
        .records()
        .map(|row| {
            let row = row.unwrap();
            (row[0].to_owned(), [2, 3, 4].map(|column| row[column].parse().unwrap()))
        })
        .collect();
    let order = ["policy/basic", "policy/standards", "policy/leaders", "policy/standards@2"];
    assert_eq!(told, order.map(|title| (title.to_owned(), said[title])));
    assert!(said["policy/leaders"].iter().sum::<u64>() < said["policy/basic"].iter().sum());
}

#[test]
fn a_policy_of_few_is_hidden() {
    let sets = with_policies(small_sets(), |role| match role {
        Role::General => &["policy/basic"],
        _ => &["policy/basic", "policy/leaders"],
    });
    let office = office_of(&["10/1010:9", "20/2010:9"], &sets);
    let mut round = Round::new(&office, &sets);
    hand_in(&mut round, 0..office.members.len());
    let folder = Folder::new();
    folder.write(&round);
    assert_eq!(folder.report("r8", "out", &[]).code, 0);
    let csv = folder.read("out/committee/policies.csv");
    let leaders = csv.lines().find(|line| line.starts_with("policy/leaders")).unwrap();
    assert!(leaders.trim_end().ends_with(",＊,＊,＊"), "{csv}");
    let basic = csv.lines().find(|line| line.starts_with("policy/basic")).unwrap();
    assert!(!basic.contains('＊'), "{csv}");
}

/// Ten people more, and one or five managers among them: the figures of managers' questions would
/// tell what the one answered.
#[test]
fn one_manager_more_may_not_be_told_by_a_second_report() {
    let sets = small_sets();
    let mut office = office_of(&["10/1010:40", "10/1020:40"], &sets);
    for (index, member) in office.members.iter_mut().enumerate() {
        member.manager = index < 12;
        member.contact = false;
    }
    // Managers who came with the second report, out of twelve, and how many the first one had shown.
    for (late, is_allowed) in [(0, true), (1, false), (4, false), (5, true), (9, true)] {
        let is_late = |member: usize| member < late || (30..40).contains(&member);
        let folder = Folder::new();
        let mut round = Round::new(&office, &sets);
        hand_in(&mut round, (0..office.members.len()).filter(|&member| !is_late(member)));
        folder.write(&round);
        let first = folder.report("r8", "out", &[]);
        assert_eq!((first.code, first.stderr.as_str()), (0, ""), "{}", first.stdout);
        let of_managers = folder.read("out/committee/questions.csv");
        let of_managers = of_managers.lines().find(|line| line.starts_with("mg1,")).unwrap();
        // Of three managers nothing had been shown that could be subtracted from.
        assert_eq!(of_managers.contains('＊'), late == 9, "{of_managers}");
        hand_in(&mut round, (0..office.members.len()).filter(|&member| is_late(member)));
        folder.write(&round);
        let second = folder.report("r8", "out", &[]);
        assert_eq!(second.code == 0, is_allowed, "{late} managers: {}", second.stderr);
        if !is_allowed {
            assert!(second.stderr.contains(&format!("{late} 人だけ")), "{}", second.stderr);
        }
    }
}
