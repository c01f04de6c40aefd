//! The enrolment code (登録コード): 15 random bytes, printed so that a person can type them.
//!
//! Printed form: 24 letters of Crockford base32 and 4 check letters, seven groups of four. The
//! check covers the organisation and the person number too, so one glance tells a typing error or
//! another person's letter. It stands on the letter only and is never stored or sent: next to the
//! public key it would save an attacker 20 bits.
//!
//! Source: `selfcheck/FORMAT.md` §2.

use std::fmt;

use crate::digest::Sha256;
use crate::id::{OrgId, PersonId, fold_width};

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CODE_LETTERS: usize = 24;
const CHECK_LETTERS: usize = 4;

/// The secret of one person for one enrolment. No `Debug`: it must not slip into a log.
#[derive(Clone, PartialEq, Eq)]
pub struct EnrolmentCode([u8; 15]);

/// Why a typed code is not the code of this person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadCode {
    /// Not 28 letters and digits; holds how many there are.
    Length(usize),
    /// A character that no code holds, and its position among the letters (from 1).
    Character(char, usize),
    /// Well formed, but the check letters do not fit: a typing error or another person's number.
    Check,
}

impl fmt::Display for BadCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length(found) => write!(f, "a code has 28 letters and digits, found {found}"),
            Self::Character(c, position) => write!(f, "`{c}` at position {position} is in no code"),
            Self::Check => f.write_str("the code does not fit this person number"),
        }
    }
}

impl std::error::Error for BadCode {}

impl EnrolmentCode {
    /// A code from 15 bytes of a cryptographic random source.
    pub fn from_random(bytes: [u8; 15]) -> Self {
        Self(bytes)
    }

    /// The secret bytes, the key material of [`crate::keys`] and [`crate::store`].
    pub(crate) fn secret(&self) -> &[u8; 15] {
        &self.0
    }

    /// The printed form for this person: `XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX`.
    pub fn print(&self, org: &OrgId, person: &PersonId) -> String {
        let mut letters = to_base32(&self.0);
        letters.extend(self.check(org, person));
        let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
        groups.join("-")
    }

    /// Reads what a person typed. `nfkc` is NFKC text; case, hyphens and white space do not
    /// matter, full-width forms are folded, `O` counts as `0`, `I` and `L` as `1`.
    ///
    /// # Errors
    /// [`BadCode::Character`] for a letter outside the alphabet, [`BadCode::Length`] for too few or
    /// too many, [`BadCode::Check`] when it is not this person's code.
    pub fn read(nfkc: &str, org: &OrgId, person: &PersonId) -> Result<Self, BadCode> {
        let values = read_base32(nfkc)?;
        let (code, check) =
            values.split_at_checked(CODE_LETTERS).ok_or(BadCode::Length(values.len()))?;
        if check.len() != CHECK_LETTERS {
            return Err(BadCode::Length(values.len()));
        }
        let code = Self(pack(code));
        let typed: Vec<char> = check.iter().map(|&value| letter(value)).collect();
        if typed == code.check(org, person) { Ok(code) } else { Err(BadCode::Check) }
    }

    /// The first 20 bits of the check hash as four letters.
    fn check(&self, org: &OrgId, person: &PersonId) -> Vec<char> {
        let fields: [&[u8]; 4] =
            [b"tenken/check/v1", org.as_str().as_bytes(), person.as_str().as_bytes(), &self.0];
        let hash = Sha256::of_fields(&fields).0;
        let mut letters = to_base32(&hash[..5]);
        letters.truncate(CHECK_LETTERS);
        letters
    }
}

/// Five bytes become eight letters, most significant bit first.
fn to_base32(bytes: &[u8]) -> Vec<char> {
    bytes
        .chunks_exact(5)
        .flat_map(|chunk| {
            let bits = chunk.iter().fold(0_u64, |bits, &byte| bits << 8 | u64::from(byte));
            (0..8).rev().map(move |index| letter((bits >> (5 * index) & 31) as u8))
        })
        .collect()
}

fn letter(value: u8) -> char {
    char::from(ALPHABET[usize::from(value & 31)])
}

fn read_base32(text: &str) -> Result<Vec<u8>, BadCode> {
    let mut values = Vec::with_capacity(CODE_LETTERS + CHECK_LETTERS);
    let typed = fold_width(text).to_ascii_uppercase();
    for c in typed.chars().filter(|c| !is_separator(*c)) {
        let folded = match c {
            'O' => '0',
            'I' | 'L' => '1',
            _ => c,
        };
        let value = ALPHABET
            .iter()
            .position(|&a| char::from(a) == folded)
            .and_then(|value| u8::try_from(value).ok())
            .ok_or(BadCode::Character(c, values.len() + 1))?;
        values.push(value);
    }
    Ok(values)
}

/// What an input method or a copied letter may put between the groups.
fn is_separator(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | 'ー')
}

fn pack(values: &[u8]) -> [u8; 15] {
    let mut bytes = [0; 15];
    for (chunk, out) in values.chunks_exact(8).zip(bytes.chunks_exact_mut(5)) {
        let bits = chunk.iter().fold(0_u64, |bits, &value| bits << 5 | u64::from(value));
        out.copy_from_slice(&bits.to_be_bytes()[3..]);
    }
    bytes
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn vector() -> (EnrolmentCode, OrgId, PersonId) {
        let bytes = std::array::from_fn(|index| index as u8);
        (EnrolmentCode(bytes), "ageo".parse().unwrap(), "000123".parse().unwrap())
    }

    #[test]
    fn format_vector() {
        let (code, org, person) = vector();
        assert_eq!(code.print(&org, &person), "000G-40R4-0M30-E209-185G-R38E-RHMK");
    }

    #[test]
    fn reads_what_people_type() {
        let (code, org, person) = vector();
        for typed in [
            "000G-40R4-0M30-E209-185G-R38E-RHMK",
            "000g40r40m30e209185gr38erhmk",
            " ooog 40r4 om3o e2o9 i85g r38e rhmk ",
            "０００Ｇ－４０Ｒ４－０Ｍ３０－Ｅ２０９－１８５Ｇ－Ｒ３８Ｅ－ＲＨＭＫ",
        ] {
            assert!(EnrolmentCode::read(typed, &org, &person) == Ok(code.clone()), "{typed}");
        }
    }

    #[test]
    fn tells_what_is_wrong() {
        let (_, org, person) = vector();
        let error = |typed: &str| EnrolmentCode::read(typed, &org, &person).err();
        assert_eq!(error(""), Some(BadCode::Length(0)));
        assert_eq!(error("000G-40R4-0M30-E209-185G-R38E"), Some(BadCode::Length(24)));
        assert_eq!(error("000G-40R4-0M30-E209-185G-R38E-RHMKK"), Some(BadCode::Length(29)));
        assert_eq!(error("000G-40U4-0M30-E209-185G-R38E-RHMK"), Some(BadCode::Character('U', 7)));
        assert_eq!(error("000G-40R4-0M30-E209-185G-R38E-RHMJ"), Some(BadCode::Check));
        let other = "000124".parse().unwrap();
        let typed = "000G-40R4-0M30-E209-185G-R38E-RHMK";
        assert!(EnrolmentCode::read(typed, &org, &other) == Err(BadCode::Check));
    }

    proptest! {
        #[test]
        fn round_trips(bytes: [u8; 15]) {
            let (_, org, person) = vector();
            let code = EnrolmentCode::from_random(bytes);
            prop_assert!(EnrolmentCode::read(&code.print(&org, &person), &org, &person) == Ok(code));
        }

        #[test]
        fn any_text_is_answered(text: String) {
            let (_, org, person) = vector();
            let _ = EnrolmentCode::read(&text, &org, &person);
        }
    }
}
