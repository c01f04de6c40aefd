//! What people answer: easy and hard questions, able and less able people and sections, a little
//! better each year. All of it in thousandths and integers, so that every machine agrees.

use std::collections::BTreeMap;

use selfcheck::digest::Sha256;
use selfcheck::grade::Response;
use selfcheck::id::{ChoiceId, QuestionId, Reserved};
use selfcheck::set::{Choice, Kind, Question, Role};

use super::Round;
use crate::dice::Dice;

/// How well people answer in a year, in thousandths added to every chance.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Mood(pub i64);

impl Round<'_> {
    /// The answers of a member to the set of a role.
    pub fn answers(
        &self,
        member: usize,
        role: Role,
        mood: Mood,
        seed: u64,
    ) -> BTreeMap<QuestionId, Response> {
        let person = &self.office.members[member];
        let unit = &self.office.units[person.unit];
        let section = Dice::new(seed, &format!("section {}", unit.code)).bell(150);
        let campaign = &self.campaign().id;
        let mut dice = Dice::new(seed, &format!("answers of {} in {campaign}", person.sub));
        self.sets[&role]
            .set
            .questions
            .questions()
            .iter()
            .map(|question| {
                let chance = chance(question, person.skill + section + mood.0);
                let picked = pick(question, chance, &mut dice);
                let response = Response::new(picked).expect("something is picked, nothing twice");
                (question.id.clone(), response)
            })
            .collect()
    }
}

/// In how many of a thousand cases a person with this advantage answers well. One question in
/// twenty is badly put: the able answer it worse.
fn chance(question: &Question, advantage: i64) -> i64 {
    let hash = Sha256::of_fields(&[b"tenken/year/item", question.id.as_str().as_bytes()]).0;
    let base = 700 + i64::from(hash[0]) * 270 / 255;
    let slope = if hash[1] < 13 { -2 } else { 2 + i64::from(hash[2] % 4) };
    (base + advantage * slope / 4).clamp(30, 990)
}

fn pick(question: &Question, chance: i64, dice: &mut Dice) -> Vec<ChoiceId> {
    match &question.kind {
        Kind::Single(choices) | Kind::Scenario(choices) => {
            let well = dice.permille(chance);
            let fitting: Vec<&Choice> =
                choices.iter().filter(|choice| choice.correct == well).collect();
            vec![dice.pick(&fitting).id.clone()]
        }
        Kind::Multiple(choices) => {
            let picked: Vec<ChoiceId> = choices
                .iter()
                .filter(|choice| {
                    let often = if choice.correct { 500 + chance / 2 } else { (1000 - chance) / 2 };
                    dice.permille(often)
                })
                .map(|choice| choice.id.clone())
                .collect();
            if picked.is_empty() { vec![dice.pick(choices).id.clone()] } else { picked }
        }
        Kind::Practice { allow_na } => {
            let reserved = if *allow_na && dice.permille(90) {
                Reserved::NotApplicable
            } else if dice.permille(chance) {
                Reserved::Yes
            } else if dice.permille(350) {
                Reserved::DontKnow
            } else {
                Reserved::No
            };
            vec![ChoiceId::reserved(reserved)]
        }
    }
}
