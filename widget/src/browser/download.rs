//! Saving a file from the page: a Blob and a link, no server.

use std::mem;

use gloo::file::{Blob, ObjectUrl};
use wasm_bindgen::JsCast as _;
use web_sys::HtmlAnchorElement;

/// Offers `text` as a file.
pub fn offer(name: &str, text: &str) {
    let link = super::window().document().and_then(|document| document.create_element("a").ok());
    let Some(link) = link.and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok()) else {
        return;
    };
    let url = ObjectUrl::from(Blob::new_with_options(text, Some("application/json")));
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // The browser reads the address after the click, at a time it does not tell; a few KB until
    // the page is closed are the smaller evil.
    mem::forget(url);
}
