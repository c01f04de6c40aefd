//! One file, held against what its site must not show.

use std::collections::HashSet;

use foldhash::fast::RandomState;
use memchr::{memchr, memchr_iter, memchr2};

use super::fold::Folded;
use super::html::{Parts, push_decoded, push_script, take_apart};
use super::memory::Memory;
use super::scan::Scanner;
use super::{MIN_SENTENCE_CHARS, address};
use crate::diagnostic::{Diagnostic, error};

/// Room to work in, and what was looked at before: navigation repeats on every page.
#[derive(Default)]
pub(super) struct Room {
    run: Folded,
    value: Folded,
    path: String,
    pub(super) memory: Memory,
    /// Addresses looked at, of the folder that the memory is of, and what they lead to anywhere.
    here: HashSet<u64, RandomState>,
    targets: HashSet<u64, RandomState>,
}

/// Addresses remembered at most; then the memory begins anew.
const MAX_SEEN: usize = 100_000;

/// Whether a value was not seen before; few enough are kept.
fn is_new(seen: &mut HashSet<u64, RandomState>, value: u64) -> bool {
    if seen.len() >= MAX_SEEN {
        seen.clear();
    }
    seen.insert(value)
}

/// A file, and what it holds that the site must not show.
pub(super) struct File<'f, 'a> {
    pub(super) scanner: &'f Scanner<'a>,
    pub(super) path: &'f str,
    pub(super) room: Room,
    pub(super) findings: Vec<Diagnostic>,
}

impl File<'_, '_> {
    /// Forbidden words count in every byte: in readings, short attributes and comments too.
    pub(super) fn find_forbidden_as_written(&mut self, text: &str) {
        let mut folded = std::mem::take(&mut self.room.value);
        folded.clear();
        push_decoded(&mut folded, text);
        self.find_forbidden(&folded);
        self.room.value = folded;
    }

    fn find_forbidden(&mut self, text: &[u32]) {
        let (site, level) = (&self.scanner.site.id, self.scanner.site.level);
        for word in self.scanner.forbidden.iter().filter(|word| word.is_in(text)) {
            self.findings.push(word.finding(site, level, self.path));
        }
    }

    pub(super) fn scan_markup(&mut self, folder: &str, text: &str) {
        if self.room.memory.folder() != folder {
            self.room.here.clear();
        }
        self.room.memory.begin(folder);
        let mut run = std::mem::take(&mut self.room.run);
        take_apart(text, &mut run, self);
        self.room.run = run;
        let is_clean = self.findings.is_empty();
        self.room.memory.end(text, is_clean);
        if self.path.ends_with(".xml")
            && let Some(base) = &self.scanner.site.base_url
        {
            for rest in text.split(base.as_str()).skip(1) {
                let length = rest.find(['"', '<', '#', '?']).unwrap_or(rest.len());
                self.check_address(&format!("{base}{}", &rest[..length]));
            }
        }
    }

    pub(super) fn scan_script(&mut self, text: &str) {
        if self.needs_look(text, b'\\') {
            self.find_in(text, push_script);
        }
        let mut from = 0;
        let ends = memchr_iter(b'"', text.as_bytes()).chain(std::iter::once(text.len()));
        let mut quoted = ends.map(|end| {
            let part = &text[from..end];
            from = end + 1;
            part
        });
        let mut key = quoted.next().unwrap_or_default();
        let mut name = "";
        for part in quoted {
            // `"href":"a.html"`: the quote before the address follows a lone colon.
            if address::is_address(name) && key.trim() == ":" {
                self.check_address(part);
            }
            self.check_id(part);
            (name, key) = (key, part);
        }
    }

    /// Looks for secrets in a text as written.
    fn find_in(&mut self, text: &str, push: impl FnOnce(&mut Folded, &str)) {
        let mut folded = std::mem::take(&mut self.room.value);
        folded.clear();
        push(&mut folded, text);
        self.find_secrets(&folded);
        self.room.value = folded;
    }

    /// Whether something forbidden or secret may stand in a text as written.
    fn needs_look(&self, text: &str, escape: u8) -> bool {
        !self.scanner.forbidden.is_empty() || self.scanner.secrets.may_stand_in(text, escape)
    }

    fn check_id(&mut self, value: &str) {
        let scanner = self.scanner;
        let hidden = &scanner.hidden;
        if !scanner.hidden_lengths.contains(&value.len())
            || memchr(b'/', value.as_bytes()).is_none()
        {
            return;
        }
        if let Ok(index) = hidden.binary_search_by_key(&value, |(id, _)| id) {
            let message = format!(
                "サイト「{}」の `{}` に、載っていないページ「{value}」の名があります",
                self.scanner.site.id, self.path
            );
            self.findings.push(error("leak", hidden[index].1, message));
        }
    }

    fn check_address(&mut self, address: &str) {
        let base = self.scanner.site.base_url.as_deref();
        let path = &mut self.room.path;
        if !address::resolve(self.path, address, base, path) {
            return;
        }
        let is_new = is_new(&mut self.room.targets, self.scanner.hash(path));
        if is_new || self.scanner.thorough {
            self.scanner.want(path, self.path, address);
        }
    }

    fn find_secrets(&mut self, text: &[u32]) {
        if !self.scanner.forbidden.is_empty() {
            self.find_forbidden(text);
        }
        let (site, path) = (&self.scanner.site.id, self.path);
        let secrets = &self.scanner.secrets;
        secrets.find(text, |index, found| {
            let start: String = found.iter().take(30).filter_map(|&c| char::from_u32(c)).collect();
            let message =
                format!("サイト「{site}」の `{path}` に、載せてはいけない文「{start}…」があります");
            self.findings.push(
                error("leak", secrets.place(index), message)
                    .hint("この文の元の公開範囲を確かめ、公開する側から取り除いてください。"),
            );
        });
    }
}

impl Parts for File<'_, '_> {
    fn text(&mut self, text: &[u32]) {
        self.find_secrets(text);
    }

    fn attribute(&mut self, name: &str, value: &str) {
        // What leads to another place on the page names no file.
        if address::is_address(name) && !value.starts_with('#') {
            let file = memchr2(b'#', b'?', value.as_bytes()).map_or(value, |end| &value[..end]);
            let is_new = is_new(&mut self.room.here, self.scanner.hash(file));
            if is_new || self.scanner.thorough {
                self.check_address(value);
            }
        }
        self.check_id(value);
        if value.len() >= MIN_SENTENCE_CHARS && self.needs_look(value, b'&') {
            self.find_in(value, push_decoded);
        }
    }

    fn script(&mut self, script: &str) {
        self.scan_script(script);
    }

    fn reads_text(&self) -> bool {
        !self.scanner.forbidden.is_empty() || !self.scanner.secrets.is_empty()
    }

    fn border(&mut self, html: &str, at: usize) -> usize {
        if self.scanner.thorough { 0 } else { self.room.memory.border(html, at) }
    }

    fn open_ended(&mut self) {
        self.room.memory.open_ended();
    }
}
