//! Properly signed and well formed payloads that are no answer to the set.
//!
//! Another person number is not among them: only the roster knows whose key it is.

use crate::{Case, resigned};

const PW1: &str = r#"{"q":"pw1","a":["b"]}"#;
const PW2: &str = r#"{"q":"pw2","a":["dk"]}"#;
const OS1: &str = r#"{"q":"os1","a":["na"]}"#;
const BASIC: &str = concat!(
    r#"{"page":"policy/basic","#,
    r#""sha256":"0d1f4f5d4a6f6f6c7d5c2b3a49586776858493a2b1c0dfeefd0c1b2a39485766","#,
    r#""decision":"accept"}"#
);
const STANDARDS: &str = concat!(
    r#"{"page":"policy/standards","#,
    r#""sha256":"112233445566778899aabbccddeeff00112233445566778899aabbccddeeff00","#,
    r#""decision":"question"}"#
);

pub fn cases() -> Vec<Case> {
    [whole(), answers(), choices(), policies()].concat()
}

fn whole() -> Vec<Case> {
    let hash = crate::common::frozen().sha256.to_string();
    let other_hash = selfcheck::digest::Sha256::of(b"another set").to_string();
    vec![
        ("other org", resigned("\"ageo\"", "\"okegawa\""), "org"),
        ("other campaign", resigned("\"r8\"", "\"r7\""), "campaign"),
        (
            "other campaign nonce",
            resigned("ISIjJCUmJygpKissLS4vMA", "ISIjJCUmJygpKissLS4vMQ"),
            "campaign",
        ),
        ("other set", resigned(&hash, &other_hash), "set"),
        ("other role", resigned("\"general\"", "\"manager-contact\""), "role-of-set"),
    ]
}

fn answers() -> Vec<Case> {
    const CODE: &str = "questions";
    let none = format!("{PW1},{PW2},{},{},{OS1}", r#"{"q":"ml1","a":["a","b","d"]}"#, ML2);
    vec![
        ("first answer missing", resigned(&format!("{PW1},"), ""), CODE),
        ("last answer missing", resigned(&format!(",{OS1}"), ""), CODE),
        ("no answers", resigned(&none, ""), CODE),
        ("answer twice", resigned(PW1, &format!("{PW1},{PW1}")), CODE),
        ("last answer twice", resigned(OS1, &format!("{OS1},{OS1}")), CODE),
        ("answers out of order", resigned(&format!("{PW1},{PW2}"), &format!("{PW2},{PW1}")), CODE),
        (
            "answer to a question of others",
            resigned(OS1, &format!("{OS1},{}", r#"{"q":"mg1","a":["yes"]}"#)),
            CODE,
        ),
        ("question renamed", resigned("\"pw1\"", "\"pw9\""), CODE),
    ]
}

const ML2: &str = r#"{"q":"ml2","a":["c"]}"#;

fn choices() -> Vec<Case> {
    let pw1 = |picks: &str| resigned(PW1, &PW1.replace(r#"["b"]"#, picks));
    let pw2 = |picks: &str| resigned(PW2, &PW2.replace(r#"["dk"]"#, picks));
    vec![
        ("choice past the last", pw1(r#"["d"]"#), "answer-choice"),
        ("dk to a knowledge item", pw1(r#"["dk"]"#), "answer-choice"),
        ("letter to a practice item", pw2(r#"["a"]"#), "answer-choice"),
        ("na where not offered", pw2(r#"["na"]"#), "answer-choice"),
        ("one choice too many in multiple", resigned(r#""d"]"#, r#""d","f"]"#), "answer-choice"),
        ("two choices on single", pw1(r#"["a","b"]"#), "answer-too-many"),
        ("two choices on scenario", resigned(ML2, &ML2.replace("\"c\"", "\"b\",\"c\"")), TOO_MANY),
        ("yes and no", pw2(r#"["no","yes"]"#), "answer-too-many"),
        ("na and yes", resigned(r#"["na"]"#, r#"["na","yes"]"#), "answer-too-many"),
    ]
}

const TOO_MANY: &str = "answer-too-many";

fn policies() -> Vec<Case> {
    const CODE: &str = "policies";
    let both = format!("{BASIC},{STANDARDS}");
    vec![
        ("first policy missing", resigned(&format!("{BASIC},"), ""), CODE),
        ("last policy missing", resigned(&format!(",{STANDARDS}"), ""), CODE),
        ("no policies", resigned(&both, ""), CODE),
        ("policy twice", resigned(BASIC, &format!("{BASIC},{BASIC}")), CODE),
        ("policies out of order", resigned(&both, &format!("{STANDARDS},{BASIC}")), CODE),
        ("policy of another page", resigned("policy/basic", "policy/other"), CODE),
        ("policy with other hash", resigned("0d1f4f5d", "0d1f4f5e"), CODE),
    ]
}
