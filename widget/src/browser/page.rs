//! Finds the parts of the page that `site-gen` wrote for the check.

use std::rc::Rc;

use selfcheck::id::PageId;
use wasm_bindgen::{JsCast, UnwrapThrowExt as _};
use web_sys::{Element, HtmlInputElement};

use super::json::Json;
use super::{clock, set, text, window};
use crate::page::{Page, PageLink};
use crate::sheet::Sheet;
use crate::texts::Texts;

/// The element to fill, and what the page holds. Throws when a part is missing or cannot be read.
pub fn read() -> (Element, Page) {
    let mount = element::<Element>("self-check").expect_throw("the place of the self-check");
    let page = Page {
        texts: words(),
        site: attribute(&mount, "data-site").parse().ok().expect_throw("the site's version"),
        sheets: sheets(&mount),
        links: links(),
        opened: clock::now(),
        plain_http: window().location().protocol().is_ok_and(|protocol| protocol == "http:"),
    };
    (mount, page)
}

/// The words of the page's language.
fn words() -> &'static Texts {
    let mut words = Vec::new();
    for pair in data("self-check-texts").members() {
        words.extend(pair.items().pop().map(|word| word.text()));
    }
    Texts::read(words).expect_throw("as many words as names")
}

fn sheets(mount: &Element) -> Vec<Rc<Sheet>> {
    let ids: &[&str] = if attribute(mount, "data-mode") == "residents" {
        &["set-residents"]
    } else {
        &["set-general", "set-manager", "set-contact", "set-manager-contact"]
    };
    let mut sheets = Vec::new();
    for &id in ids {
        sheets.push(Rc::new(set::read(&element_text(id))));
    }
    sheets
}

fn links() -> Vec<(PageId, PageLink)> {
    let mut links = Vec::new();
    for member in data("self-check-pages").members() {
        let mut pair = member.items();
        let (Some(link), Some(page)) = (pair.pop(), pair.pop()) else { continue };
        let link = PageLink { title: link.get("title").text(), href: link.get("href").text() };
        links.push((page.known(), link));
    }
    links
}

fn attribute(element: &Element, name: &str) -> String {
    element.get_attribute(name).unwrap_or_default()
}

fn data(id: &str) -> Json {
    Json::parse(&element_text(id)).expect_throw(id)
}

fn element_text(id: &str) -> String {
    element::<Element>(id).and_then(|element| element.text_content()).expect_throw(id)
}

/// The element with this id.
pub fn element<T: JsCast>(id: &str) -> Option<T> {
    window().document()?.get_element_by_id(id)?.dyn_into().ok()
}

/// What a person typed into the field with this id, in NFKC; empty where there is no such field.
pub fn typed(id: &str) -> String {
    element::<HtmlInputElement>(id).map_or_else(String::new, |field| text::nfkc(&field.value()))
}
