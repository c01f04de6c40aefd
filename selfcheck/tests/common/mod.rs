//! What the tests share: the page `FORMAT.md`, and the document, set and key of its samples.

#![allow(dead_code, reason = "each test file uses its own part")]

use std::sync::LazyLock;

use selfcheck::b64;
use selfcheck::code::EnrolmentCode;
use selfcheck::grade::{CannotGrade, Response, Score};
use selfcheck::id::{OrgId, PersonId};
use selfcheck::keys::{PersonKey, PublicKey};
use selfcheck::result::{App, Decision, Inputs, Payload, Untrusted, judge};
use selfcheck::set::{FrozenSet, QuestionSet};

/// The page whose samples are the fixtures of these tests.
pub const PAGE: &str = include_str!("../../FORMAT.md");

/// The text of the fenced block whose opening line is exactly `fence`.
pub fn block(fence: &str) -> &'static str {
    let (_, after) =
        PAGE.split_once(&format!("\n```{fence}\n")).unwrap_or_else(|| panic!("no block `{fence}`"));
    after.split_once("\n```\n").unwrap().0
}

/// A commented sample as the bytes it stands for: without comments and white space between tokens.
pub fn uncommented(sample: &str) -> String {
    let mut out = String::new();
    let mut chars = sample.chars().peekable();
    let mut in_string = false;
    while let Some(c) = chars.next() {
        match c {
            '\\' if in_string => {
                out.push(c);
                out.extend(chars.next());
            }
            '/' if !in_string && chars.peek() == Some(&'/') => {
                chars.by_ref().take_while(|&c| c != '\n').for_each(drop);
            }
            c if !in_string && c.is_ascii_whitespace() => {}
            c => {
                in_string ^= c == '"';
                out.push(c);
            }
        }
    }
    out
}

/// The lines of a block of words, each word separated by one space.
pub fn word_lines(fence: &str) -> Vec<String> {
    let line = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    block(fence).lines().map(line).filter(|line| !line.is_empty()).collect()
}

/// The frozen set of the page.
pub fn frozen() -> FrozenSet {
    FROZEN.clone()
}

static FROZEN: LazyLock<FrozenSet> =
    LazyLock::new(|| FrozenSet::parse(uncommented(block("jsonc set")).as_bytes()).unwrap());

pub fn org() -> OrgId {
    "ageo".parse().unwrap()
}

pub fn person() -> PersonId {
    "000123".parse().unwrap()
}

/// The code of the page's vector: the bytes 0 to 14.
pub fn code() -> EnrolmentCode {
    EnrolmentCode::from_random(std::array::from_fn(|index| index as u8))
}

/// The key of the page's vector.
pub fn key() -> PersonKey {
    PersonKey::derive(&code(), &org(), &person())
}

/// Picks written with spaces between them.
pub fn response(picked: &str) -> Response {
    Response::new(picked.split(' ').map(|id| id.parse().unwrap()).collect()).unwrap()
}

/// The answers of the page's sample.
pub fn responses() -> Vec<Option<Response>> {
    ["b", "dk", "a b d", "c", "na"].map(|picked| Some(response(picked))).into()
}

/// Where a question of the page's set stands.
pub fn place(question: &str) -> usize {
    ["pw1", "pw2", "ml1", "ml2", "os1"].iter().position(|id| *id == question).unwrap()
}

/// Grades as the crate does, from owned responses.
pub fn grade(set: &QuestionSet, responses: &[Option<Response>]) -> Result<Score, CannotGrade> {
    let given: Vec<_> = responses.iter().map(Option::as_ref).collect();
    selfcheck::grade::grade(set, &given)
}

/// What the page knew when the sample was signed.
pub fn inputs() -> Inputs {
    Inputs {
        jti: std::array::from_fn(|index| index as u8 + 1),
        sub: person(),
        app: App { version: "0.1.0".parse().unwrap(), site: "2026.11.1".parse().unwrap() },
        started: "2026-11-20T10:02:11+09:00".parse().unwrap(),
        finished: "2026-11-20T10:14:52+09:00".parse().unwrap(),
        responses: responses(),
        decisions: vec![Decision::Accept, Decision::Question],
    }
}

/// The payload of the page's sample.
pub fn payload() -> Payload {
    Payload::compose(&frozen(), inputs()).unwrap()
}

/// The protected header for the key of the vector.
pub fn header() -> String {
    let kid = key().public().key_id();
    format!(r#"{{"alg":"Ed25519","kid":"{kid}","typ":"selfcheck-result+jws"}}"#)
}

/// The three parts of a document with exactly these bytes, properly signed.
pub fn signed(header: &[u8], payload: &[u8]) -> Parts {
    let (protected, payload) = (b64::encode(header), b64::encode(payload));
    let signature = key().sign(format!("{protected}.{payload}").as_bytes()).to_string();
    Parts { payload, protected, signature }
}

/// The members of a document, as they are spelt.
#[derive(Clone)]
pub struct Parts {
    pub payload: String,
    pub protected: String,
    pub signature: String,
}

impl Parts {
    /// The file.
    pub fn file(&self) -> String {
        let Self { payload, protected, signature } = self;
        format!(r#"{{"payload":"{payload}","protected":"{protected}","signature":"{signature}"}}"#)
    }
}

/// The way of a file through the reader, ending in the first reason against it.
pub fn judged(file: &[u8]) -> Result<(), &'static str> {
    static KEY: LazyLock<PublicKey> = LazyLock::new(|| key().public());
    let untrusted = Untrusted::read(file).map_err(|error| error.code())?;
    let verified = untrusted.verify(&KEY).map_err(|error| error.code())?;
    judge(&verified, &FROZEN).map_err(|mismatch| mismatch.code())?;
    Ok(())
}
