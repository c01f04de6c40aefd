//! base64url without padding, exactly one spelling for every value (RFC 4648 §5, unused bits zero).

use std::fmt;
use std::str::FromStr;

use base64ct::{Base64UrlUnpadded, Encoding};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Text that is not the one base64url spelling of the expected number of bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadBase64;

impl fmt::Display for BadBase64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not canonical base64url of the expected length")
    }
}

impl std::error::Error for BadBase64 {}

/// Encodes `bytes` as base64url without padding.
pub fn encode(bytes: &[u8]) -> String {
    Base64UrlUnpadded::encode_string(bytes)
}

/// Decodes the one canonical spelling.
///
/// # Errors
/// [`BadBase64`] for padding, white space, letters of other alphabets or unused bits that are not
/// zero.
pub fn decode(text: &str) -> Result<Vec<u8>, BadBase64> {
    let bytes = Base64UrlUnpadded::decode_vec(text).map_err(|_| BadBase64)?;
    // The decoder refuses odd trailing bits today; the rule must not hang on its mood.
    if encode(&bytes) == text { Ok(bytes) } else { Err(BadBase64) }
}

/// `N` bytes that travel as base64url: nonces, result ids, key ids, public keys.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct B64<const N: usize>(pub [u8; N]);

impl<const N: usize> B64<N> {
    /// The written form. `to_string` says the same; in the page it brings the library's formatting.
    pub fn text(&self) -> String {
        encode(&self.0)
    }
}

impl<const N: usize> fmt::Display for B64<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

impl<const N: usize> fmt::Debug for B64<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl<const N: usize> FromStr for B64<N> {
    type Err = BadBase64;

    fn from_str(text: &str) -> Result<Self, BadBase64> {
        decode(text)?.try_into().map(Self).map_err(|_| BadBase64)
    }
}

impl<const N: usize> Serialize for B64<N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de, const N: usize> Deserialize<'de> for B64<N> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_spelling_only() {
        assert_eq!(decode("AAE"), Ok(vec![0, 1]));
        for bad in ["AAE=", "AAF", "AA E", "AAE\n", "A", "+/A", "AA+/"] {
            assert_eq!(decode(bad), Err(BadBase64), "{bad:?}");
        }
        assert_eq!("AAE".parse::<B64<3>>(), Err(BadBase64));
    }
}
