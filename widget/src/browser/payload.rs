//! Reads the payload of a result file with the browser's parser, for `selfcheck` to hold against
//! the bytes that were signed.

use selfcheck::grade::Response;
use selfcheck::result::{
    Ack, Answer, App, CampaignRef, CategoryClaim, Claimed, Decision, Payload, ReadError, SetRef, V1,
};
use selfcheck::set::Role;

use super::json::Json;

/// What `selfcheck` asks for: a payload of version 1.
pub fn parse(json: &[u8]) -> Result<Payload, ReadError> {
    let json = std::str::from_utf8(json).ok().and_then(Json::parse);
    let refused = || ReadError::Payload(String::new());
    let json = json.ok_or_else(refused)?;
    match json.get("v").number() {
        1 => read(&json).ok_or_else(refused),
        other => Err(ReadError::Version(other.into())),
    }
}

fn read(json: &Json) -> Option<Payload> {
    let mut answers = Vec::new();
    for answer in json.get("answers").items() {
        let mut picked = Vec::new();
        for choice in answer.get("a").items() {
            picked.push(choice.parsed()?);
        }
        answers.push(Answer { q: answer.get("q").parsed()?, a: Response::new(picked)? });
    }
    let mut ack = Vec::new();
    for policy in json.get("ack").items() {
        ack.push(Ack {
            page: policy.get("page").parsed()?,
            sha256: policy.get("sha256").parsed()?,
            decision: decision(&policy.get("decision"))?,
        });
    }
    let claimed = json.get("claimed");
    let mut categories = Vec::new();
    for category in claimed.get("categories").items() {
        categories.push(CategoryClaim {
            id: category.get("id").parsed()?,
            points: category.get("points").number(),
            max: category.get("max").number(),
        });
    }
    let (campaign, app) = (json.get("campaign"), json.get("app"));
    Some(Payload {
        v: V1,
        jti: json.get("jti").parsed()?,
        org: json.get("org").parsed()?,
        sub: json.get("sub").parsed()?,
        role: role(&json.get("role"))?,
        campaign: CampaignRef {
            id: campaign.get("id").parsed()?,
            nonce: campaign.get("nonce").parsed()?,
        },
        set: SetRef { sha256: json.get("set").get("sha256").parsed()? },
        app: App { version: app.get("version").parsed()?, site: app.get("site").parsed()? },
        started: json.get("started").parsed()?,
        finished: json.get("finished").parsed()?,
        answers,
        ack,
        claimed: Claimed {
            points: claimed.get("points").number(),
            max: claimed.get("max").number(),
            categories,
        },
    })
}

/// A role by its written form.
pub fn role(json: &Json) -> Option<Role> {
    let role = json.text();
    Role::ALL.into_iter().find(|known| known.as_str() == role)
}

/// A decision by its written form.
pub fn decision(json: &Json) -> Option<Decision> {
    let decision = json.text();
    Decision::ALL.into_iter().find(|known| known.as_str() == decision)
}
