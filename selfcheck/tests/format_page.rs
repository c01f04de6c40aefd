//! Every sample on the page `FORMAT.md` is what it says, by the real code.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod common;

use std::collections::BTreeMap;

use chacha20poly1305::aead::{Aead as _, KeyInit as _};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};
use common::{block, frozen, header, judged, key, payload, signed, uncommented, word_lines};
use ed25519_dalek::SigningKey;
use hkdf::Hkdf;
use selfcheck::b64;
use selfcheck::code::EnrolmentCode;
use selfcheck::digest::hex;
use selfcheck::grade::{Band, Points};
use selfcheck::id::{CampaignId, OrgId, PersonId};
use selfcheck::keys::PersonKey;
use selfcheck::order::on_screen;
use selfcheck::result::{Untrusted, Verified, judge, sign};
use selfcheck::set::{BadSet, FrozenSet};
use selfcheck::store::AnswerStore;
use serde_json::Value;

fn sample() -> Verified {
    let file = block("json result-file");
    Untrusted::read(file.as_bytes()).unwrap().verify(&key().public()).unwrap()
}

#[test]
fn the_set_is_in_its_written_form() {
    let bytes = uncommented(block("jsonc set"));
    assert_eq!(frozen().set.to_json(), bytes);
    assert!(!bytes.contains(['<', '\n']) && bytes.contains("\\u003c"));
}

#[test]
fn the_payload_is_the_one_of_the_file() {
    let bytes = uncommented(block("jsonc payload"));
    assert_eq!(bytes, String::from_utf8(payload().to_bytes()).unwrap());
    assert_eq!(sample().to_bytes(), bytes.as_bytes());
}

/// "required" on the page: each member is missed when it is gone, and no other is taken.
#[test]
fn every_member_is_required_and_none_else_is_taken() {
    let set: Value = serde_json::from_str(&uncommented(block("jsonc set"))).unwrap();
    assert!(FrozenSet::parse(set.to_string().as_bytes()).is_ok());
    let broken = with_one_member_more_or_less(&set);
    assert!(broken.len() > 100);
    for (path, set) in broken {
        let error = FrozenSet::parse(set.to_string().as_bytes());
        assert!(matches!(error, Err(BadSet::Json(_))), "{path}");
    }

    let payload: Value = serde_json::from_str(&uncommented(block("jsonc payload"))).unwrap();
    let broken = with_one_member_more_or_less(&payload);
    assert!(broken.len() > 50);
    for (path, payload) in broken {
        let file = signed(header().as_bytes(), payload.to_string().as_bytes()).file();
        assert_eq!(judged(file.as_bytes()), Err("payload-format"), "{path}");
    }
}

/// The document without each of its members in turn, and with an unknown one in each object.
fn with_one_member_more_or_less(document: &Value) -> Vec<(String, Value)> {
    let mut broken = Vec::new();
    for path in objects(document) {
        let members = document.pointer(&path).and_then(Value::as_object).unwrap();
        for member in members.keys().map(String::as_str).chain(["unknown"]) {
            let mut other = document.clone();
            let object = other.pointer_mut(&path).and_then(Value::as_object_mut).unwrap();
            if object.remove(member).is_none() {
                object.insert(member.to_owned(), Value::from(1));
            }
            broken.push((format!("{path}/{member}"), other));
        }
    }
    broken
}

/// JSON pointers (RFC 6901) of all objects in `value`.
fn objects(value: &Value) -> Vec<String> {
    let below = |name: String, value: &Value| {
        objects(value).into_iter().map(move |path| format!("/{name}{path}")).collect::<Vec<_>>()
    };
    match value {
        Value::Array(items) => {
            let items = items.iter().enumerate();
            items.flat_map(|(index, item)| below(index.to_string(), item)).collect()
        }
        Value::Object(members) => {
            let inner = members.iter().flat_map(|(name, item)| below(name.clone(), item));
            [String::new()].into_iter().chain(inner).collect()
        }
        _ => Vec::new(),
    }
}

#[test]
fn the_file_is_signed_with_the_key_of_the_vector() {
    assert_eq!(block("json result-file"), sign(&payload(), &key()));
    assert_eq!(judged(block("json result-file").as_bytes()), Ok(()));
    let protected = block("json result-file").split('"').nth(7).unwrap();
    assert_eq!(b64::decode(protected).unwrap(), block("text protected-header").as_bytes());
}

#[test]
fn the_sample_is_graded_as_shown() {
    let result = sample();
    let judgement = judge(&result, &frozen()).unwrap();
    assert!(!judgement.claim_differs && !judgement.finished_late);

    let score = judgement.score;
    let bands = frozen().set.questions.bands();
    let sum = |Points { points, max }| format!("{points} {max}");
    let banded = |points: Points| {
        let band = match points.band(bands) {
            Some(Band::Good) => "good",
            Some(Band::Review) => "review",
            Some(Band::Improve) => "improve",
            None => "none",
        };
        format!("{} {band}", sum(points))
    };
    let mut expected = vec!["question picked points max".to_owned()];
    for (answer, (id, points)) in result.answers.iter().zip(&score.items) {
        let picked: Vec<_> = answer.a.choices().iter().map(ToString::to_string).collect();
        expected.push(format!("{id} {} {}", picked.join(","), sum(*points)));
    }
    expected.push("category band".to_owned());
    for (id, points) in &score.categories {
        expected.push(format!("{id} {}", banded(*points)));
    }
    expected.push(format!("total {}", banded(score.total)));
    expected.extend(score.priority_items.iter().map(|id| format!("priority {id}")));
    assert_eq!(word_lines("text grading"), expected);
}

/// The vector, reckoned both by our functions and by the words of the page.
#[test]
fn the_vector_holds() {
    let lines = word_lines("text vector");
    let vector: BTreeMap<&str, &str> =
        lines.iter().map(|line| line.split_once(' ').unwrap()).collect();
    assert_eq!(vector.len(), 12);
    let (org, sub, campaign) = (vector["org"], vector["sub"], vector["campaign"]);
    let (org_id, person, campaign_id): (OrgId, PersonId, CampaignId) =
        (org.parse().unwrap(), sub.parse().unwrap(), campaign.parse().unwrap());

    let code = EnrolmentCode::read(vector["printed"], &org_id, &person).ok().unwrap();
    assert_eq!(code.print(&org_id, &person), vector["printed"]);
    let secret: Vec<u8> = (0..15).collect();
    assert_eq!(hex(&secret), vector["code"]);
    assert!(EnrolmentCode::from_random(secret.clone().try_into().unwrap()) == code);

    let seed = expand::<32>(&secret, "tenken/enrol/v1", &["ed25519", org, sub]);
    assert_eq!(hex(&seed), vector["seed"]);
    let key = PersonKey::derive(&code, &org_id, &person);
    assert_eq!(key.public().x().0, SigningKey::from_bytes(&seed).verifying_key().to_bytes());
    assert_eq!(key.public().x().to_string(), vector["x"]);
    assert_eq!(key.public().key_id().to_string(), vector["kid"]);

    let protected = b64::encode(block("text protected-header").as_bytes());
    assert!(block("text protected-header").contains(vector["kid"]));
    let payload = b64::encode(vector["payload"].as_bytes());
    let signature = key.sign(format!("{protected}.{payload}").as_bytes());
    assert_eq!(signature.to_string(), vector["signature"]);

    let store = AnswerStore::derive(&code, &org_id, &person, &campaign_id);
    assert_eq!(store.name(), vector["record-name"]);
    let name = expand::<16>(&secret, "tenken/store/v1", &["name", org, sub, campaign]);
    assert_eq!(hex(&name), vector["record-name"]);
    let record_key = expand::<32>(&secret, "tenken/store/v1", &["key", org, sub, campaign]);
    assert_eq!(hex(&record_key), vector["record-key"]);
    let record = store.seal([1; 12], b"answers");
    let opened = ChaCha20Poly1305::new(&Key::from(record_key))
        .decrypt(&Nonce::from([1; 12]), &record[12..])
        .unwrap();
    assert_eq!(opened, b"answers");
}

/// HKDF-SHA-256 with the info string of the page: fields joined by one zero byte.
fn expand<const N: usize>(code: &[u8], salt: &str, fields: &[&str]) -> [u8; N] {
    let mut okm = [0; N];
    Hkdf::<sha2::Sha256>::new(Some(salt.as_bytes()), code)
        .expand(fields.join("\0").as_bytes(), &mut okm)
        .unwrap();
    okm
}

/// The order of choices on screen, reckoned from the words of §3.
#[test]
fn choices_stand_in_the_order_of_their_hashes() {
    let frozen = frozen();
    for question in frozen.set.questions.questions() {
        let shown = on_screen(question, &frozen.sha256, "000123");
        if !question.is_knowledge() {
            assert_eq!(shown, question.choice_ids());
            continue;
        }
        let hash = |choice: &str| {
            let words = format!("\0000123\0{}\0{choice}", question.id);
            selfcheck::digest::Sha256::of(&[&frozen.sha256.0, words.as_bytes()].concat())
        };
        let hashes: Vec<_> = shown.iter().map(|choice| hash(choice.as_str())).collect();
        assert!(hashes.is_sorted());
        assert_eq!(hashes.len(), question.choice_ids().len());
    }
}
