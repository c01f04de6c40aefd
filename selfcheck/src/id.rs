//! Identifiers, parsed once at the edge: holding one is the proof that it is well formed.
//!
//! The character sets and lengths are those of `selfcheck/FORMAT.md` §1. Full-width letters and
//! digits, as a Japanese input method types them, are folded by [`fold_width`]; further
//! compatibility forms (NFKC) are the caller's business, who has a library or a browser for it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Text that is not an identifier of the wanted kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadId {
    /// What was wanted, for example `question id`.
    pub kind: &'static str,
    /// The rule in words, for example `1 to 40 of a-z, 0-9 and -`.
    pub rule: &'static str,
}

impl fmt::Display for BadId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not a {} ({})", self.kind, self.rule)
    }
}

impl std::error::Error for BadId {}

macro_rules! identifier {
    ($(#[$doc:meta])* $name:ident, $kind:literal, $rule:literal, $valid:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// The identifier as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = BadId;

            fn from_str(text: &str) -> Result<Self, BadId> {
                let valid: fn(&str) -> bool = $valid;
                if valid(text) {
                    Ok(Self(text.to_owned()))
                } else {
                    Err(BadId { kind: $kind, rule: $rule })
                }
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
            }
        }
    };
}

identifier!(
    /// The organisation, for example `ageo`.
    OrgId, "organisation id", "2 to 16 of a-z and 0-9",
    |text| (2..=16).contains(&text.len()) && is_alphanumeric(text)
);
identifier!(
    /// A person number (職員番号) within the organisation; leading zeros count.
    PersonId, "person number", "1 to 16 of a-z and 0-9",
    |text| (1..=16).contains(&text.len()) && is_alphanumeric(text)
);
identifier!(
    /// A question (設問), for example `pw1`. A new id only when the subject changes.
    QuestionId, "question id", "1 to 40 of a-z, 0-9 and -", is_name
);
identifier!(
    /// A question set source (設問集), for example `staff`.
    SetId, "question set id", "1 to 40 of a-z, 0-9 and -", is_name
);
identifier!(
    /// A category of questions (分野), for example `pw`.
    CategoryId, "category id", "1 to 40 of a-z, 0-9 and -", is_name
);
identifier!(
    /// A campaign (実施回), for example `r8`.
    CampaignId, "campaign id", "1 to 40 of a-z, 0-9 and -", is_name
);
identifier!(
    /// A choice of a question: `a`, `b`, … in source order, or one of the reserved
    /// `yes`, `no`, `dk` (わからない) and `na` (該当なし).
    ChoiceId, "choice id", "one letter a-z, or yes, no, dk, na",
    |text| matches!(text.as_bytes(), [b'a'..=b'z']) || matches!(text, "yes" | "no" | "dk" | "na")
);
identifier!(
    /// A page: its path under `content/pages` without `.md`, for example `people/password`.
    PageId, "page id", "path of 1 to 200 characters; segments of a-z, 0-9 and -",
    |text| text.len() <= 200 && text.split('/').all(|segment| !segment.is_empty() && is_name_text(segment))
);
identifier!(
    /// A version word of the widget or of the built site.
    Version, "version", "1 to 64 of A-Z, a-z, 0-9, . + and -",
    |text| (1..=64).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'+' | b'-'))
);

impl PersonId {
    /// Reads a person number as people type it: NFKC text in, surrounding white space dropped,
    /// full-width letters and digits folded, lower case.
    ///
    /// # Errors
    /// [`BadId`] when what remains is not 1 to 16 of a-z and 0-9.
    pub fn read(nfkc: &str) -> Result<Self, BadId> {
        fold_width(nfkc).trim().to_ascii_lowercase().parse()
    }
}

impl ChoiceId {
    /// The id of the choice at `index` (from 0) in source order; `None` past `z`.
    pub fn nth(index: usize) -> Option<Self> {
        let letter = b'a'.checked_add(u8::try_from(index).ok()?)?;
        char::from(letter).encode_utf8(&mut [0; 4]).parse().ok()
    }

    /// One of the reserved answers of practice items.
    pub fn reserved(reserved: Reserved) -> Self {
        Self(reserved.as_str().to_owned())
    }
}

/// The answers of a practice item (実).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reserved {
    /// はい
    Yes,
    /// いいえ
    No,
    /// わからない
    DontKnow,
    /// 該当なし
    NotApplicable,
}

impl Reserved {
    /// All four, in the order they stand on screen and on paper.
    pub const ALL: [Self; 4] = [Self::Yes, Self::No, Self::DontKnow, Self::NotApplicable];

    /// The choice id.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::DontKnow => "dk",
            Self::NotApplicable => "na",
        }
    }
}

fn is_alphanumeric(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
}

fn is_name(text: &str) -> bool {
    (1..=40).contains(&text.len()) && is_name_text(text)
}

fn is_name_text(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// Folds full-width ASCII (`Ａ`, `１`, `－`) and the ideographic space to their ASCII forms.
pub fn fold_width(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{FF01}'..='\u{FF5E}' => {
                char::from_u32(u32::from(c) - 0xFEE0).expect("the block maps onto ASCII")
            }
            '\u{3000}' => ' ',
            _ => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_and_refuses() {
        assert!("ageo".parse::<OrgId>().is_ok());
        assert!("a".parse::<OrgId>().is_err());
        assert!("Ageo".parse::<OrgId>().is_err());
        assert!("people/password".parse::<PageId>().is_ok());
        for bad in ["", "/a", "a/", "a//b", "a/../b", "A", "a.b"] {
            assert!(bad.parse::<PageId>().is_err(), "{bad:?}");
        }
        for bad in ["", "A", "ab", "maybe"] {
            assert!(bad.parse::<ChoiceId>().is_err(), "{bad:?}");
        }
        assert_eq!(ChoiceId::nth(1).unwrap().as_str(), "b");
        assert_eq!(ChoiceId::nth(26), None);
    }

    #[test]
    fn reads_person_numbers_as_typed() {
        assert_eq!(PersonId::read("　０００Ａ２３ ").unwrap().as_str(), "000a23");
        assert!(PersonId::read("12-3").is_err());
        assert!(PersonId::read("").is_err());
    }
}
