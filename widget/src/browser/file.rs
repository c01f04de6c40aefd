//! A file that somebody chose or dropped; read in the page, sent nowhere.

use std::rc::Rc;

use gloo::events::EventListener;
use js_sys::Uint8Array;
use selfcheck::result::MAX_FILE_BYTES;
use wasm_bindgen::JsCast as _;
use web_sys::{FileReader, HtmlInputElement};

/// A chosen file.
pub struct ChosenFile {
    /// Its name.
    pub name: String,
    /// Its bytes; or how many they are, when they are too many for a result file.
    pub bytes: Result<Vec<u8>, usize>,
}

/// Reads the file chosen in the field with this id, and tells it when it is there. A field without
/// a file, and a file that the browser cannot read, tell nothing.
pub fn read(id: &str, tell: impl Fn(Rc<ChosenFile>) + 'static) {
    let Some(field) = super::page::element::<HtmlInputElement>(id) else { return };
    let Some(file) = field.files().and_then(|files| files.get(0)) else { return };
    let name = file.name();
    let size = file.size() as usize;
    // Empty again, so that the same file can be chosen a second time.
    field.set_value("");
    if size > MAX_FILE_BYTES {
        return tell(Rc::new(ChosenFile { name, bytes: Err(size) }));
    }
    let Ok(reader) = FileReader::new() else { return };
    let done = reader.clone();
    let listener = EventListener::once(&reader, "load", move |_| {
        if let Ok(buffer) = done.result() {
            let bytes = Ok(Uint8Array::new(&buffer).to_vec());
            tell(Rc::new(ChosenFile { name, bytes }));
        }
    });
    // It removes itself when it has told.
    listener.forget();
    // A file that has vanished meanwhile fires no `load`; nothing is shown, as before.
    let _ = reader.read_as_array_buffer(file.unchecked_ref());
}
