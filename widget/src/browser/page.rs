//! Finds the parts of the page that `site-gen` wrote for the check.

use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlInputElement};

use super::{clock, text, window};
use crate::page::{Page, Source};

/// The element to fill, and what the page holds.
///
/// # Errors
/// What is missing or wrong, in words.
pub fn read() -> Result<(Element, Page), String> {
    let window = window();
    let document = window.document().ok_or("no document")?;
    let mount = document.get_element_by_id("self-check").ok_or("no element `self-check`")?;
    let attribute = |name: &str| mount.get_attribute(name).unwrap_or_default();
    let root = document.document_element();
    let page = Page::read(&Source {
        lang: &root.and_then(|root| root.get_attribute("lang")).unwrap_or_default(),
        mode: &attribute("data-mode"),
        site: &attribute("data-site"),
        plain_http: window.location().protocol().is_ok_and(|protocol| protocol == "http:"),
        opened: clock::now(),
        json: &|id| document.get_element_by_id(id)?.text_content(),
    })?;
    Ok((mount, page))
}

/// What a person typed into the field with this id, in NFKC.
pub fn typed(id: &str) -> String {
    let field = window().document().and_then(|document| document.get_element_by_id(id));
    let field = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
    field.map_or_else(String::new, |field| text::nfkc(&field.value()))
}
