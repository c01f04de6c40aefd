//! Changes of the file, its members, the protected header and the signature.

use selfcheck::b64;
use selfcheck::code::EnrolmentCode;
use selfcheck::keys::PersonKey;
use selfcheck::result::MAX_FILE_BYTES;

use crate::common::{Parts, header, key, org, payload, person, signed};
use crate::{Case, good};

pub fn cases() -> Vec<Case> {
    [file(), members(), base64(), protected_header(), signature()].concat()
}

fn file() -> Vec<Case> {
    let file = good().file();
    let padded = |size: usize| format!("{}{file}", " ".repeat(size - file.len())).into_bytes();
    let utf_16: Vec<u8> = file.encode_utf16().flat_map(u16::to_le_bytes).collect();
    vec![
        ("one byte too large", padded(MAX_FILE_BYTES + 1), "too-large"),
        ("a megabyte", vec![b'{'; 1 << 20], "too-large"),
        ("byte order mark", format!("\u{feff}{file}").into_bytes(), "encoding"),
        ("UTF-16 with mark", [b"\xff\xfe".to_vec(), utf_16.clone()].concat(), "encoding"),
        ("UTF-16 without mark", utf_16, "outer-format"),
        ("not UTF-8", [b"\xc0\x80", file.as_bytes()].concat(), "encoding"),
        ("empty", Vec::new(), "outer-format"),
        ("deep arrays", vec![b'['; 60_000], "outer-format"),
        ("deep objects", r#"{"payload":"#.repeat(5_000).into_bytes(), "outer-format"),
        ("null", b"null".to_vec(), "outer-format"),
        ("form feed before", format!("\u{c}{file}").into_bytes(), "outer-format"),
        ("full-width space before", format!("\u{3000}{file}").into_bytes(), "outer-format"),
        ("byte after", format!("{file}x").into_bytes(), "outer-format"),
        ("zero byte after", format!("{file}\0").into_bytes(), "outer-format"),
        ("file twice", file.repeat(2).into_bytes(), "outer-format"),
    ]
}

fn members() -> Vec<Case> {
    let file = good().file();
    let Parts { payload, protected, signature } = good();
    let first = |member: &str| file.replacen('{', &format!("{{{member},"), 1).into_bytes();
    let replaced = |from: &str, to: &str| {
        assert!(file.contains(from));
        file.replacen(from, to, 1).into_bytes()
    };
    let array = format!(r#"["{payload}","{protected}","{signature}"]"#);
    let compact = format!(r#""{protected}.{payload}.{signature}""#);
    let general = format!(
        r#"{{"payload":"{payload}","signatures":[{{"protected":"{protected}","signature":"{signature}"}}]}}"#
    );
    vec![
        ("array of the values", array.into_bytes(), "outer-format"),
        ("compact form", compact.into_bytes(), "outer-format"),
        ("general form", general.into_bytes(), "outer-format"),
        ("object in an array", format!("[{file}]").into_bytes(), "outer-format"),
        ("extra member", first(r#""summary":"100 %""#), "outer-format"),
        (
            "extra member, huge name",
            first(&format!(r#""{}":1"#, "x".repeat(50_000))),
            "outer-format",
        ),
        ("unprotected header", first(r#""header":{"kid":"x"}"#), "outer-format"),
        ("payload twice, same", first(&format!(r#""payload":"{payload}""#)), "outer-format"),
        ("payload twice, other", first(r#""payload":"e30""#), "outer-format"),
        ("payload missing", replaced(&format!(r#""payload":"{payload}","#), ""), "outer-format"),
        (
            "protected missing",
            replaced(&format!(r#""protected":"{protected}","#), ""),
            "outer-format",
        ),
        (
            "signature missing",
            replaced(&format!(r#","signature":"{signature}""#), ""),
            "outer-format",
        ),
        ("member in capitals", replaced("payload", "Payload"), "outer-format"),
        ("signature null", replaced(&format!(r#""{signature}""#), "null"), "outer-format"),
        ("signature a number", replaced(&format!(r#""{signature}""#), "1"), "outer-format"),
        ("escape in a name", replaced("payload", r"p\u0061yload"), "outer-format"),
        ("escape in base64", replaced("\"payload\":\"e", r#""payload":"\u0065"#), "outer-format"),
        ("escaped solidus", replaced("\"payload\":\"e", r#""payload":"\/"#), "outer-format"),
        ("comma at the end", replaced("\"}", "\",}"), "outer-format"),
        ("comment", replaced("{", "{/**/"), "outer-format"),
    ]
}

fn base64() -> Vec<Case> {
    let with = |change: fn(&mut Parts)| {
        let mut parts = good();
        change(&mut parts);
        parts.file().into_bytes()
    };
    vec![
        ("payload padded", with(|parts| parts.payload.push('=')), "base64"),
        ("header padded", with(|parts| parts.protected.push('=')), "base64"),
        ("signature padded", with(|parts| parts.signature.push_str("==")), "base64"),
        ("blank in payload", with(|parts| parts.payload.insert(8, ' ')), "base64"),
        ("full-width letter", with(|parts| parts.payload.insert(8, 'Ａ')), "base64"),
        ("standard alphabet +", with(|parts| replace_first(&mut parts.signature, '+')), "base64"),
        ("standard alphabet /", with(|parts| replace_first(&mut parts.signature, '/')), "base64"),
        ("one letter too many", with(|parts| parts.signature.push('A')), "signature-length"),
        ("one letter over a group", with(|parts| fill_to_one_over(&mut parts.protected)), "base64"),
        ("signature, unused bits", with(|parts| set_unused_bits(&mut parts.signature)), "base64"),
        ("payload, unused bits", with(|parts| set_unused_bits(&mut parts.payload)), "base64"),
        ("header, unused bits", with(|parts| set_unused_bits(&mut parts.protected)), "base64"),
        ("header not base64", with(|parts| parts.protected = "{}".to_owned()), "base64"),
    ]
}

fn replace_first(text: &mut String, letter: char) {
    text.replace_range(..1, letter.encode_utf8(&mut [0; 4]));
}

/// Four letters are three bytes; one letter more is none.
fn fill_to_one_over(text: &mut String) {
    while text.len() % 4 != 1 {
        text.push('A');
    }
}

/// The other spelling of the same bytes. The parts of the sample do not end on a whole group.
fn set_unused_bits(text: &mut String) {
    assert_ne!(text.len() % 4, 0, "no unused bits here");
    let last = text.pop().unwrap();
    text.push(char::from(u8::try_from(last).unwrap() + 1));
}

fn protected_header() -> Vec<Case> {
    let payload = payload().to_bytes();
    let kid = key().public().key_id().to_string();
    let of = |header: &str| signed(header.as_bytes(), &payload).file().into_bytes();
    let replaced = |from: &str, to: &str| {
        assert!(header().contains(from));
        of(&header().replacen(from, to, 1))
    };
    let added = |member: &str| replaced("}", &format!(",{member}}}"));
    let jwk = format!(r#""jwk":{{"crv":"Ed25519","kty":"OKP","x":"{}"}}"#, key().public().x());
    const CODE: &str = "protected-header";
    vec![
        ("alg EdDSA", replaced("Ed25519", "EdDSA"), CODE),
        ("alg none", replaced("Ed25519", "none"), CODE),
        ("alg HS256", replaced("Ed25519", "HS256"), CODE),
        ("alg in small letters", replaced("Ed25519", "ed25519"), CODE),
        ("alg missing", replaced(r#""alg":"Ed25519","#, ""), CODE),
        ("typ JWT", replaced("selfcheck-result+jws", "JWT"), CODE),
        ("typ missing", replaced(r#","typ":"selfcheck-result+jws""#, ""), CODE),
        ("kid missing", replaced(&format!(r#""kid":"{kid}","#), ""), CODE),
        ("kid short", replaced(&kid, &kid[1..]), CODE),
        ("kid padded", replaced(&kid, &format!("{kid}=")), CODE),
        ("kid twice", replaced("{", &format!(r#"{{"kid":"{kid}","#)), CODE),
        ("crit", added(r#""crit":["exp"]"#), CODE),
        ("b64 false", added(r#""b64":false,"crit":["b64"]"#), CODE),
        ("jwk", added(&jwk), CODE),
        ("jku", added(r#""jku":"http://intra.test/keys""#), CODE),
        ("x5c", added(r#""x5c":[]"#), CODE),
        ("header space", replaced(":", ": "), CODE),
        ("header new line", of(&format!("{}\n", header())), CODE),
        ("header escape", replaced("typ", r"t\u0079p"), CODE),
        (
            "header order",
            of(&format!(r#"{{"kid":"{kid}","alg":"Ed25519","typ":"selfcheck-result+jws"}}"#)),
            CODE,
        ),
        ("header empty object", of("{}"), CODE),
        ("header empty", of(""), CODE),
        ("header not UTF-8", signed(b"\xff", &payload).file().into_bytes(), CODE),
    ]
}

fn signature() -> Vec<Case> {
    let with = |signature: &[u8]| Parts { signature: b64::encode(signature), ..good() }.file();
    let own: [u8; 64] = b64::decode(&good().signature).unwrap().try_into().unwrap();
    let bytes = |file: String| file.into_bytes();
    let strange = PersonKey::derive(&EnrolmentCode::from_random([9; 15]), &org(), &person());
    let strange_kid = strange.public().key_id().to_string();
    let own_kid = key().public().key_id().to_string();
    let of_stranger = |header: String| {
        let (protected, payload) = (b64::encode(header.as_bytes()), good().payload);
        let signature = strange.sign(format!("{protected}.{payload}").as_bytes()).to_string();
        Parts { payload, protected, signature }.file().into_bytes()
    };
    let swapped = [&own[32..], &own[..32]].concat();
    let other_payload = Parts { payload: b64::encode(br#"{"v":1}"#), ..good() };
    let other_kid = header().replace(&own_kid, &strange_kid);
    let own_under_other_kid = signed(other_kid.as_bytes(), &payload().to_bytes());
    let other_kid = Parts { protected: b64::encode(other_kid.as_bytes()), ..good() };
    vec![
        ("signature empty", bytes(with(b"")), "signature-length"),
        ("signature of 63 bytes", bytes(with(&own[..63])), "signature-length"),
        ("signature of 65 bytes", bytes(with(&[&own[..], &[0]].concat())), "signature-length"),
        ("signature all zero", bytes(with(&[0; 64])), "signature"),
        ("signature halves swapped", bytes(with(&swapped)), "signature"),
        ("signature, S + L", bytes(with(&plus_group_order(own))), "signature"),
        ("signature, R neutral", bytes(with(&neutral_r())), "signature"),
        ("other payload", bytes(other_payload.file()), "signature"),
        ("kid of another key", bytes(other_kid.file()), "other-key"),
        ("own signature under another kid", bytes(own_under_other_kid.file()), "other-key"),
        ("signed by another key", of_stranger(header()), "signature"),
        (
            "another person's file",
            of_stranger(header().replace(&own_kid, &strange_kid)),
            "other-key",
        ),
    ]
}

/// The same signature with S + L in place of S, which RFC 8032 §5.1.7 refuses.
fn plus_group_order(mut signature: [u8; 64]) -> [u8; 64] {
    const L: [u8; 32] = [
        0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde,
        0x14, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
    ];
    let mut carry = 0;
    for (byte, add) in signature[32..].iter_mut().zip(L) {
        let sum = u16::from(*byte) + u16::from(add) + carry;
        *byte = (sum & 0xff) as u8;
        carry = sum >> 8;
    }
    signature
}

/// A signature with R = 0 that satisfies the equation S·B = R + k·A. The holder of the key can make
/// it; plain verification takes it, the strict rules do not. The signing key is derived here from
/// the seed of the page's vector.
fn neutral_r() -> [u8; 64] {
    use curve25519_dalek::Scalar;
    use ed25519_dalek::{Signature, SigningKey, Verifier as _};
    use sha2::{Digest as _, Sha512};

    let seed = crate::common::word_lines("text vector")
        .into_iter()
        .find_map(|line| line.strip_prefix("seed ").map(str::to_owned))
        .unwrap();
    let seed: Vec<u8> =
        (0..64).step_by(2).map(|at| u8::from_str_radix(&seed[at..at + 2], 16).unwrap()).collect();
    let signing = SigningKey::from_bytes(&seed.try_into().unwrap());
    let mut neutral = [0; 32];
    neutral[0] = 1;
    let message = format!("{}.{}", good().protected, good().payload);
    let k = Sha512::new()
        .chain_update(neutral)
        .chain_update(signing.verifying_key().as_bytes())
        .chain_update(&message)
        .finalize();
    let s = Scalar::from_bytes_mod_order_wide(&k.into()) * signing.to_scalar();
    let signature: [u8; 64] = [neutral, s.to_bytes()].concat().try_into().unwrap();
    let plain = signing.verifying_key().verify(message.as_bytes(), &Signature::from(signature));
    assert!(plain.is_ok(), "the case must need the strict rules");
    signature
}
