//! Questions and rules belong together: each question leads to the rule it asks about.

use std::collections::BTreeMap;

use crate::{checked, none};

/// Where the rule behind each question stands on the page that the question names.
const RULES: [(&str, &[&str]); 52] = [
    ("pw1", &["rule-1", "how-to"]),
    ("pw2", &["rule-2"]),
    ("pw3", &["rule-3"]),
    ("pw4", &["rule-4", "rule-5", "rule-6", "periodic"]),
    ("up1", &["rule-1"]),
    ("up2", &["principle-1"]),
    ("up3", &["rule-4"]),
    ("mw1", &["rule-1", "suspicious"]),
    ("mw2", &["rule-2", "first-steps"]),
    ("mw3", &["signs", "rule-2"]),
    ("mw4", &["rule-2"]),
    ("ia1", &["rule-2"]),
    ("ia2", &["rule-4", "checklist"]),
    ("ia3", &["rule-4"]),
    ("ia4", &["rule-2", "rule-3"]),
    ("md1", &["rule-1"]),
    ("md2", &["rule-2", "before"]),
    ("md3", &["rule-4"]),
    ("cl1", &["rule-2", "example"]),
    ("cl2", &["rule-3", "rule-4"]),
    ("cl3", &["rule-1", "rule-2", "rule-3"]),
    ("cl4", &["rule-3"]),
    ("ph1", &["rule-1", "rule-2"]),
    ("ph2", &["rule-3", "stranger"]),
    ("os1", &["rule-1"]),
    ("os2", &["rule-5"]),
    ("ir1", &["rule-1"]),
    ("ir2", &["rule-3", "examples"]),
    ("ir3", &["rule-5", "contacts"]),
    ("ir4", &["rule-4", "caller"]),
    ("mg1", &["rule-6", "review"]),
    ("mg2", &["rule-8", "moves"]),
    ("mg3", &["rule-6", "first-30"]),
    ("mg4", &["rule-6"]),
    ("mg5", &["rule-3", "rule-4", "checklist", "end"]),
    ("mg6", &["contact-duties"]),
    ("mg7", &["low", "items"]),
    ("mg8", &["rule-1", "rule-2"]),
    ("r-pw1", &["principle-3"]),
    ("r-pw2", &["principle-3"]),
    ("r-pw4", &["principle-3", "supplement-1"]),
    ("r-up1", &["principle-1"]),
    ("r-up2", &["principle-1"]),
    ("r-mw4", &["principle-2"]),
    ("r-mw3", &["signs"]),
    ("r-mw1", &["check"]),
    ("r-md3", &["leak"]),
    ("r-ir4", &["wrong-delivery"]),
    ("po1", &["art-2", "art-10"]),
    ("po2", &["rule-7-4", "how-to"]),
    ("nw1", &["rule-1", "rule-2"]),
    ("sr1", &["rule-4"]),
];

#[test]
fn every_question_leads_to_the_rule_it_asks_about() {
    let content = &checked().content;
    let wanted: BTreeMap<&str, &[&str]> = RULES.into_iter().collect();
    let mut faults = Vec::new();
    let mut seen = 0;
    for question in content.checks.iter().flat_map(|set| &set.questions) {
        let (id, page) = (question.question.id.as_str(), question.question.page.as_str());
        seen += 1;
        let Some(fragments) = wanted.get(id) else {
            faults.push(format!("{id}: どのルールの設問か分からない（この試験に加える）"));
            continue;
        };
        let found = content.pages.iter().position(|one| one.id.as_str() == page);
        let Some(found) = found else {
            faults.push(format!("{id}: ページ {page} がない"));
            continue;
        };
        for fragment in *fragments {
            if !checked().bodies[found].outline.iter().any(|heading| heading.id == *fragment) {
                faults.push(format!("{id}: {page}#{fragment} がない"));
            }
        }
    }
    none(&faults);
    assert_eq!(seen, RULES.len(), "no question is lost");
}

#[test]
fn every_question_explains_and_says_what_to_do() {
    let mut faults = Vec::new();
    for question in checked().content.checks.iter().flat_map(|set| &set.questions) {
        let question = &question.question;
        for (what, text) in [("解説", &question.explanation), ("行動", &question.action)] {
            if text.chars().count() < 10 || !text.ends_with('。') {
                faults.push(format!("{}: {what}「{text}」", question.id));
            }
        }
    }
    none(&faults);
}
