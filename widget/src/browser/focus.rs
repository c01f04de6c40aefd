//! Focus.

use web_sys::HtmlElement;

/// Moves the focus to the element with this id and scrolls it into view.
pub fn move_to(id: &str) {
    if let Some(element) = super::page::element::<HtmlElement>(id) {
        // An element that cannot take the focus stays where it is; the screen is right all the same.
        let _ = element.focus();
    }
}
