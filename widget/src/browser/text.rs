//! Text as people type it.

use js_sys::JsString;

/// NFKC: full-width letters and digits of an input method become plain ones. The browser has the
/// tables already; a crate with them would weigh more than the rest of the check.
pub fn nfkc(text: &str) -> String {
    JsString::from(text).normalize("NFKC").into()
}
