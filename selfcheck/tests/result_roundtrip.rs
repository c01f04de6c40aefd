//! A result from composing to judging, and what may differ between files of one result.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod common;

use common::{Parts, frozen, grade, header, inputs, judged, key, payload, signed};
use proptest::prelude::*;
use selfcheck::grade::Response;
use selfcheck::result::{Inputs, MAX_FILE_BYTES, Payload, Untrusted, Verified, judge, sign};
use selfcheck::set::{Kind, Role};

fn read(file: &str) -> Verified {
    Untrusted::read(file.as_bytes()).unwrap().verify(&key().public()).unwrap()
}

fn parts() -> Parts {
    signed(header().as_bytes(), &payload().to_bytes())
}

#[test]
fn what_was_composed_is_what_is_read() {
    let file = sign(&payload(), &key());
    assert_eq!(file, parts().file(), "the order of the members is ours");
    let result = read(&file);
    assert_eq!(*result, payload());
    assert_eq!(result.kid(), key().public().key_id());
    let judgement = judge(&result, &frozen()).unwrap();
    assert_eq!(judgement.score, grade(&frozen().set.questions, &common::responses()).unwrap());
    assert!(!judgement.claim_differs && !judgement.finished_late);
}

#[test]
fn signing_again_gives_the_same_bytes() {
    assert_eq!(sign(&payload(), &key()), sign(&payload(), &key()));
}

#[test]
fn file_name() {
    assert_eq!(payload().file_name(), "r8-AQIDBAUG.selfcheck.json");
}

/// Order and white space of the outer members are free (RFC 7515); the identity stays.
#[test]
fn other_files_of_the_same_result() {
    let Parts { payload, protected, signature } = parts();
    let identity = |result: &Verified| (result.jti, result.payload_sha256());
    let own = identity(&read(&parts().file()));
    for file in [
        format!(r#"{{"protected":"{protected}","payload":"{payload}","signature":"{signature}"}}"#),
        format!(r#"{{"signature":"{signature}","payload":"{payload}","protected":"{protected}"}}"#),
        parts().file().replace(',', ",\n  ").replace(':', ": "),
        format!("\t\r\n {}\n", parts().file()),
    ] {
        assert_eq!(identity(&read(&file)), own, "{file}");
    }
}

#[test]
fn another_result_has_another_identity() {
    let other = Payload::compose(&frozen(), Inputs { jti: [7; 16], ..inputs() }).unwrap();
    let other = read(&sign(&other, &key()));
    assert_ne!(other.payload_sha256(), read(&parts().file()).payload_sha256());
}

#[test]
fn the_size_bound_is_inclusive() {
    let file = parts().file();
    let padded = |size: usize| format!("{}{file}", " ".repeat(size - file.len()));
    assert_eq!(judged(padded(MAX_FILE_BYTES).as_bytes()), Ok(()));
    assert_eq!(judged(padded(MAX_FILE_BYTES + 1).as_bytes()), Err("too-large"));
}

#[test]
fn parser_words_stay_short() {
    let name = "x".repeat(60_000);
    let error = Untrusted::read(format!(r#"{{"{name}":1}}"#).as_bytes()).unwrap_err();
    assert!(error.to_string().len() < 300, "{error}");
}

/// The claimed score decides nothing: it is compared, and the answers are graded.
#[test]
fn a_false_claim_is_found_and_not_used() {
    let honest = judge(&payload(), &frozen()).unwrap();
    for (from, to) in [
        (r#""points":5666,"max":10000"#, r#""points":10000,"max":10000"#),
        (r#""points":0,"max":0"#, r#""points":0,"max":1000"#),
        (r#""id":"os","points""#, r#""id":"xx","points""#),
        (r#",{"id":"os","points":0,"max":0}"#, ""),
        (r#""points":5666"#, r#""points":4294967295"#),
    ] {
        let text = String::from_utf8(payload().to_bytes()).unwrap();
        assert!(text.contains(from), "{from}");
        let claimed = signed(header().as_bytes(), text.replacen(from, to, 1).as_bytes());
        let judgement = judge(&read(&claimed.file()), &frozen()).unwrap();
        assert!(judgement.claim_differs, "{from}");
        assert_eq!(judgement.score, honest.score);
    }
}

#[test]
fn late_is_after_the_last_day_in_japan() {
    let late = |finished: &str| {
        let inputs = Inputs { finished: finished.parse().unwrap(), ..inputs() };
        let payload = Payload::compose(&frozen(), inputs).unwrap();
        judge(&payload, &frozen()).unwrap().finished_late
    };
    assert!(!late("2026-12-04T23:59:59+09:00"));
    assert!(late("2026-12-05T00:00:00+09:00"));
    assert!(!late("2026-12-04T14:59:59+00:00"));
    assert!(late("2026-12-04T15:00:00+00:00"));
}

/// Both times are claims of the PC's clock, which may be set in between.
#[test]
fn an_end_before_the_start_is_found_and_does_not_reject() {
    let ends_before = |finished: &str| {
        let inputs = Inputs { finished: finished.parse().unwrap(), ..inputs() };
        let payload = Payload::compose(&frozen(), inputs).unwrap();
        judge(&payload, &frozen()).unwrap().ends_before_start
    };
    assert!(!ends_before("2026-11-20T10:02:11+09:00"));
    assert!(ends_before("2026-11-20T10:02:10+09:00"));
    // 10:14 in Tokyo's spelling, but half an hour further east.
    assert!(ends_before("2026-11-20T10:14:52+09:30"));
}

#[test]
fn a_set_of_another_role_is_another_set() {
    let mut set = frozen().set;
    set.role = Role::Manager;
    let manager = selfcheck::set::FrozenSet::parse(set.to_json().as_bytes()).unwrap();
    assert_ne!(manager.sha256, frozen().sha256);
    assert_eq!(judge(&payload(), &manager).unwrap_err().code(), "set");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever a person answers, the file is taken and graded as the page graded it.
    #[test]
    fn any_answers_make_a_good_file(picks in proptest::collection::vec(any::<u32>(), 5), jti: [u8; 16]) {
        let frozen = frozen();
        let mut responses = Vec::new();
        for (question, pick) in frozen.set.questions.questions().iter().zip(picks) {
            let offered = question.choice_ids();
            let mut picked: Vec<_> = match question.kind {
                Kind::Multiple(_) => offered.iter().enumerate()
                    .filter(|(index, _)| pick >> index & 1 == 1)
                    .map(|(_, id)| id.clone())
                    .collect(),
                _ => Vec::new(),
            };
            if picked.is_empty() {
                picked.push(offered[pick as usize % offered.len()].clone());
            }
            responses.push(Response::new(picked));
        }
        let score = grade(&frozen.set.questions, &responses).unwrap();
        let payload = Payload::compose(&frozen, Inputs { jti, responses, ..inputs() }).unwrap();
        let result = read(&sign(&payload, &key()));
        prop_assert_eq!(&*result, &payload);
        let judgement = judge(&result, &frozen).unwrap();
        prop_assert_eq!(judgement.score, score);
        prop_assert!(!judgement.claim_differs);
    }

    /// No bytes at all make the reader panic.
    #[test]
    fn any_bytes_are_answered(bytes: Vec<u8>) {
        let _ = judged(&bytes);
    }
}
