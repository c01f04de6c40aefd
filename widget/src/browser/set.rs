//! Reads the question sets in the page. Member names as in `selfcheck/FORMAT.md` §3.

use selfcheck::digest::Sha256;
use selfcheck::set::{
    Acknowledgement, Bands, Campaign, CampaignSet, Category, Choice, FrozenSet, Kind, Question,
    QuestionSet, Role,
};

use super::json::Json;
use crate::sheet::Sheet;

/// Reads the text of a `set-…` element; `None` when it is no set.
pub fn read(text: &str) -> Option<Sheet> {
    let json = Json::parse(text)?;
    let questions = questions(&json)?;
    let sha256 = Sha256::of(text.as_bytes());
    let role = json.get("role").text();
    if role.is_empty() {
        return Some(Sheet::Residents { questions, sha256 });
    }
    let set = CampaignSet {
        org: json.get("org").parsed()?,
        campaign: campaign(&json.get("campaign"))?,
        role: Role::ALL.into_iter().find(|known| known.as_str() == role)?,
        acknowledgements: list(&json, "acknowledgements", acknowledgement)?,
        questions,
    };
    Some(Sheet::Campaign(FrozenSet { set, sha256 }))
}

fn campaign(json: &Json) -> Option<Campaign> {
    Some(Campaign {
        id: json.get("id").parsed()?,
        nonce: json.get("nonce").parsed()?,
        title: json.get("title").text(),
        fiscal_year: json.get("fiscal_year").number() as u16,
        opens: json.get("opens").parsed()?,
        closes: json.get("closes").parsed()?,
        grace_days: json.get("grace_days").number() as u16,
    })
}

fn questions(json: &Json) -> Option<QuestionSet> {
    let bands = json.get("bands");
    let percent = |name| bands.get(name).number().try_into().ok();
    let bands = Bands { good: percent("good")?, review: percent("review")? };
    let categories = list(json, "categories", category)?;
    QuestionSet::new(bands, categories, list(json, "questions", question)?).ok()
}

fn acknowledgement(json: &Json) -> Option<Acknowledgement> {
    Some(Acknowledgement {
        page: json.get("page").parsed()?,
        title: json.get("title").text(),
        sha256: json.get("sha256").parsed()?,
        statement: json.get("statement").text(),
    })
}

fn category(json: &Json) -> Option<Category> {
    Some(Category { id: json.get("id").parsed()?, title: json.get("title").text() })
}

fn question(json: &Json) -> Option<Question> {
    let choices = list(json, "choices", choice)?;
    let kind = match json.get("kind").text().as_str() {
        "single" => Kind::Single(choices),
        "scenario" => Kind::Scenario(choices),
        "multiple" => Kind::Multiple(choices),
        "practice" => Kind::Practice { allow_na: json.get("allow_na").is_true() },
        _ => return None,
    };
    Some(Question {
        id: json.get("id").parsed()?,
        rev: json.get("rev").number(),
        kind,
        category: json.get("category").parsed()?,
        weight: json.get("weight").number() as u8,
        prompt: json.get("prompt").text(),
        explanation: json.get("explanation").text(),
        page: json.get("page").parsed()?,
        action: json.get("action").text(),
    })
}

fn choice(json: &Json) -> Option<Choice> {
    Some(Choice {
        id: json.get("id").parsed()?,
        text: json.get("text").text(),
        correct: json.get("correct").is_true(),
    })
}

/// The elements of the list `name`; `None` when one of them cannot be read.
fn list<T>(json: &Json, name: &str, read: impl Fn(&Json) -> Option<T>) -> Option<Vec<T>> {
    let mut all = Vec::new();
    for item in json.get(name).items() {
        all.push(read(&item)?);
    }
    Some(all)
}
