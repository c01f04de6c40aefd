//! The outer document: sign, read strictly, verify.

use std::fmt;
use std::ops::Deref;

use serde::Deserialize;

use super::Payload;
use super::outer::{self, OuterError};
use crate::b64::{self, B64};
use crate::digest::Sha256;
use crate::keys::{KeyId, PersonKey, PublicKey};

/// Larger files are refused before they are parsed.
pub const MAX_FILE_BYTES: usize = 64 * 1024;

/// How much of the JSON parser's words is kept: they may quote a name as long as the file.
const MAX_PARSER_WORDS: usize = 200;

/// Signs a payload: the bytes of the result file.
pub fn sign(payload: &Payload, key: &PersonKey) -> String {
    let protected = b64::encode(protected_header(&key.public().key_id()).as_bytes());
    let payload = b64::encode(&payload.to_bytes());
    let signature = key.sign(signing_input(&protected, &payload).as_bytes()).text();
    let [a, b, c, d] = [r#"{"payload":""#, r#"","protected":""#, r#"","signature":""#, r#""}"#];
    [a, &payload, b, &protected, c, &signature, d].concat()
}

/// The exact bytes of the protected header.
fn protected_header(kid: &KeyId) -> String {
    [r#"{"alg":"Ed25519","kid":""#, &kid.text(), r#"","typ":"selfcheck-result+jws"}"#].concat()
}

fn signing_input(protected: &str, payload: &str) -> String {
    [protected, ".", payload].concat()
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
    /// Not the JSON object with the three members; says what is wrong.
    Outer(OuterError),
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
        let outer = outer::read(text).map_err(ReadError::Outer)?;
        let protected = b64::decode(outer.protected).map_err(|_| ReadError::Base64("protected"))?;
        let payload = b64::decode(outer.payload).map_err(|_| ReadError::Base64("payload"))?;
        let signature = b64::decode(outer.signature).map_err(|_| ReadError::Base64("signature"))?;
        let signature = signature.try_into().map_err(|_| ReadError::SignatureLength)?;
        Ok(Self {
            kid: read_kid(&protected)?,
            signing_input: signing_input(outer.protected, outer.payload),
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
        self.verify_by(key, parse)
    }

    /// The same with another JSON parser: the page has the browser's already.
    ///
    /// What `parse` makes of the payload is written anew and must be byte for byte what was signed,
    /// so a lenient parser lets nothing through; a strict one only gives better reasons.
    ///
    /// # Errors
    /// Those of [`Self::verify`].
    pub fn verify_by(self, key: &PublicKey, parse: Parse) -> Result<Verified, ReadError> {
        if key.key_id() != self.kid {
            return Err(ReadError::OtherKey);
        }
        key.verify_strict(self.signing_input.as_bytes(), &self.signature)
            .map_err(|_| ReadError::Signature)?;
        let payload = self.claims_by(parse)?;
        Ok(Verified { payload, kid: self.kid, payload_sha256: self.payload_sha256() })
    }

    /// What the payload says, for somebody who has no key to hold it against: claims of a stranger.
    ///
    /// # Errors
    /// [`ReadError::Version`], [`ReadError::Payload`] and [`ReadError::NotCanonical`].
    pub fn claims_by(&self, parse: Parse) -> Result<Payload, ReadError> {
        let payload = parse(&self.payload)?;
        // One comparison settles member order, spacing, escapes and number spellings at once.
        if payload.to_bytes() == self.payload { Ok(payload) } else { Err(ReadError::NotCanonical) }
    }

    /// SHA-256 of the payload bytes.
    pub fn payload_sha256(&self) -> Sha256 {
        Sha256::of(&self.payload)
    }
}

/// Makes a payload out of JSON; says [`ReadError::Version`] or [`ReadError::Payload`] otherwise.
pub type Parse = fn(&[u8]) -> Result<Payload, ReadError>;

/// The parser of whoever has the room for it.
fn parse(json: &[u8]) -> Result<Payload, ReadError> {
    // Another version has other members; only its number can be understood here.
    if let Ok(Version { v }) = serde_json::from_slice(json)
        && v != 1
    {
        return Err(ReadError::Version(v));
    }
    serde_json::from_slice(json).map_err(|error| {
        ReadError::Payload(error.to_string().chars().take(MAX_PARSER_WORDS).collect())
    })
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
