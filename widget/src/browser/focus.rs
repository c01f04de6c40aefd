//! Focus.

use wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;

/// Moves the focus to the element with this id and scrolls it into view.
pub fn move_to(id: &str) {
    let element = super::window().document().and_then(|document| document.get_element_by_id(id));
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // An element that cannot take the focus stays where it is; the screen is right all the same.
        let _ = element.focus();
    }
}
