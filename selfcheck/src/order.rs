//! The order of choices on screen: the same for a person every time, another for the neighbour.
//!
//! Knowledge items are sorted by a hash, so neither a random source nor a stored seed is needed,
//! and `tally` could show a person's screen again. Source: `selfcheck/FORMAT.md` §3.

use crate::digest::Sha256;
use crate::id::{ChoiceId, Reserved};
use crate::set::Question;

/// The choices of `question` in the order `person` sees them; a trial has the empty person number.
///
/// Practice items keep はい, いいえ, わからない, 該当なし.
pub fn on_screen(question: &Question, set: &Sha256, person: &str) -> Vec<ChoiceId> {
    let choices = question.choice_ids();
    if !question.is_knowledge() {
        return choices;
    }
    // Put in place one by one: a library sort of five choices would be kilobytes of the page's Wasm.
    let mut ordered: Vec<(Sha256, ChoiceId)> = Vec::with_capacity(choices.len());
    for choice in choices {
        let key = Sha256::of_fields(&[
            &set.0,
            person.as_bytes(),
            question.id.as_str().as_bytes(),
            choice.as_str().as_bytes(),
        ]);
        let at = ordered.partition_point(|(earlier, _)| *earlier < key);
        ordered.insert(at, (key, choice));
    }
    ordered.into_iter().map(|(_, choice)| choice).collect()
}

/// The label of a reserved choice, `None` for `a`, `b`, ….
pub fn reserved(choice: &ChoiceId) -> Option<Reserved> {
    Reserved::ALL.into_iter().find(|reserved| reserved.as_str() == choice.as_str())
}
