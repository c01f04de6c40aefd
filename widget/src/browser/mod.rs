//! The only calls into the browser: page, clock, timer, random source, storage, text, download,
//! focus.
//!
//! Everything used here works on plain http under a host name; `crypto.subtle`, `randomUUID` and
//! the clipboard do not exist there.

pub mod clock;
pub mod download;
pub mod file;
pub mod focus;
mod json;
pub mod later;
pub mod page;
pub mod payload;
pub mod random;
pub mod record;
mod set;
pub mod storage;
pub mod text;

use wasm_bindgen::UnwrapThrowExt as _;

/// The window the page runs in.
pub fn window() -> web_sys::Window {
    web_sys::window().expect_throw("the check runs in a page")
}
