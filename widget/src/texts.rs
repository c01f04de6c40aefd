//! Every word on screen. The words themselves are data: `widget/texts/<language>.json`.
//!
//! The page carries the table of its own language only, so neither language weighs on the Wasm.
//! `{}` stands for a value that [`fill`] puts in, `{0}` for the value at that place.

use selfcheck::grade::Band;
use selfcheck::result::Decision;
use selfcheck::set::Role;
use selfcheck::time::{Date, Timestamp};

/// The words of one language: a function a name.
pub struct Texts([&'static str; Word::Count as usize]);

/// Makes the functions out of the names, which stand in the order of the language files.
macro_rules! table {
    ($($name:ident)*) => {
        /// The place of each name.
        #[allow(non_camel_case_types, reason = "the names of the language files")]
        enum Word {
            $($name,)*
            Count,
        }

        #[allow(missing_docs, reason = "each name stands for its words")]
        impl Texts {
            /// The names, in the order of the language files.
            #[cfg(test)]
            pub const NAMES: &[&str] = &[$(stringify!($name)),*];

            $(pub fn $name(&self) -> &'static str {
                self.0[Word::$name as usize]
            })*
        }
    };
}

table! {
    day
    months
    weekdays
    residents_title
    before
    open
    late
    closed
    before_note
    late_note
    closed_note
    period
    period_value
    time_needed
    time_value
    residents_time_value
    purpose
    purpose_value
    residents_purpose_value
    privacy
    privacy_value
    residents_privacy_value
    readers
    readers_value
    cleared
    form_title
    role
    role_general
    role_manager
    role_contact
    role_manager_contact
    role_missing
    number
    number_hint
    number_error
    code
    code_hint
    code_length
    code_character
    code_check
    begin
    about_code
    about_code_text
    about_http
    trial_title
    trial_text
    trial
    offer_title
    offer_text
    offer_signed
    offer_same
    offer_changed
    offer_policies
    resume
    start_over
    start_over_note
    start_over_signed
    progress
    answered_of
    hint_one
    hint_many
    hint_practice
    answer_yes
    answer_no
    answer_dk
    answer_na
    nothing_picked
    answer
    back
    next
    later
    to_policies
    to_review
    your_answer
    right_choice
    verdict_right
    verdict_part
    verdict_wrong
    practice_yes
    practice_no
    practice_unknown
    practice_na
    practice_change
    action
    rule_link
    new_tab
    policies_title
    policies_text
    policy_read
    policy_digest
    decision_accept
    decision_decline
    decision_question
    policies_missing
    review_title
    review_text
    review_open
    review_questions
    review_policies
    unanswered
    locked
    change
    sign_text
    sign
    show_result
    result_title
    total
    out_of_100
    band_good
    band_review
    band_improve
    not_applicable
    by_category
    score_caption
    category
    share
    band
    priority_title
    priority_text
    priority_none
    others_title
    trial_result
    file_title
    file_text
    file_late
    file_name
    file_id
    file_digest
    download
    download_done
    confirm
    confirm_text
    confirmed
    slip_title
    slip_intro
    slip_print
    slip_campaign
    slip_person
    slip_trial
    slip_started
    slip_finished
    slip_proves
    saved
    not_kept
    refused
    elsewhere
    load_newer
    removed
    clear
    clear_own
    clear_all
    clear_yes
    clear_no
    inspect_title
    inspect_text
    inspect_own_here
    inspect_own_typed
    inspect_key
    inspect_key_hint
    inspect_key_error
    inspect_file
    inspect_drop
    inspect_good
    inspect_bad
    inspect_open
    inspect_proof_own
    inspect_proof_given
    inspect_proof_other_person
    inspect_proof_none
    inspect_proof_other_key
    inspect_signature
    inspect_version
    inspect_payload
    inspect_form
    inspect_other_set
    inspect_mismatch
    inspect_claim_differs
    inspect_claimed
    inspect_answers
    inspect_kid
    inspect_role
}

/// Puts `values` in the places of `{}`, in order, or of `{0}`, `{1}`, ….
pub fn fill(template: &str, values: &[&str]) -> String {
    // Character by character: the search for a text in a text is 2 KB of Wasm.
    let mut filled = String::new();
    let mut next = 0;
    let mut inside = false;
    for c in template.chars() {
        match c {
            '{' => inside = true,
            '}' => {
                inside = false;
                filled.push_str(values.get(next).unwrap_or(&""));
                next += 1;
            }
            _ if inside => next = (c as usize).wrapping_sub('0' as usize),
            _ => filled.push(c),
        }
    }
    filled
}

impl Texts {
    /// Takes the words in the order of their names; `None` when there are more or fewer.
    ///
    /// They stay for as long as the page is open, as all the words of a page do.
    pub fn read(words: Vec<String>) -> Option<&'static Self> {
        let mut kept: Vec<&'static str> = Vec::with_capacity(words.len());
        for word in words {
            kept.push(Box::leak(word.into_boxed_str()));
        }
        Some(Box::leak(Box::new(Self(kept.try_into().ok()?))))
    }

    /// A day, as the language writes it.
    pub fn date(&self, date: Date) -> String {
        let word =
            |words: &'static str, at: u8| words.split(' ').nth(at.into()).unwrap_or_default();
        let (year, day) = (date.year().to_string(), date.day().to_string());
        let reiwa = date.year().saturating_sub(2018).to_string();
        let (month, weekday) =
            (word(self.months(), date.month() - 1), word(self.weekdays(), date.weekday()));
        fill(self.day(), &[&year, &reiwa, month, &day, weekday])
    }

    /// A moment at its own offset: the day, and hours and minutes.
    pub fn time(&self, time: &Timestamp) -> String {
        // The text is `2026-11-20T10:02:11+09:00`; its parts were checked when it was made.
        let text = time.as_str();
        let mut said = text[..10].parse().map(|day| self.date(day)).unwrap_or_default();
        said.push(' ');
        said.push_str(&text[11..16]);
        said
    }

    /// The name of a role.
    pub fn role_name(&self, role: Role) -> &'static str {
        match role {
            Role::General => self.role_general(),
            Role::Manager => self.role_manager(),
            Role::Contact => self.role_contact(),
            Role::ManagerContact => self.role_manager_contact(),
        }
    }

    /// The name of a band; 対象外 without one.
    pub fn band_name(&self, band: Option<Band>) -> &'static str {
        match band {
            Some(Band::Good) => self.band_good(),
            Some(Band::Review) => self.band_review(),
            Some(Band::Improve) => self.band_improve(),
            None => self.not_applicable(),
        }
    }

    /// The name of a decision.
    pub fn decision_name(&self, decision: Decision) -> &'static str {
        match decision {
            Decision::Accept => self.decision_accept(),
            Decision::Decline => self.decision_decline(),
            Decision::Question => self.decision_question(),
        }
    }
}
