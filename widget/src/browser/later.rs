//! Another task: the browser may paint, and hear the next press, before it.

use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;

/// Runs `what` in a task of its own, soon.
pub fn run(what: impl FnOnce() + 'static) {
    let what = Closure::once_into_js(what);
    // A window always takes a timer.
    let _ = super::window().set_timeout_with_callback(what.unchecked_ref());
}
