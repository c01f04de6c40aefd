//! One good result file, changed in every way we can think of: each change has its reason code.
//!
//! All changed files lie in one folder and are judged in one run, so the table also shows that no
//! file hides another.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod common;

use std::collections::BTreeMap;

use common::{Office, VERIFY_SCHEMA, frozen, payload, right_answers, valid};
use selfcheck::b64;
use selfcheck::code::EnrolmentCode;
use selfcheck::keys::PersonKey;
use selfcheck::set::Role;
use serde_json::Value;

const HEADER: &str = r#"{"alg":"Ed25519","kid":"KID","typ":"selfcheck-result+jws"}"#;

/// The good document in its parts, and the key to sign others with.
struct Good {
    payload: String,
    kid: String,
    key: PersonKey,
}

impl Good {
    /// A document with these exact header and payload bytes, properly signed.
    fn sign(&self, header: &str, payload: &[u8]) -> [String; 3] {
        let protected = b64::encode(header.replace("KID", &self.kid).as_bytes());
        let payload = b64::encode(payload);
        let signature = self.key.sign(format!("{protected}.{payload}").as_bytes());
        [protected, payload, signature.to_string()]
    }

    fn parts(&self) -> [String; 3] {
        self.sign(HEADER, self.payload.as_bytes())
    }

    /// The payload text with one replacement, properly signed.
    fn payload(&self, from: &str, to: &str) -> Vec<u8> {
        assert!(self.payload.contains(from), "{from}");
        outer(&self.sign(HEADER, self.payload.replacen(from, to, 1).as_bytes()))
    }

    fn header(&self, header: &str) -> Vec<u8> {
        outer(&self.sign(header, self.payload.as_bytes()))
    }

    /// The document as text with one replacement, not signed again.
    fn text(&self, from: &str, to: &str) -> Vec<u8> {
        let text = String::from_utf8(outer(&self.parts())).unwrap();
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1).into_bytes()
    }

    /// One part changed, not signed again; 0 protected, 1 payload, 2 signature.
    fn part(&self, index: usize, change: impl FnOnce(&str) -> String) -> Vec<u8> {
        let mut parts = self.parts();
        parts[index] = change(&parts[index]);
        outer(&parts)
    }
}

fn outer([protected, payload, signature]: &[String; 3]) -> Vec<u8> {
    format!(r#"{{"payload":"{payload}","protected":"{protected}","signature":"{signature}"}}"#)
        .into_bytes()
}

/// The same 64 bytes with S + L in place of S (RFC 8032 §5.1.7 forbids it).
fn add_group_order(signature: &str) -> String {
    let order: [u8; 32] = [
        0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde,
        0x14, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
    ];
    let mut bytes = b64::decode(signature).unwrap();
    let mut carry = 0;
    for (byte, add) in bytes[32..].iter_mut().zip(order) {
        let sum = u16::from(*byte) + u16::from(add) + carry;
        *byte = (sum & 255) as u8;
        carry = sum >> 8;
    }
    b64::encode(&bytes)
}

/// The other spelling of the same bytes: the unused bits of the last letter are set.
fn set_unused_bits(signature: &str) -> String {
    let (start, last) = signature.split_at(signature.len() - 1);
    let next = char::from(last.as_bytes()[0] + 1);
    format!("{start}{next}")
}

fn flip_first_byte(text: &str) -> String {
    let mut bytes = b64::decode(text).unwrap();
    bytes[0] ^= 1;
    b64::encode(&bytes)
}

fn mutations(good: &Good, office: &Office) -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let stranger = PersonKey::derive(
        &EnrolmentCode::from_random([9; 15]),
        &"ageo".parse().unwrap(),
        &"000123".parse().unwrap(),
    );
    let stranger = Good {
        payload: good.payload.clone(),
        kid: stranger.public().key_id().to_string(),
        key: stranger,
    };
    let colleague = office.key("000124");
    let colleague_kid = colleague.public().key_id().to_string();
    let colleague =
        Good { payload: good.payload.clone(), kid: colleague_kid.clone(), key: colleague };
    let general = frozen(Role::General).sha256.to_string();
    let manager = frozen(Role::Manager).sha256.to_string();
    let first = r#"{"q":"pw1","a":["b"]}"#;
    let last = r#",{"q":"ia2","a":["na"]}"#;
    let ack = {
        let start = good.payload.find(r#"{"page""#).unwrap();
        let end = start + good.payload[start..].find('}').unwrap() + 1;
        good.payload[start..end].to_owned()
    };
    let utf16: Vec<u8> = String::from_utf8(good.text("{", "{"))
        .unwrap()
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    vec![
        // The file as bytes.
        ("empty", Vec::new(), "outer-format"),
        ("cut-short", good.text("\"}", ""), "outer-format"),
        ("byte-order-mark", good.text("{", "\u{feff}{"), "encoding"),
        ("utf-16", [b"\xff\xfe".to_vec(), utf16].concat(), "encoding"),
        ("not-utf-8", [b"\xc0\x80".to_vec(), good.text("{", "{")].concat(), "encoding"),
        ("too-large", good.text("{", &("{".to_owned() + &" ".repeat(65_536))), "too-large"),
        ("deep", b"[".repeat(60_000), "outer-format"),
        ("html", b"<!doctype html><script>alert(1)</script>".to_vec(), "outer-format"),
        // The outer members.
        ("array", [b"[".to_vec(), good.text("}", "}]")].concat(), "outer-format"),
        ("two-documents", good.text("}", "}{}"), "outer-format"),
        ("unprotected-header", good.text("{", r#"{"header":{"kid":"x"},"#), "outer-format"),
        ("readable-copy", good.text("{", r#"{"summary":"100%","#), "outer-format"),
        ("duplicate-member", good.text("{", r#"{"payload":"e30","#), "outer-format"),
        ("missing-member", good.text("\"signature\":", "\"x\":"), "outer-format"),
        ("null-member", good.part(2, |_| "X".to_owned() + "\",\"signature\":null"), "outer-format"),
        ("escape", good.text("\"payload\"", "\"p\\u0061yload\""), "outer-format"),
        ("number", good.text("\"payload\":\"", "\"payload\":1,\"y\":\""), "outer-format"),
        // base64url.
        ("padding-payload", good.part(1, |p| format!("{p}=")), "base64"),
        ("padding-signature", good.part(2, |s| format!("{s}==")), "base64"),
        ("blank", good.part(1, |p| format!("{} {}", &p[..8], &p[8..])), "base64"),
        ("other-alphabet", good.part(2, |s| format!("+{}", &s[1..])), "base64"),
        ("unused-bits", good.part(2, set_unused_bits), "base64"),
        ("header-no-base64", good.part(0, |_| "{}".to_owned()), "base64"),
        // The protected header.
        ("alg-eddsa", good.header(&HEADER.replace("Ed25519", "EdDSA")), "protected-header"),
        ("alg-none", good.header(&HEADER.replace("Ed25519", "none")), "protected-header"),
        ("alg-hs256", good.header(&HEADER.replace("Ed25519", "HS256")), "protected-header"),
        (
            "typ-jwt",
            good.header(&HEADER.replace("selfcheck-result+jws", "JWT")),
            "protected-header",
        ),
        ("crit", good.header(&HEADER.replace('}', r#","crit":["exp"]}"#)), "protected-header"),
        ("own-key", good.header(&HEADER.replace('}', r#","jwk":{}}"#)), "protected-header"),
        (
            "key-address",
            good.header(&HEADER.replace('}', r#","jku":"http://x"}"#)),
            "protected-header",
        ),
        ("header-space", good.header(&HEADER.replace(":", ": ")), "protected-header"),
        ("header-empty", good.header("{}"), "protected-header"),
        ("kid-short", good.header(&HEADER.replace("KID", "abc")), "protected-header"),
        // Signature and key.
        ("signature-empty", good.part(2, |_| String::new()), "signature-length"),
        ("signature-63", good.part(2, |_| b64::encode(&[0; 63])), "signature-length"),
        ("signature-65", good.part(2, |_| b64::encode(&[0; 65])), "signature-length"),
        ("signature-zero", good.part(2, |_| b64::encode(&[0; 64])), "signature"),
        ("signature-r", good.part(2, flip_first_byte), "signature"),
        ("signature-malleable", good.part(2, add_group_order), "signature"),
        ("payload-bit", good.part(1, flip_first_byte), "signature"),
        (
            "answer-changed",
            good.part(1, |_| b64::encode(good.payload.replace("\"b\"", "\"a\"").as_bytes())),
            "signature",
        ),
        (
            "kid-of-colleague",
            good.part(0, |_| b64::encode(HEADER.replace("KID", &colleague_kid).as_bytes())),
            "signature",
        ),
        ("unknown-key", outer(&stranger.parts()), "unknown-key"),
        ("signed-by-colleague", outer(&colleague.parts()), "other-person"),
        // A payload that was signed and is still wrong.
        ("payload-tiny", outer(&good.sign(HEADER, b"{\"v\":1}")), "payload-format"),
        ("payload-empty", outer(&good.sign(HEADER, b"")), "payload-format"),
        ("payload-no-utf-8", outer(&good.sign(HEADER, b"{\"v\":\"\xff\"}")), "payload-format"),
        ("payload-deep", outer(&good.sign(HEADER, &b"[".repeat(40_000))), "payload-format"),
        ("version-2", good.payload("\"v\":1", "\"v\":2"), "version"),
        ("unknown-member", good.payload("\"v\":1", "\"v\":1,\"name\":\"x\""), "payload-format"),
        ("member-twice", good.payload("\"v\":1", "\"v\":1,\"v\":1"), "payload-format"),
        ("member-missing", good.payload("\"role\":\"general\",", ""), "payload-format"),
        ("float", good.payload("\"max\":10000", "\"max\":10000.0"), "payload-format"),
        (
            "number-too-large",
            good.payload("\"max\":10000", "\"max\":99999999999"),
            "payload-format",
        ),
        ("negative", good.payload("\"max\":10000", "\"max\":-1"), "payload-format"),
        ("hex-upper-case", good.payload(&general, &general.to_uppercase()), "payload-format"),
        ("jti-short", good.payload("\"jti\":\"AQ", "\"jti\":\""), "payload-format"),
        ("sub-full-width", good.payload("000123", "０００１２３"), "payload-format"),
        ("role-unknown", good.payload("\"general\"", "\"mayor\""), "payload-format"),
        (
            "picks-descending",
            good.payload(r#"["a","b","d"]"#, r#"["b","a","d"]"#),
            "payload-format",
        ),
        ("pick-twice", good.payload(r#"["a","b","d"]"#, r#"["a","a"]"#), "payload-format"),
        ("no-pick", good.payload(r#"["a","b","d"]"#, "[]"), "payload-format"),
        ("pick-position", good.payload(r#"["a","b","d"]"#, "[0,1]"), "payload-format"),
        ("time-utc", good.payload("10:20:00+09:00", "01:20:00Z"), "payload-format"),
        ("time-impossible", good.payload("2026-11-20T10:20", "2026-02-30T10:20"), "payload-format"),
        ("decision-unknown", good.payload("\"accept\"", "\"maybe\""), "payload-format"),
        // The right things in another spelling.
        ("space", good.payload("\"v\":1", "\"v\": 1"), "not-canonical"),
        ("new-line", good.payload("\"v\":1", "\n\"v\":1"), "not-canonical"),
        (
            "trailing-line",
            outer(&good.sign(HEADER, format!("{}\n", good.payload).as_bytes())),
            "not-canonical",
        ),
        ("escaped-letter", good.payload("\"ageo\"", "\"\\u0061geo\""), "not-canonical"),
        (
            "member-order",
            good.payload(r#"{"q":"pw1","a":["b"]}"#, r#"{"a":["b"],"q":"pw1"}"#),
            "not-canonical",
        ),
        // Well formed, and no answer to the set.
        ("sub-of-colleague", good.payload("000123", "000124"), "other-person"),
        ("org", good.payload("\"ageo\"", "\"okegawa\""), "org"),
        ("campaign-id", good.payload("\"r8\"", "\"r7\""), "campaign"),
        ("campaign-nonce", good.payload("\"nonce\":\"Bw", "\"nonce\":\"CA"), "campaign"),
        (
            "unknown-set",
            good.payload(&general[..4], if &general[..4] == "0000" { "1111" } else { "0000" }),
            "unknown-set",
        ),
        ("set-of-managers", good.payload(&general, &manager), "role-of-set"),
        ("role-of-managers", good.payload("\"general\"", "\"manager\""), "role-of-set"),
        ("answer-dropped", good.payload(last, ""), "questions"),
        ("first-dropped", good.payload(&format!("{first},"), ""), "questions"),
        ("answer-twice", good.payload(first, &format!("{first},{first}")), "questions"),
        (
            "answer-added",
            good.payload(last, &format!("{last},{}", r#"{"q":"mg1","a":["yes"]}"#)),
            "questions",
        ),
        ("answer-renamed", good.payload("\"pw1\"", "\"pw9\""), "questions"),
        ("choice-unknown", good.payload(first, r#"{"q":"pw1","a":["e"]}"#), "answer-choice"),
        (
            "na-not-offered",
            good.payload(r#""pw2","a":["yes"]"#, r#""pw2","a":["na"]"#),
            "answer-choice",
        ),
        ("yes-to-knowledge", good.payload(first, r#"{"q":"pw1","a":["yes"]}"#), "answer-choice"),
        ("two-picks", good.payload(first, r#"{"q":"pw1","a":["a","b"]}"#), "answer-too-many"),
        (
            "yes-and-no",
            good.payload(r#""pw2","a":["yes"]"#, r#""pw2","a":["no","yes"]"#),
            "answer-too-many",
        ),
        ("policy-dropped", good.payload(&ack, ""), "policies"),
        ("policy-twice", good.payload(&ack, &format!("{ack},{ack}")), "policies"),
        ("policy-page", good.payload("policy/basic", "policy/other"), "policies"),
        ("policy-hash", good.payload(&ack, &ack.replace(&policy_hash(&ack), &general)), "policies"),
    ]
}

fn policy_hash(ack: &str) -> String {
    let ack: Value = serde_json::from_str(ack).unwrap();
    ack["sha256"].as_str().unwrap().to_owned()
}

#[test]
fn every_change_has_its_reason() {
    let office = Office::enrolled();
    let key = office.key("000123");
    let payload = payload(Role::General, "000123", 1, &right_answers());
    let good = Good {
        payload: String::from_utf8(payload.to_bytes()).unwrap(),
        kid: key.public().key_id().to_string(),
        key,
    };
    let mutations = mutations(&good, &office);
    office.write("inbox/good", &outer(&good.parts()));
    for (name, bytes, _) in &mutations {
        office.write(&format!("inbox/{name}"), bytes);
    }
    let ran = office.verify(&["--json", "inbox"]);
    let report = valid(VERIFY_SCHEMA, &ran.stdout);
    assert_eq!((ran.code, &report["accepted"]), (1, &Value::from(1)));
    let found: BTreeMap<&str, &str> = report["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| {
            let name = file["file"].as_str().unwrap().strip_prefix("inbox/").unwrap();
            (name, file["code"].as_str().unwrap_or("accepted"))
        })
        .collect();
    let mut expected: BTreeMap<&str, &str> =
        mutations.iter().map(|(name, _, code)| (*name, *code)).collect();
    assert_eq!(expected.len(), mutations.len(), "a name stands twice");
    expected.insert("good", "accepted");
    assert_eq!(found, expected);
    for file in report["files"].as_array().unwrap() {
        if file["outcome"] == "rejected" {
            for member in ["reason", "remedy"] {
                assert!(file[member].as_str().is_some_and(|text| !text.is_empty()), "{file}");
            }
        }
    }
}
