//! One campaign of an office: results handed in by its people (`answers` says what they answer),
//! what is planted among them (`faults`), and the ledger of it all (`ledger`).

mod answers;
mod faults;
mod ledger;

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;

use selfcheck::digest::Sha256;
use selfcheck::grade::Response;
use selfcheck::id::QuestionId;
use selfcheck::result::{App, Decision, Inputs, Payload, sign};
use selfcheck::set::{Campaign, Role};
use selfcheck::time::Timestamp;

pub use answers::Mood;
pub use faults::Odd;

use crate::dice::Dice;
use crate::office::Office;
use crate::sets::Sets;

/// A campaign and everything that was handed in.
pub struct Round<'a> {
    /// The office in that year.
    pub office: &'a Office,
    /// What was asked.
    pub sets: &'a Sets,
    /// Properly signed results, in the order they were made.
    pub handed: Vec<Handed>,
    /// Indexes of members who answered on paper.
    pub paper: BTreeSet<usize>,
    /// Files that are no results, or no good ones.
    pub odd: Vec<Odd>,
}

/// A properly signed result.
pub struct Handed {
    /// Index of the member.
    pub member: usize,
    /// What is signed.
    pub payload: Payload,
    /// The file.
    pub file: String,
    /// Its name in the inbox.
    pub name: OsString,
    /// The key that signed.
    pub kid: String,
    /// When `collect` saw it, in seconds since 1970; `None` when it never did.
    pub seen: Option<i64>,
    /// Whether the file is there now.
    pub is_kept: bool,
    /// What the report is to say about it, by code.
    pub flags: BTreeSet<&'static str>,
}

impl<'a> Round<'a> {
    /// A campaign in which nobody has answered.
    pub fn new(office: &'a Office, sets: &'a Sets) -> Self {
        Self { office, sets, handed: Vec::new(), paper: BTreeSet::new(), odd: Vec::new() }
    }

    /// A campaign as it may well go: most answer in time, some on paper, some not at all, one
    /// section in which nobody does. `mood` is how people answer that year.
    pub fn lively(office: &'a Office, sets: &'a Sets, mood: Mood, seed: u64) -> Self {
        let mut round = Self::new(office, sets);
        let id = round.campaign().id.clone();
        let mut dice = Dice::new(seed, &format!("who answers in {id}"));
        let silent = round.silent_unit(&mut dice);
        for index in 0..office.members.len() {
            let member = &office.members[index];
            let answers = dice.permille(955) && member.unit != silent;
            match answers {
                true if member.exempt => {}
                true if !member.manager && dice.permille(12) => {
                    round.paper.insert(index);
                }
                true => {
                    round.hand_in(index, member.role(), mood, seed, &mut dice);
                }
                false => {}
            }
        }
        round
    }

    /// A section of middling size, in which nobody will answer.
    fn silent_unit(&self, dice: &mut Dice) -> usize {
        let units = &self.office.units;
        let middling: Vec<usize> =
            (0..units.len()).filter(|&unit| (7..=15).contains(&units[unit].people)).collect();
        if units.len() < 8 || middling.is_empty() { usize::MAX } else { *dice.pick(&middling) }
    }

    /// The campaign.
    ///
    /// # Panics
    /// When there are no sets.
    pub fn campaign(&self) -> &Campaign {
        &self.sets.values().next().expect("a campaign has sets").set.campaign
    }

    /// A member answers the set of `role` during the campaign, as people do.
    pub fn hand_in(&mut self, member: usize, role: Role, mood: Mood, seed: u64, dice: &mut Dice) {
        let answers = self.answers(member, role, mood, seed);
        let finished = self.some_time(dice);
        self.sign(member, role, answers, finished, dice.bytes());
    }

    /// A member signs these answers at this moment, and `collect` sees them at the next 17:15.
    ///
    /// # Panics
    /// When the answers do not fit the set of the role.
    pub fn sign(
        &mut self,
        member: usize,
        role: Role,
        responses: BTreeMap<QuestionId, Response>,
        finished: i64,
        jti: [u8; 16],
    ) -> &mut Handed {
        let (set, person) = (&self.sets[&role], &self.office.members[member]);
        let japan = |seconds| Timestamp::at_offset(seconds, 540).expect("a year of our days");
        let minutes = 6 + i64::from(jti[0]) % 20;
        let decide = |index: usize| match jti[1 + index % 2] {
            0..=1 => Decision::Decline,
            2..=8 => Decision::Question,
            _ => Decision::Accept,
        };
        let asked = set.set.questions.questions().iter();
        let inputs = Inputs {
            jti,
            sub: person.sub.clone(),
            app: App {
                version: "0.1.0".parse().expect("a version"),
                site: "made-up".parse().expect("a version"),
            },
            started: japan(finished - 60 * minutes),
            finished: japan(finished),
            responses: asked.map(|question| responses.get(&question.id).cloned()).collect(),
            decisions: (0..set.set.acknowledgements.len()).map(decide).collect(),
        };
        let payload = Payload::compose(set, inputs).expect("every question has an answer");
        self.hand(member, payload, Some(next_collection(finished)))
    }

    /// Signs a payload with the member's newest key and puts it in the inbox.
    pub fn hand(&mut self, member: usize, payload: Payload, seen: Option<i64>) -> &mut Handed {
        let key = self.office.members[member].key(&self.office.org);
        let name = OsString::from(payload.file_name());
        let handed = Handed {
            member,
            file: sign(&payload, &key),
            name,
            kid: key.public().key_id().to_string(),
            payload,
            seen,
            is_kept: true,
            flags: BTreeSet::new(),
        };
        self.handed.push(handed);
        self.handed.last_mut().expect("it was pushed just now")
    }

    /// A moment in office hours of the campaign: most people answer early or on the last days.
    fn some_time(&self, dice: &mut Dice) -> i64 {
        let campaign = self.campaign();
        let first = campaign.opens.end_unix_seconds() - DAY;
        let days =
            (campaign.closes.days_since_epoch() - campaign.opens.days_since_epoch() + 1).max(1);
        let days = usize::try_from(days).unwrap_or(1);
        let spread = dice.below(days);
        let day = if dice.permille(300) { days - 1 - spread / 4 } else { spread / 2 };
        first + DAY * day as i64 + 9 * 3600 + dice.below(7 * 3600) as i64
    }
}

impl Handed {
    /// SHA-256 of the payload bytes.
    pub fn payload_sha256(&self) -> Sha256 {
        Sha256::of(&self.payload.to_bytes())
    }
}

const DAY: i64 = 86_400;

/// `collect` runs every day at 17:15 in Japan.
fn next_collection(finished: i64) -> i64 {
    let quarter_past_five = 17 * 3600 + 15 * 60 - 9 * 3600;
    (finished - quarter_past_five).div_euclid(DAY) * DAY + DAY + quarter_past_five
}
