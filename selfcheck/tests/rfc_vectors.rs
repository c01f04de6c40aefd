//! The published vectors of the standards we build on, through the crates as we use them.
//!
//! `PersonKey` signs only with keys derived from a code, so the signing half is shown on the
//! library's own type and the verifying half on ours.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use ed25519_dalek::{Signer as _, SigningKey};
use hkdf::Hkdf;
use selfcheck::b64::B64;
use selfcheck::digest::{Sha256, hex};
use selfcheck::keys::PublicKey;

fn unhex<const N: usize>(text: &str) -> [u8; N] {
    bytes(text).try_into().unwrap()
}

fn bytes(text: &str) -> Vec<u8> {
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap())
        .collect()
}

fn check_ed25519(secret: &str, public: &str, message: &str, signature: &str) {
    let (message, signature) = (bytes(message), B64(unhex::<64>(signature)));
    let signing = SigningKey::from_bytes(&unhex(secret));
    assert_eq!(signing.sign(&message).to_bytes(), signature.0);

    let key = PublicKey::from_x(&B64(unhex(public))).unwrap();
    assert_eq!(key.x().0, signing.verifying_key().to_bytes());
    assert_eq!(key.verify_strict(&message, &signature), Ok(()));
    assert!(key.verify_strict(&[&message[..], &[0]].concat(), &signature).is_err());
}

#[test]
fn rfc_8032_test_1() {
    check_ed25519(
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701c\
         f9b46bd25bf5f0595bbe24655141438e7a100b",
    );
}

#[test]
fn rfc_8032_test_2() {
    check_ed25519(
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0\
         f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    );
}

#[test]
fn rfc_8032_test_3() {
    check_ed25519(
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f76098\
         4dc6594a7c15e9716ed28dc027beceea1ec40a",
    );
}

#[test]
fn rfc_8032_test_sha_abc() {
    check_ed25519(
        "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3\
         feebbd454d4423643ce80e2a9ac94fa54ca49f",
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c664\
         31e0303dca179c138ac17ad9bef1177331a704",
    );
}

/// RFC 8037: the private JWK of A.1, the public one of A.2, its thumbprint in A.3, and the JWS of
/// A.4, whose header is `{"alg":"EdDSA"}`; our own reader takes only `Ed25519` (RFC 9864).
#[test]
fn rfc_8037_appendix_a() {
    let d: B64<32> = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A".parse().unwrap();
    let x: B64<32> = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo".parse().unwrap();
    let signing = SigningKey::from_bytes(&d.0);
    assert_eq!(signing.verifying_key().to_bytes(), x.0);

    let key = PublicKey::from_x(&x).unwrap();
    assert_eq!(key.key_id().to_string(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");

    let protected = selfcheck::b64::encode(br#"{"alg":"EdDSA"}"#);
    let payload = selfcheck::b64::encode(b"Example of Ed25519 signing");
    let input = format!("{protected}.{payload}");
    assert_eq!(input, "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc");
    let signature: B64<64> =
        "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"
            .parse()
            .unwrap();
    assert_eq!(signing.sign(input.as_bytes()).to_bytes(), signature.0);
    assert_eq!(key.verify_strict(input.as_bytes(), &signature), Ok(()));
}

fn check_hkdf(ikm: &[u8], salt: &[u8], info: &[u8], okm: &str) {
    let mut found = vec![0; okm.len() / 2];
    Hkdf::<sha2::Sha256>::new(Some(salt), ikm).expand(info, &mut found).unwrap();
    assert_eq!(hex(&found), okm);
}

#[test]
fn rfc_5869_appendix_a() {
    let range = |from: u8, to: u8| (from..=to).collect::<Vec<u8>>();
    check_hkdf(
        &[0x0b; 22],
        &range(0, 0x0c),
        &range(0xf0, 0xf9),
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
    );
    check_hkdf(
        &range(0, 0x4f),
        &range(0x60, 0xaf),
        &range(0xb0, 0xff),
        "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e\
         590e09da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87",
    );
    check_hkdf(
        &[0x0b; 22],
        b"",
        b"",
        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8",
    );
}

/// RFC 7638 §3.1 thumbs an RSA key; the hash and its spelling are what we share with it.
#[test]
fn rfc_7638_section_3_1() {
    let jwk = concat!(
        r#"{"e":"AQAB","kty":"RSA","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAA"#,
        "tVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt",
        "7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91C",
        "bOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU",
        r#"8awapJzKnqDKgw"}"#,
    );
    let thumbprint = B64(Sha256::of(jwk.as_bytes()).0);
    assert_eq!(thumbprint.to_string(), "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
}
