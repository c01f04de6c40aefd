//! 「結果ファイルを確かめる」: what a file says, and what can honestly be told about its signature.
//!
//! The page has no roster. It can hold a file against the key of a code that was typed here, or
//! against a public key that somebody gives; without either it says that nothing is proven. Reading,
//! verifying and grading are `selfcheck`'s.

use std::rc::Rc;

use selfcheck::id::PersonId;
use selfcheck::keys::{KeyId, PersonKey, PublicKey};
use selfcheck::result::{Judgement, Mismatch, Parse, Payload, ReadError, Untrusted, judge};

use crate::run::Holder;
use crate::sheet::Sheet;

/// What became of a file.
pub struct Inspection {
    /// The name of the file.
    pub name: String,
    /// What was found.
    pub found: Result<Found, ReadError>,
}

/// A file of the right form.
#[derive(Debug)]
pub struct Found {
    /// What it says.
    pub payload: Payload,
    /// SHA-256 of the payload bytes, as 64 hex digits.
    pub payload_sha256: String,
    /// The key it names.
    pub kid: KeyId,
    /// What is known of the signature.
    pub proof: Proof,
    /// Graded again by the set it answers; `None` when the page does not have that set.
    pub judged: Option<Result<Judgement, Mismatch>>,
}

/// What is known of a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// It holds under the key of the code typed here, and the number is that person's.
    Own,
    /// It holds under the key of the code typed here, but the file names another number.
    OtherPerson,
    /// It holds under the public key that was given.
    Given,
    /// Not looked at: no key was given.
    NoKey,
    /// Not looked at: the file names another key than those given.
    OtherKey,
}

/// The keys somebody has to hold a file against.
#[derive(Default)]
pub struct Keys {
    /// Number and code typed here.
    pub own: Option<Rc<Holder>>,
    /// A public key, as the roster has it.
    pub given: Option<PublicKey>,
}

/// Looks at the bytes of a file.
///
/// # Errors
/// [`ReadError`], the first rule of the format that is broken.
pub fn inspect(
    file: &[u8],
    keys: &Keys,
    sheets: &[Rc<Sheet>],
    parse: Parse,
) -> Result<Found, ReadError> {
    let untrusted = Untrusted::read(file)?;
    let kid = untrusted.kid();
    let payload_sha256 = untrusted.payload_sha256().text();
    let own = keys.own.as_ref().and_then(|own| Some((&own.person, public_key(own, sheets)?)));
    let (payload, proof) = match (own, keys.given) {
        (Some((person, key)), _) if key.key_id() == kid => {
            let payload = verified(untrusted, &key, parse)?;
            let proof = own_proof(&payload, person);
            (payload, proof)
        }
        (_, Some(key)) if key.key_id() == kid => (verified(untrusted, &key, parse)?, Proof::Given),
        (None, None) => (untrusted.claims_by(parse)?, Proof::NoKey),
        _ => (untrusted.claims_by(parse)?, Proof::OtherKey),
    };
    let frozen = sheets.iter().filter_map(|sheet| sheet.frozen());
    let judged = frozen
        .filter(|frozen| frozen.sha256 == payload.set.sha256)
        .map(|frozen| judge(&payload, frozen))
        .next();
    Ok(Found { payload, payload_sha256, kid, proof, judged })
}

fn verified(untrusted: Untrusted, key: &PublicKey, parse: Parse) -> Result<Payload, ReadError> {
    untrusted.verify_by(key, parse).map(|verified| Payload::clone(&verified))
}

fn own_proof(payload: &Payload, person: &PersonId) -> Proof {
    if payload.sub == *person { Proof::Own } else { Proof::OtherPerson }
}

fn public_key(holder: &Holder, sheets: &[Rc<Sheet>]) -> Option<PublicKey> {
    let frozen = sheets.first()?.frozen()?;
    Some(PersonKey::derive(&holder.code, &frozen.set.org, &holder.person).public())
}
