// Stands in for the glue that wasm-pack writes.
