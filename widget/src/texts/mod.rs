//! Every word on screen, one table a language; questions and policies come from the sets.
//!
//! `{}` stands for a value that [`fill`] puts in.

mod en;
mod ja;

use selfcheck::grade::Band;
use selfcheck::result::Decision;
use selfcheck::set::Role;
use selfcheck::time::{Date, Timestamp};

/// The words of one language, by screen.
pub struct Texts {
    pub date: fn(Date) -> String,

    pub residents_title: &'static str,
    pub before: &'static str,
    pub open: &'static str,
    pub late: &'static str,
    pub before_note: &'static str,
    pub late_note: &'static str,
    pub period: &'static str,
    pub period_value: &'static str,
    pub time_needed: &'static str,
    pub time_value: &'static str,
    pub residents_time_value: &'static str,
    pub purpose: &'static str,
    pub purpose_value: &'static str,
    pub residents_purpose_value: &'static str,
    pub privacy: &'static str,
    pub privacy_value: &'static str,
    pub residents_privacy_value: &'static str,
    pub readers: &'static str,
    pub readers_value: &'static str,
    pub cleared: &'static str,

    pub form_title: &'static str,
    pub role: &'static str,
    pub roles: [&'static str; 4],
    pub role_missing: &'static str,
    pub number: &'static str,
    pub number_hint: &'static str,
    pub number_error: &'static str,
    pub code: &'static str,
    pub code_hint: &'static str,
    pub code_length: &'static str,
    pub code_character: &'static str,
    pub code_check: &'static str,
    pub begin: &'static str,
    pub about_code: &'static str,
    pub about_code_text: &'static str,
    pub about_http: &'static str,
    pub trial_title: &'static str,
    pub trial_text: &'static str,
    pub trial: &'static str,

    pub offer_title: &'static str,
    pub offer_text: &'static str,
    pub offer_signed: &'static str,
    pub offer_same: &'static str,
    pub offer_changed: &'static str,
    pub resume: &'static str,
    pub start_over: &'static str,
    pub start_over_note: &'static str,

    pub progress: &'static str,
    pub answered_of: &'static str,
    pub hint_one: &'static str,
    pub hint_many: &'static str,
    pub hint_practice: &'static str,
    pub reserved: [&'static str; 4],
    pub nothing_picked: &'static str,
    pub answer: &'static str,
    pub back: &'static str,
    pub next: &'static str,
    pub later: &'static str,
    pub to_policies: &'static str,
    pub to_review: &'static str,
    pub your_answer: &'static str,
    pub right_choice: &'static str,
    pub verdict_right: &'static str,
    pub verdict_part: &'static str,
    pub verdict_wrong: &'static str,
    pub practice_yes: &'static str,
    pub practice_no: &'static str,
    pub practice_unknown: &'static str,
    pub practice_na: &'static str,
    pub practice_change: &'static str,
    pub action: &'static str,
    pub rule_link: &'static str,
    pub new_tab: &'static str,

    pub policies_title: &'static str,
    pub policies_text: &'static str,
    pub policy_read: &'static str,
    pub policy_digest: &'static str,
    pub decisions: [&'static str; 3],
    pub policies_missing: &'static str,

    pub review_title: &'static str,
    pub review_text: &'static str,
    pub review_open: &'static str,
    pub review_questions: &'static str,
    pub review_policies: &'static str,
    pub unanswered: &'static str,
    pub locked: &'static str,
    pub change: &'static str,

    pub sign_text: &'static str,
    pub sign: &'static str,
    pub show_result: &'static str,

    pub result_title: &'static str,
    pub total: &'static str,
    pub out_of_100: &'static str,
    pub bands: [&'static str; 3],
    pub not_applicable: &'static str,
    pub by_category: &'static str,
    pub score_caption: &'static str,
    pub category: &'static str,
    pub share: &'static str,
    pub band: &'static str,
    pub priority_title: &'static str,
    pub priority_text: &'static str,
    pub priority_none: &'static str,
    pub others_title: &'static str,
    pub trial_result: &'static str,

    pub file_title: &'static str,
    pub file_text: &'static str,
    pub file_late: &'static str,
    pub file_name: &'static str,
    pub file_id: &'static str,
    pub file_digest: &'static str,
    pub download: &'static str,
    pub download_done: &'static str,
    pub confirm: &'static str,
    pub confirm_text: &'static str,
    pub confirmed: &'static str,

    pub slip_title: &'static str,
    pub slip_intro: &'static str,
    pub slip_print: &'static str,
    pub slip_campaign: &'static str,
    pub slip_person: &'static str,
    pub slip_trial: &'static str,
    pub slip_started: &'static str,
    pub slip_finished: &'static str,
    pub slip_proves: &'static str,

    pub saved: &'static str,
    pub not_kept: &'static str,
    pub refused: &'static str,
    pub elsewhere: &'static str,
    pub load_newer: &'static str,
    pub removed: &'static str,
    pub clear: &'static str,
    pub clear_own: &'static str,
    pub clear_all: &'static str,
    pub clear_yes: &'static str,
    pub clear_no: &'static str,
}

/// The table for a `lang` attribute; Japanese unless it is English.
pub fn for_language(lang: &str) -> &'static Texts {
    if lang.starts_with("en") { &en::TEXTS } else { &ja::TEXTS }
}

/// Puts `values` in the places of `{}`, in order.
pub fn fill(template: &str, values: &[&str]) -> String {
    // Character by character: the search for a text in a text is 2 KB of Wasm.
    let mut filled = String::new();
    let mut values = values.iter();
    for c in template.chars() {
        match c {
            '{' => filled.push_str(values.next().unwrap_or(&"")),
            '}' => {}
            _ => filled.push(c),
        }
    }
    filled
}

impl Texts {
    /// The name of a role.
    pub fn role_name(&self, role: Role) -> &'static str {
        let [general, manager, contact, both] = self.roles;
        match role {
            Role::General => general,
            Role::Manager => manager,
            Role::Contact => contact,
            Role::ManagerContact => both,
        }
    }

    /// The name of a band; 対象外 without one.
    pub fn band_name(&self, band: Option<Band>) -> &'static str {
        let [good, review, improve] = self.bands;
        match band {
            Some(Band::Good) => good,
            Some(Band::Review) => review,
            Some(Band::Improve) => improve,
            None => self.not_applicable,
        }
    }

    /// A moment at its own offset: the day, and hours and minutes.
    pub fn time(&self, time: &Timestamp) -> String {
        // The text is `2026-11-20T10:02:11+09:00`; its parts were checked when it was made.
        let text = time.as_str();
        let day = text[..10].parse().map(self.date).unwrap_or_default();
        format!("{day} {}", &text[11..16])
    }

    /// The name of a decision.
    pub fn decision_name(&self, decision: Decision) -> &'static str {
        let [accept, decline, question] = self.decisions;
        match decision {
            Decision::Accept => accept,
            Decision::Decline => decline,
            Decision::Question => question,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fills_places_in_order() {
        assert_eq!(fill("問{}／{}", &["3", "34"]), "問3／34");
        assert_eq!(fill("{}{}", &["a"]), "a");
        assert_eq!(fill("plain", &["a"]), "plain");
    }

    #[test]
    fn japanese_dates() {
        let date = "2026-11-16".parse().unwrap();
        assert_eq!((ja::TEXTS.date)(date), "令和8年11月16日（月）");
        assert_eq!((en::TEXTS.date)(date), "Mon 16 Nov 2026");
    }
}
