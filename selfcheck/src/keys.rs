//! Keys derived from an enrolment code: HKDF-SHA-256 to an Ed25519 seed.
//!
//! Deriving the key again from the code is what lets a person sign on any PC, on plain http, where
//! the browser's own key store does not exist. Source: `selfcheck/FORMAT.md` §2.

use std::fmt;

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use hkdf::Hkdf;
use sha2::Sha256 as Hasher;

use crate::b64::B64;
use crate::code::EnrolmentCode;
use crate::digest::Sha256;
use crate::id::{OrgId, PersonId};

/// RFC 7638 thumbprint of a public key: 32 bytes, written as 43 characters of base64url.
pub type KeyId = B64<32>;

/// A person's signing key; lives as long as the session.
pub struct PersonKey(SigningKey);

impl PersonKey {
    /// Derives the key of `person` from their code.
    pub fn derive(code: &EnrolmentCode, org: &OrgId, person: &PersonId) -> Self {
        let fields: [&[u8]; 3] = [b"ed25519", org.as_str().as_bytes(), person.as_str().as_bytes()];
        Self(SigningKey::from_bytes(&expand(code, b"tenken/enrol/v1", &fields)))
    }

    /// The public half, which the roster keeps.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }

    /// Signs `message`: 64 bytes, the same every time (RFC 8032).
    pub fn sign(&self, message: &[u8]) -> B64<64> {
        B64(self.0.sign(message).to_bytes())
    }
}

/// An Ed25519 public key that is safe to verify with.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({})", self.x())
    }
}

/// Bytes that are no point of the curve or not its one spelling, or a weak key whose signatures
/// prove nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadKey;

impl fmt::Display for BadKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a usable Ed25519 public key")
    }
}

impl std::error::Error for BadKey {}

/// A signature that does not hold for this key and message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadSignature;

impl fmt::Display for BadSignature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the signature does not hold")
    }
}

impl std::error::Error for BadSignature {}

impl PublicKey {
    /// Reads the `x` of a roster.
    ///
    /// # Errors
    /// [`BadKey`] for bytes off the curve, for a point in another spelling (`y` not below the field
    /// prime, RFC 8032 §5.1.3) and for keys of small order.
    pub fn from_x(x: &B64<32>) -> Result<Self, BadKey> {
        let key = VerifyingKey::from_bytes(&x.0).map_err(|_| BadKey)?;
        // The library takes `y + p` for `y`; two spellings would be two key ids of one key.
        let canonical = key.to_edwards().compress().to_bytes() == x.0;
        if canonical && !key.is_weak() { Ok(Self(key)) } else { Err(BadKey) }
    }

    /// The 32 bytes of the public key, the JWK member `x` (RFC 8037 §2).
    pub fn x(&self) -> B64<32> {
        B64(self.0.to_bytes())
    }

    /// The RFC 7638 thumbprint of the JWK with the members `crv`, `kty` and `x`.
    pub fn key_id(&self) -> KeyId {
        let jwk = [r#"{"crv":"Ed25519","kty":"OKP","x":""#, &self.x().text(), r#""}"#].concat();
        B64(Sha256::of(jwk.as_bytes()).0)
    }

    /// Checks a signature by the strict rules (canonical `S` and `R`, no small-order points).
    ///
    /// # Errors
    /// [`BadSignature`] when it does not hold.
    pub fn verify_strict(&self, message: &[u8], signature: &B64<64>) -> Result<(), BadSignature> {
        self.0
            .verify_strict(message, &Signature::from_bytes(&signature.0))
            .map_err(|_| BadSignature)
    }
}

/// HKDF-SHA-256 of a code; `fields` are joined by zero bytes to the info string.
pub(crate) fn expand<const N: usize>(
    code: &EnrolmentCode,
    salt: &[u8],
    fields: &[&[u8]],
) -> [u8; N] {
    let info = fields.join(&0);
    let mut okm = [0; N];
    Hkdf::<Hasher>::new(Some(salt), code.secret())
        .expand(&info, &mut okm)
        .expect("HKDF-SHA-256 yields up to 8160 bytes and we ask for 32 at most");
    okm
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn format_vector() {
        let code = EnrolmentCode::from_random(std::array::from_fn(|index| index as u8));
        let key = PersonKey::derive(&code, &"ageo".parse().unwrap(), &"000123".parse().unwrap());
        assert_eq!(
            crate::digest::hex(&key.0.to_bytes()),
            "2296f627326c2965f6033ba8c97749f0c9a6337b740556763182bd51d384dcc5"
        );
        assert_eq!(key.public().x().to_string(), "d_fSsc5hfabdjWx1Lt7TWG-TYmNg4RP8SIEfPnuqbYs");
        assert_eq!(
            key.public().key_id().to_string(),
            "4_4WVMpvK7THMc_rQjDha4VKWTr5WbBSQlu0jckYH-M"
        );
    }

    /// RFC 8037 appendix A.3 (thumbprint) and A.4 (signature) of the key in A.1 and A.2.
    #[test]
    fn rfc_8037() {
        let d: B64<32> = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A".parse().unwrap();
        let key = PersonKey(SigningKey::from_bytes(&d.0));
        assert_eq!(key.public().x().to_string(), "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
        assert_eq!(
            key.public().key_id().to_string(),
            "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"
        );
        let message = b"eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc";
        assert_eq!(
            key.sign(message).to_string(),
            "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"
        );
    }

    #[test]
    fn weak_keys_are_refused() {
        // The neutral element, and a point of order 8.
        let neutral = B64(std::array::from_fn(|index| u8::from(index == 0)));
        assert_eq!(PublicKey::from_x(&neutral), Err(BadKey));
        let order_8: B64<32> = "JuiVj8KyJ7BFw_SJ8u-Y8NXfrAXTxjM5sTgCiG1T_AU".parse().unwrap();
        assert_eq!(PublicKey::from_x(&order_8), Err(BadKey));
    }

    /// The values of `y` below 19 are the only ones that fit into 255 bits a second time, as
    /// `p + y`; each with both signs of `x`.
    #[test]
    fn keys_have_one_spelling() {
        let mut on_curve = 0;
        for y in 0..19_u8 {
            for sign in [0, 0x80] {
                let mut canonical = [0; 32];
                canonical[0] = y;
                canonical[31] = sign;
                on_curve += u8::from(PublicKey::from_x(&B64(canonical)).is_ok());

                let mut above_prime = [0xff; 32];
                above_prime[0] = 0xed + y;
                above_prime[31] = 0x7f | sign;
                assert_eq!(PublicKey::from_x(&B64(above_prime)), Err(BadKey), "p + {y}");
            }
        }
        assert!(on_curve > 0, "no such point would prove nothing");
    }
}
