//! The self-check in the page: Yew, compiled to Wasm.
//!
//! `public/boot.js` loads the Wasm and calls [`start`], which reads what the page holds, replaces
//! the plain HTML of the check and renders [`components::app`]. Nothing is fetched, and nothing is
//! graded, keyed or signed here: that is `selfcheck`, which `tally` uses too.
//!
//! In reading order:
//! 1. `page` and `sheet`: what the page was built with; `texts`: every word on screen.
//! 2. `state`: state, actions and the pure reducer; `run` and `outcome`: a check under way and
//!    finished; `identity`, `record`: what a person types and what the browser keeps;
//!    `inspection`: a result file that somebody wants to know about.
//! 3. `browser`: clock, random source, storage, download. The only calls into the DOM.
//! 4. `effects`: what a press asks of the browser; `keeping`: saving after every step.
//! 5. `components`: one screen, or part of one, a file.

mod browser;
mod components;
mod effects;
mod identity;
mod inspection;
mod keeping;
mod outcome;
mod page;
mod record;
mod run;
mod sheet;
mod state;
#[cfg(test)]
mod tests;
mod texts;

use std::rc::Rc;

use wasm_bindgen::prelude::wasm_bindgen;
use yew::Renderer;

use crate::components::app::{App, AppProps};
use crate::state::State;

/// Puts the self-check in place of the plain HTML inside `#self-check`.
///
/// Throws, with its name, the part of the page that is missing or cannot be read; the plain HTML is
/// then still untouched.
#[wasm_bindgen]
pub fn start() {
    let (mount, page) = browser::page::read();
    browser::storage::sweep(page.opened.unix_seconds());
    let props = AppProps { page: Rc::new(page), initial: State::start() };
    Renderer::<App>::with_root_and_props(mount, props).render();
}
