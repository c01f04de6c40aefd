//! Our own scripts as they are published: short names, no comments, no white space.
//!
//! What stands in `public/` is written to be read. A parser of the language and its scopes do the
//! shortening, so that no text, template or pattern in a script can be mistaken for code.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context as _, bail};
use oxc_allocator::Allocator;
use oxc_codegen::{Codegen, CodegenOptions};
use oxc_mangler::Mangler;
use oxc_parser::Parser;
use oxc_span::SourceType;

/// The classic script in `path`, shortened; the same text always gives the same bytes.
///
/// # Errors
/// When the file cannot be read or is no script; the message names file, line and column of each
/// fault.
pub(super) fn load(path: &Path) -> anyhow::Result<Vec<u8>> {
    let bytes =
        std::fs::read(path).with_context(|| format!("`{}` を読めません", path.display()))?;
    let text = String::from_utf8(bytes)
        .with_context(|| format!("`{}` は UTF-8 でありません", path.display()))?;
    shorten(&text, path).map(String::into_bytes)
}

fn shorten(text: &str, path: &Path) -> anyhow::Result<String> {
    let memory = Allocator::default();
    let parsed = Parser::new(&memory, text, SourceType::script()).parse();
    if !parsed.diagnostics.is_empty() {
        let mut told = String::from("スクリプトの文法に誤りがあります。次の所を直してください。");
        for fault in &parsed.diagnostics {
            let offset = fault.labels.first().map_or(0, |label| label.offset() as usize);
            let (line, column) = place(text, offset);
            write!(told, "\n{}:{line}:{column}: {fault}", path.display())?;
        }
        bail!(told);
    }
    let names = Mangler::new().build(&parsed.program);
    let mut code = Codegen::new()
        .with_options(CodegenOptions::minify())
        .with_scoping(Some(names.scoping))
        .with_private_member_mappings(Some(names.class_private_mappings))
        .build(&parsed.program)
        .code;
    code.push('\n');
    Ok(code)
}

/// Line and column of a byte, both from 1, the column in characters.
fn place(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    (before.matches('\n').count() + 1, before[line..].chars().count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn short(text: &str) -> String {
        shorten(text, Path::new("public/page.js")).expect("it is a script")
    }

    #[test]
    fn shortens_names_and_keeps_texts() {
        let text = "'use strict';\n// A note.\n(function () {\n  \
            const greeting = 'こんにちは // 皆さん';\n  \
            const pattern = /[/'\"] +/u;\n  \
            window.greet = (name) => `${greeting}  ${name.replace(pattern, '')}`;\n})();\n";
        let code = short(text);
        for kept in ["こんにちは // 皆さん", "/[/'\"] +/u", "window.greet", "use strict"] {
            assert!(code.contains(kept), "{kept} in {code}");
        }
        for gone in ["A note", "greeting", "pattern", "\n  "] {
            assert!(!code.contains(gone), "{gone} in {code}");
        }
        assert_eq!(short(text), code, "same input, same bytes");
    }

    #[test]
    fn names_seen_from_outside_stay() {
        let code = short("const shared = 1;\nfunction visible() { return shared; }\n");
        assert!(code.contains("shared") && code.contains("visible"), "{code}");
    }

    #[test]
    fn a_fault_is_told_with_its_place() {
        let error = shorten("const a = 1;\nconst ア = ;\n", Path::new("public/page.js"))
            .expect_err("it is no script");
        let told = error.to_string();
        assert!(told.contains("public/page.js:2:11: "), "{told}");
    }
}
