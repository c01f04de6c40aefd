//! Finds the parts of the page that `site-gen` wrote for the check.

use std::rc::Rc;

use selfcheck::id::PageId;
use wasm_bindgen::JsCast as _;
use web_sys::{Document, Element, HtmlInputElement};

use super::json::Json;
use super::{clock, set, text, window};
use crate::page::{Page, PageLink};
use crate::sheet::Sheet;
use crate::texts;

/// The element to fill, and what the page holds.
///
/// # Errors
/// The id or attribute that is missing or cannot be read.
pub fn read() -> Result<(Element, Page), &'static str> {
    let window = window();
    let document = window.document().ok_or("document")?;
    let mount = document.get_element_by_id("self-check").ok_or("self-check")?;
    let lang = document.document_element().and_then(|root| root.get_attribute("lang"));
    let site = mount.get_attribute("data-site").and_then(|site| site.parse().ok());
    let page = Page {
        texts: texts::for_language(&lang.unwrap_or_default()),
        site: site.ok_or("data-site")?,
        sheets: sheets(&document, &mount)?,
        links: links(&document).ok_or("self-check-pages")?,
        opened: clock::now(),
        plain_http: window.location().protocol().is_ok_and(|protocol| protocol == "http:"),
    };
    Ok((mount, page))
}

fn sheets(document: &Document, mount: &Element) -> Result<Vec<Rc<Sheet>>, &'static str> {
    let residents = mount.get_attribute("data-mode").as_deref() == Some("residents");
    let ids: &[&'static str] = if residents {
        &["set-residents"]
    } else {
        &["set-general", "set-manager", "set-contact", "set-manager-contact"]
    };
    let mut sheets = Vec::new();
    for &id in ids {
        let sheet = element_text(document, id).and_then(|text| set::read(&text));
        sheets.push(Rc::new(sheet.ok_or(id)?));
    }
    Ok(sheets)
}

fn links(document: &Document) -> Option<Vec<(PageId, PageLink)>> {
    let json = Json::parse(&element_text(document, "self-check-pages")?)?;
    let mut links = Vec::new();
    for member in json.members() {
        let [page, link] = member.items().try_into().ok()?;
        let link = PageLink { title: link.get("title").text(), href: link.get("href").text() };
        links.push((page.parsed()?, link));
    }
    Some(links)
}

fn element_text(document: &Document, id: &str) -> Option<String> {
    document.get_element_by_id(id)?.text_content()
}

/// What a person typed into the field with this id, in NFKC.
pub fn typed(id: &str) -> String {
    let field = window().document().and_then(|document| document.get_element_by_id(id));
    let field = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
    field.map_or_else(String::new, |field| text::nfkc(&field.value()))
}
