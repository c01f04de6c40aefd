//! Answers kept in the browser, sealed under the person's code.
//!
//! On a shared PC whoever opens the browser's store finds only records with random-looking names
//! and contents; resuming needs the code. Source: `selfcheck/FORMAT.md` §2.

use std::fmt;

use chacha20poly1305::aead::{Aead as _, KeyInit as _};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};

use crate::code::EnrolmentCode;
use crate::digest::hex;
use crate::id::{CampaignId, OrgId, PersonId};
use crate::keys::expand;

const NONCE_BYTES: usize = 12;

/// Where a person's answers of one campaign lie, and the key to them.
pub struct AnswerStore {
    name: String,
    key: [u8; 32],
}

/// A sealed record that this key does not open: another version, damaged, or not ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CannotOpen;

impl fmt::Display for CannotOpen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the record cannot be opened with this code")
    }
}

impl std::error::Error for CannotOpen {}

impl AnswerStore {
    /// Derives name and key of the record.
    pub fn derive(
        code: &EnrolmentCode,
        org: &OrgId,
        person: &PersonId,
        campaign: &CampaignId,
    ) -> Self {
        let fields = |purpose: &'static str| {
            [
                purpose.as_bytes(),
                org.as_str().as_bytes(),
                person.as_str().as_bytes(),
                campaign.as_str().as_bytes(),
            ]
        };
        let salt = b"tenken/store/v1";
        let name: [u8; 16] = expand(code, salt, &fields("name"));
        Self { name: hex(&name), key: expand(code, salt, &fields("key")) }
    }

    /// The name of the record: 32 hex digits that tell nothing about the person.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Seals `content`: the nonce followed by ciphertext and tag. `nonce` must be fresh random
    /// bytes at every save.
    pub fn seal(&self, nonce: [u8; NONCE_BYTES], content: &[u8]) -> Vec<u8> {
        let sealed = self
            .cipher()
            .encrypt(&Nonce::from(nonce), content)
            .expect("a record is far below the 256 GiB limit of the cipher");
        [nonce.as_slice(), &sealed].concat()
    }

    /// Opens what [`AnswerStore::seal`] made.
    ///
    /// # Errors
    /// [`CannotOpen`] when it was sealed under another key or changed since.
    pub fn open(&self, record: &[u8]) -> Result<Vec<u8>, CannotOpen> {
        let (nonce, sealed) = record.split_first_chunk::<NONCE_BYTES>().ok_or(CannotOpen)?;
        self.cipher().decrypt(&Nonce::from(*nonce), sealed).map_err(|_| CannotOpen)
    }

    fn cipher(&self) -> ChaCha20Poly1305 {
        ChaCha20Poly1305::new(&Key::from(self.key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn store(campaign: &str) -> AnswerStore {
        let code = EnrolmentCode::from_random(std::array::from_fn(|index| index as u8));
        let (org, person) = ("ageo".parse().unwrap(), "000123".parse().unwrap());
        AnswerStore::derive(&code, &org, &person, &campaign.parse().unwrap())
    }

    #[test]
    fn format_vector() {
        let store = store("r8");
        assert_eq!(store.name(), "67b700cdf49712fd69375f4550839dea");
        assert_eq!(
            hex(&store.key),
            "73fca9177262fcecadd6ed8ed206443e74a65a3d7fcc7937fb32e68ae54ec9b5"
        );
    }

    #[test]
    fn opens_only_what_it_sealed() {
        let record = store("r8").seal([7; 12], b"answers");
        assert_eq!(store("r8").open(&record).unwrap(), b"answers");
        assert_eq!(store("r7").open(&record), Err(CannotOpen));
        for index in 0..record.len() {
            let mut changed = record.clone();
            changed[index] ^= 1;
            assert_eq!(store("r8").open(&changed), Err(CannotOpen), "byte {index}");
        }
        assert_eq!(store("r8").open(&record[..5]), Err(CannotOpen));
    }
}
