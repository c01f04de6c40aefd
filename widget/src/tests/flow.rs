//! The reducer, step by step.

use std::rc::Rc;

use selfcheck::code::BadCode;
use selfcheck::digest::Sha256;
use selfcheck::result::{Decision, Untrusted, judge};

use super::fixtures::{
    CODE, answered, at, begun, begun_as, changed_sheet, holder, id, is_start, managers_sheet, page,
    public_key, run, sheet, sheet_with_other_policy,
};
use crate::identity::{FieldErrors, read};
use crate::outcome::{self, Outcome};
use crate::page::Period;
use crate::record::{Fit, Record};
use crate::run::{Place, Trouble, Who};
use crate::state::{Action, State};

const RIGHT: [&[&str]; 4] = [&["b"], &["a", "b"], &["yes"], &["a"]];
const MIXED: [&[&str]; 4] = [&["a"], &["a"], &["no"], &["a"]];

fn finished(state: &State) -> Outcome {
    let site = "0.1.0+abc".parse().unwrap();
    outcome::finish(run(state), &site, at("2026-11-20T09:12:00+09:00"), [7; 16]).unwrap()
}

#[test]
fn knowledge_locks_and_practice_does_not() {
    let state = answered(begun(), RIGHT)
        .after(Action::Pick(0, id("a")))
        .after(Action::Pick(1, id("c")))
        .after(Action::Pick(2, id("no")));
    let picked: Vec<_> = run(&state).answers.iter().map(|answer| answer.picked.clone()).collect();
    assert_eq!(picked, [vec![id("b")], vec![id("a"), id("b")], vec![id("no")], vec![id("a")]]);
}

#[test]
fn several_may_be_picked_only_where_the_kind_allows() {
    let state = begun()
        .after(Action::Pick(0, id("a")))
        .after(Action::Pick(0, id("b")))
        .after(Action::Pick(1, id("a")))
        .after(Action::Pick(1, id("c")))
        .after(Action::Pick(1, id("a")));
    assert_eq!(run(&state).answers[0].picked, [id("b")]);
    assert_eq!(run(&state).answers[1].picked, [id("c")]);
}

#[test]
fn an_answer_needs_a_pick() {
    let state = begun().after(Action::Answer(0));
    assert!(run(&state).incomplete && !run(&state).answers[0].given);
    let state = state.after(Action::Pick(0, id("b")));
    assert!(!run(&state).incomplete);
    let state = state.after(Action::Answer(0));
    assert!(run(&state).just_answered && run(&state).answers[0].given);
    assert!(!run(&state.after(Action::Go(Place::Question(1)))).just_answered);
}

#[test]
fn forward_and_back_pass_every_screen() {
    let mut state = begun();
    let mut names = vec![state.screen_name().to_owned()];
    for _ in 0..5 {
        let after = run(&state).after();
        // Not past the policies before each is decided.
        if after == Place::Review {
            state = state.after(Action::Go(after));
            assert!(run(&state).incomplete);
            state = state.after(Action::Decide(0, Decision::Question));
        }
        state = state.after(Action::Go(after));
        names.push(state.screen_name().to_owned());
    }
    assert_eq!(names, ["pw1", "pw2", "md1", "md2", "policies", "review"]);
    for name in names.iter().rev().skip(1) {
        let before = run(&state).before().unwrap();
        state = state.after(Action::Go(before));
        assert_eq!(state.screen_name(), name);
    }
    assert_eq!(run(&state).before(), None);
}

#[test]
fn what_is_opened_from_the_review_leads_back_to_it() {
    let state = answered(begun(), RIGHT).after(Action::Go(Place::Question(2)));
    assert_eq!(run(&state).after(), Place::Review);
    let open = begun().after(Action::Go(Place::Policies));
    let open = open.after(Action::Decide(0, Decision::Accept)).after(Action::Go(Place::Review));
    let open = open.after(Action::Go(Place::Question(1))).after(Action::Pick(1, id("a")));
    assert_eq!(run(&open.after(Action::Answer(1))).after(), Place::Review);
}

#[test]
fn the_last_open_question_of_a_check_taken_up_leads_to_the_review() {
    let state = answered(begun(), [&["b"], &[], &["yes"], &["a"]]);
    let (opened, _) = Record::of(run(&state), None).take_up(&holder(), &sheet(), &[sheet()]);
    let state = State::start().after(Action::Open(opened));
    assert_eq!(run(&state).place, Place::Question(1));
    assert_eq!(run(&state).after(), Place::Question(2));
    let state = state.after(Action::Pick(1, id("a"))).after(Action::Answer(1));
    assert_eq!(run(&state).after(), Place::Review);
}

#[test]
fn the_signed_file_is_what_tally_accepts() {
    let state = answered(begun(), MIXED);
    let file = finished(&state).file.unwrap();
    let verified = Untrusted::read(file.text.as_bytes()).unwrap().verify(&public_key()).unwrap();
    let sheet = sheet();
    let judgement = judge(&verified, sheet.frozen().unwrap()).unwrap();
    assert!(!judgement.claim_differs && !judgement.finished_late);
    assert_eq!(judgement.score, *finished(&state).score);
    assert_eq!(file.payload_sha256, verified.payload_sha256());
    assert_eq!(file.jti, verified.jti.to_string());
    assert_eq!(verified.ack[0].decision, Decision::Accept);
}

#[test]
fn a_clock_set_back_makes_no_contradiction() {
    let state = answered(begun(), RIGHT);
    let site = "0.1.0".parse().unwrap();
    let early = at("2026-11-20T08:00:00+09:00");
    let outcome = outcome::finish(run(&state), &site, early, [7; 16]).unwrap();
    assert_eq!(outcome.finished, at("2026-11-20T09:00:00+09:00"));
}

#[test]
fn a_trial_makes_no_file() {
    let state = answered(begun_as(Who::Trial), RIGHT);
    assert!(finished(&state).file.is_none());
}

#[test]
fn nothing_is_signed_before_all_is_answered() {
    let state = begun().after(Action::Pick(0, id("b"))).after(Action::Answer(0));
    let site = "0.1.0".parse().unwrap();
    let now = at("2026-11-20T09:12:00+09:00");
    assert!(outcome::finish(run(&state), &site, now, [7; 16]).is_err());
    assert_eq!(run(&state).open_items(), 4);
}

#[test]
fn a_kept_record_is_taken_up() {
    let state = begun()
        .after(Action::Pick(0, id("b")))
        .after(Action::Answer(0))
        .after(Action::Pick(1, id("a")))
        .after(Action::Kept(4));
    let (opened, fit) = Record::of(run(&state), None).take_up(&holder(), &sheet(), &[sheet()]);
    assert_eq!(fit, Fit { same_set: true, dropped: 0, asked_again: 0 });
    assert_eq!(opened.run.answers, run(&state).answers);
    assert_eq!(opened.run.place, Place::Question(1));
    assert_eq!(opened.run.keeping.revision, 5);
}

#[test]
fn answers_that_still_fit_a_changed_set_are_kept() {
    let state = answered(begun(), RIGHT);
    let file = finished(&state).file.unwrap();
    let record = Record::of(run(&state), Some(&file));
    let (opened, fit) = record.take_up(&holder(), &changed_sheet(), &[changed_sheet()]);
    assert_eq!(fit, Fit { same_set: false, dropped: 1, asked_again: 0 });
    assert!(opened.outcome.is_none(), "a file of another set is not this one's result");
    let given: Vec<bool> = opened.run.answers.iter().map(|answer| answer.given).collect();
    assert_eq!(given, [true, false, true, true]);
    assert_eq!(opened.run.decisions, [Some(Decision::Accept)]);
}

#[test]
fn a_changed_policy_asks_again() {
    let record = Record::of(run(&answered(begun(), RIGHT)), None);
    let other = sheet_with_other_policy();
    let (opened, fit) = record.take_up(&holder(), &other, &[Rc::clone(&other)]);
    assert_eq!(fit, Fit { same_set: false, dropped: 0, asked_again: 1 });
    assert_eq!(opened.run.decisions, [None]);
    assert_eq!(opened.run.place, Place::Policies);
}

#[test]
fn a_signed_file_survives_a_reload() {
    let state = answered(begun(), MIXED);
    let outcome = finished(&state);
    let file = outcome.file.unwrap();
    let (opened, _) = Record::of(run(&state), Some(&file)).take_up(&holder(), &sheet(), &[sheet()]);
    let again = opened.outcome.unwrap();
    assert_eq!(again.file.unwrap().text, file.text);
    assert_eq!(again.score, outcome.score);
}

#[test]
fn a_signed_file_is_opened_in_its_role_whatever_role_is_chosen() {
    let state = answered(begun(), MIXED);
    let outcome = finished(&state);
    let file = outcome.file.unwrap();
    let (general, manager) = (sheet(), managers_sheet());
    let sheets = [Rc::clone(&general), Rc::clone(&manager)];
    let record = || Record::of(run(&state), Some(&file));
    let (opened, fit) = record().take_up(&holder(), &manager, &sheets);
    assert_eq!(fit, Fit { same_set: true, dropped: 0, asked_again: 0 });
    assert_eq!(opened.run.sheet, general);
    assert_eq!(opened.outcome.unwrap().file.unwrap().text, file.text);
    // What is not signed goes on in the chosen role.
    let (opened, fit) = Record::of(run(&state), None).take_up(&holder(), &manager, &sheets);
    assert!(!fit.same_set && opened.outcome.is_none());
    assert_eq!(opened.run.sheet, manager);
}

#[test]
fn another_tab_stops_saving_here() {
    let state = begun().after(Action::Kept(1)).after(Action::NotKept(Trouble::Elsewhere));
    assert_eq!(run(&state).keeping.trouble, Some(Trouble::Elsewhere));
}

#[test]
fn clearing_goes_back_to_the_start() {
    let state = answered(begun(), RIGHT).after(Action::AskToClear(true)).after(Action::Clear);
    assert!(is_start(&state) && !state.asking_to_clear);
}

#[test]
fn fields_tell_what_is_wrong() {
    let org = "ageo".parse().unwrap();
    let check = |number: &str, code: &str, expected: FieldErrors| {
        assert_eq!(read(number, code, &org).err(), Some(expected), "{number} {code}");
    };
    let errors = |number, code| FieldErrors { number, code };
    check("", "", errors(true, Some(BadCode::Length(0))));
    check("12-3", CODE, errors(true, None));
    check("000123", "000G", errors(false, Some(BadCode::Length(4))));
    check("000123", "000U", errors(false, Some(BadCode::Character('U', 4))));
    check("000124", CODE, errors(false, Some(BadCode::Check)));
    assert!(read("０００１２３", CODE, &org).is_ok());
}

#[test]
fn the_period_is_days_in_japan() {
    let check = |now: &str, expected| {
        let page = page("ja", now);
        assert_eq!(Period::of(page.campaign().unwrap(), &page.opened), expected, "{now}");
    };
    check("2026-11-15T23:59:59+09:00", Period::Before);
    check("2026-11-15T15:00:00+00:00", Period::Open);
    check("2026-12-04T23:59:59+09:00", Period::Open);
    check("2026-12-05T00:00:00+09:00", Period::Late);
    check("2026-12-18T23:59:59+09:00", Period::Late);
    check("2026-12-19T00:00:00+09:00", Period::Closed);
}

#[test]
fn the_same_answers_give_the_same_payload() {
    let file = |state: &State| Sha256::of(finished(state).file.unwrap().text.as_bytes());
    assert_eq!(file(&answered(begun(), RIGHT)), file(&answered(begun(), RIGHT)));
}
