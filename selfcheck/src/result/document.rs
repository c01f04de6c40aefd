//! The outer document: sign, read strictly, verify.

use std::fmt;
use std::ops::Deref;

use serde::{Deserialize, Serialize};

use super::Payload;
use crate::b64::{self, B64};
use crate::digest::Sha256;
use crate::keys::{KeyId, PersonKey, PublicKey};

/// Larger files are refused before they are parsed.
pub const MAX_FILE_BYTES: usize = 64 * 1024;

/// How much of the JSON parser's words is kept: they may quote a name as long as the file.
const MAX_PARSER_WORDS: usize = 200;

/// The flattened JWS (RFC 7515 §7.2.2) with exactly these members, in any order: a JSON object has
/// none, and other tools write them in theirs. The identity of a result is in the payload.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Outer {
    payload: String,
    protected: String,
    signature: String,
}

/// Signs a payload: the bytes of the result file.
pub fn sign(payload: &Payload, key: &PersonKey) -> String {
    let protected = b64::encode(protected_header(&key.public().key_id()).as_bytes());
    let payload = b64::encode(&payload.to_bytes());
    let signature = key.sign(signing_input(&protected, &payload).as_bytes()).to_string();
    serde_json::to_string(&Outer { payload, protected, signature }).expect("three plain strings")
}

/// The exact bytes of the protected header.
fn protected_header(kid: &KeyId) -> String {
    format!(r#"{{"alg":"Ed25519","kid":"{kid}","typ":"selfcheck-result+jws"}}"#)
}

fn signing_input(protected: &str, payload: &str) -> String {
    format!("{protected}.{payload}")
}

/// A document that has the right shape; nothing in it may be believed yet.
#[derive(Debug)]
pub struct Untrusted {
    kid: KeyId,
    signing_input: String,
    payload: Vec<u8>,
    signature: B64<64>,
}

/// Why a file is no valid result document. One cause, one variant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadError {
    /// Larger than [`MAX_FILE_BYTES`]; holds the size.
    TooLarge(usize),
    /// Not UTF-8, or it starts with a byte order mark.
    Encoding,
    /// Not the JSON object with the three members; holds the parser's words.
    Outer(String),
    /// A member is not canonical base64url; holds its name.
    Base64(&'static str),
    /// The protected header is not byte for byte the one of this format.
    Header,
    /// The signature is not 64 bytes.
    SignatureLength,
    /// The key it is held against is not the one of its key id.
    OtherKey,
    /// The signature does not hold for this key.
    Signature,
    /// The payload is of another version of the format; holds the version.
    Version(u64),
    /// The payload is not the JSON of this version; holds the parser's words.
    Payload(String),
    /// The payload says the right things in another spelling or order.
    NotCanonical,
}

impl ReadError {
    /// A stable code for machines, lists and tests.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge(_) => "too-large",
            Self::Encoding => "encoding",
            Self::Outer(_) => "outer-format",
            Self::Base64(_) => "base64",
            Self::Header => "protected-header",
            Self::SignatureLength => "signature-length",
            Self::OtherKey => "other-key",
            Self::Signature => "signature",
            Self::Version(_) => "version",
            Self::Payload(_) => "payload-format",
            Self::NotCanonical => "not-canonical",
        }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge(size) => write!(f, "{size} bytes, more than {MAX_FILE_BYTES}"),
            Self::Encoding => f.write_str("not plain UTF-8 without a byte order mark"),
            Self::Outer(error) => write!(f, "not a result file: {error}"),
            Self::Base64(member) => write!(f, "`{member}` is not canonical base64url"),
            Self::Header => f.write_str("`protected` is not the header of this format"),
            Self::SignatureLength => f.write_str("`signature` is not 64 bytes"),
            Self::OtherKey => f.write_str("signed with another key"),
            Self::Signature => f.write_str("the signature does not hold"),
            Self::Version(v) => write!(f, "the payload is of version {v}, only 1 is known"),
            Self::Payload(error) => write!(f, "not a payload of version 1: {error}"),
            Self::NotCanonical => f.write_str("the payload is not in its one spelling"),
        }
    }
}

impl std::error::Error for ReadError {}

impl Untrusted {
    /// Reads the outer shape: size, three members, canonical base64url, exact protected header.
    ///
    /// # Errors
    /// [`ReadError`], the first rule broken.
    pub fn read(file: &[u8]) -> Result<Self, ReadError> {
        if file.len() > MAX_FILE_BYTES {
            return Err(ReadError::TooLarge(file.len()));
        }
        let text = std::str::from_utf8(file).map_err(|_| ReadError::Encoding)?;
        if text.starts_with('\u{FEFF}') {
            return Err(ReadError::Encoding);
        }
        // base64url needs no escapes; allowing them would give every value further spellings.
        if text.contains('\\') {
            return Err(ReadError::Outer("escaped characters".to_owned()));
        }
        // Without this the parser takes an array of the three values for the object.
        if !text.trim_start_matches(JSON_SPACE).starts_with('{') {
            return Err(ReadError::Outer("not an object".to_owned()));
        }
        let outer: Outer =
            serde_json::from_str(text).map_err(|error| ReadError::Outer(words(&error)))?;
        let protected =
            b64::decode(&outer.protected).map_err(|_| ReadError::Base64("protected"))?;
        let payload = b64::decode(&outer.payload).map_err(|_| ReadError::Base64("payload"))?;
        let signature =
            b64::decode(&outer.signature).map_err(|_| ReadError::Base64("signature"))?;
        let signature = signature.try_into().map_err(|_| ReadError::SignatureLength)?;
        Ok(Self {
            kid: read_kid(&protected)?,
            signing_input: signing_input(&outer.protected, &outer.payload),
            payload,
            signature: B64(signature),
        })
    }

    /// The key id: narrows the search in the roster, proves nothing.
    pub fn kid(&self) -> KeyId {
        self.kid
    }

    /// Verifies the signature, then parses what it covers.
    ///
    /// # Errors
    /// [`ReadError::OtherKey`] when `key` is not the one of [`Self::kid`];
    /// [`ReadError::Signature`] when it does not hold; [`ReadError::Version`] when it holds over
    /// another version of the format; [`ReadError::Payload`] or [`ReadError::NotCanonical`] when a
    /// properly signed payload is not of this format.
    pub fn verify(self, key: &PublicKey) -> Result<Verified, ReadError> {
        if key.key_id() != self.kid {
            return Err(ReadError::OtherKey);
        }
        key.verify_strict(self.signing_input.as_bytes(), &self.signature)
            .map_err(|_| ReadError::Signature)?;
        // Another version has other members; only its number can be understood here.
        if let Ok(Version { v }) = serde_json::from_slice(&self.payload)
            && v != 1
        {
            return Err(ReadError::Version(v));
        }
        let payload: Payload = serde_json::from_slice(&self.payload)
            .map_err(|error| ReadError::Payload(words(&error)))?;
        // One comparison settles member order, spacing, escapes and number spellings at once.
        if payload.to_bytes() != self.payload {
            return Err(ReadError::NotCanonical);
        }
        Ok(Verified { payload, kid: self.kid, payload_sha256: Sha256::of(&self.payload) })
    }
}

/// JSON's white space (RFC 8259 §2).
const JSON_SPACE: [char; 4] = [' ', '\t', '\n', '\r'];

fn words(error: &serde_json::Error) -> String {
    error.to_string().chars().take(MAX_PARSER_WORDS).collect()
}

/// The one member that every version has.
#[derive(Deserialize)]
struct Version {
    v: u64,
}

/// Takes the key id out of a protected header and rebuilds the header to compare.
fn read_kid(protected: &[u8]) -> Result<KeyId, ReadError> {
    let text = std::str::from_utf8(protected).map_err(|_| ReadError::Header)?;
    let kid = text
        .strip_prefix(r#"{"alg":"Ed25519","kid":""#)
        .and_then(|rest| rest.split('"').next())
        .and_then(|kid| kid.parse().ok())
        .ok_or(ReadError::Header)?;
    if protected_header(&kid) == text { Ok(kid) } else { Err(ReadError::Header) }
}

/// A payload whose signature holds. Only [`Untrusted::verify`] makes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    payload: Payload,
    kid: KeyId,
    payload_sha256: Sha256,
}

impl Verified {
    /// The key that signed.
    pub fn kid(&self) -> KeyId {
        self.kid
    }

    /// SHA-256 of the payload bytes; with `jti` the identity of the result.
    pub fn payload_sha256(&self) -> Sha256 {
        self.payload_sha256
    }
}

impl Deref for Verified {
    type Target = Payload;

    fn deref(&self) -> &Payload {
        &self.payload
    }
}
