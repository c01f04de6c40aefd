//! Source files and places in them: every diagnostic points at one.

use std::fmt;
use std::ops::{Deref, Range};
use std::sync::Arc;

use memchr::{memchr_iter, memrchr};

/// Index of a file in [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

/// A stretch of a source file, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// A value and where it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub place: Place,
}

/// The text of a file; files that were read together are kept as one.
#[derive(Clone)]
pub struct Text {
    all: Arc<String>,
    range: Range<usize>,
}

impl Text {
    /// A part of a text, between characters.
    pub(crate) fn part(all: &Arc<String>, range: Range<usize>) -> Self {
        Self { all: Arc::clone(all), range }
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.all[self.range.clone()]
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self { all: Arc::new(text.to_owned()), range: 0..text.len() }
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Text {}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

/// One source file, as read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Path as people see it, with `/`, from the folder above the content folder.
    pub path: String,
    /// Path within the content folder, with `/`.
    pub within: String,
    /// The text without a byte order mark, with LF line ends.
    pub text: Text,
}

/// Every file that was read, in reading order.
#[derive(Debug, Default)]
pub struct Sources(Vec<SourceFile>);

impl Place {
    /// The first byte alone, for findings about a whole file or table.
    pub fn start(self) -> Self {
        Self { end: self.start, ..self }
    }
}

impl FileId {
    /// A place in this file.
    pub fn place(self, range: Range<usize>) -> Place {
        Place { file: self, start: range.start, end: range.end }
    }
}

impl Sources {
    /// Adds a file.
    pub fn add(&mut self, path: String, within: String, text: Text) -> FileId {
        self.0.push(SourceFile { path, within, text });
        FileId(u32::try_from(self.0.len() - 1).expect("fewer than four thousand million files"))
    }

    /// The file behind an id.
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.0[id.0 as usize]
    }

    /// The id of the file at this position of [`Sources::iter`].
    pub fn id(&self, position: usize) -> FileId {
        FileId(u32::try_from(position).expect("fewer than four thousand million files"))
    }

    /// All files.
    pub fn iter(&self) -> impl Iterator<Item = &SourceFile> {
        self.0.iter()
    }

    /// Path, line and column of a place, line and column from 1, columns in characters.
    pub fn locate(&self, place: Place) -> (&str, usize, usize) {
        let file = self.file(place.file);
        let before = &file.text[..floor_char_boundary(&file.text, place.start)];
        // A file may hold thousands of findings, and each counts from the start.
        let line = memchr_iter(b'\n', before.as_bytes()).count() + 1;
        let begins = memrchr(b'\n', before.as_bytes()).map_or(0, |end| end + 1);
        (&file.path, line, before[begins..].chars().count() + 1)
    }
}

fn floor_char_boundary(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|&index| text.is_char_boundary(index)).unwrap_or(0)
}
