//! A small campaign, a person, and runs in various states.

use std::rc::Rc;

use selfcheck::code::EnrolmentCode;
use selfcheck::id::{ChoiceId, PersonId};
use selfcheck::keys::{PersonKey, PublicKey};
use selfcheck::result::Decision;
use selfcheck::set::FrozenSet;
use selfcheck::time::Timestamp;

use crate::page::{Page, PageLink};
use crate::run::{Holder, Place, Run, Who};
use crate::sheet::Sheet;
use crate::state::{Action, Opened, Screen, State};
use crate::texts::Texts;

/// Single, multiple, practice with 該当なし, scenario: in two categories.
const SET: &str = r#"{"org":"ageo","campaign":{"id":"r8","nonce":"fLI2CJ-jQqxK1wZWVCeoig","title":"令和8年度 情報セキュリティ自己点検","fiscal_year":2026,"opens":"2026-11-16","closes":"2026-12-04","grace_days":14},"role":"general","bands":{"good":85,"review":70},"acknowledgements":[{"page":"policy/basic","title":"基本方針","sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","statement":"読みました。"}],"categories":[{"id":"pw","title":"パスワード"},{"id":"md","title":"媒体"}],"questions":[{"id":"pw1","rev":1,"kind":"single","category":"pw","weight":2,"prompt":"最も適切なものは。","choices":[{"id":"a","text":"短い","correct":false},{"id":"b","text":"長い","correct":true}],"allow_na":false,"explanation":"長さです。","page":"people/password","action":"作り直す。"},{"id":"pw2","rev":3,"kind":"multiple","category":"pw","weight":2,"prompt":"正しいものを全て。","choices":[{"id":"a","text":"一","correct":true},{"id":"b","text":"二","correct":true},{"id":"c","text":"三","correct":false}],"allow_na":false,"explanation":"一と二。","page":"people/password","action":"見直す。"},{"id":"md1","rev":1,"kind":"practice","category":"md","weight":3,"prompt":"守っていますか。","choices":[],"allow_na":true,"explanation":"守ること。","page":"work/media","action":"今日から守る。"},{"id":"md2","rev":1,"kind":"scenario","category":"md","weight":1,"prompt":"どうしますか。","choices":[{"id":"a","text":"届ける","correct":true},{"id":"b","text":"使う","correct":false}],"allow_na":false,"explanation":"届けます。","page":"work/media","action":"届ける。"}]}"#;

pub fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub fn sheet() -> Rc<Sheet> {
    sheet_of(SET)
}

/// The set after the revision of `pw2` has risen.
pub fn changed_sheet() -> Rc<Sheet> {
    sheet_of(&SET.replace(r#""rev":3"#, r#""rev":4"#))
}

/// The same questions, asked of managers.
pub fn managers_sheet() -> Rc<Sheet> {
    sheet_of(&SET.replace(r#""role":"general""#, r#""role":"manager""#))
}

/// The set after the text of its policy was revised.
pub fn sheet_with_other_policy() -> Rc<Sheet> {
    sheet_of(&SET.replace("e3b0c44298fc", "f3b0c44298fc"))
}

fn sheet_of(text: &str) -> Rc<Sheet> {
    Rc::new(Sheet::Campaign(FrozenSet::parse(text.as_bytes()).unwrap()))
}

pub fn page(lang: &str, opened: &str) -> Page {
    let link = PageLink { title: "ID・パスワード".to_owned(), href: "../p.html".to_owned() };
    Page {
        texts: texts_of(lang),
        site: "0.1.0+abc".parse().unwrap(),
        sheets: vec![sheet()],
        links: vec![("people/password".parse().unwrap(), link)],
        opened: at(opened),
        plain_http: true,
    }
}

/// The words of a language file, and their names.
pub fn language(lang: &str) -> Vec<(String, String)> {
    let file = if lang == "en" {
        include_str!("../../texts/en.json")
    } else {
        include_str!("../../texts/ja.json")
    };
    // The order of a file's lines, which a map of the library would lose.
    let line = |line: &str| {
        let line = line.trim().trim_end_matches(',');
        let text = |json: &str| serde_json::from_str::<String>(json).unwrap();
        line.split_once(": ").map(|(name, words)| (text(name), text(words)))
    };
    file.lines().filter_map(line).collect()
}

fn texts_of(lang: &str) -> &'static Texts {
    Texts::read(language(lang).into_iter().map(|(_, words)| words).collect()).unwrap()
}

pub fn residents_page() -> Page {
    let Sheet::Campaign(frozen) = &*sheet() else { unreachable!() };
    let questions = frozen.set.questions.clone();
    let sheet = Rc::new(Sheet::Residents { questions, sha256: frozen.sha256 });
    Page { sheets: vec![sheet], ..page("ja", "2026-11-20T09:00:00+09:00") }
}

pub const CODE: &str = "000G-40R4-0M30-E209-185G-R38E-RHMK";

pub fn holder() -> Rc<Holder> {
    let (org, person) = ("ageo".parse().unwrap(), "000123".parse::<PersonId>().unwrap());
    let code = EnrolmentCode::read(CODE, &org, &person).ok().unwrap();
    Rc::new(Holder { person, code })
}

pub fn public_key() -> PublicKey {
    let holder = holder();
    PersonKey::derive(&holder.code, &"ageo".parse().unwrap(), &holder.person).public()
}

/// A check of the person that has just begun.
pub fn begun() -> State {
    begun_as(Who::Holder(holder()))
}

pub fn begun_as(who: Who) -> State {
    let run = Run::new(who, sheet(), at("2026-11-20T09:00:00+09:00"));
    State::start().after(Action::Open(Opened { run: Rc::new(run), outcome: None }))
}

/// Every question answered as given, every policy accepted, on the review.
pub fn answered(mut state: State, picks: [&[&str]; 4]) -> State {
    for (index, picked) in picks.into_iter().enumerate() {
        state = state.after(Action::Go(Place::Question(index)));
        for choice in picked {
            state = state.after(Action::Pick(index, id(choice)));
        }
        state = state.after(Action::Answer(index));
    }
    state.after(Action::Decide(0, Decision::Accept)).after(Action::Go(Place::Review))
}

pub fn id(choice: &str) -> ChoiceId {
    choice.parse().unwrap()
}

pub fn run(state: &State) -> &Rc<Run> {
    state.run().unwrap()
}

pub fn is_start(state: &State) -> bool {
    matches!(state.screen, Screen::Start(_))
}
