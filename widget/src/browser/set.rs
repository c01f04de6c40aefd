//! Reads the question sets in the page. Member names as in `selfcheck/FORMAT.md` §3.

use selfcheck::digest::Sha256;
use selfcheck::set::{
    Acknowledgement, Bands, Campaign, CampaignSet, Category, Choice, FrozenSet, Kind, Question,
    QuestionSet,
};
use wasm_bindgen::UnwrapThrowExt as _;

use super::json::Json;
use crate::sheet::Sheet;

/// Reads the text of a `set-…` element. Throws when it is no set.
pub fn read(text: &str) -> Sheet {
    let json = Json::parse(text).expect_throw("a question set");
    let questions = questions(&json);
    let sha256 = Sha256::of(text.as_bytes());
    let role = json.get("role");
    if role.text().is_empty() {
        return Sheet::Residents { questions, sha256 };
    }
    let set = CampaignSet {
        org: json.get("org").known(),
        campaign: campaign(&json.get("campaign")),
        role: super::payload::role(&role).expect_throw("a role"),
        acknowledgements: list(&json, "acknowledgements", acknowledgement),
        questions,
    };
    Sheet::Campaign(FrozenSet { set, sha256 })
}

fn campaign(json: &Json) -> Campaign {
    Campaign {
        id: json.get("id").known(),
        nonce: json.get("nonce").known(),
        title: json.get("title").text(),
        fiscal_year: json.get("fiscal_year").number() as u16,
        opens: json.get("opens").known(),
        closes: json.get("closes").known(),
        grace_days: json.get("grace_days").number() as u16,
    }
}

fn questions(json: &Json) -> QuestionSet {
    let bands = json.get("bands");
    let percent = |name| bands.get(name).number() as u8;
    let bands = Bands { good: percent("good"), review: percent("review") };
    let categories = list(json, "categories", category);
    let set = QuestionSet::new(bands, categories, list(json, "questions", question));
    set.ok().expect_throw("a question set that fits")
}

fn acknowledgement(json: &Json) -> Acknowledgement {
    Acknowledgement {
        page: json.get("page").known(),
        title: json.get("title").text(),
        sha256: json.get("sha256").known(),
        statement: json.get("statement").text(),
    }
}

fn category(json: &Json) -> Category {
    Category { id: json.get("id").known(), title: json.get("title").text() }
}

fn question(json: &Json) -> Question {
    let choices = list(json, "choices", choice);
    let kind = match json.get("kind").text().as_str() {
        "single" => Kind::Single(choices),
        "scenario" => Kind::Scenario(choices),
        "multiple" => Kind::Multiple(choices),
        _ => Kind::Practice { allow_na: json.get("allow_na").is_true() },
    };
    Question {
        id: json.get("id").known(),
        rev: json.get("rev").number(),
        kind,
        category: json.get("category").known(),
        weight: json.get("weight").number() as u8,
        prompt: json.get("prompt").text(),
        explanation: json.get("explanation").text(),
        page: json.get("page").known(),
        action: json.get("action").text(),
    }
}

fn choice(json: &Json) -> Choice {
    Choice {
        id: json.get("id").known(),
        text: json.get("text").text(),
        correct: json.get("correct").is_true(),
    }
}

/// The elements of the list `name`.
fn list<T>(json: &Json, name: &str, read: impl Fn(&Json) -> T) -> Vec<T> {
    let mut all = Vec::new();
    for item in json.get(name).items() {
        all.push(read(&item));
    }
    all
}
