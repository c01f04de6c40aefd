//! Writes a record, and reads one that this page, or an older or newer version of it, has kept.

use super::json::{self, Json};
use crate::outcome::ResultFile;
use crate::record::{KeptAnswer, KeptDecision, Record};

/// The text that is sealed.
pub fn write(record: &Record) -> String {
    let answers = record.answers.iter().map(|KeptAnswer(id, rev, picked, given)| {
        let picked = json::list(picked.iter().map(|choice| choice.as_str().into()));
        json::list([id.as_str().into(), (*rev).into(), picked, (*given).into()])
    });
    let decisions = record.decisions.iter().map(|KeptDecision(page, sha256, decision)| {
        let texts = [page.as_str(), &sha256.text(), decision.as_str()];
        json::list(texts.map(Into::into))
    });
    let mut members = vec![
        ("revision", record.revision.into()),
        ("set", record.set.text().into()),
        ("started", record.started.as_str().into()),
        ("answers", json::list(answers)),
        ("decisions", json::list(decisions)),
    ];
    if let Some(file) = &record.file {
        let file = [
            ("name", file.name.as_str().into()),
            ("jti", file.jti.as_str().into()),
            ("payload_sha256", file.payload_sha256.text().into()),
            ("finished", file.finished.as_str().into()),
            ("text", file.text.as_str().into()),
        ];
        members.push(("file", json::object(&file)));
    }
    json::text(&json::object(&members))
}

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
        let decision = super::payload::decision(&decision)?;
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
