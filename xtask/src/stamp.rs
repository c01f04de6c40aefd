//! "Has anything changed since?": one hash over files and words.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

/// Collects what a product depends on.
#[derive(Default)]
pub(crate) struct Stamp {
    hasher: Sha256,
}

impl Stamp {
    /// Adds a word, for example a version.
    pub(crate) fn word(&mut self, word: &str) {
        self.entry("word", word, b"");
    }

    /// Adds a file, or a folder with all files below it, under its path in the checkout.
    pub(crate) fn tree(&mut self, root: &Path, path: &str) -> Result<()> {
        let full = root.join(path);
        if full.is_dir() {
            let mut names = Vec::new();
            for entry in fs::read_dir(&full).with_context(|| format!("cannot list `{path}`"))? {
                names.push(entry?.file_name().to_string_lossy().into_owned());
            }
            names.sort();
            for name in names {
                self.tree(root, &format!("{path}/{name}"))?;
            }
            return Ok(());
        }
        let bytes = fs::read(&full).with_context(|| format!("cannot read `{path}`"))?;
        self.entry("file", path, &bytes);
        Ok(())
    }

    /// The stamp in hexadecimal digits.
    pub(crate) fn finish(self) -> String {
        self.hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Lengths go in first, so that no two lists of entries give the same bytes.
    fn entry(&mut self, kind: &str, name: &str, bytes: &[u8]) {
        self.hasher.update(format!("{kind} {} {}\n", name.len(), bytes.len()));
        self.hasher.update(name);
        self.hasher.update(bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_words_apart() {
        let stamp = |words: &[&str]| {
            let mut stamp = Stamp::default();
            words.iter().for_each(|word| stamp.word(word));
            stamp.finish()
        };
        assert_eq!(stamp(&["a", "b"]), stamp(&["a", "b"]));
        assert_ne!(stamp(&["a", "b"]), stamp(&["ab"]));
        assert_ne!(stamp(&["a", "b"]), stamp(&["b", "a"]));
    }
}
