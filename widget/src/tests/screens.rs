//! The HTML of every screen, rendered natively.

use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use yew::LocalServerRenderer;

use super::fixtures::{answered, at, begun, begun_as, id, page, residents_page, run};
use crate::components::app::{App, AppProps};
use crate::outcome;
use crate::page::Page;
use crate::record::Fit;
use crate::run::{Place, Trouble, Who};
use crate::state::{Action, Offer, Opened, State};

const PICKS: [&[&str]; 4] = [&["a"], &["a"], &["no"], &["a"]];

fn html(page: Page, initial: State) -> String {
    let props = AppProps { page: Rc::new(page), initial };
    ready(LocalServerRenderer::<App>::with_props(props).hydratable(false).render())
}

/// Rendering waits for nothing, so that no executor is needed.
fn ready<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    for _ in 0..10_000 {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
    }
    panic!("rendering waits for something");
}

fn open_page() -> Page {
    page("ja", "2026-11-20T09:00:00+09:00")
}

fn check(html: &str, expected: &[&str], absent: &[&str]) {
    for text in expected {
        assert!(html.contains(text), "no {text} in {html}");
    }
    for text in absent {
        assert!(!html.contains(text), "{text} in {html}");
    }
    assert!(!html.contains("style="), "inline styles are forbidden: {html}");
    let headings = html.matches(r#"id="self-check-heading""#).count();
    assert_eq!(headings, 1, "one heading takes the focus");
}

#[test]
fn start_while_open() {
    check(
        &html(open_page(), State::start()),
        &[
            "実施中",
            "令和8年11月16日（月）",
            r#"<label class="field__label" for="person-number">"#,
            r#"aria-describedby="enrolment-code-hint enrolment-code-error""#,
            r#"id="role-manager-contact""#,
            "番号なしで試す",
            "http",
            "この端末から消す",
        ],
        &["checked", "実施期間は終わりました"],
    );
}

#[test]
fn start_before_and_after() {
    let before = html(page("ja", "2026-11-01T09:00:00+09:00"), State::start());
    check(&before, &["実施前", "番号なしで試す"], &["enrolment-code"]);
    let late = html(page("ja", "2026-12-10T09:00:00+09:00"), State::start());
    check(&late, &["期間終了", "遅延", "令和8年12月18日（金）", "enrolment-code"], &[]);
    let closed = html(page("ja", "2026-12-19T09:00:00+09:00"), State::start());
    check(&closed, &["受付終了", "担当者へ連絡", "番号なしで試す"], &["enrolment-code"]);
}

#[test]
fn start_in_english_and_for_residents() {
    let english = html(page("en", "2026-11-20T09:00:00+09:00"), State::start());
    check(&english, &["Begin the check", "Mon 16 Nov 2026"], &["登録コード"]);
    let residents = html(residents_page(), State::start());
    check(&residents, &["市民向けかんたんチェック"], &["person-number", "この端末から消す"]);
}

#[test]
fn offer() {
    let state = answered(begun(), PICKS);
    let kept = Opened { run: Rc::clone(run(&state)), outcome: None };
    let fit = Fit { same_set: false, dropped: 2, asked_again: 1 };
    let offer = Offer { kept, fresh: Rc::clone(run(&begun())), fit };
    let state = State::start().after(Action::Offer(Rc::new(offer)));
    check(
        &html(open_page(), state),
        &[
            "前回の続きがあります",
            "4問のうち4問",
            "引き継げない回答：2問",
            "方針が1件",
            "続きから始める",
            "残っている回答は消えます",
        ],
        &["署名"],
    );
}

#[test]
fn offer_of_a_signed_file() {
    let state = done(begun(), false);
    let kept = Opened { run: Rc::clone(run(&state)), outcome: state.outcome().cloned() };
    let fit = Fit { same_set: true, dropped: 0, asked_again: 0 };
    let offer = Offer { kept, fresh: Rc::clone(run(&begun())), fit };
    let state = State::start().after(Action::Offer(Rc::new(offer)));
    check(
        &html(open_page(), state),
        &[
            "役割「一般職員」で、署名まで済んでいます",
            "署名した結果ファイルは、この端末から消えます",
        ],
        &["設問は前回と同じです"],
    );
}

#[test]
fn question_open_and_locked() {
    check(
        &html(open_page(), begun().after(Action::Pick(0, id("a")))),
        &[
            "<fieldset",
            "<legend",
            r#"data-question="pw1""#,
            r#"<progress class="progress__bar" max="4" value="0""#,
            r#"type="radio" id="pw1-a" name="pw1""#,
            "回答する",
            "後で答える",
        ],
        &["正しい答え"],
    );
    let state = begun().after(Action::Pick(0, id("a"))).after(Action::Answer(0));
    check(
        &html(open_page(), state),
        &["不正解です", "長さです。", "あなたの回答", "正しい答え", "「ID・パスワード」を読む"],
        &["<input", "回答する<"],
    );
}

#[test]
fn question_with_several_and_practice() {
    let several = begun().after(Action::Go(Place::Question(1)));
    check(&html(open_page(), several), &[r#"type="checkbox""#, "全て選んで"], &[]);
    let practice = begun()
        .after(Action::Go(Place::Question(2)))
        .after(Action::Pick(2, id("no")))
        .after(Action::Answer(2));
    check(
        &html(open_page(), practice),
        &["わからない", "該当なし", r#"type="radio""#, "正直な回答", "変えられます", "今日から"],
        &["正解"],
    );
}

#[test]
fn policies_and_review() {
    let policies = begun().after(Action::Go(Place::Policies)).after(Action::Refuse);
    check(
        &html(open_page(), policies),
        &["e3b0c44298fc1c14", "同意しない", "質問がある", "まだ答えていない方針"],
        &["checked"],
    );
    let open = begun().after(Action::Go(Place::Review));
    check(&html(open_page(), open), &["未回答", "5件"], &["署名して結果を見る"]);
    let complete = answered(begun(), PICKS);
    let complete_html = html(open_page(), complete.clone());
    check(&complete_html, &["署名して結果を見る", "変更する", "確定"], &["未回答"]);
    let changed = complete.after(Action::Go(Place::Question(2)));
    check(&html(open_page(), changed), &["回答の確認へ"], &["次の問へ", "方針の確認へ"]);
}

fn done(who: State, confirmed: bool) -> State {
    let state = answered(who, PICKS);
    let site = "0.1.0+abc".parse().unwrap();
    let finished = at("2026-12-05T09:12:00+09:00");
    let outcome = outcome::finish(run(&state), &site, finished, [7; 16]).unwrap();
    let state = state.after(Action::Finish(outcome)).after(Action::Offered);
    if confirmed { state.after(Action::Confirm) } else { state }
}

#[test]
fn result_with_file() {
    check(
        &html(open_page(), done(begun(), false)),
        &[
            "要改善",
            "重点項目",
            "今日から守る。",
            "<svg",
            "r8-BwcHBwcH.selfcheck.json",
            "結果ファイルを保存する",
            "遅延",
            "保存を確認した",
            "修了票",
            "000123",
            "BwcHBwcHBwcHBwcHBwcHBw",
        ],
        &[],
    );
    let confirmed = html(open_page(), done(begun(), true));
    check(&confirmed, &["消しました"], &["保存を確認した"]);
}

#[test]
fn result_of_a_trial() {
    check(
        &html(open_page(), done(begun_as(Who::Trial), false)),
        &["お試しの結果", "番号なし（お試し）"],
        &["結果ファイルを保存する", "jti"],
    );
}

#[test]
fn troubles_are_said() {
    let html_with = |trouble| html(open_page(), begun().after(Action::NotKept(trouble)));
    check(&html_with(Trouble::Refused), &["保存できません"], &["暗号化して保存しています"]);
    check(&html_with(Trouble::Elsewhere), &["別のタブ", "新しいほうの回答を開く"], &[]);
    check(&html_with(Trouble::Removed), &["別のタブで消されました"], &[]);
}

#[test]
fn removing_asks_first() {
    let ask = |state: State| html(open_page(), state.after(Action::AskToClear(true)));
    check(&ask(State::start()), &["ほかの人の分も含めて"], &[]);
    check(&ask(begun()), &["やめる"], &["ほかの人の分も含めて"]);
}
