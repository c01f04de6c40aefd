//! The one spelling of a payload: its members in order, without white space.
//!
//! Written out by hand, because this is what is signed: nothing here hangs on the mood of a
//! library. No value of a payload needs an escape; the types of `id`, `b64`, `digest` and `time`
//! hold letters, digits and a few signs.

use super::{Payload, payload::VERSION};

/// The canonical bytes of `payload`.
pub(super) fn write(payload: &Payload) -> String {
    let mut json = Json { text: String::from("{\"v\":") };
    json.text.push_str(VERSION);
    json.member("jti", &payload.jti.text());
    json.member("org", payload.org.as_str());
    json.member("sub", payload.sub.as_str());
    json.member("role", payload.role.as_str());
    json.begin("campaign", '{');
    json.member("id", payload.campaign.id.as_str());
    json.member("nonce", &payload.campaign.nonce.text());
    json.end('}');
    json.begin("set", '{');
    json.member("sha256", &payload.set.sha256.text());
    json.end('}');
    json.begin("app", '{');
    json.member("version", payload.app.version.as_str());
    json.member("site", payload.app.site.as_str());
    json.end('}');
    json.member("started", payload.started.as_str());
    json.member("finished", payload.finished.as_str());
    json.begin("answers", '[');
    for answer in &payload.answers {
        json.open('{');
        json.member("q", answer.q.as_str());
        json.begin("a", '[');
        for choice in answer.a.choices() {
            json.string(choice.as_str());
        }
        json.end(']');
        json.end('}');
    }
    json.end(']');
    json.begin("ack", '[');
    for ack in &payload.ack {
        json.open('{');
        json.member("page", ack.page.as_str());
        json.member("sha256", &ack.sha256.text());
        json.member("decision", ack.decision.as_str());
        json.end('}');
    }
    json.end(']');
    json.begin("claimed", '{');
    json.number("points", payload.claimed.points);
    json.number("max", payload.claimed.max);
    json.begin("categories", '[');
    for category in &payload.claimed.categories {
        json.open('{');
        json.member("id", category.id.as_str());
        json.number("points", category.points);
        json.number("max", category.max);
        json.end('}');
    }
    json.end(']');
    json.end('}');
    json.end('}');
    json.text
}

struct Json {
    text: String,
}

impl Json {
    /// A comma, unless something has just been opened or named.
    fn separate(&mut self) {
        if !self.text.ends_with(['{', '[', ':']) {
            self.text.push(',');
        }
    }

    fn open(&mut self, bracket: char) {
        self.separate();
        self.text.push(bracket);
    }

    fn string(&mut self, value: &str) {
        self.separate();
        self.text.push('"');
        self.text.push_str(value);
        self.text.push('"');
    }

    fn name(&mut self, name: &str) {
        self.string(name);
        self.text.push(':');
    }

    fn begin(&mut self, name: &str, bracket: char) {
        self.name(name);
        self.text.push(bracket);
    }

    fn end(&mut self, bracket: char) {
        self.text.push(bracket);
    }

    fn member(&mut self, name: &str, value: &str) {
        self.name(name);
        self.string(value);
    }

    fn number(&mut self, name: &str, value: u32) {
        self.name(name);
        self.text.push_str(&value.to_string());
    }
}
