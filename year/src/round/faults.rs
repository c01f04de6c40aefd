//! Faults planted among the results: every kind that `tally` tells apart, so that a report of a
//! made-up year shows them all, and [`Round::expected`] says how often.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;

use selfcheck::b64;
use selfcheck::code::EnrolmentCode;
use selfcheck::digest::Sha256;
use selfcheck::grade::Response;
use selfcheck::keys::PersonKey;
use selfcheck::result::{Payload, sign};
use selfcheck::set::Role;
use selfcheck::time::Timestamp;
use serde::Serialize;

use super::{DAY, Handed, Mood, Round, next_collection};
use crate::dice::Dice;

/// Something in the inbox that is no good result.
pub struct Odd {
    /// Its name.
    pub name: OsString,
    /// What it holds; `None` for a link that leads nowhere good.
    pub bytes: Option<Vec<u8>>,
    /// Why it is rejected; `copy` for the copy of a result that counts.
    pub code: &'static str,
    /// When `collect` saw it.
    pub seen: Option<i64>,
}

/// What a report is to say of a round, for tests: how many files for each code.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Expected {
    /// Rejected files by reason code.
    pub rejected: BTreeMap<String, usize>,
    /// Flagged results by flag code.
    pub flags: BTreeMap<String, usize>,
    /// People whom the ledger has on paper.
    pub paper: usize,
    /// Results the ledger knows and the inbox no longer has.
    pub missing: usize,
}

/// How people and accidents name files.
const HOSTILE_NAMES: [&[u8]; 8] = [
    b"=cmd|' /C calc'!A0.json",
    "結果\u{202e}nosj.exe".as_bytes(),
    b"a\x1b[2J\x1b]0;gone\x07.json",
    b"<img src=x onerror=alert(1)>.json",
    b"--help",
    "改行\nの名前.json".as_bytes(),
    "\u{feff}\u{200b}.json".as_bytes(),
    b"\xff\xfe\x80.json",
];

/// What Windows, macOS and office programs leave in a shared folder.
const SYSTEM_FILES: [(&str, &[u8], usize); 4] = [
    ("Thumbs.db", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 80_000),
    ("desktop.ini", b"\xff\xfe[\0.\0S\0h\0e\0l\0l\0", 120),
    (".DS_Store", b"\0\0\0\x01Bud1", 6148),
    ("~$名簿.xlsx", b"\x0cHanako Ageo", 165),
];

impl Round<'_> {
    /// Plants `times` of every fault; more of those that happen every day.
    pub fn plant(&mut self, times: usize, mood: Mood, seed: u64) {
        let purpose = format!("faults of {}", self.campaign().id);
        let mut dice = Dice::new(seed, &purpose);
        for _ in 0..times {
            self.plant_broken(&mut dice);
            self.plant_unfit(mood, seed, &mut dice);
            self.plant_forged(mood, seed, &mut dice);
        }
        self.plant_flags(times, mood, seed, &mut dice);
        for (index, name) in HOSTILE_NAMES.iter().enumerate() {
            let bytes = format!("{{\"no\": {index}}}").into_bytes();
            self.odd(file_name(name), Some(bytes), "outer-format", &mut dice);
        }
        self.odd("link.selfcheck.json".into(), None, "not-regular-file", &mut dice);
        self.odd("loop".into(), None, "not-regular-file", &mut dice);
        for (name, head, size) in SYSTEM_FILES {
            let mut bytes = head.to_vec();
            bytes.resize(size, 0);
            self.odd(name.into(), Some(bytes), "system-file", &mut dice);
        }
    }

    /// Files that are no results any more: cut off, saved by another program, much too large.
    fn plant_broken(&mut self, dice: &mut Dice) {
        if self.handed.is_empty() {
            return;
        }
        let good = self.handed[dice.below(self.handed.len())].file.clone();
        let number = self.odd.len();
        let name = |what: &str| OsString::from(format!("{what}-{number}.selfcheck.json"));
        let cut = good.as_bytes()[..good.len() * 2 / 3].to_vec();
        self.odd(name("cut"), Some(cut), "outer-format", dice);
        self.odd(name("empty"), Some(Vec::new()), "outer-format", dice);
        let page = format!("<!DOCTYPE html><title>自己点検 {number}</title>").into_bytes();
        self.odd(name("page"), Some(page), "outer-format", dice);
        let with_bom = [b"\xef\xbb\xbf", good.as_bytes()].concat();
        self.odd(name("notepad"), Some(with_bom), "encoding", dice);
        let large = format!("{good}{}", " ".repeat(64 * 1024)).into_bytes();
        self.odd(name("large"), Some(large), "too-large", dice);
        let header = good.replacen("\"protected\":\"ey", "\"protected\":\"fy", 1).into_bytes();
        self.odd(name("header"), Some(header), "protected-header", dice);
        let short = good.replacen("\"signature\":\"", "\"signature\":\"AAAA", 1).into_bytes();
        self.odd(name("signature"), Some(short), "signature-length", dice);
    }

    /// Properly signed results that do not fit: another set, another campaign, altered answers.
    fn plant_unfit(&mut self, mood: Mood, seed: u64, dice: &mut Dice) {
        self.reject("signature", mood, seed, dice, |payload, key| {
            let other = sign(payload, key);
            let mut changed = payload.clone();
            changed.claimed.points += 1000;
            let changed = b64::encode(&changed.to_bytes());
            other.replacen(&b64::encode(&payload.to_bytes()), &changed, 1)
        });
        let alter = |alter: fn(&mut Payload)| {
            move |payload: &mut Payload, key: &PersonKey| {
                alter(payload);
                sign(payload, key)
            }
        };
        self.reject(
            "other-person",
            mood,
            seed,
            dice,
            alter(|payload| {
                payload.sub = "zz9999".parse().expect("a person number");
            }),
        );
        self.reject(
            "other-campaign",
            mood,
            seed,
            dice,
            alter(|payload| {
                payload.campaign.id = "r1".parse().expect("a campaign id");
            }),
        );
        self.reject(
            "unknown-set",
            mood,
            seed,
            dice,
            alter(|payload| {
                payload.set.sha256 = Sha256::of(b"another set");
            }),
        );
        self.reject(
            "org",
            mood,
            seed,
            dice,
            alter(|payload| {
                payload.org = "elsewhere".parse().expect("an organisation");
            }),
        );
        self.reject(
            "campaign",
            mood,
            seed,
            dice,
            alter(|payload| payload.campaign.nonce.0[0] ^= 1),
        );
        self.reject(
            "role-of-set",
            mood,
            seed,
            dice,
            alter(|payload| {
                let is_general = payload.role == Role::General;
                payload.role = if is_general { Role::Manager } else { Role::General };
            }),
        );
        self.reject("questions", mood, seed, dice, alter(|payload| drop(payload.answers.pop())));
        self.reject(
            "answer-choice",
            mood,
            seed,
            dice,
            alter(|payload| {
                let z = vec!["z".parse().expect("a choice")];
                payload.answers[0].a = Response::new(z).expect("one choice");
            }),
        );
        self.reject(
            "policies",
            mood,
            seed,
            dice,
            alter(|payload| {
                payload.ack[0].sha256 = Sha256::of(b"another text");
            }),
        );
        self.reject(
            "answer-too-many",
            mood,
            seed,
            dice,
            alter(|payload| {
                let two = ["a", "b"].map(|choice| choice.parse().expect("a choice"));
                payload.answers[0].a = Response::new(two.into()).expect("two choices");
            }),
        );
    }

    /// Documents that no page of ours makes.
    fn plant_forged(&mut self, mood: Mood, seed: u64, dice: &mut Dice) {
        self.reject("version", mood, seed, dice, |payload, key| {
            forge(&text_of(payload).replacen("{\"v\":1", "{\"v\":2", 1), key)
        });
        self.reject("payload-format", mood, seed, dice, |payload, key| {
            forge(&text_of(payload).replacen("{\"v\":1", "{\"v\":1,\"admin\":true", 1), key)
        });
        self.reject("not-canonical", mood, seed, dice, |payload, key| {
            forge(&text_of(payload).replacen("{\"v\":1", "{\"v\": 1", 1), key)
        });
        let code = EnrolmentCode::from_random(dice.bytes());
        self.reject("unknown-key", mood, seed, dice, move |payload, _| {
            sign(payload, &PersonKey::derive(&code, &payload.org, &payload.sub))
        });
    }

    /// One more file of somebody, made with `make` from an honest payload and the person's key.
    fn reject(
        &mut self,
        code: &'static str,
        mood: Mood,
        seed: u64,
        dice: &mut Dice,
        make: impl FnOnce(&mut Payload, &PersonKey) -> String,
    ) {
        let member = dice.below(self.office.members.len());
        let person = &self.office.members[member];
        let key = person.key(&self.office.org);
        let handed = self.handed.len();
        self.hand_in(member, person.role(), mood, seed, dice);
        let Some(mut honest) = self.handed.pop() else { return };
        debug_assert_eq!(self.handed.len(), handed);
        let bytes = make(&mut honest.payload, &key).into_bytes();
        self.odd.push(Odd { name: honest.name, bytes: Some(bytes), code, seen: honest.seen });
    }

    /// Results that count and should be looked at, and files that go astray.
    fn plant_flags(&mut self, times: usize, mood: Mood, seed: u64, dice: &mut Dice) {
        let campaign = self.campaign().clone();
        let (closes, grace) = (campaign.closes.end_unix_seconds(), i64::from(campaign.grace_days));
        let mut places: Vec<usize> = (0..self.handed.len())
            .filter(|&at| !self.office.members[self.handed[at].member].manager)
            .collect();
        for kind in 0..8 * times {
            if places.is_empty() {
                break;
            }
            let at = places.swap_remove(dice.below(places.len()));
            let member = self.handed[at].member;
            match kind % 8 {
                0 => {
                    let finished = closes + DAY * 2 + 3600 * 2;
                    self.again(at, |payload| payload.finished = japan(finished));
                    self.handed[at].seen = Some(next_collection(finished));
                    self.handed[at].flags.insert("finished-late");
                }
                1 => {
                    self.handed[at].seen = Some(next_collection(closes + DAY * (grace + 1)));
                    self.handed[at].flags.insert("seen-late");
                }
                2 => {
                    self.again(at, |payload| payload.claimed.points += 500);
                    self.handed[at].flags.insert("claim-differs");
                }
                3 => {
                    let is_general = self.office.members[member].role() == Role::General;
                    let other = if is_general { Role::Contact } else { Role::General };
                    self.hand_in(member, other, mood, seed, dice);
                    self.handed.swap_remove(at);
                    self.handed[at].flags.insert("role-differs");
                }
                4 => self.hand_in(member, self.office.members[member].role(), mood, seed, dice),
                5 => {
                    let (bytes, number) = (self.handed[at].file.clone(), self.odd.len());
                    let name = OsString::from(format!("コピー {number}.selfcheck.json"));
                    self.odd(name, Some(bytes.into_bytes()), "copy", dice);
                }
                6 => self.handed[at].is_kept = false,
                _ => self.handed[at].seen = None,
            }
        }
        self.plant_revoked(times, mood, seed, dice);
        self.plant_exempt(times, mood, seed, dice);
    }

    /// Results signed with the code of an earlier letter.
    fn plant_revoked(&mut self, times: usize, mood: Mood, seed: u64, dice: &mut Dice) {
        let renewed = (0..self.office.members.len())
            .filter(|&member| self.office.members[member].enrolments.len() > 1);
        for member in renewed.take(times) {
            let person = &self.office.members[member];
            self.handed.retain(|handed| handed.member != member);
            self.hand_in(member, person.role(), mood, seed, dice);
            let key = person.key_of(&person.enrolments[0], &self.office.org);
            if let Some(handed) = self.handed.last_mut() {
                handed.file = sign(&handed.payload, &key);
                handed.kid = key.public().key_id().to_string();
                handed.flags.insert("key-revoked");
                handed.flags.extend(person.exempt.then_some("exempt"));
            }
        }
    }

    /// Results of people who are out of the denominator.
    fn plant_exempt(&mut self, times: usize, mood: Mood, seed: u64, dice: &mut Dice) {
        let answered: BTreeSet<usize> = self.handed.iter().map(|handed| handed.member).collect();
        let exempt = (0..self.office.members.len())
            .filter(|member| self.office.members[*member].exempt && !answered.contains(member));
        for member in exempt.take(times) {
            self.hand_in(member, self.office.members[member].role(), mood, seed, dice);
            if let Some(handed) = self.handed.last_mut() {
                handed.flags.insert("exempt");
            }
        }
    }

    /// Changes what somebody signed, and signs it again.
    fn again(&mut self, at: usize, change: impl FnOnce(&mut Payload)) {
        let handed = &mut self.handed[at];
        change(&mut handed.payload);
        let key = self.office.members[handed.member].key(&self.office.org);
        handed.file = sign(&handed.payload, &key);
    }

    fn odd(&mut self, name: OsString, bytes: Option<Vec<u8>>, code: &'static str, dice: &mut Dice) {
        let opens = self.campaign().opens.end_unix_seconds();
        let is_seen = bytes.is_some() && !matches!(code, "copy" | "too-large");
        let seen = is_seen.then(|| next_collection(opens + DAY * dice.below(10) as i64));
        self.odd.push(Odd { name, bytes, code, seen });
    }

    /// What a report is to say.
    pub fn expected(&self) -> Expected {
        let mut expected = Expected { paper: self.paper.len(), ..Expected::default() };
        for odd in self.odd.iter().filter(|odd| odd.code != "copy") {
            *expected.rejected.entry(odd.code.to_owned()).or_default() += 1;
        }
        for handed in &self.handed {
            let Handed { seen, is_kept, flags, .. } = handed;
            match (seen, is_kept) {
                (Some(_), false) => expected.missing += 1,
                (None, _) => *expected.rejected.entry("not-in-ledger".to_owned()).or_default() += 1,
                (Some(_), true) => {
                    for flag in flags {
                        *expected.flags.entry((*flag).to_owned()).or_default() += 1;
                    }
                }
            }
        }
        expected
    }
}

fn japan(seconds: i64) -> Timestamp {
    Timestamp::at_offset(seconds, 540).expect("a year of our days")
}

fn text_of(payload: &Payload) -> String {
    String::from_utf8(payload.to_bytes()).expect("JSON is UTF-8")
}

/// Signs any text as the payload of a result.
fn forge(payload: &str, key: &PersonKey) -> String {
    let kid = key.public().key_id();
    let header = format!(r#"{{"alg":"Ed25519","kid":"{kid}","typ":"selfcheck-result+jws"}}"#);
    let (header, payload) = (b64::encode(header.as_bytes()), b64::encode(payload.as_bytes()));
    let signature = key.sign(format!("{header}.{payload}").as_bytes());
    format!(r#"{{"payload":"{payload}","protected":"{header}","signature":"{signature}"}}"#)
}

fn file_name(bytes: &[u8]) -> OsString {
    use std::os::unix::ffi::OsStrExt as _;
    std::ffi::OsStr::from_bytes(bytes).to_owned()
}
