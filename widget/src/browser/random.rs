//! Random bytes of the browser.

use wasm_bindgen::UnwrapThrowExt as _;

/// `N` bytes of `crypto.getRandomValues`, which exists on plain http too.
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    super::window()
        .crypto()
        .and_then(|crypto| crypto.get_random_values_with_u8_array(&mut bytes))
        .expect_throw("the browser has a random source");
    bytes
}
