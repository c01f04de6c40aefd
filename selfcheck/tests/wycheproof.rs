//! Google's and C2SP's Wycheproof cases for the two primitives that decide whether a result counts.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use hkdf::Hkdf;
use selfcheck::b64::B64;
use selfcheck::keys::PublicKey;
use wycheproof::TestResult;

#[test]
fn ed25519() {
    let set = wycheproof::eddsa::TestSet::load(wycheproof::eddsa::TestName::Ed25519).unwrap();
    let (mut valid, mut invalid) = (0, 0);
    for group in &set.test_groups {
        let x: [u8; 32] = group.key.pk.as_slice().try_into().unwrap();
        let key = PublicKey::from_x(&B64(x));
        for test in &group.tests {
            let verified = match (&key, <[u8; 64]>::try_from(test.sig.as_slice())) {
                (Ok(key), Ok(signature)) => key.verify_strict(&test.msg, &B64(signature)).is_ok(),
                _ => false,
            };
            match test.result {
                TestResult::Valid => valid += 1,
                TestResult::Invalid => invalid += 1,
                TestResult::Acceptable => panic!("case {}: no rule for it", test.tc_id),
            }
            assert_eq!(verified, test.result == TestResult::Valid, "case {}", test.tc_id);
        }
    }
    assert!(valid >= 80 && invalid >= 60 && valid + invalid >= 150, "{valid} + {invalid}");
}

#[test]
fn hkdf_sha_256() {
    let set = wycheproof::hkdf::TestSet::load(wycheproof::hkdf::TestName::HkdfSha256).unwrap();
    let mut count = 0;
    for test in set.test_groups.iter().flat_map(|group| &group.tests) {
        let mut okm = vec![0; test.size];
        let expanded =
            Hkdf::<sha2::Sha256>::new(Some(&test.salt), &test.ikm).expand(&test.info, &mut okm);
        let agrees = expanded.is_ok() && okm == test.okm.as_slice();
        assert_eq!(agrees, test.result == TestResult::Valid, "case {}", test.tc_id);
        count += 1;
    }
    assert!(count >= 80, "{count}");
}
