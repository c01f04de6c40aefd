//! The roster (`roster.json`): who takes part, and whose public keys are whose. No names of
//! people, no secrets.
//!
//! Written by `enrol` and `revoke` only; everybody else reads it through [`Roster::read`], which
//! checks every rule once. Source: `selfcheck/FORMAT.md` §6.

use std::collections::BTreeSet;
use std::fmt;
use std::path::Path;
use std::str::FromStr;

use selfcheck::b64::B64;
use selfcheck::digest::Sha256;
use selfcheck::id::{OrgId, PersonId};
use selfcheck::keys::{KeyId, PublicKey};
use selfcheck::set::Role;
use selfcheck::time::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::detail::of_json;
use crate::fault::Fault;
use crate::files;
use crate::text::is_harmful;

/// All three million local civil servants of the country have 1 GB.
const MAX_ROSTER_BYTES: u64 = 2 * 1024 * 1024 * 1024;

/// The written form of the roster.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Roster {
    pub(crate) v: u8,
    pub(crate) org: OrgId,
    pub(crate) bureaus: Vec<Bureau>,
    pub(crate) sections: Vec<Section>,
    pub(crate) people: Vec<Person>,
}

/// A bureau (部局).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Bureau {
    pub(crate) code: UnitCode,
    pub(crate) name: String,
}

/// A section (所属) and its bureau.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Section {
    pub(crate) code: UnitCode,
    pub(crate) name: String,
    pub(crate) bureau: UnitCode,
}

/// A person, known by number only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Person {
    pub(crate) sub: PersonId,
    pub(crate) section: UnitCode,
    pub(crate) roles: BTreeSet<Duty>,
    /// 対象外 (育休・休職): leaves the denominator.
    pub(crate) exempt: bool,
    /// Oldest first; the last one is current until it is revoked.
    #[serde(deserialize_with = "without_spare_room")]
    pub(crate) keys: Vec<Key>,
}

/// One enrolment of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Key {
    pub(crate) kid: KeyId,
    pub(crate) x: B64<32>,
    pub(crate) epoch: u32,
    pub(crate) issued: Date,
    pub(crate) revoked: Option<Date>,
}

/// What a person is answerable for beyond their own work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Duty {
    /// 情報セキュリティ管理者
    Manager,
    /// 情報セキュリティ担当者
    Contact,
}

/// The code of a bureau or section, as the office writes it: 1 to 16 of A-Z, a-z, 0-9 and -.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct UnitCode(String);

impl UnitCode {
    /// The code as text.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for UnitCode {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let valid = (1..=16).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if valid { Ok(Self(text.to_owned())) } else { Err("not a unit code") }
    }
}

impl fmt::Display for UnitCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for UnitCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for UnitCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

impl Person {
    /// The role whose question set this person is asked.
    pub(crate) fn role(&self) -> Role {
        match (self.roles.contains(&Duty::Manager), self.roles.contains(&Duty::Contact)) {
            (false, false) => Role::General,
            (true, false) => Role::Manager,
            (false, true) => Role::Contact,
            (true, true) => Role::ManagerContact,
        }
    }

    /// Whether a key of this person holds longer than this day.
    pub(crate) fn has_code_after(&self, day: Date) -> bool {
        self.keys.last().is_some_and(|key| key.revoked.is_none_or(|revoked| day < revoked))
    }
}

impl Roster {
    /// A roster with nobody in it.
    pub(crate) fn new(org: OrgId) -> Self {
        Self { v: 1, org, bureaus: Vec::new(), sections: Vec::new(), people: Vec::new() }
    }

    /// Reads and checks a roster.
    ///
    /// # Errors
    /// [`Fault::Read`] and its like, [`Fault::Roster`] when it breaks a rule.
    pub(crate) fn read(path: &Path) -> Result<ReadRoster, Fault> {
        let bytes = files::read_own(path, MAX_ROSTER_BYTES)?;
        let sha256 = Sha256::of(&bytes);
        Self::parse(bytes)
            .and_then(|roster| Ok((roster.keys()?, roster)))
            .map(|(keys, roster)| ReadRoster { roster, keys, sha256 })
            .map_err(|problem| Fault::Roster { path: path.to_owned(), problem })
    }

    /// Takes the bytes and lets them go: a large roster is not held twice.
    fn parse(bytes: Vec<u8>) -> Result<Self, String> {
        let roster: Self = serde_json::from_slice(&bytes).map_err(|error| of_json(&error))?;
        roster.check().map(|()| roster)
    }

    /// The written form, one member a line, so that two versions can be compared by eye.
    pub(crate) fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).expect("a roster is plain data") + "\n"
    }

    fn check(&self) -> Result<(), String> {
        if self.v != 1 {
            return Err(format!("版 {} は読めません", self.v));
        }
        let names = self.bureaus.iter().map(|bureau| &bureau.name);
        if names.chain(self.sections.iter().map(|section| &section.name)).any(|name| !is_name(name))
        {
            return Err("空の名前か、制御文字のある名前があります".to_owned());
        }
        let bureaus = unique(self.bureaus.iter().map(|bureau| &bureau.code))?;
        let sections = unique(self.sections.iter().map(|section| &section.code))?;
        unique(self.people.iter().map(|person| &person.sub))?;
        if let Some(section) = self.sections.iter().find(|s| !bureaus.contains(&s.bureau)) {
            return Err(format!("所属 `{}` の部局がありません", section.code));
        }
        match self.people.iter().find(|person| !sections.contains(&person.section)) {
            Some(person) => Err(format!("職員番号 `{}` の所属がありません", person.sub)),
            None => Ok(()),
        }
    }

    /// All keys, sorted by their id.
    fn keys(&self) -> Result<Vec<KeyOwner>, String> {
        let mut keys = Vec::with_capacity(self.people.iter().map(|p| p.keys.len()).sum());
        for (person_index, person) in self.people.iter().enumerate() {
            for (key_index, key) in person.keys.iter().enumerate() {
                let public = PublicKey::from_x(&key.x).map_err(|error| {
                    format!("職員番号 `{}` の公開鍵を使えません（{error}）", person.sub)
                })?;
                if public.key_id() != key.kid {
                    return Err(format!(
                        "職員番号 `{}` の鍵の番号 `kid` が、公開鍵と合いません",
                        person.sub
                    ));
                }
                keys.push(KeyOwner { kid: key.kid, public, person: person_index, key: key_index });
            }
        }
        keys.sort_unstable_by_key(|owner| owner.kid);
        match keys.windows(2).find(|pair| pair[0].kid == pair[1].kid) {
            Some(pair) => {
                let sub = &self.people[pair[1].person].sub;
                Err(format!("職員番号 `{sub}` の公開鍵が、ほかにもあります"))
            }
            None => Ok(keys),
        }
    }
}

/// A checked roster with its keys at hand.
pub(crate) struct ReadRoster {
    pub(crate) roster: Roster,
    keys: Vec<KeyOwner>,
    /// SHA-256 of the file.
    pub(crate) sha256: Sha256,
}

struct KeyOwner {
    kid: KeyId,
    public: PublicKey,
    person: usize,
    key: usize,
}

/// A key and whose it is.
pub(crate) struct Found<'a> {
    pub(crate) public: &'a PublicKey,
    /// Index of the person in [`Roster::people`].
    pub(crate) index: usize,
    pub(crate) person: &'a Person,
    pub(crate) key: &'a Key,
}

impl ReadRoster {
    /// The key of this id, and whose it is.
    pub(crate) fn find(&self, kid: &KeyId) -> Option<Found<'_>> {
        let owner = &self.keys[self.keys.binary_search_by_key(kid, |owner| owner.kid).ok()?];
        let person = &self.roster.people[owner.person];
        let key = &person.keys[owner.key];
        Some(Found { public: &owner.public, index: owner.person, person, key })
    }
}

/// Most people have one key, and a list that grows by itself begins with room for four.
fn without_spare_room<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Key>, D::Error> {
    let mut keys = Vec::deserialize(deserializer)?;
    keys.shrink_to_fit();
    Ok(keys)
}

/// Whether a name of a bureau, section or person can be printed as it stands.
pub(crate) fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().count() <= 80 && !name.chars().any(is_harmful)
}

fn unique<'a, T: Ord + fmt::Display>(
    ids: impl Iterator<Item = &'a T>,
) -> Result<BTreeSet<&'a T>, String> {
    let mut seen = BTreeSet::new();
    for id in ids {
        if !seen.insert(id) {
            return Err(format!("`{id}` が二度あります"));
        }
    }
    Ok(seen)
}
