//! The frame of every page: head, header, navigation, help, footer.
//!
//! Nearly all of it is the same on the pages that lie in one folder and are written in one
//! language, and the menu alone is longer than most texts: so it is made once, as a [`Shell`],
//! and every page fills in what is its own.

use std::cell::RefCell;

use maud::{DOCTYPE, Markup, PreEscaped, Render, html};

use super::around::Around;
use super::menu::{self, Links};
use super::view::View;
use crate::load::Version;

/// What the frame needs to know about a page.
pub(super) struct Frame<'a> {
    /// The page of the content, if it is one.
    pub(super) page: Option<usize>,
    /// Output path without `.html`, for relative addresses.
    pub(super) address: &'a str,
    pub(super) version: Version,
    pub(super) title: &'a str,
    pub(super) summary: &'a str,
    /// Whether it runs the self-check, which needs Wasm.
    pub(super) runs_wasm: bool,
    /// Scripts of its own, by output path.
    pub(super) scripts: Vec<String>,
    pub(super) main: &'a dyn Render,
}

/// What surrounds every page of one folder and language.
pub(super) struct Shell {
    folder: String,
    version: Version,
    html: String,
    /// Where in `html` the pages put what is their own, in order.
    places: Vec<(usize, Own)>,
    menu: Vec<Links>,
}

/// What a page puts into its shell.
#[derive(Clone, Copy)]
enum Own {
    /// The content of its Content-Security-Policy.
    Policy,
    Title,
    Summary,
    /// Its whole address and that of its translations.
    Addresses,
    Scripts,
    Languages,
    /// One list of the menu, where the page is marked.
    Links(usize),
    Main,
    /// The link to whom to tell, which the page may be itself.
    Report,
    Printed,
}

/// Notes where in the shell something is put.
struct Place<'p> {
    own: Own,
    places: &'p RefCell<Vec<(usize, Own)>>,
}

impl Render for Place<'_> {
    fn render_to(&self, html: &mut String) {
        self.places.borrow_mut().push((html.len(), self.own));
    }
}

/// A whole page that shares its shell with no other.
pub(super) fn page(view: &View<'_>, frame: &Frame<'_>) -> String {
    let mut html = String::new();
    Shell::new(view, frame.address, frame.version).write(view, frame, &mut html);
    html
}

impl Shell {
    /// What surrounds the page at `address` and its neighbours.
    pub(super) fn new(view: &View<'_>, address: &str, version: Version) -> Self {
        let around = Around::new(view, address, version, None);
        let words = around.words;
        let menu = menu::parts(&around);
        let places = RefCell::new(Vec::new());
        // Only here, for in a part with a text of its own a place would be counted from its start.
        let place = |own| Place { own, places: &places };
        let html = html! {
            (DOCTYPE)
            html lang=(version.lang()) {
                head {
                    meta charset="utf-8";
                    meta http-equiv="Content-Security-Policy" content=(place(Own::Policy));
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    title { (place(Own::Title)) }
                    meta name="description" content=(place(Own::Summary));
                    @if !view.is_public() { meta name="robots" content="noindex"; }
                    link rel="stylesheet" href=(view.asset(address, &view.assets.style));
                    (place(Own::Addresses))
                    link rel="icon" href=(view.asset(address, &view.assets.icon)) type="image/svg+xml";
                    script src=(view.asset(address, &view.assets.page_script)) defer {}
                    (place(Own::Scripts))
                }
                body {
                    a.skip-link href="#main" { (words.skip) }
                    header.site-header {
                        (around.names())
                        (place(Own::Languages))
                        (around.report_button())
                    }
                    (around.banner())
                    div.page {
                        nav.site-nav aria-label=(words.menu_name) {
                            details.site-nav__menu open {
                                summary { (words.menu) }
                                @for (at, part) in menu.iter().enumerate() {
                                    p.site-nav__group { (part.title) }
                                    @if part.links.is_some() { ul { (place(Own::Links(at))) } }
                                }
                            }
                        }
                        main #main .main tabindex="-1" { (place(Own::Main)) }
                    }
                    aside.help-panel aria-labelledby="help-title" {
                        (around.help())
                        (place(Own::Report))
                    }
                    footer.site-footer {
                        p { (around.title()) "（" (around.label()) "）" }
                        (around.links())
                        (place(Own::Printed))
                        (around.glossary())
                    }
                }
            }
        };
        Self {
            folder: folder_of(address).to_owned(),
            version,
            html: html.into_string(),
            places: places.into_inner(),
            menu: menu.into_iter().map(|part| part.links.unwrap_or_default()).collect(),
        }
    }

    /// Whether it surrounds the page at `address` too.
    pub(super) fn fits(&self, address: &str, version: Version) -> bool {
        self.version == version && self.folder == folder_of(address)
    }

    /// Writes the whole page behind what `out` holds; says where the frame's own part begins.
    pub(super) fn write(&self, view: &View<'_>, frame: &Frame<'_>, out: &mut String) -> usize {
        let mut main = out.len();
        let around = Around::new(view, frame.address, frame.version, frame.page);
        let mut from = 0;
        for &(at, own) in &self.places {
            out.push_str(&self.html[from..at]);
            from = at;
            match own {
                Own::Policy => csp(frame.runs_wasm).render_to(out),
                Own::Title => around.page_title(frame.title).render_to(out),
                Own::Summary => frame.summary.render_to(out),
                Own::Addresses => around.addresses().render_to(out),
                Own::Scripts => scripts(&frame.scripts).render_to(out),
                Own::Languages => around.languages().render_to(out),
                Own::Links(at) => self.menu[at].write(&around, out),
                Own::Main => {
                    main = out.len();
                    frame.main.render_to(out);
                }
                Own::Report => around.report().render_to(out),
                Own::Printed => around.printed().render_to(out),
            }
        }
        out.push_str(&self.html[from..]);
        main
    }
}

/// The folder of an address: all that relative addresses depend on.
pub(super) fn folder_of(address: &str) -> &str {
    address.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn scripts(paths: &[String]) -> Markup {
    html! { @for path in paths { script src=(path) defer {} } }
}

/// Nothing is allowed but what the page brings itself. `file:` lets the same page work from a
/// shared drive, where an origin of its own does not exist.
fn csp(runs_wasm: bool) -> String {
    let (script, connect) = if runs_wasm {
        ("script-src 'self' file: 'wasm-unsafe-eval'", "; connect-src 'self'")
    } else {
        ("script-src 'self' file:", "")
    };
    [
        "default-src 'none'; style-src 'self' file:; ",
        script,
        "; img-src 'self' file:",
        connect,
        "; base-uri 'none'; form-action 'self' file:",
    ]
    .concat()
}

/// HTML that was made before.
pub(super) fn raw(html: &str) -> PreEscaped<&str> {
    PreEscaped(html)
}
