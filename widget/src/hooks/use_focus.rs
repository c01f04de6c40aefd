//! Moves the focus when the screen changes.

use yew::{hook, use_effect_with, use_mut_ref};

use crate::browser::focus;

/// Focuses the element `id` whenever `screen` changes, but not when the page opens: the reader has
/// not come to the check yet.
#[hook]
pub fn use_focus(screen: (String, bool), id: &'static str) {
    let opened = use_mut_ref(|| false);
    use_effect_with(screen, move |_| {
        if opened.replace(true) {
            focus::move_to(id);
        }
    });
}
