//! Reads a record that this page, or an older or newer version of it, has kept.

use selfcheck::result::Decision;

use super::json::Json;
use crate::outcome::ResultFile;
use crate::record::{KeptAnswer, KeptDecision, Record};

/// Reads an opened record; `None` for what this version does not know.
pub fn read(text: &str) -> Option<Record> {
    let json = Json::parse(text)?;
    let mut answers = Vec::new();
    for answer in json.get("answers").items() {
        let [id, rev, picked, given] = answer.items().try_into().ok()?;
        let mut choices = Vec::new();
        for choice in picked.items() {
            choices.push(choice.parsed()?);
        }
        answers.push(KeptAnswer(id.parsed()?, rev.number(), choices, given.is_true()));
    }
    let mut decisions = Vec::new();
    for decision in json.get("decisions").items() {
        let [page, sha256, decision] = decision.items().try_into().ok()?;
        let decision = match decision.text().as_str() {
            "accept" => Decision::Accept,
            "decline" => Decision::Decline,
            "question" => Decision::Question,
            _ => return None,
        };
        decisions.push(KeptDecision(page.parsed()?, sha256.parsed()?, decision));
    }
    Some(Record {
        revision: json.get("revision").number(),
        set: json.get("set").parsed()?,
        started: json.get("started").parsed()?,
        answers,
        decisions,
        file: file(&json.get("file")),
    })
}

fn file(json: &Json) -> Option<ResultFile> {
    Some(ResultFile {
        name: json.get("name").text(),
        jti: json.get("jti").text(),
        payload_sha256: json.get("payload_sha256").parsed()?,
        finished: json.get("finished").parsed()?,
        text: json.get("text").text(),
    })
}
